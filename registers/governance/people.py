"""Who can sit on a board or own an action: the people of its force or body, by number or name."""

from datetime import date

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from integrity.people.models import Force, OversightBody, RoleGrant, User

WHOLE_NAME = Concat("first_name", Value(" "), "last_name")
SUGGESTIONS = 8


def people_at(home: Force | OversightBody | None, today: date) -> QuerySet[User]:
    """Who serves today in a force or body, or holds a role there; nobody else's connection reaches it."""
    held = RoleGrant.objects.active(today)
    if isinstance(home, Force):
        of_home, roles = Q(force=home), held.of_force(home)
    else:
        of_home = Q(oversight_body=home, oversight_body__isnull=False)
        roles = held.filter(oversight_body__isnull=False).of_body(home.pk if home else None)
    serving = User.objects.filter(starts_on__lte=today).exclude(leaves_on__lt=today)
    return serving.filter(of_home | Q(pk__in=roles.values("user"))).select_related("grade")


def suggested(people: QuerySet[User], typed: str) -> list[dict[str, str]]:
    """Those of these people whose number or name begins as somebody typed, as the register writes them."""
    for word in typed.split():
        people = people.filter(
            Q(number__istartswith=word)
            | Q(first_name__istartswith=word)
            | Q(last_name__istartswith=word)
            | Q(grade__short__iexact=word)
        )
    found = people.order_by("last_name", "first_name")[:SUGGESTIONS]
    return [{"name": user.display} for user in found]


def meant_by(people: QuerySet[User], words: str) -> list[User]:
    """Whom of these people somebody means: by number, sign-in name, or whole name with or without rank."""
    parts = words.split()
    numbers = Q(username__iexact=words.strip())
    for part in parts:
        numbers |= Q(number__iexact=part)
    if found := list(people.exclude(~Q(username__iexact=words.strip()), number="").filter(numbers)):
        return found
    rank, rest = parts[0] if parts else "", " ".join(parts[1:])
    ranked = Q(whole__iexact=rest) & (Q(grade__short__iexact=rank) | Q(grade__name__iexact=rank))
    named = people.annotate(whole=WHOLE_NAME).filter(Q(whole__iexact=" ".join(parts)) | ranked)
    return list(named)
