"""Second jobs and other interests that people in the demo have, and where; every firm is invented."""

from dataclasses import dataclass

from registers.business_interests.enums import Category, Holder, LicenceKind
from registers.demo.data.providers import (
    ALL_NAMES,
    ALLIANCE,
    EASTVALE,
    EVERYWHERE,
    HALCYON,
    HARBOUR,
    NORTHMOOR,
)


@dataclass(frozen=True, slots=True)
class Work:
    """One sort of interest: hours a week from and to, where, and the conditions it usually has."""

    category: Category
    occupation: str
    organisation: str = ""
    hours: tuple[int, int] | None = (2, 7)
    conditions: tuple[str, ...] = ("notify",)
    forces: tuple[str, ...] = EVERYWHERE
    always: bool = False  # only ever approved with conditions
    weeks: int | None = None
    when: str = "Weekends and rest days"
    relative: str = ""
    licence: str = ""
    address: str = ""
    agent: str = ""
    said: str = ""  # what could conflict, where something could

    @property
    def holder(self) -> Holder:
        return Holder.RELATIVE if self.relative else Holder.SELF


_EVENINGS = "One or two evenings a week"
_AGENTS = "Larksfoot Lettings Ltd"

WORKS = (
    Work(Category.WAGED, "Shop assistant", "Bramblegate Farm Shop", forces=ALLIANCE),
    Work(Category.WAGED, "Stable hand", "Hollowmere Riding Stables", (3, 8), forces=ALLIANCE),
    Work(Category.WAGED, "Swimming teacher", "Thornwick Baths Trust", forces=(NORTHMOOR,)),
    Work(
        Category.WAGED,
        "Weekend vehicle valeter",
        HALCYON,
        (4, 8),
        ("not_for", "hours"),
        ALLIANCE,
    ),
    Work(
        Category.WAGED,
        "Bartender at weddings",
        "Ravensholt Hall Hotel",
        (3, 7),
        ("area", "hours"),
        ALLIANCE,
        always=True,
    ),
    Work(
        Category.WAGED,
        "Deckhand on the evening sailings",
        "Harbourlight Ferry Company",
        (4, 8),
        ("hours",),
        (HARBOUR,),
        weeks=10,
        when="Summer evenings",
    ),
    Work(Category.WAGED, "Barista", "Platform Nine Coffee Cart", forces=(HARBOUR,)),
    Work(Category.WAGED, "Greenkeeper", "Dunmarrow Golf Club", (4, 8), forces=ALLIANCE),
    Work(
        Category.WAGED,
        "Software tester",
        "Quillmere Software plc",
        (4, 8),
        ("not_for", "uniform"),
        said="The firm holds the records contract; I work on a product for schools.",
    ),
    Work(Category.SELF_EMPLOYED, "Dog walker", "Muddy Paws of Thornwick", forces=(NORTHMOOR,)),
    Work(Category.SELF_EMPLOYED, "Gardener", "Fernwhistle Gardens", (3, 8)),
    Work(Category.SELF_EMPLOYED, "Wedding photographer", "Silverhusk Pictures", (3, 8)),
    Work(
        Category.SELF_EMPLOYED,
        "Personal trainer",
        "Cinder Lane Gymnasium",
        (3, 8),
        ("quiet", "hours"),
        (EASTVALE,),
    ),
    Work(Category.SELF_EMPLOYED, "Plasterer", "Ackerfield Plastering", (4, 8), ("area",)),
    Work(
        Category.SELF_EMPLOYED,
        "Beautician",
        "The Willowmere Room",
        (3, 7),
        ("quiet", "notify"),
        when=_EVENINGS,
    ),
    Work(
        Category.SELF_EMPLOYED,
        "Driving instructor",
        "Quenby Lane Driving School",
        (4, 8),
        ("quiet", "hours"),
        always=True,
    ),
    Work(Category.SELF_EMPLOYED, "Motorcycle mechanic", "Spindle Lane Garage", (3, 7)),
    Work(
        Category.DIRECTORSHIP,
        "Director of the company that owns our flats",
        "Tanners Court Residents Ltd",
        (1, 2),
        when="A few evenings a year",
    ),
    Work(
        Category.DIRECTORSHIP,
        "Partner in a joinery",
        "Oak and Awl Joiners",
        (2, 6),
        ("not_for", "notify"),
        said="The joinery has fitted counters in public buildings.",
    ),
    Work(Category.FAMILY_BUSINESS, "Bookkeeping for my wife’s café", "Kettlestone Tea Rooms"),
    Work(Category.FAMILY_BUSINESS, "Help on my parents’ farm", "Hethergarth Farm", (3, 8)),
    Work(
        Category.TRAINING,
        "First-aid trainer",
        "Steadyhythe First Aid",
        (2, 6),
        ("uniform", "quiet"),
        said="I learnt some of it in the force.",
    ),
    Work(Category.TRAINING, "Evening class in Spanish", "Northmoor City College", (2, 4)),
    Work(
        Category.TRAINING,
        "Lecturer on digital forensics",
        "University of the Moors",
        (2, 4),
        ("uniform", "notify"),
        said="It draws on my work; no case is spoken of.",
    ),
    Work(
        Category.CONSULTANCY,
        "Advice to charities on safeguarding",
        "Fallow Hill Hospice",
        (1, 4),
        ("uniform", "notify"),
        said="It draws on what I do.",
    ),
    Work(
        Category.LETTING,
        "Letting of a two-bedroom house",
        hours=None,
        conditions=("agent",),
        address="14 Weavers’ Row, Thornwick",
        agent=_AGENTS,
    ),
    Work(
        Category.LETTING,
        "Letting of a holiday cottage",
        hours=None,
        conditions=("agent", "notify"),
        address="Curlew Cottage, Saltgrave",
        agent="Coastwhistle Stays Ltd",
    ),
    Work(
        Category.LETTING,
        "Letting of my former flat",
        hours=None,
        conditions=("agent",),
        address="Flat 6, Tanners Court, Eastvale",
        agent=_AGENTS,
    ),
    Work(Category.HOBBY, "Cakes made to order", hours=(1, 5), conditions=("quiet",)),
    Work(Category.HOBBY, "Furniture restored and sold", hours=(2, 5)),
    Work(Category.HOBBY, "Craft stall at fairs", hours=(1, 4)),
    Work(Category.PERFORMANCE, "Drummer in a wedding band", "The Lock Keepers", (2, 5)),
    Work(
        Category.PERFORMANCE,
        "Presenter of a music programme",
        "Radio Brackwater",
        (2, 3),
        ("quiet",),
        when=_EVENINGS,
    ),
    Work(Category.PERFORMANCE, "Football referee", "Moorland Amateur League", (2, 5)),
    Work(Category.VOLUNTARY, "Trustee", "Moorland Air Rescue Trust", (1, 3)),
    Work(Category.VOLUNTARY, "Retained firefighter", "Moorland Fire and Rescue Authority", (4, 8)),
    Work(Category.VOLUNTARY, "School governor", "Weirgate Street Primary School", (1, 2)),
    Work(
        Category.RELATIVES_LICENCE,
        "Premises licence of my sister’s restaurant",
        hours=None,
        conditions=("notify",),
        relative="Sister",
        licence=LicenceKind.ALCOHOL,
        address="The Copper Ladle, Weir Street",
        said="The premises are in the force area.",
    ),
    Work(
        Category.LICENCE,
        "Personal licence for the cricket club",
        hours=None,
        conditions=("notify",),
        licence=LicenceKind.ALCOHOL,
        address="Thornwick Cricket Club",
        said="The club is in the force area.",
    ),
    Work(Category.OTHER, "Mystery shopper", "Plainlabel Panel", (1, 3)),
)

# the firms of the planted stories
DOOR, CASINO, INQUIRIES = "The Amberlight Rooms", "Lanternhouse Gaming Club", "Greystoat Inquiries"
TAXIS, CHARTER, SUPERMARKET = "Bluekettle Cars", "Gannetscar Charters", "Harvestgate Row Stores"
CLASSES, CROWDS, TUITION = (
    "Standfast Lane Classes",
    "Rowanfield Stewards Ltd",
    "Marlowhithe Tutors",
)
PLANTED = (DOOR, CASINO, INQUIRIES, TAXIS, CHARTER, SUPERMARKET, CLASSES, CROWDS, TUITION)

EMPLOYERS = frozenset({work.organisation for work in WORKS if work.organisation} | set(PLANTED))
SUPPLIERS_TOO = EMPLOYERS & ALL_NAMES

SUPPORTS = (
    "",
    "",
    "Good attendance, no complaints. It does not touch the role.",
    "I have talked it through. The hours fit the shift pattern.",
    "A reliable member of the team; it will not tire them.",
)
CONCERNS = (
    "Sickness has been high this year; I would keep the hours down.",
    "They have swapped shifts to fit it in before. Duty must come first.",
    "I am not sure that it leaves enough rest between nights.",
)
APPROVALS = (
    "No conflict with the role, and the hours leave enough rest.",
    "Low risk. The supervisor has no concerns.",
    "Approved as asked; tell us if anything changes.",
    "In line with similar applications in the force.",
)
WITH_CONDITIONS = (
    "Approved, with conditions that keep it apart from the role.",
    "The conditions answer the supervisor’s points.",
    "As in similar cases, approved with conditions that will be checked.",
)
# field, question, reply
QUESTIONS = (
    ("hours_a_week", "Is that the usual week, or the busiest one?", "The busiest; most are half."),
    ("when_worked", "Which evenings, and how do they fit your shifts?", "Rest days only."),
    ("organisation", "Who owns it, and do you know them from work?", "A cousin. Not from work."),
    ("conflict_note", "Will colleagues or suspects be among the customers?", "None that I know."),
)
WITHDRAWALS = (
    "I was not offered the post after all.",
    "My shifts have changed and there is no time for it.",
)
ENDINGS = (
    "The contract came to its end.",
    "I have given it up; there was no time for it.",
    "The business was sold.",
)
RENEWALS = (
    "Nothing has changed; renewed.",
    "The conditions are kept and the supervisor is content.",
    "Renewed until the next review.",
)
PDR_NOTES = ("Hours and conditions talked through; nothing has changed.", "Covered. No concerns.")
# by the kind of condition: what was seen where it is kept
KEPT = {
    "hours": "Payslips of the last three months show no more than was allowed.",
    "not_in_force_area": "The website and three invoices name places outside the force area.",
    "no_uniform": "The supervisor has seen and heard nothing of the kind.",
    "not_for": "The customers named on the website supply nobody in policing.",
    "agent": "The agent’s agreement was seen; it runs for another year.",
    "notify": "Confirmed by e-mail: same employer, hours and place.",
    "end_date": "It has not run past its day.",
    "other": "Advertising and social media were read; nothing about the police.",
}
UNCLEAR = "Asked for the papers twice; none have come. To be looked at again."
