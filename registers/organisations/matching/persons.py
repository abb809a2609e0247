"""Two persons' names: equal surname and first names that do not contradict each other, and never more."""

import re
from dataclasses import dataclass

from registers.organisations.matching.normalise import fold

TITLES = frozenset(
    "mr mrs ms miss mx dr sir dame lord lady prof professor rev reverend pc dc ds di dci supt cc acc dcc "
    "sgt insp baroness baron hon rt cllr councillor mp qpm obe mbe cbe kc qc jp esq".split()
)
SAME_NAMES = 0.5  # many people have one name
INITIALS_AGREE = 0.3
LONG_FORMS = {
    full: frozenset([full, *shorts.split()])
    for full, shorts in {
        "alexander": "alex sandy", "andrew": "andy", "anthony": "tony", "benjamin": "ben",
        "catherine": "cath cathy kate", "christopher": "chris", "daniel": "dan danny", "david": "dave",
        "deborah": "deb debbie", "edward": "ed ted", "elizabeth": "liz beth", "gregory": "greg",
        "james": "jim jamie", "jennifer": "jen jenny", "jonathan": "jon", "joseph": "joe",
        "katherine": "kat kathy", "margaret": "maggie meg", "matthew": "matt", "michael": "mike mick",
        "nicholas": "nick", "patricia": "pat trish", "peter": "pete", "philip": "phil",
        "rebecca": "becky", "richard": "rich dick rick", "robert": "rob bob bobby", "samuel": "sam",
        "stephen": "steve steven", "susan": "sue", "thomas": "tom", "timothy": "tim",
        "victoria": "vicky", "william": "will bill billy",
    }.items()
}  # fmt: skip


@dataclass(frozen=True)
class PersonMatch:
    """How far two names may be one person's. Below SURE always: a name is weak evidence of a person."""

    score: float
    reason: str


def match_person(a: str, b: str) -> PersonMatch | None:
    """'Dr A. Smith' and 'Alan Smith' may be one; None where the names say otherwise or too little."""
    (first_a, surname_a), (first_b, surname_b) = _taken_apart(a), _taken_apart(b)
    if not surname_a or surname_a != surname_b or not first_a or not first_b:
        return None
    if not all(map(_agree, first_a, first_b)):
        return None
    if all(len(name) > 1 for name in (first_a[0], first_b[0])):
        return PersonMatch(
            SAME_NAMES, "the same first name and surname; weak, as many share a name"
        )
    return PersonMatch(INITIALS_AGREE, "the same surname and agreeing initials; weak")


def _taken_apart(written: str) -> tuple[list[str], str]:
    text = fold(written)
    if text.count(",") == 1:  # 'Smith, Alan'
        surname, first = text.split(",")
        if not TITLES.issuperset(re.findall(r"[^\W\d_]+", first)):
            text = f"{first} {surname}"
    words = [word for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text) if word not in TITLES]
    return (words[:-1], words[-1]) if words else ([], "")


def _agree(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return one == other or any({one, other} <= forms for forms in LONG_FORMS.values())
