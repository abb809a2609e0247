"""The inventory of addresses, read from the URL resolver, and what each is classified as, once.

A route that is not in PAGES fails `test_every_route_is_classified`: say there whose page it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from integrity.casework.desk import desk
from integrity.casework.queues import QueueAdmin
from integrity.casework.registry import feeds, registers


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
    "casework:subject-access": Page("anybody signed in"),
    "casework:subject-access-file": Page("anybody signed in", "POST"),
    "casework:nil-returns": Page("answers for a unit", BOTH),
    "casework:withdraw-nil": Page("answers for its unit", BOTH, of="nil return"),
    "casework:sign-offs": Page("signs or inspects registers"),
    "organisations:suggest": Page("anybody signed in", at="organisations/suggest/?q=ha"),
    "gifts:quick": Page("anybody signed in", BOTH),
    "gifts:guide": Page("anybody signed in"),
    "gifts:refreshments": Page("anybody signed in", BOTH),
    "business_interests:listed": Page("anybody signed in", at="interests/listed/?q=taxi"),
    "business_interests:views": Page("gives HR’s or vetting’s view"),
    "business_interests:refusals": Page("reads refusals"),
    "business_interests:refusals-of": Page("reads its refusals", BOTH, of="register"),
    "business_interests:pdr": Page("their line manager", BOTH, of="member"),
    "business_interests:pdr-pdf": Page("their line manager", of="member"),
    "business_interests:notice": Page("reads the entry", of="interest notice"),
    "business_interests:notice-pdf": Page("reads the entry", of="interest notice"),
    "casework:open-notice": Page("its recipient", "POST", of="notice"),
    "casework:discard-draft": Page("its writer", "POST", of="draft"),
    "casework:attachment": Page("reads the entry", of="attachment"),
    "casework:receipt": Page("reads the entry", of="receipt"),
    "casework:receipt-file": Page("reads the entry", of="receipt"),
    "casework:sign-off": Page("signs or inspects it", BOTH, of="register"),
    "media_contacts:log": Page("anybody signed in", BOTH),
    "media_contacts:guide": Page("anybody signed in"),
    "media_contacts:begin-offer": Page(
        "took part where something was offered", "POST", of="entry of media_contacts"
    ),
    "media_contacts:statement": Page("is a chief officer", BOTH),
    "media_contacts:suggest-journalists": Page(
        "anybody signed in", at="media/journalists/suggest/?q=jo"
    ),
    "media_contacts:suggest-outlets": Page("anybody signed in", at="media/outlets/suggest/?q=ec"),
    "media_contacts:suggest-colleagues": Page(
        "anybody signed in", at="media/colleagues/suggest/?q=co"
    ),
    "investigations:concerns": Page("anybody"),
    "investigations:read-concern": Page("anybody", BOTH),
    "investigations:send-concern": Page("anybody", BOTH, at="concerns/send/NMR/"),
    "organisations:facts": Page("anybody signed in", at="organisations/facts/?q=ec"),
    "organisations:page": Page("owns registers there", of="organisation’s page"),
    "procurement:cards": Page("belongs to a force"),
    "procurement:justify": Page("its writer", BOTH, of="own purchase"),
    "procurement:tenders": Page("anybody signed in"),
    "procurement:declare": Page("its writer", BOTH, of="own tender"),
    "gifts:items": Page("its writer", BOTH, of="draft of gifts"),
    "gifts:remove-item": Page("its writer", "POST", of="draft of gifts"),
}
GOVERNANCE = {
    "index": Page("reads something of boards"),
    "board-new": Page("board: keeps some, or finds nothing", BOTH),
    "board": Page("board: reads it", of="board"),
    "board-people": Page(
        "board: keeps it, or finds nothing",
        of="board",
        at="governance/boards/<int:pk>/people/?q=co",
    ),
    "meeting": Page("board: reads it", of="meeting"),
    "paper": Page("board: reads it", of="meeting"),
    "note-new": Page(
        "takes it to their board",
        BOTH,
        "entry of gifts",
        "governance/notes/new/?entry=<slug:reference>",
    ),
    "action": Page("board: owns or reads it", of="board action"),
    "action-verb": Page("board: owns or keeps it", BOTH, "board action"),
    "plan": Page("plan: reads it", of="force kept"),
    "plan-new": Page("plan: keeps it", BOTH, "force kept"),
    "plan-people": Page(
        "plan: keeps it, or finds nothing",
        of="force kept",
        at="governance/plan/<str:code>/people/?q=co",
    ),
    "plan-item": Page("plan: owns or reads it", of="plan item"),
    "plan-item-verb": Page("plan: owns or keeps it", BOTH, "plan item"),
    "health-checks": Page("checks: reads some", BOTH),
    "health-check": Page("checks: reads it", BOTH, "health check"),
    "health-answer": Page("checks: keeps it", BOTH, "health check"),
    "health-plan": Page("checks: keeps it", BOTH, "health answer"),
    "health-file": Page("checks: reads it", of="health answer"),
    "policy-assessments": Page("checks: reads some", BOTH),
    "policy-assessment": Page("checks: reads it", BOTH, "policy assessment"),
    "clause-finding": Page("checks: keeps it", BOTH, "policy assessment"),
    "clause-plan": Page("checks: keeps it", BOTH, "clause finding"),
    "threat-assessments": Page("threats: reads some", BOTH),
    "threat-assessment": Page("threats: reads it", BOTH, "threat assessment"),
    "threat-new": Page("threats: keeps it", BOTH, "threat assessment"),
    "threat": Page("threats: keeps it", BOTH, "threat"),
    "threat-plan": Page("threats: keeps it", BOTH, "threat"),
    "quarterly-meetings": Page("quarterly meeting: reads some"),
    "quarterly-meeting": Page("quarterly meeting: reads it", BOTH, "quarterly meeting"),
    "quarterly-close": Page("quarterly meeting: keeps it", BOTH, "quarterly action"),
    "statements": Page("statements: reads some"),
    "state": Page("statements: keeps it", BOTH, "statement"),
    **{
        name: Page("board: keeps it", BOTH, of)
        for of, names in {
            "board": "board-change member-new member-end meeting-new",
            "meeting": "meeting-change meeting-hold agenda-new agenda-change paper-new "
            "decision-new action-new",
        }.items()
        for name in names.split()
    },
}
OF_A_FORCE = "force=<str:code>"
OVERSIGHT = {
    "index": Page("reads some figures"),
    # as of one force, so that another's are asked for too
    **{
        name: Page("figures: reads it", of="force kept", at=f"oversight/{path}{OF_A_FORCE}")
        for name, path in {
            "psd": "psd/?",
            "psd-csv": "psd/entries-by-register.csv?",
            "psd-xlsx": "psd/all.xlsx?",
            "entries": "entries/?measure=entries&",
            "now": "now/?pile=work.gifts&",
            "return": "return/?",
            "return-file": "return.xlsx?",
        }.items()
    },
    **{
        name: Page("board’s figures: reads it", of="body", at=f"oversight/boards/<str:code>/{path}")
        for name, path in {
            "board": "",
            "board-csv": "rates.csv",
            "board-xlsx": "rates.xlsx?as=public",
            "pack-pdf": "pack.pdf",
            "pack-xlsx": "pack.xlsx?as=public",
            "pack-csv": "pack/entries-by-register.csv",
        }.items()
    },
}
SITE |= {f"governance:{name}": page for name, page in GOVERNANCE.items()}
SITE |= {f"oversight:{name}": page for name, page in OVERSIGHT.items()}
DESK = {
    "psd:index": Page("desk", BOTH),
    "psd:login": Page("desk's sign-in", BOTH),
    "psd:logout": Page("desk", "POST"),
    "psd:jsi18n": Page("desk"),
    "psd:app_list": Page("desk: reads some of it", BOTH, at="psd/people/"),
    "psd:autocomplete": Page(
        "desk: reads reference data",
        at="psd/autocomplete/?app_label=people&model_name=rolegrant&field_name=user&term=",
    ),
    "psd:import_file": Page("desk: uploaded it and heads its PSD", BOTH, of="upload"),
    "psd:import_take": Page("desk: uploaded it and heads its PSD", "POST", of="upload"),
    "psd:import_batch": Page("desk: PSD of its force", of="batch"),
    "psd:import_original": Page("desk: PSD of its force", of="batch"),
    "psd:media_route": Page("desk: the press office's", BOTH),
    "psd:media-quoted": Page("desk: the press office's", BOTH),
    "psd:media-coverage": Page("desk: of the media"),
    "psd:media-coverage-add": Page("desk: the press office's", BOTH),
    "psd:media-coverage-one": Page("desk: of the media there", of="coverage"),
    "psd:media-coverage-verb": Page(
        "desk: the press office's there", BOTH, "coverage", "psd/media/coverage/<int:pk>/flag/"
    ),
    "psd:media-samples": Page("desk: of the media, the press office writes", BOTH),
    "psd:media-sample": Page("desk: of the media there", of="media sample"),
    "psd:media-week": Page(
        "desk: of the media, the press office writes there", BOTH, "media sample"
    ),
    "psd:media-meeting": Page("desk: shared by the press office and PSD", BOTH),
    "psd:media-meeting-item": Page(
        "desk: shared by the press office and PSD there", BOTH, "meeting item"
    ),
    "psd:media-journalists": Page("desk: of the media"),
    "psd:media-journalist": Page(
        "desk: of the media, the press office writes there", BOTH, "journalist"
    ),
    "psd:media-outlets": Page("desk: of the media"),
    "psd:media-outlet": Page("desk: of the media, the press office writes there", BOTH, "outlet"),
    "psd:media-statements": Page("desk: shared, the press office writes", BOTH),
    "psd:media-statements-csv": Page("desk: shared by the press office and PSD"),
    "psd:investigations-referrals": Page("desk: of investigations"),
    "psd:investigations-open": Page("desk: PSD's", BOTH),
    "psd:investigations-people": Page("desk: PSD's", at="psd/investigations/people/?q=co"),
    "psd:investigations-add": Page("desk: PSD's there", BOTH, "referral"),
    "psd:investigations-set-aside": Page("desk: PSD's there", BOTH, "referral"),
    "psd:investigations-figures": Page("desk: of investigations"),
    "psd:investigations-figures-file": Page("desk: of investigations"),
    "psd:investigations-concerns": Page("desk: of investigations"),
    "psd:investigations-concern": Page(
        "desk: of investigations, PSD writes there", BOTH, "concern"
    ),
    "psd:import_batches": Page("desk: of imports"),
    "psd:organisations-page": Page("desk: of organisations there", of="organisation’s page"),
    "psd:organisations-name": Page("desk: PSD's there", BOTH, "organisation’s page"),
    "psd:organisations-parent": Page("desk: PSD's there", BOTH, "organisation’s page"),
    "psd:organisations-note": Page("desk: PSD's there", BOTH, "organisation’s page"),
    "psd:organisations-merge": Page("desk: PSD's there", BOTH, "organisation’s page"),
    "psd:organisations-unmerge": Page("desk: PSD's there", BOTH, "merge"),
    "psd:organisations-suggestions": Page("desk: PSD's", BOTH),
    "psd:procurement-contracts": Page("desk: of procurement"),
    "psd:procurement-contract": Page("desk: of procurement there", of="contract"),
    "psd:procurement-outsourcing": Page("desk: procurement's there", BOTH, "contract"),
    "psd:procurement-contract-involve": Page("desk: procurement's there", BOTH, "contract"),
    "psd:procurement-contractor-add": Page("desk: procurement's there", BOTH, "contract"),
    "psd:procurement-contractor-end": Page("desk: procurement's there", BOTH, "contractor"),
    "psd:procurement-involvement-end": Page("desk: procurement's there", BOTH, "involvement"),
    "psd:procurement-outsourced": Page("desk: of procurement"),
    "psd:procurement-tenders": Page("desk: of procurement"),
    "psd:procurement-tender": Page("desk: of procurement there", of="tender"),
    "psd:procurement-tender-involve": Page("desk: procurement's there", BOTH, "tender"),
    "psd:procurement-bidder-add": Page("desk: procurement's there", BOTH, "tender"),
    "psd:procurement-payments": Page("desk: of procurement"),
    "psd:procurement-payment": Page("desk: of procurement there", of="payment"),
    "psd:procurement-purchases": Page("desk: of procurement"),
    "psd:procurement-purchase": Page("desk: of procurement there", of="purchase"),
    "psd:procurement-purchase-verb": Page(
        "desk: procurement's and PSD's there",
        BOTH,
        "purchase",
        "psd/procurement/purchases/<int:pk>/find-not-right/",
    ),
    "psd:crosschecks-matches": Page("desk: procurement's and PSD's", BOTH),
    "psd:crosschecks-checks": Page("desk: of procurement"),
    "psd:nil-returns": Page("desk: of nil returns"),
    "psd:meeting-pack": Page("desk: of the meeting"),
    "psd:meeting-pack-file": Page("desk: of the meeting", at="psd/meeting-pack/xlsx/"),
}
# reference data of the desk: each has a list, a form to add, and five pages for each row
ROWS = {
    "people/force": "force",
    "people/grade": "grade",
    "people/rolegrant": "grant",
    "people/unit": "unit",
    "people/user": "person",
    "casework/checklistitem": "checklist item",
    "casework/nilreturnrule": "nil return rule",
    "organisations/organisation": "organisation",
    "gifts/giftpolicy": "policy",
    "gifts/suppliernotice": "supplier notice",
    "business_interests/interestpolicy": "interest policy",
    "media_contacts/mediapolicy": "media policy",
    "investigations/investigationpolicy": "investigation policy",
    "crosschecks/checksetting": "check setting",
    "oversight/namingrule": "naming rule",
}

# Of these, no administrator adds or changes any: they say what PSD, boards and the public are told.
BY_HEADS = {"check setting", "naming rule"}


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


def pages_of_rows() -> Iterator[tuple[str, Page]]:
    for path, kind in ROWS.items():
        name = f"psd:{path.replace('/', '_')}"
        yield f"{name}_changelist", Page("desk: reads reference data", BOTH)
        who = ", a head writes" if kind in BY_HEADS else ""
        yield f"{name}_add", Page(f"desk: adds a {kind}{who}", BOTH)
        yield f"{name}_change", Page(f"desk: its force{who}", BOTH, of=kind)
        yield f"{name}_history", Page(f"desk: history of a {kind}", BOTH, of=kind)
        yield f"{name}_delete", Page("desk: nobody", BOTH, of=kind)
        yield f"psd/{path}/<path:object_id>/", Page("desk: sent on unseen", BOTH, of=kind)


def pages_of_registers() -> Iterator[tuple[str, Page]]:
    """What each register has of these, under the same names: drafts, the entry's page, its verbs."""
    there = {route.key for route in routes()}
    yield from ((name, page) for name, page in _pages_of_registers() if name in there)


def _pages_of_registers() -> Iterator[tuple[str, Page]]:
    for register in registers():
        name, entry, draft = register.slug, f"entry of {register.slug}", f"draft of {register.slug}"
        yield f"{name}:start", Page("anybody signed in", BOTH)
        yield f"{name}:draft", Page("its writer", BOTH, of=draft)
        yield f"{name}:autosave", Page("its writer", "POST", of=draft)
        yield f"{name}:check", Page("its writer", BOTH, of=draft)
        yield f"{name}:case", Page("reads the entry", of=entry)
        yield f"{name}:done", Page("reads the entry", of=entry)
        yield f"{name}:verb", Page("has a part in it", BOTH, of=entry)


def desk_pages_of_registers() -> Iterator[tuple[str, Page]]:
    """The queues of each register, its cases and their verbs; where a legacy one is imported."""
    get_resolver().url_patterns  # noqa: B018 - which loads the desk
    for model, admin in desk._registry.items():
        if isinstance(admin, QueueAdmin):
            name = f"psd:{model._meta.app_label}_{model._meta.model_name}"
            app = model._meta.app_label
            entry = f"entry of {app}"
            yield f"{name}_changelist", Page(f"desk: queues of {app}", BOTH)
            yield f"{name}_change", Page("desk: reads the entry there", of=entry)
            if app != "crosschecks":  # a match comes from no file
                yield f"{name}_original", Page("desk: reads the entry there", of=entry)
            yield f"{name}_verb", Page("desk: has a part in it there", BOTH, of=entry)
    for register in registers():
        if register.importer:
            yield f"psd:import_{register.slug}", Page("desk: heads a PSD", BOTH)
    for feed in feeds():
        yield f"psd:import_{feed.slug}", Page("desk: feeds", BOTH)


SITE |= dict(pages_of_registers())
PAGES = SITE | DESK | dict(desk_pages_of_registers()) | dict(pages_of_rows())

PUBLIC = {name for name, page in SITE.items() if page.who == "anybody"}
OF_BOARDS = ("governance:", "oversight:")
# the same routes, asked for otherwise: the entries behind a board’s figure, and every force
OTHERWISE = {
    "oversight:entries, of a board": Page(
        "board’s figures: reads it",
        of="body",
        at="oversight/entries/?measure=entries&board=<str:code>",
    ),
    "oversight:board, of one force": Page(
        "reads that force’s figures on NEC’s board",
        of="force kept",
        at="oversight/boards/NEC/?force=<str:code>",
    ),
    "oversight:psd, of whoever": Page("figures: reads some", at="oversight/psd/"),
    "oversight:return, of whoever": Page("figures: reads some", at="oversight/return/"),
}
LOGS = {name for name, page in SITE.items() if page.of == "log"}
OBJECTS = {name for name, page in SITE.items() if page.of} - LOGS
SIGNED_IN = set(SITE) - PUBLIC - OBJECTS - LOGS


def otherwise() -> list[Route]:
    return [Route(name, page.at) for name, page in OTHERWISE.items()]


def unclassified() -> list[str]:
    """A sentence for each route that nobody has said the readers of."""
    return [
        f"Nobody has said who may open {route.key} ({route.path}): add it to SITE, DESK or ROWS "
        "in tests/access/routes.py, with the oracle's rule for it."
        for route in routes()
        if route.key not in PAGES
    ]
