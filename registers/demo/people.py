"""Makes the forces, their bodies, and everybody in them, with the roles they hold."""

from datetime import timedelta
from decimal import Decimal

from django.contrib.auth.hashers import make_password
from django.db.models import F, Value
from django.db.models.functions import Concat

from integrity.people.actions import name_outside_decider
from integrity.people.enums import PSD_ROLES, MemberType, Role
from integrity.people.models import (
    Force,
    Grade,
    OversightBody,
    RoleGrant,
    StandardsDepartment,
    Unit,
    User,
)
from registers.demo.data.accounts import BODY_ROLES, SIGN_INS
from registers.demo.data.names import FIRST, LAST
from registers.demo.data.places import (
    BANDS,
    BODIES,
    CHIEF_OFFICERS,
    CHIEFS,
    GRADES,
    HEADLESS,
    HOURS,
    PART_TIME,
    PLACES,
    POSTS,
    Body,
    Place,
    Team,
)
from registers.demo.world import World

PASSWORD = "Lantern-Orchard-47"  # noqa: S105 - printed by the command; the demo's people are invented
CHIEF_POSTS = ("CC", "DCC", "ACC", "ACC", "ACO", "Insp")
WITHOUT_RANK = ("Head", "Mgr", "Off", "Asst", "Vol", "Con")
LEAVERS = 6


def make_people(world: World) -> None:
    """Everybody, with one password hashed once: argon2 is slow on purpose."""
    hashed = make_password(PASSWORD)
    for place in PLACES:
        _Recruiter(world, place, hashed).recruit()
    for body in BODIES:
        _make_body(world, body, hashed)
    _grant_roles(world)
    _name_outside_deciders(world)


class _Recruiter:
    """Fills one force from the top down, so that each person's manager is known before them."""

    def __init__(self, world: World, place: Place, hashed: str) -> None:
        self.world, self.place, self.hashed = world, place, hashed
        department, _ = StandardsDepartment.objects.get_or_create(name=place.department)
        self.force = Force.objects.create(code=place.code, name=place.name, department=department)
        world.forces[place.code] = self.force
        self.grades = {
            short: Grade.objects.create(
                force=self.force,
                name=name,
                short="" if short in WITHOUT_RANK else short,
                is_chief_officer=short in CHIEF_OFFICERS,
                heads_force=short == "CC",
                band=BANDS.get(short, ""),
            )
            for short, (name, _) in GRADES.items()
        }
        self.named = {
            (s.unit, s.grade, s.nth): s.username for s in SIGN_INS if s.force == place.code
        }
        self.filled: dict[tuple[str, str], int] = {}
        self.staff: list[tuple[User, User | None]] = []
        self.chiefs: dict[str, list[User]] = {}
        self.heads: list[tuple[Unit, User]] = []

    def recruit(self) -> None:
        self._fill_top()
        for number, team in enumerate(self.place.teams):
            self._fill(team, number)
        for person in self.world.chance.sample(self._ordinary(), LEAVERS):
            person.leaves_on = self.world.today - timedelta(days=self.world.chance.randint(20, 400))
            person.starts_on = min(person.starts_on, person.leaves_on - timedelta(days=700))
        self._give_posts()
        User.objects.bulk_create([person for person, _ in self.staff])
        for person, manager in self.staff:
            person.line_manager = manager
        User.objects.bulk_update([person for person, _ in self.staff], ["line_manager"])
        for unit, head in self.heads:
            unit.head = head
        Unit.objects.bulk_update([unit for unit, _ in self.heads], ["head"])

    def _give_posts(self) -> None:
        """Posts by the unit, hours by the grade; one in twelve of the others works part-time."""
        for nth, person in enumerate(self._ordinary()):
            posts = POSTS.get(person.unit.name, ("",))
            person.post = posts[nth % len(posts)]
            if nth % 12 == 0:
                person.weekly_hours = Decimal(PART_TIME[nth % len(PART_TIME)])
        for person, _ in self.staff:
            if person.grade.name in HOURS:
                person.weekly_hours = Decimal(HOURS[person.grade.name])

    def _fill_top(self) -> None:
        unit = Unit.objects.create(force=self.force, name=CHIEFS)
        for short in CHIEF_POSTS:
            above = self.chiefs.get("CC", [None])[0] if short != "CC" else None
            if short in ("ACC", "ACO"):
                above = self.chiefs["DCC"][0]
            person = self._hire(unit, short, above, veteran=True)
            self.chiefs.setdefault(short, []).append(person)

    def _fill(self, team: Team, number: int) -> None:
        unit = Unit.objects.create(force=self.force, name=team.name)
        chiefs = self.chiefs[team.under]
        head = self._hire(unit, team.head, chiefs[number % len(chiefs)], veteran=True)
        if team.name not in HEADLESS:
            self.heads.append((unit, head))
        short, count = team.seconds
        seconds = [self._hire(unit, short, head, veteran=True) for _ in range(count)]
        for short, count in team.members:
            for nth in range(count):
                self._hire(unit, short, seconds[nth % len(seconds)])

    def _hire(self, unit: Unit, short: str, manager: User | None, *, veteran: bool = False) -> User:
        nth = self.filled.get((unit.name, short), 0)
        self.filled[unit.name, short] = nth + 1
        chance = self.world.chance
        first, last = chance.choice(FIRST), chance.choice(LAST)
        given = self.named.get((unit.name, short, nth))
        kind = GRADES[short][1]
        person = User(
            username=given or self._free_name(first, last),
            password=self.hashed,
            number=self._number(kind),
            first_name=first,
            last_name=last,
            member_type=kind,
            force=self.force,
            grade=self.grades[short],
            unit=unit,
            starts_on=self.world.today
            - timedelta(days=chance.randint(800 if veteran or given else 60, 9000)),
        )
        self.staff.append((person, manager))
        self.world.people[person.username] = person
        return person

    def _free_name(self, first: str, last: str) -> str:
        plain = f"{first}.{last}".lower()
        taken = sum(1 for name in self.world.people if name.startswith(plain))
        return f"{plain}{taken + 1}" if taken else plain

    def _number(self, kind: str) -> str:
        number = self.place.first_number + len(self.staff)
        prefix = {MemberType.SPECIAL: "7", MemberType.VOLUNTEER: "8", MemberType.CONTRACTOR: "9"}
        return f"{prefix.get(MemberType(kind), '')}{number}"

    def _ordinary(self) -> list[User]:
        managers = {manager.username for _, manager in self.staff if manager}
        named = set(self.named.values())
        return [p for p, _ in self.staff if p.username not in managers | named]


def _make_body(world: World, entry: Body, hashed: str) -> None:
    body = OversightBody.objects.create(
        code=entry.code,
        name=entry.name,
        department=StandardsDepartment.objects.get(name=entry.department),
    )
    body.forces.set(world.forces[code] for code in entry.forces)
    world.bodies[entry.code] = body
    people = [
        User(
            username=username,
            password=hashed,
            first_name=first,
            last_name=last,
            member_type=MemberType.BODY,
            oversight_body=body,
            starts_on=world.today - timedelta(days=world.chance.randint(700, 2500)),
        )
        for username, first, last in entry.people
    ]
    User.objects.bulk_create(people)
    world.people.update({person.username: person for person in people})


def _grant_roles(world: World) -> None:
    since = world.today - timedelta(days=680)
    grants = [
        RoleGrant(
            user=world[entry.username],
            role=role,
            starts_on=since,
            force=None if entry.department else world.forces[entry.force],
            department=world.forces[entry.force].department if entry.department else None,
        )
        for entry in SIGN_INS
        for role in entry.roles
    ]
    for username, role, code, _ in BODY_ROLES:
        grants.append(
            RoleGrant(
                user=world[username],
                role=role,
                starts_on=since,
                force=world.forces.get(code),
                oversight_body=world.bodies.get(code),
            )
        )
    grants.append(
        RoleGrant(  # a reviewer whose role has ended
            user=world["sergeant.evl"],
            role=Role.PSD_REVIEWER,
            department=world.forces["EVL"].department,
            starts_on=since,
            ends_on=world.today - timedelta(days=300),
        )
    )
    grants.append(
        RoleGrant(  # the deputy acts for a while, so that two may hear Eastvale's appeals
            user=world["dcc.evl"],
            role=Role.ACTING_CHIEF_OFFICER,
            force=world.forces["EVL"],
            starts_on=world.today - timedelta(days=20),
            ends_on=world.today + timedelta(days=70),
        )
    )
    RoleGrant.objects.bulk_create(grants)
    world.standards = [person for person in world.people.values() if _reviews(person, grants)]


def _name_outside_deciders(world: World) -> None:
    """One of each kind: another force's PSD, a commissioner's office, an authority."""
    forces, bodies, at = world.forces, world.bodies, world.ago(680)
    for force, department, body in (
        (forces["NMR"], forces["HTP"].department, None),
        (forces["EVL"], None, bodies["EVPCC"]),
        (forces["HTP"], None, bodies["HTPA"]),
    ):
        name_outside_decider(force, department=department, body=body, by=None, now=at)
        force.refresh_from_db()  # everybody of the force holds this very row


def _reviews(person: User, grants: list[RoleGrant]) -> bool:
    return any(
        grant.user == person and grant.role in PSD_ROLES and grant.ends_on is None
        for grant in grants
    )


def give_addresses() -> None:
    """E-mail addresses come last: what is told before, about the past, is told on the site alone."""
    User.objects.filter(email="").update(email=Concat(F("username"), Value("@demo.example")))
