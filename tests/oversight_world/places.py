"""Who declares, and where: forces and a body with their units, people, policies and organisations."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from integrity.people.enums import BAND_OF, MemberType, RankBand, Role
from integrity.people.models import (
    Force,
    Grade,
    OversightBody,
    RoleGrant,
    StandardsDepartment,
    Unit,
    User,
)
from registers.business_interests.models import InterestPolicy, ListedOccupation
from registers.gifts.models import GiftPolicy
from registers.investigations.models import InvestigationPolicy
from registers.media_contacts.models import MediaPolicy
from registers.organisations.models import Organisation
from tests.oversight_world.rows import Rows

POLICIES = {
    "gifts": (GiftPolicy, {}),
    "business_interests": (InterestPolicy, {}),
    "media_contacts": (MediaPolicy, {"press_office": "01632 960 100"}),
    "investigations": (InvestigationPolicy, {}),
}
OCCUPATIONS = ("Door supervision", "Driver", "Driving instructor")
# name, whether a chief officer, the group that the force says, how many of 100 people have it
GRADES = (
    ("Chief Constable", True, "", 1),
    ("Superintendent", False, RankBand.SUPERINTENDING, 4),
    ("Inspector", False, RankBand.INSPECTING, 10),
    ("Constable", False, RankBand.CONSTABLES, 55),
    ("Ranger", False, "", 2),
    ("", False, "", 28),
)
KINDS = (MemberType.STAFF, MemberType.SPECIAL, MemberType.VOLUNTEER, MemberType.CONTRACTOR)
SERVED_SINCE = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who declares, as a case keeps them."""

    id: int
    name: str
    grade: str
    is_chief_officer: bool
    band: str
    kind: str
    unit: int | None
    manager: int | None


@dataclass
class Place:
    """A force, or a body itself, with all that its cases point to."""

    code: str
    department: int
    force: int | None = None
    body: int | None = None
    people: list[Person] = field(default_factory=list)
    reviewers: list[int] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    policies: dict[str, int] = field(default_factory=dict)
    listed: list[int] = field(default_factory=list)
    organisations: list[int] = field(default_factory=list)


@dataclass
class Country:
    """Everywhere, and three of PSD, of an alliance and of an inspectorate, who read figures."""

    places: list[Place]
    of_one_force: int
    of_an_alliance: int
    of_every_force: int
    of_a_board: int

    @property
    def forces(self) -> list[int]:
        return [place.force for place in self.places if place.force is not None]


@dataclass(frozen=True)
class Size:
    """How many of each a force has."""

    forces: int
    alliance: int
    units: int
    people: int
    organisations: int


def country(rows: Rows, random: Random, size: Size, *, start: date, mark: str) -> Country:
    """Reference data, valid since before ``start``; ``mark`` makes names of their own."""
    since = start - SERVED_SINCE
    shared = rows.add(StandardsDepartment, name=f"Joint PSD {mark}")
    places = []
    for number in range(1, size.forces + 1):
        joint = number <= size.alliance
        department = shared if joint else rows.add(StandardsDepartment, name=f"PSD {number} {mark}")
        force = rows.add(
            Force,
            code=f"{mark}{number}",
            name=f"Force {number} {mark}",
            department_id=department,
            checkpoint_addresses=[],
        )
        place = Place(f"{mark}{number}", department, force=force)
        _fill(rows, random, place, size, since)
        places.append(place)
    body = rows.add(
        OversightBody, code=f"{mark}B", name=f"Commissioner {mark}", department_id=shared
    )
    overseen = OversightBody.forces.through
    for place in places[: size.alliance]:
        rows.add(overseen, oversightbody_id=body, force_id=place.force)
    own = Place(f"{mark}B", shared, body=body)
    _fill(rows, random, own, Size(0, 0, 0, max(size.people // 10, 6), 0), since)
    own.organisations = places[0].organisations
    places.append(own)
    alliance, every, board = places[0].reviewers[1], own.people[0].id, own.people[1].id
    grant = {"starts_on": since}
    rows.add(RoleGrant, user_id=alliance, role=Role.PSD_HEAD, department_id=shared, **grant)
    rows.add(RoleGrant, user_id=board, role=Role.GOVERNANCE_MEMBER, oversight_body_id=body, **grant)
    for place in places[:-1]:
        for role in (Role.INSPECTOR, Role.INVESTIGATION_INSPECTOR):
            rows.add(RoleGrant, user_id=every, role=role, force_id=place.force, **grant)
    return Country(places, places[0].reviewers[0], alliance, every, board)


def _fill(rows: Rows, random: Random, place: Place, size: Size, since: date) -> None:
    whose = {"force_id": place.force, "oversight_body_id": place.body}
    if place.force is not None:
        place.units = [
            rows.add(Unit, force_id=place.force, name=f"Unit {number}")
            for number in range(1, size.units + 1)
        ]
    grades = {
        name: rows.add(
            Grade,
            force_id=place.force,
            name=name,
            short=name[:4],
            is_chief_officer=chief,
            band=band,
        )
        for name, chief, band, _ in GRADES
        if name and place.force is not None
    }
    weights = [weight for *_, weight in GRADES]
    for number in range(size.people):
        name, chief, band, _ = random.choices(GRADES, weights)[0] if number > 3 else GRADES[0]
        if place.force is None:
            name, chief, band, kind = "", False, "", MemberType.BODY
        else:
            kind = MemberType.OFFICER if name else random.choice(KINDS)
        given = Person(
            id=0,
            name=f"Person {number} {place.code}",
            grade=name,
            is_chief_officer=chief,
            band=str(RankBand.CHIEF if chief else band or BAND_OF[kind]),
            kind=str(kind),
            unit=random.choice(place.units) if place.units else None,
            manager=place.people[0].id if place.people else None,
        )
        _add_person(rows, place, given, grades.get(name), whose, since, number)
    for number in (-1, -2, -3):
        member = MemberType.STAFF if place.force else MemberType.BODY
        given = Person(0, f"Reviewer {-number} {place.code}", "", False, "", member, None, None)
        place.reviewers.append(_add_person(rows, place, given, None, whose, since, number))
    rows.add(RoleGrant, user_id=place.reviewers[0], role=Role.PSD_HEAD, starts_on=since, **whose)
    for register, (model, details) in POLICIES.items():
        policy = rows.add(
            model, title="Policy", summary="Declare.", effective_from=since, **whose, **details
        )
        place.policies[register] = policy
    place.listed = [
        rows.add(
            ListedOccupation,
            policy_id=place.policies["business_interests"],
            name=name,
            words=[name.lower()],
            stance="refuse",
            says="See PSD.",
        )
        for name in OCCUPATIONS
    ]
    for number in range(size.organisations):
        name = f"{place.code} Supplies {number} Ltd"
        place.organisations.append(
            rows.add(Organisation, department_id=place.department, name=name, key=name.lower())
        )


def _add_person(
    rows: Rows,
    place: Place,
    person: Person,
    grade: int | None,
    whose: dict[str, int | None],
    since: date,
    number: int,
) -> int:
    first, last = person.name.split(" ", 1)
    key = rows.add(
        User,
        username=f"{place.code}.{number}".lower(),
        number="" if place.body else f"N{number}",
        first_name=first,
        last_name=last,
        member_type=person.kind,
        grade_id=grade,
        unit_id=person.unit,
        line_manager_id=person.manager,
        starts_on=since,
        password="!",
        **whose,
    )
    if number >= 0:
        place.people.append(
            Person(
                key, person.name, person.grade, person.is_chief_officer, person.band, person.kind,
                person.unit, person.manager,
            )
        )  # fmt: skip
    return key
