"""Which contacts somebody took part in, and whom a text quotes: what compliance checks ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Exists, OuterRef, Q

from integrity.people.models import Force, User
from registers.media_contacts.enums import Status
from registers.media_contacts.models import Contact, ContactQuerySet, OtherOfficer
from registers.media_contacts.policies import words_of
from registers.organisations.models import Organisation

NOT_COUNTED = (Status.WITHDRAWN, Status.NO_CONTACT, Status.ROUTED)


def contacts_of(officer: User, starts_on: date, ends_on: date) -> ContactQuerySet:
    """The contacts in which somebody took part between two days, whoever logged them."""
    took_part = OtherOfficer.objects.filter(contact=OuterRef("pk"), officer=officer)
    return (
        Contact.objects.filter(Q(case__subject=officer) | Q(Exists(took_part)))
        .filter(contacted_on__range=(starts_on, ends_on))
        .exclude(status__in=NOT_COUNTED)
    )


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody of the force whom a text names, and what was logged that may explain it."""

    officer: User
    contacts: tuple[Contact, ...]
    same_outlet: bool

    @property
    def logged(self) -> bool:
        return bool(self.contacts)


def names_in(text: str) -> list[str]:
    """The words of a text as names are compared: of ‘Brook’s’, in whatever quotes, 'brook' is left."""
    words = (word.replace("’", "'").strip("'-") for word in words_of(text))
    return [word.removesuffix("'s") for word in words if word]


def named_in(text: str, force: Force) -> list[User]:
    """The people of a force whose whole name, or rank or number with last name, stands in a text."""
    words = names_in(text)
    known = set(words)
    pairs = set(pairwise(words))
    people = User.objects.filter(force=force).select_related("grade")
    return [user for user in people if _is_named(user, known, pairs)]


def _is_named(user: User, known: set[str], pairs: set[tuple[str, str]]) -> bool:
    last = names_in(user.last_name)
    if not last or not set(last) <= known:
        return False
    grade = names_in(f"{user.grade.name} {user.grade.short}") if user.grade else []
    before = [*names_in(user.first_name)[-1:], *grade, *names_in(user.number)]
    return any((word, last[0]) in pairs for word in before)


def quoted_in(
    people: Iterable[User], *, published_on: date, outlet: Organisation | None, days: int
) -> list[Quoted]:
    """For each of them the contacts of so many days before, those with the same outlet first."""
    found = []
    for officer in people:
        near = contacts_of(officer, published_on - timedelta(days=days), published_on).with_all()
        with_outlet = [c for c in near if outlet and _speaks_for(c, outlet)]
        others = [c for c in near if c not in with_outlet]
        found.append(Quoted(officer, (*with_outlet, *others), bool(with_outlet)))
    return found


def _speaks_for(contact: Contact, outlet: Organisation) -> bool:
    spoke_for = (speaker.outlet for speaker in contact.speakers.all())
    return any(each is not None and each.root_id == outlet.root_id for each in spoke_for)
