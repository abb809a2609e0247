"""Names that a reader's own department or force knows, while somebody types, and whom they mean."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone

from integrity.people.models import User
from registers.media_contacts.models import ContactSpeaker, Journalist, Outlet
from registers.organisations.models import Organisation
from registers.organisations.naming import suggestable

SUGGESTIONS = 8
WHOLE_NAME = Concat("first_name", Value(" "), "last_name")


def first_of(names: Iterable[str], typed: str) -> list[str]:
    """The names that begin with what was typed, then the others."""
    return sorted(names, key=lambda name: (not name.lower().startswith(typed.lower()), name))


def journalists(reader: User, typed: str) -> list[dict[str, str]]:
    """Journalists by name, each with the outlet they last spoke for; never with whom they spoke."""
    spoke_for = (
        ContactSpeaker.objects.filter(journalist=OuterRef("pk"), outlet__isnull=False)
        .order_by("-contact__contacted_on", "-contact_id")
        .values("outlet__name")[:1]
    )
    found = Journalist.objects.shared_with(reader).filter(name__icontains=typed)
    outlets = dict(
        found.annotate(outlet=Subquery(spoke_for)).values_list("name", "outlet")[: SUGGESTIONS * 5]
    )
    names = first_of(outlets, typed)[:SUGGESTIONS]
    return [{"name": name, "outlet": outlets[name] or ""} for name in names]


def outlets(reader: User, typed: str) -> list[dict[str, str]]:
    """Known outlets, then what other organisations may be offered."""
    known = Outlet.objects.filter(organisation=OuterRef("pk"))
    like = Organisation.objects.shared_with(reader).filter(name__icontains=typed)
    found = like.filter(Exists(known) | Q(pk__in=suggestable(reader, typed).values("pk")))
    rows = dict(
        found.annotate(known=Exists(known))
        .order_by("-known", "name")
        .values_list("name", "known")[: SUGGESTIONS * 5]
    )
    names = sorted(first_of(rows, typed), key=lambda name: not rows[name])
    return [{"name": name} for name in names[:SUGGESTIONS]]


def own_force(reader: User) -> QuerySet[User]:
    """The people of somebody's own force; of an oversight body, nobody."""
    return User.objects.filter(force=reader.force_id, force__isnull=False)


def colleagues(reader: User, typed: str) -> list[dict[str, str]]:
    """People of the reader's own force who serve today, by name or number, as the register writes them."""
    today = timezone.localdate()
    others = own_force(reader).exclude(pk=reader.pk)
    serving = others.filter(starts_on__lte=today).exclude(leaves_on__lt=today)
    for word in typed.split():
        serving = serving.filter(
            Q(number__istartswith=word)
            | Q(first_name__istartswith=word)
            | Q(last_name__istartswith=word)
            | Q(grade__short__iexact=word)
        )
    found = serving.select_related("grade").order_by("last_name", "first_name")
    return [{"name": user.display} for user in found[:SUGGESTIONS]]


def meant_by(words: str, reader: User) -> list[User]:
    """Whom of their own force somebody means: by number, or by whole name with or without rank."""
    parts = words.split()
    people = own_force(reader)
    numbers = Q()
    for part in parts:
        numbers |= Q(number__iexact=part)
    by_number = list(people.exclude(number="").filter(numbers)) if parts else []
    if by_number:
        return by_number
    rank, rest = parts[0] if parts else "", " ".join(parts[1:])
    ranked = Q(whole__iexact=rest) & (Q(grade__short__iexact=rank) | Q(grade__name__iexact=rank))
    named = people.annotate(whole=WHOLE_NAME).filter(Q(whole__iexact=" ".join(parts)) | ranked)
    return list(named)
