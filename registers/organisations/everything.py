"""Everything known of one organisation, as its pages show it on the desk and on the site.

What stands on the timeline each register decides by itself, reader by reader (``registry.appears``).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from integrity.casework.registry import Fact
from integrity.casework.views.desk_pages import number
from integrity.people.models import User
from integrity.ui.templatetags.ui import day, money
from registers.organisations.enums import NameKind
from registers.organisations.models import Organisation, OrganisationName
from registers.organisations.reading import page_for
from registers.organisations.registry import Item, appearances

KINDS = {kind: kind.label.lower() for kind in NameKind} | {
    NameKind.AS_WRITTEN: "spelt so in a file or an entry"
}
COLUMNS = ("What", number("How many"), number("Together"))


def everything(
    user: User,
    found: Organisation,
    ids: Sequence[int],
    kind: str = "",
    keep: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What a page of an organisation shows this reader; ``line`` is its timeline, of one kind or all.

    ``keep`` is what the address of each kind says besides it.
    """
    known = appearances(user, ids)
    return {
        "organisation": found,
        "facts": facts_of(user, found, ids),
        "names": names_of(found, ids),
        "totals": totals(known, keep or {}),
        "columns": COLUMNS,
        "kind": kind if kind in known else "",
        "line": timeline(known, kind),
        "parts": [
            {"label": each.name, "url": page_for(user, each)}
            for each in found.parts.order_by("name")
        ],
    }


def timeline(known: Mapping[str, Sequence[Item]], kind: str) -> list[tuple[str, Item]]:
    """What every register holds, or one of them, the latest first; each by what it is."""
    chosen = {kind: known[kind]} if kind in known else known
    line = [(label, item) for label, items in chosen.items() for item in items]
    return sorted(line, key=lambda each: each[1].on, reverse=True)


def halves(line: Iterable[tuple[str, Item]], today: date) -> dict[str, list[Item]]:
    """What is to come, and what has been, each as it stands on the timeline."""
    items = [item for _, item in line]
    return {
        "coming": [item for item in items if item.on > today],
        "been": [item for item in items if item.on <= today],
    }


def totals(known: Mapping[str, Sequence[Item]], keep: Mapping[str, str]) -> list[list[Any]]:
    """How many of each kind, and what those together are worth of which that is known."""
    rows = []
    for label, items in known.items():
        amounts = [item.amount for item in items if item.amount is not None]
        together = money(sum(amounts, Decimal(0))) if amounts else ""
        if 0 < len(amounts) < len(items):
            together = f"{together} ({len(amounts)} of {len(items)}; the others have no amount)"
        link = {"label": label, "url": f"?{urlencode({**keep, 'kind': label})}"}
        rows.append([link, len(items), together])
    return rows


def facts_of(user: User, found: Organisation, ids: Sequence[int]) -> list[Fact]:
    """Its numbers and whose part it is, of whichever of its records says so."""
    records = list(Organisation.objects.filter(pk__in=ids).select_related("parent"))
    parent = next((each.parent for each in records if each.parent is not None), None)
    numbers = [
        (f"Supplier number of {force}", number)
        for force, number in Organisation.objects.filter(pk__in=ids)
        .exclude(supplier_numbers=None)
        .order_by("supplier_numbers__force__name", "supplier_numbers__number")
        .values_list("supplier_numbers__force__name", "supplier_numbers__number")
    ]
    said = [
        ("Companies House number", first(each.company_number for each in records)),
        ("Charity number", first(each.charity_number for each in records)),
        ("Place", found.place or first(each.place for each in records)),
        *numbers,
        ("Listed by", str(found.department)),
    ]
    facts = [Fact(label, words) for label, words in said if words]
    return [*facts, Fact("Part of", parent.name, page_for(user, parent))] if parent else facts


def first(words: Any) -> str:
    return next(filter(None, words), "")


def names_of(found: Organisation, ids: Sequence[int]) -> list[str]:
    """Every other name it goes by: what sort, from when until when."""
    others = Organisation.objects.filter(pk__in=ids).exclude(pk=found.pk)
    spelt = OrganisationName.objects.filter(organisation__in=ids).order_by("kind", "name")
    own = [
        f"{each.name}: {KINDS[NameKind(each.kind)]}{between(each.starts_on, each.ends_on)}"
        for each in spelt
    ]
    return [*own, *(f"{each.name}: a record merged into this one" for each in others)]


def between(starts_on: date | None, ends_on: date | None) -> str:
    since = f", from {day(starts_on)}" if starts_on else ""
    return since + (f" until {day(ends_on)}" if ends_on else "")
