"""Where a run looks: the organisations that are read as one, and all that a change touches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Max, Min, Q
from django.db.models.functions import Coalesce

from integrity.casework.models import Case
from integrity.people.models import Force
from registers.crosschecks.finding.at_hand import at_hand
from registers.crosschecks.finding.base import Ground, Only
from registers.crosschecks.pairs import Alike
from registers.organisations.enums import Ruling
from registers.organisations.models import MergeSuggestion, Organisation
from registers.procurement.models import Card, Payment

ROOT = Coalesce("merged_into", "pk")
LONGEST_WHY = 200


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed, as the ledger says it: ids of organisations, people and cases."""

    organisations: frozenset[int] = field(default_factory=frozenset)
    people: frozenset[int] = field(default_factory=frozenset)
    cases: frozenset[int] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.organisations or self.people or self.cases)


def ground_of(
    force: Force, *, today: date, minimum_likeness: int, changed: Changed | None = None
) -> Ground:
    """What the checks of one run share; with ``changed``, no more than that touches."""
    first = only_of(force, changed, minimum_likeness) if changed is not None else None
    near = None if first is None else first.roots
    return Ground(
        force=force,
        today=today,
        alike=alike_in(force, minimum_likeness, near, of=first.people if first else None),
        months_of_spend=months_of_spend(force),
        only=first,
    )


def months_of_spend(force: Force) -> int:
    """Over how many months the force’s published spend reaches."""
    span = Payment.objects.filter(force=force).aggregate(first=Min("paid_on"), last=Max("paid_on"))
    first, last = span["first"], span["last"]
    if first is None or last is None:
        return 0
    return int((last.year - first.year) * 12 + last.month - first.month + 1)


def alike_in(
    force: Force,
    minimum: int,
    near: Iterable[int] | None = None,
    *,
    of: Iterable[int] | None = None,
) -> Mapping[tuple[int, int], Alike]:
    """Pairs of records that are read as one, both ways round: parts of another, and names alike.

    Among all, and among the records of each person (only of some, where people are given). What an
    analyst ruled different is never one again.
    """
    department = force.department_id
    pairs: dict[tuple[int, int], Alike] = {}
    apart: set[tuple[int, int]] = set()
    roots = None if near is None else list(near)
    for one, other, score, ruling, why in suggestions(department, roots):
        if ruling == Ruling.DIFFERENT:
            apart |= {(one, other), (other, one)}
        elif ruling == Ruling.SAME or score >= minimum:
            _add(pairs, one, other, 100 if ruling else score, why)
    for one, other, name, parent in parents(department, roots):
        _add(pairs, one, other, 100, f"{name} belongs to {parent}")
    for found in at_hand(force, None if of is None else list(of)):
        # What is read as one for everybody stays so: a person’s run and a whole one say the same.
        if found.likeness >= minimum and (found.one, found.other) not in pairs:
            for key in ((found.one, found.other), (found.other, found.one)):
                pairs[key] = Alike(*key, found.likeness, found.why[:LONGEST_WHY], found.of)
    return {key: pair for key, pair in pairs.items() if key not in apart}


def _add(
    pairs: dict[tuple[int, int], Alike], one: int, other: int, likeness: int, why: str
) -> None:
    for key in ((one, other), (other, one)):
        held = pairs.get(key)
        if key[0] != key[1] and (held is None or held.likeness < likeness):
            pairs[key] = Alike(*key, likeness, why[:LONGEST_WHY])


def suggestions(
    department: int, roots: list[int] | None
) -> Iterable[tuple[int, int, int, str, str]]:
    found = MergeSuggestion.objects.filter(department=department)
    if roots is not None:
        found = found.filter(_touches("one", roots) | _touches("other", roots))
    return found.annotate(
        a=Coalesce("one__merged_into", "one"), b=Coalesce("other__merged_into", "other")
    ).values_list("a", "b", "score", "ruling", "why")


def parents(department: int, roots: list[int] | None) -> Iterable[tuple[int, int, str, str]]:
    found = Organisation.objects.filter(department=department, parent__isnull=False)
    if roots is not None:
        found = found.filter(Q(pk__in=roots) | Q(merged_into__in=roots) | _touches("parent", roots))
    return found.annotate(a=ROOT, b=Coalesce("parent__merged_into", "parent")).values_list(
        "a", "b", "name", "parent__name"
    )


def _touches(name: str, roots: list[int]) -> Q:
    return Q(**{f"{name}__in": roots}) | Q(**{f"{name}__merged_into__in": roots})


def roots_of(ids: Iterable[int]) -> set[int]:
    found = Organisation.objects.filter(pk__in=list(ids)).annotate(root=ROOT)
    return set(found.values_list("root", flat=True))


def only_of(force: Force, changed: Changed, minimum: int) -> Only:
    """All that a change touches: every entry of these people and of these organisations and their like."""
    own = set(changed.cases)
    roots = roots_of(changed.organisations)
    roots |= {other for _, other in alike_in(force, minimum, roots, of=())} if roots else set()
    members = Organisation.objects.filter(Q(pk__in=roots) | Q(merged_into__in=roots))
    organisations = list(members.values_list("pk", flat=True))
    cases = _cases(force, own, changed.people, organisations)
    touched = set(Case.objects.filter(pk__in=cases).values_list("subject", "register"))
    people = set(changed.people) | {subject for subject, _ in touched if subject}
    named = _organisations_of(cases)
    cards = Card.objects.filter(force=force).filter(
        Q(holder__in=changed.people) | Q(purchases__organisation__in=organisations)
    )
    if not changed.people and not organisations:
        cards = cards.none()
    return Only(
        cases=sorted(cases),
        people=sorted(people),
        roots=sorted(roots | roots_of(named)),
        cards=sorted(set(cards.values_list("pk", flat=True))),
        registers=frozenset(register for _, register in touched),
    )


def _cases(
    force: Force, own: set[int], people: Iterable[int], organisations: list[int]
) -> set[int]:
    """The cases themselves, those of these people, and those that name one of these organisations."""
    mine = Case.objects.filter(force=force)
    found = set(mine.filter(pk__in=own).values_list("pk", flat=True))
    if people:
        found |= set(mine.filter(subject__in=list(people)).values_list("pk", flat=True))
    for name in ("offer__provider_organisation", "interest__organisation"):
        if organisations:
            found |= set(mine.filter(**{f"{name}__in": organisations}).values_list("pk", flat=True))
    if organisations:
        spoke = mine.filter(contact__speakers__outlet__in=organisations)
        found |= set(spoke.values_list("pk", flat=True))
    return found


def _organisations_of(cases: Iterable[int]) -> set[int]:
    """The organisations that these cases name."""
    mine = Case.objects.filter(pk__in=list(cases))
    names = ("offer__provider_organisation", "interest__organisation", "contact__speakers__outlet")
    return {
        pk for name in names for pk in mine.exclude(**{name: None}).values_list(F(name), flat=True)
    }
