"""Asks every cell, and says where the answer is not the oracle's.

A cell is a route (and a verb of it), a method, a person, and a relation of theirs to the thing named.
Each request is rolled back, so that no cell knows of another.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, Self
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.models import Max
from django.test import Client

from integrity.audit.models import Event
from integrity.people.models import User
from registers.gifts.enums import Verb
from registers.investigations.models import waiting_referrals
from tests.access.boards_oracle import OF_PART, TASK_VERBS, TASKS, reads_kept
from tests.access.named import Named
from tests.access.oracle import (
    BODY_RELATIONS,
    CAST,
    DESK_VERBS,
    NOTHING,
    RELATIONS,
    VERBS,
    Answer,
    Request,
    Thing,
    expected,
    knows,
    reads,
)
from tests.access.routes import OTHERWISE, PAGES, SITE, Page, Route
from tests.access.things import OF_ENTRIES, SECRETS, Things

BACKEND = "integrity.people.backends.ServingMemberBackend"
ANSWERS = {403: Answer.REFUSED, 404: Answer.HIDDEN, 405: Answer.NO_METHOD}
# what only the other department's pages say, by whose force reads
OTHERS = ("Harbour", "Quay")
FOREIGN = {
    "NMR": OTHERS,
    "EVL": OTHERS,
    "NEC": (*OTHERS, "Joint Committee"),
    "JNE": OTHERS,
    **dict.fromkeys(("HTP", "HPA"), ("Northmoor", "Eastvale", "Joint Committee")),
}
SENTENCE = re.compile(r'<p class="govuk-body">[A-Z“][^<]+\.</p>')
STRANGERS = {"other force, same department", "other force", "missing", *BODY_RELATIONS}
SHOWN = 60
SECTIONS = ("psd/", "governance/", "oversight/", "")  # each is marked in the menu of its readers
PAGE_OF = PAGES | OTHERWISE
FORM = {
    "reason": "Because the policy says so.",
    "text": "Why did you go?",
    "field": "value",
    "action_taken": "advice",
    "how": "ask",
    "view": "unsure",
    "propriety": "Fine.",
    "seen_from_inside": "Fine.",
    "seen_from_outside": "Fine.",
    "disposal": "shared",
    "on_day": "14",
    "on_month": "6",
    "on_year": "2026",
    "ground": "role_conflict",
    "review_on_day": "1",
    "review_on_month": "6",
    "review_on_year": "2028",
    "about": "Offer letter",
    "why": "It names the victim.",
    "written-TOTAL_FORMS": "0",
    "written-INITIAL_FORMS": "0",
    "evidence": "The minutes.",
}
# what some pages ask for, so that only its sender can be wrong about it
SENT: Mapping[str, Mapping[str, str]] = {
    **{
        f"governance:{kind}s": {"force": "NMR"}
        for kind in ("health-check", "policy-assessment", "threat-assessment")
    },
    "governance:threat-assessment": {
        "next_due_day": "1",
        "next_due_month": "6",
        "next_due_year": "2099",
    },
}


# the part of an entry that a question is about
FIELDS = {"business_interests": "hours", "media_contacts": "about"}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it was given, without what differs at every request; and what was written."""

    path: str
    status: int
    body: str
    location: str
    written: frozenset[str]
    events: frozenset[str]

    @property
    def answer(self) -> Answer | None:
        """As the oracle would call it; None for what it never expects."""
        if self.location.startswith(("/sign-in/?next=", "/psd/login/?next=")):
            return Answer.SIGN_IN
        if self.status in (200, 302, 422, 503):
            return Answer.ACTS if self.written else Answer.OPENS
        return ANSWERS.get(self.status)

    @property
    def changed(self) -> bool:
        return bool(self.written or self.events - {"refused"})

    @property
    def told(self) -> tuple[int, str, str]:
        here = self.location.replace(self.path, "•").replace(quote(self.path), "•")
        return self.status, self.body, here


class Caller:
    """Somebody with a browser that forgets every request but the sign-in."""

    def __init__(self, user: User | None) -> None:
        self.client = Client(raise_request_exception=False)
        if user is not None:
            self.client.force_login(user, backend=BACKEND)
        self.signed_in = self.client.cookies
        self.last_event = Event.objects.aggregate(last=Max("pk", default=0))["last"]
        self.writes = rows_written()

    def ask(self, method: str, path: str, data: Mapping[str, Any]) -> Reply:
        self.client.cookies = SimpleCookie(self.signed_in)
        with transaction.atomic():
            response = getattr(self.client, method.lower())(path, data)
            body = response.getvalue().decode(errors="replace")
            before, self.writes = self.writes, rows_written()
            written = {table for table, count in self.writes.items() if count > before[table]}
            events = self._events() if written else frozenset()
            transaction.set_rollback(True)
        # the session is the request's own; what was recorded is judged by the names of the events
        tables = {t for t in written if t != "django_session" and not t.startswith("audit_")}
        where = response.headers.get("Location", "")
        body = plain(body, path)
        return Reply(path, response.status_code, body, where, frozenset(tables), events)

    def _events(self) -> frozenset[str]:
        made = Event.objects.filter(pk__gt=self.last_event)
        return frozenset(made.values_list("name", flat=True))


WRITTEN = """
SELECT relname, pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
       + pg_stat_get_xact_tuples_deleted(oid)
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


def rows_written() -> Counter[str]:
    """How many rows of each table this transaction wrote, rolled back or not: whatever a view touches."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return Counter(dict(cursor.fetchall()))


def plain(body: str, path: str) -> str:
    """A page without its tokens and its own address."""
    body = re.sub(r'name="(csrfmiddlewaretoken|key)" value="[^"]+"|nonce="[^"]+"', "", body)
    return body.replace(path, "•")


@dataclass(frozen=True, slots=True)
class Cell:
    route: Route
    page: Page
    request: Request
    relation: str
    named: Named

    @property
    def path(self) -> str:
        ids = {**self.named.ids, "verb": self.request.verb}
        return "/" + re.sub(
            r"<(?:\w+:)?(\w+)>", lambda m: str(ids[m[1]]), self.page.at or self.route.path
        )

    def __str__(self) -> str:
        asked = self.request
        whose = f" ({self.relation})" if self.relation else ""
        return f"{asked.who}: {asked.method} {self.path}{whose}"


@dataclass
class Matrix:
    """Some routes asked by some of the cast; what was found wrong, each with its sentence."""

    things: Things
    routes: Sequence[Route]
    cast: Sequence[str] = tuple(CAST)
    cells: int = 0
    not_applicable: int = 0
    wrong: list[str] = field(default_factory=list)
    missing: dict[tuple[str, ...], Reply] = field(default_factory=dict)

    def run(self) -> Self:
        logging.disable(logging.ERROR)  # a line for each refusal would be thousands
        try:
            return self._run()
        finally:
            logging.disable(logging.NOTSET)

    def _run(self) -> Self:
        self.things.make_all({PAGE_OF[route.key].of for route in self.routes} - {""}, self.cast)
        for who in self.cast:
            caller = Caller(self.things.people.get(who))
            for place in SECTIONS:
                self.missing[who, place] = caller.ask("GET", f"/{place}no-such-page/", {})
            for cell in self.cells_of(who):
                self.cells += 1
                reply = caller.ask(cell.request.method, cell.path, self.form(cell))
                if problems := list(self.judge(cell, reply)):
                    self.wrong.append(f"{cell}: {'; '.join(problems)}")
        return self

    @property
    def report(self) -> str:
        return "\n".join([f"{len(self.wrong)} cells are wrong:", *self.wrong[:SHOWN]])

    @property
    def measured(self) -> str:
        return (
            f"{self.cells - len(self.wrong):,} of {self.cells:,} cells as the oracle says "
            f"({len(self.routes)} routes, {len(self.cast)} actors, {len(RELATIONS)} relations; "
            f"{self.not_applicable:,} more do not arise)"
        )

    def cells_of(self, who: str) -> Iterator[Cell]:
        for route in self.routes:
            page = PAGE_OF[route.key]
            for relation, named in self.named(page, who):
                for method in ("GET", "POST"):
                    for verb in verbs(route, page, relation, method):
                        asked = Request(who, method, page.who, page.takes, named.thing, verb)
                        yield Cell(route, page, asked, relation, named)

    def named(self, page: Page, who: str) -> Iterator[tuple[str, Named]]:
        """The thing of each relation: first the missing one, which hidden ones are to answer like."""
        if not page.of:
            yield "", Named(NOTHING, {})
            return
        seen: list[Named] = []
        for relation in reversed(RELATIONS):
            named = self.things.of(page.of, who, relation)
            # the one thing that stands for several relations is asked for once
            if named is None or any(named is each for each in seen):
                self.not_applicable += 1
            else:
                seen.append(named)
                yield relation, named

    def form(self, cell: Cell) -> Mapping[str, Any]:
        """What a verb asks for, rightly filled in; to other pages nothing at all."""
        thing = cell.request.thing
        if cell.request.method == "GET" or not cell.request.verb or not thing.home:
            return SENT.get(cell.route.key, {}) if cell.request.method == "POST" else {}
        people = self.things.people
        reviewer = people["harbour_reviewer" if thing.home == "HTP" else "other_reviewer"]
        ids = cell.named.ids
        named: dict[str, Any] = {name: ids[name] for name in ("version", "item") if name in ids}
        field = FIELDS.get(thing.register, FORM["field"])
        file = {"file": SimpleUploadedFile("letter.txt", b"Dear Sir")}
        if cell.request.verb == "add-referral":
            named["referral"] = getattr(waiting_referrals(reviewer).first(), "pk", "")
        return {
            **FORM,
            **named,
            **file,
            "field": field,
            "owner": reviewer.pk,
            "to": people[thing.about].pk,
        }

    def judge(self, cell: Cell, reply: Reply) -> Iterator[str]:
        asked, right, given = cell.request, expected(cell.request), reply.answer
        may_write = asked.method == "POST" and right == Answer.OPENS
        opens = right == Answer.WRONG and given == Answer.OPENS
        if given != right and not opens and not (may_write and given == Answer.ACTS):
            yield f"{reply.status} ({given or 'an error'}), where the oracle says “{right}”"
        if right == Answer.REFUSED and not SENTENCE.search(reply.body):
            yield "refused without a sentence"
        if right not in (Answer.OPENS, Answer.ACTS) and reply.changed:
            yield f"not allowed, and wrote {sorted(reply.written | reply.events)}"
        key = asked.who, cell.route.key, asked.method
        if cell.relation == "missing":
            self.missing[key] = reply
        section = next(place for place in SECTIONS if cell.path.startswith(f"/{place}"))
        nowhere = asked.who, section
        as_missing = self.missing[key if cell.relation else nowhere]
        foreign = cell.relation == "other force" and not asked.rule.startswith("anybody")
        hidden = right == Answer.HIDDEN or foreign
        if hidden and reply.told != as_missing.told:
            yield "does not answer as a missing one does"
        yield from self.leaks(cell, reply)

    def leaks(self, cell: Cell, reply: Reply) -> Iterator[str]:
        """Whatever the page, it tells of nothing that its reader may not know of."""
        asked = cell.request
        chooses = cell.page.of == "force"  # its outside decider, among other forces' departments
        # a file's bytes spell anything by chance; anybody may write to any force's PSD
        spared = chooses or reply.body.startswith("%PDF") or "/concerns/" in cell.path
        for word in () if spared else FOREIGN.get(asked.actor.home, ()):
            if word.lower() in reply.body.lower():
                yield f"names {word}"
        for words in sorted(set(re.findall(r"planted-[a-z_-]+", reply.body))):
            found = [m for m in self.things.marks.items() if m[0].startswith(words)]
            if not any(self.may_see(cell, kind, thing) for _, (kind, thing) in found):
                yield f"shows {words}"

    def may_see(self, cell: Cell, kind: str, thing: Thing) -> bool:
        who = cell.request.who
        if kind in OF_PART:
            owner = thing.about == who
            return reads_kept(CAST[who], kind, thing.home, owner=owner)
        if kind in SECRETS:
            return knows(who, thing)
        if kind not in OF_ENTRIES:
            return thing.by == who
        # whoever signs a register off or discusses refusals sees what it was, without names
        nameless = ("signs or inspects it", "reads its refusals")
        signs = cell.page.who in nameless and thing.home == cell.request.thing.home
        return signs or reads(who, thing)


def verbs(route: Route, page: Page, relation: str, method: str) -> Sequence[str]:
    """Every verb is tried by whoever stands near; forms, and strangers, are asked for one of each part.

    A method that a page does not take is not tried on every stranger's thing as well.

    The verbs of every register go through one view, so those of one register are tried in full;
    each register's own rules are tried verb by verb, status by status, in its test_workflow.py.
    """
    if method not in page.takes and relation in STRANGERS - {"missing"}:
        return []
    if "<slug:verb>" not in (page.at or route.path):
        return [""]
    if page.of in TASKS:
        return TASK_VERBS
    register = page.of.removeprefix("entry of ")
    every, of_desk = VERBS[register], (*DESK_VERBS[register], Verb.WITHDRAW)
    asked = [verb for verb in every if route.key in SITE or verb in of_desk]
    one_of_each = {every[verb]: verb for verb in asked}.values()
    near = method == "POST" and relation not in STRANGERS
    return asked if near and register == "gifts" else list(one_of_each)
