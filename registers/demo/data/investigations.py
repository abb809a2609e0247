"""The words of the demo's investigations, their weights, and the concerns sent without a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registers.investigations.enums import Factor, Standing

WEIGHTS: Mapping[Factor, int] = {
    Factor.CRIMINALS: 30,
    Factor.HARM: 25,
    Factor.STILL_HAS_ACCESS: 20,
    Factor.CHIEF_OFFICER: 15,
    Factor.MEDIA: 15,
    Factor.REPEATED: 15,
    Factor.SEVERAL_SOURCES: 10,
    Factor.EVIDENCE: 10,
    Factor.STILL_VISIBLE: 5,
}
ALLIANCE_LINE = {
    "reporting_line_name": "Northmoor and Eastvale Speak Up line",
    "reporting_line_phone": "01632 960 171",
    "reporting_line_url": "https://speak-up.northmoor-eastvale.example/",
}
HARBOUR_LINE = {
    "reporting_line_name": "Harbour Safe Line",
    "reporting_line_phone": "01632 960 188",
    "reporting_line_url": "https://safe-line.harbour.example/",
}
EXTERNAL = "National Conduct Office"


@dataclass(frozen=True, slots=True)
class Matter:
    """What one investigation is about and where it stands today; what chance decides is left out."""

    title: str
    standing: Standing
    ended: str = ""  # why it was closed
    lesson: str = ""
    risks: Sequence[Factor] = ()
    limit: str = ""  # suspended or on restricted duties
    outcome: str = ""  # of those who left
    force: str = ""
    days: int = 0
    nobody_known: bool = False
    came_back: bool = False  # from an external body


type Sort = tuple[str, str]

LIMITS = (
    "Access to the systems in question is withdrawn until it is known who looked, and why.",
    "Nothing is decided; the public and colleagues are to be sure of it meanwhile.",
)
REFER_OUT = "It is for somebody outside the force to look into, and they have agreed to."
RETURNED = "They found no crime, and leave it to the force to deal with."

# --- concerns without a name ----------------------------------------------------------------------

# The codes to read them with; everybody else's are random, and kept nowhere.
ANSWERED_CODE = "MARSH-FERRY-DUSKY-THYME"
WAITING_CODE = "QUAYS-SEDGE-UMBER-ASTER"
SEEN_AT_THE_DOOR = (
    "On Saturdays there is a man on the door of the Amberlight Rooms who stopped my car in a police "
    "uniform last winter. I do not want trouble with either, so I give no name."
)
WHICH_SATURDAYS = (
    "Thank you for telling us. Which Saturdays have you seen him, and at what hour? You need not say "
    "how you come to be there."
)
THESE_SATURDAYS = (
    "The last three, from about ten until they close. He had a badge on his arm. There is a camera "
    "above the taxi rank that must have seen him too."
)
FUEL = (
    "Somebody at the docks fills a car of their own with a fuel card of the force, on the last Friday "
    "of the month when the pumps are quiet. I work there. Please look at the receipts before you ask."
)
PARKING = (
    "Every morning the same three cars stand in the bays for visitors behind the police station. "
    "Nobody does anything because their owners work inside."
)
PARKING_ANSWER = (
    "Thank you. This is not for this department, so we have asked those who look after the building "
    "to see to it, without saying that anybody wrote."
)
SET_ASIDE = (
    "Parking, and no question of integrity. The estates department was told what, not by whom."
)
