"""Names offered while somebody types: what is public, what many declared, and what they did themselves.

Whom a colleague named once, whom an undecided application is about, and whom the force merely paid
are nobody else's to read.
"""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q, QuerySet

from integrity.people.models import User
from registers.organisations.models import Organisation
from registers.organisations.registry import entries, published

ENOUGH = 3  # people whose entries name an organisation, so that its name betrays none of them
NUMBERED = ~Q(company_number="") | ~Q(charity_number="")


def suggestable(user: User, typed: str) -> QuerySet[Organisation]:
    """The organisations that may be offered to this person, of those whose name holds what was typed."""
    like = Organisation.objects.shared_with(user).filter(name__icontains=typed, merged_into=None)
    parts = Organisation.objects.filter(NUMBERED, merged_into=OuterRef("pk"))
    known = published(user.force_id, like) | declared(user, like)
    return like.filter(NUMBERED | Exists(parts) | Q(pk__in=known))


def declared(user: User, records: QuerySet[Organisation]) -> set[int]:
    """Which of these the reader's own entries name, or those of people enough."""
    people: defaultdict[int, set[int]] = defaultdict(set)
    own = set()
    for organisation, subject, author in entries(records):
        if user.pk in (subject, author):
            own.add(organisation)
        if subject is not None:
            people[organisation].add(subject)
    return own | {pk for pk, who in people.items() if len(who) >= ENOUGH}
