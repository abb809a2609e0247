"""The invented outlets and journalists of the demo, and what people say of their contacts with them."""

from dataclasses import dataclass

from registers.demo.data.providers import ALLIANCE, EASTVALE, EVERYWHERE, HARBOUR, NORTHMOOR
from registers.media_contacts.enums import Factor, Reach
from registers.media_contacts.facts import Speaker

LANTERN = "Northmoor Evening Lantern"
MESSENGER = "Eastvale Messenger and Post"
RADIO = "Radio Brackwater"
TRIBUNE = "Harbourside Tribune"
LODESTAR = "The Morning Lodestar"
MERIDIAN = "Meridian Channel Television"


@dataclass(frozen=True, slots=True)
class Press:
    """One outlet: whom it reaches, where it is met, its address, and who writes for it."""

    name: str
    reach: Reach
    forces: tuple[str, ...]
    site: str
    journalists: tuple[str, ...]

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        return tuple(Speaker(name, self.name) for name in self.journalists)


OUTLETS = (
    Press(
        LANTERN,
        Reach.LOCAL,
        (NORTHMOOR,),
        "lantern.example",
        ("Ottilie Marlpit", "Dafydd Coppingsworth", "Beatrix Underhay"),
    ),
    Press(
        MESSENGER,
        Reach.LOCAL,
        (EASTVALE,),
        "messenger.example",
        ("Marnie Tolloway", "Rufus Pellingham"),
    ),
    Press(
        RADIO, Reach.LOCAL, EVERYWHERE, "brackwater.example", ("Saskia Windermoor", "Bernard Oxlade-Fell")
    ),
    Press(TRIBUNE, Reach.LOCAL, (HARBOUR,), "tribune.example", ("Leonie Quaylock", "Ned Tarbuckle")),
    Press(LODESTAR, Reach.NATIONAL, EVERYWHERE, "lodestar.example", ("Cordelia Pymsworth", "Hamish Tarrowby")),
    Press(MERIDIAN, Reach.NATIONAL, ALLIANCE, "meridian.example", ("Ines Valderstone",)),
)  # fmt: skip
OUTLET_NAMES = frozenset(outlet.name for outlet in OUTLETS)
JOURNALISTS = frozenset(name for outlet in OUTLETS for name in outlet.journalists)
OTTILIE, SASKIA = OUTLETS[0].speakers[0], OUTLETS[2].speakers[0]
MARNIE, LEONIE = OUTLETS[1].speakers[0], OUTLETS[3].speakers[0]
CORDELIA, INES = OUTLETS[4].speakers[0], OUTLETS[5].speakers[0]

WEIGHTS = {
    Factor.OFF_RECORD: 30,
    Factor.OFF_RECORD_ASKED: 8,
    Factor.NOT_RESPONSIBLE: 15,
    Factor.NO_PURPOSE: 20,
    Factor.NO_CARD: 4,
    Factor.NOT_TOLD: 12,
    Factor.NON_REPORTABLE: 6,
    Factor.HOSPITALITY: 12,
    Factor.LATE: 5,
    Factor.CHIEF_OFFICER: 5,
}
CHECKLIST = (
    "Every contact of the period has been acknowledged",
    "Chief officers have stated their contacts, or that there were none",
    "What was said off the record has been talked over with PSD",
    "A sample of weeks has been checked against telephone or diary records",
)

# what it was about, and the headline it made
TOPICS = (
    ("Bicycle marking on Saturday", "Have your bike marked this Saturday"),
    ("Catalytic converters stolen from a station car park", "Thieves strike commuters’ cars"),
    ("Speeding past the primary school", "Drivers warned outside school gates"),
    ("A missing walker found safe", "Walker found after night on the hill"),
    ("The first months of the new neighbourhood team", "New faces on the beat"),
    ("An appeal for witnesses of a collision", "Did you see the crash?"),
    ("Quad bikes on the common", "Police seize quad bikes"),
    ("A warrant at a shop that sold tobacco to children", "Shop raided after parents complain"),
    ("Burglary figures for the quarter", "Burglaries down for third quarter"),
    ("Fraud against older people by telephone", "“They sounded so kind”: fraud warning"),
    ("Recruitment of special constables", "Could you be a special?"),
    ("Policing of the weekend’s match", "Extra officers for derby"),
    ("A protest planned for the town hall", "Road to close for march"),
    ("Drink-driving arrests over the holiday", "Festive arrests named in court"),
    ("Stop and search: the panel’s first report", "Panel looks at searches"),
    ("Use of drones in searches", "Police drone finds lost boy’s coat"),
    ("A dog rescued from a drain", "Muddy but well: drain dog’s rescue"),
    ("Closure of a front counter", "Counter to close in spring"),
)
CHIEF_TOPICS = (
    ("The budget and the precept", "Chief sets out tight year"),
    ("Response times", "Police “must do better” on response"),
    ("The inspectorate’s report", "Force praised and prodded by inspectors"),
    ("Officers’ misconduct hearings in public", "Hearings open their doors"),
    ("The alliance’s first year", "Two forces, one purse"),
    ("Violence against women and girls", "Chief: we listen first"),
)
PLACES = (
    "Headquarters", "The police station", "The scene", "The market place", "The town hall",
    "The studio",
)  # fmt: skip
NOT_RESPONSIBLE = (
    "Nobody from the press office could be reached and the camera was already running.",
    "I was asked at the cordon; I said only what was on the force’s own page.",
)
NO_PURPOSE = (
    "She is a former colleague and asked how I was; we spoke of the weather and the football.",
    "He rang to ask about my retirement. I said nothing of work.",
)
NO_CARD = ("He had left it in the car; the desk confirmed who he was.",)
LATE = (
    "I was on rest days and had no access.",
    "I did not think that a quote of one line counted as a contact.",
    "Long operation; logged on the first day back.",
)
QUESTIONS = (
    ("about", "Was the operation’s name mentioned?", "No, only that an operation took place."),
    ("speakers", "Which of their two reporters was it?", "The one who covers the courts."),
    ("basis", "Was it understood that he might quote you?", "Yes, he read the quote back to me."),
    ("place", "Who else was in the room?", "My inspector, for the whole of it."),
)
CORRECTIONS = ("It was her colleague; the desk rang to say so.", "The byline says who it was.")

AGREEMENT = b"%PDF-1.4\n% An embargo agreement of the demo world.\n%%EOF\n"
