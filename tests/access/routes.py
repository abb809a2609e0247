"""The inventory of addresses, read from the URL resolver, and what each is classified as, once.

A route that is not in PAGES fails `test_every_route_is_classified`: say there whose page it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Page:
    """A route in words: the oracle's rule for it, the methods it takes, and the thing it names."""

    who: str
    takes: str = "GET"
    of: str = ""
    at: str = ""  # where to ask, if the route's own pattern does not say


BOTH = "GET POST"

SITE = {
    "accessibility": Page("anybody"),
    "privacy": Page("anybody"),
    "healthz": Page("anybody"),
    "readyz": Page("anybody"),
    "ledger:index": Page("anybody"),
    "ledger:check": Page("anybody", BOTH),
    "ledger:key": Page("anybody"),
    "ledger:verifier": Page("anybody"),
    "ledger:checkpoint": Page("anybody, of a log", of="log"),
    "ledger:consistency": Page(
        "anybody, of a log", of="log", at="ledger/<slug:code>/consistency?from=1&to=1"
    ),
    "people:sign-in": Page("anybody", BOTH),
    "home": Page("anybody signed in"),
    "policies": Page("anybody signed in"),
    "people:account": Page("anybody signed in"),
    "people:password-change": Page("anybody signed in", BOTH),
    "people:sign-out": Page("anybody signed in", "POST"),
    "people:sign-out-everywhere": Page("anybody signed in", "POST"),
    "casework:team": Page("anybody signed in"),
    "casework:notices": Page("anybody signed in"),
    "casework:sign-offs": Page("signs or inspects registers"),
    "organisations:suggest": Page("anybody signed in", at="organisations/suggest/?q=ha"),
    "gifts:quick": Page("anybody signed in", BOTH),
    "gifts:guide": Page("anybody signed in"),
    "gifts:refreshments": Page("anybody signed in", BOTH),
    "gifts:start": Page("anybody signed in", BOTH),
    "casework:open-notice": Page("its recipient", "POST", of="notice"),
    "casework:discard-draft": Page("its writer", "POST", of="draft"),
    "casework:attachment": Page("reads the entry", of="attachment"),
    "casework:receipt": Page("reads the entry", of="receipt"),
    "casework:receipt-file": Page("reads the entry", of="receipt"),
    "casework:sign-off": Page("signs or inspects it", BOTH, of="register"),
    "gifts:draft": Page("its writer", BOTH, of="draft"),
    "gifts:autosave": Page("its writer", "POST", of="draft"),
    "gifts:items": Page("its writer", BOTH, of="draft"),
    "gifts:remove-item": Page("its writer", "POST", of="draft"),
    "gifts:check": Page("its writer", BOTH, of="draft"),
    "gifts:case": Page("reads the entry", of="entry"),
    "gifts:done": Page("reads the entry", of="entry"),
    "gifts:verb": Page("has a part in it", BOTH, of="entry"),
}
DESK = {
    "psd:index": Page("desk", BOTH),
    "psd:login": Page("desk's sign-in", BOTH),
    "psd:logout": Page("desk", "POST"),
    "psd:jsi18n": Page("desk"),
    "psd:app_list": Page("desk", BOTH, at="psd/people/"),
    "psd:autocomplete": Page(
        "desk",
        at="psd/autocomplete/?app_label=people&model_name=rolegrant&field_name=user&term=",
    ),
    "psd:import_gifts": Page("desk: heads a PSD", BOTH),
    "psd:import_file": Page("desk: uploaded it and heads its PSD", BOTH, of="upload"),
    "psd:import_take": Page("desk: uploaded it and heads its PSD", "POST", of="upload"),
    "psd:import_batch": Page("desk: PSD of its force", of="batch"),
    "psd:import_original": Page("desk: PSD of its force", of="batch"),
    "psd:gifts_offer_changelist": Page("desk: works or inspects cases", BOTH),
    "psd:gifts_offer_change": Page("desk: reads the entry there", of="entry"),
    "psd:gifts_offer_original": Page("desk: reads the entry there", of="entry"),
    "psd:gifts_offer_verb": Page("desk: has a part in it there", BOTH, of="entry"),
}
# reference data of the desk: each has a list, a form to add, and five pages for each row
ROWS = {
    "people/force": "force",
    "people/grade": "grade",
    "people/rolegrant": "grant",
    "people/unit": "unit",
    "people/user": "person",
    "casework/checklistitem": "checklist item",
    "organisations/organisation": "organisation",
    "gifts/giftpolicy": "policy",
    "gifts/suppliernotice": "supplier notice",
}


def pages_of_rows() -> Iterator[tuple[str, Page]]:
    for path, kind in ROWS.items():
        name = f"psd:{path.replace('/', '_')}"
        yield f"{name}_changelist", Page("desk", BOTH)
        yield f"{name}_add", Page(f"desk: adds a {kind}", BOTH)
        yield f"{name}_change", Page("desk: its force", BOTH, of=kind)
        yield f"{name}_history", Page(f"desk: history of a {kind}", BOTH, of=kind)
        yield f"{name}_delete", Page("desk: nobody", BOTH, of=kind)
        yield f"psd/{path}/<path:object_id>/", Page("desk: sent on unseen", BOTH, of=kind)


PAGES = SITE | DESK | dict(pages_of_rows())

PUBLIC = {name for name, page in SITE.items() if page.who == "anybody"}
LOGS = {name for name, page in SITE.items() if page.of == "log"}
OBJECTS = {name for name, page in SITE.items() if page.of} - LOGS
SIGNED_IN = set(SITE) - PUBLIC - OBJECTS - LOGS


@dataclass(frozen=True, slots=True)
class Route:
    """One pattern of the resolver, by its name, or by its path where it has none."""

    key: str
    path: str


def routes(
    patterns: Sequence[URLPattern | URLResolver] | None = None,
    namespace: str = "",
    before: str = "",
) -> Iterator[Route]:
    """Every pattern of the site, whatever application brings it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner, path)
        else:
            yield Route(f"{namespace}{pattern.name}" if pattern.name else path, path)


def unclassified() -> list[str]:
    """A sentence for each route that nobody has said the readers of."""
    return [
        f"Nobody has said who may open {route.key} ({route.path}): add it to SITE, DESK or ROWS "
        "in tests/access/routes.py, with the oracle's rule for it."
        for route in routes()
        if route.key not in PAGES
    ]
