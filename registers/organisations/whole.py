"""An organisation with everything that was merged into it: which records, and how often they appear."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from registers.organisations.models import Organisation

OURS = Organisation._meta.app_label


def is_one_of(field: str, organisation: Organisation) -> Q:
    """Rows that name this organisation, whichever of its records they point to."""
    root = organisation.root_id
    return Q(**{field: root}) | Q(**{f"{field}__merged_into": root})


def root_of(field: str) -> Coalesce:
    """What the record that a row names counts as."""
    return Coalesce(F(f"{field}__merged_into"), F(f"{field}_id"))


def within(field: str, records: QuerySet[Organisation]) -> Q:
    """Rows that name one of these, or what was merged into one of them."""
    return Q(**{f"{field}__in": records}) | Q(**{f"{field}__merged_into__in": records})


def named_in(
    rows: QuerySet[Any], field: str, case: str, records: QuerySet[Organisation]
) -> QuerySet[Any, tuple[int, int | None, int | None]]:
    """Of each row of a register that names one of these: what it counts as, its subject and author."""
    people = (f"{case}__subject", f"{case}__author")
    found = rows.filter(within(field, records)).order_by()
    return found.values_list(root_of(field), *people).distinct()


def ids_of(organisation: Organisation) -> list[int]:
    return list(
        Organisation.objects.whole_of(organisation).order_by("pk").values_list("pk", flat=True)
    )


def how_often(records: Iterable[int], *, whole: bool = True) -> Counter[int]:
    """How many rows of registers name each of these, as far as the transaction reaches.

    ``whole`` counts what was merged into each with it; without, each record by itself.
    """
    asked = list(records)
    named: Counter[int] = Counter()
    for relation in Organisation._meta.related_objects:
        if relation.related_model._meta.app_label == OURS:
            continue
        field = relation.field.name
        mine = Q(**{f"{field}__in": asked})
        if whole:
            mine |= Q(**{f"{field}__merged_into__in": asked})
        rows = relation.related_model._base_manager.filter(mine).order_by()
        of = root_of(field) if whole else F(f"{field}_id")
        for row in rows.values(of=of).annotate(many=Count("pk")):
            named[row["of"]] += row["many"]
    return named
