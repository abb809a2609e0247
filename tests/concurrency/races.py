"""Four people press the same button at the same moment, for every verb that changes an offer.

Each race has one winner; the other three read a sentence. 20 cases for each verb, or as many as you say:

    RACE_CASES=100 ./run test tests/concurrency

The requests are those of four browsers: real addresses, sessions, connections and locks.
"""

import os
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from integrity.audit.models import Audience, Event
from integrity.casework import actions as casework
from integrity.casework.models import Decision
from integrity.people.enums import Role
from integrity.people.models import User
from registers.gifts.drafts import data_of
from registers.gifts.enums import Purpose, Status, Verb
from registers.gifts.models import Offer
from registers.gifts.workflow import PEER, PSD, SUPERVISOR, TRANSITIONS
from tests import builders
from tests.builders import fresh, offer_in, perform

CASES = int(os.environ.get("RACE_CASES", "20"))
ACTORS = 4
VERBS = [Verb(row.verb) for row in TRANSITIONS if not row.begins]
DECIDES = {Verb.AUTHORISE, Verb.REFUSE_AUTHORISATION, Verb.APPROVE, Verb.ACCEPT, Verb.REJECT}
RESTATES = {Verb.CORRECT: Purpose.CORRECT, Verb.RECORD_OUTCOME: Purpose.RECORD_OUTCOME}
ON_THE_DESK = {Verb(row.verb) for row in TRANSITIONS if row.who >= PSD}
ASKS_FOR_A_CHALLENGE = {Verb.ANSWER_CHALLENGE, Verb.DISPOSE_CHALLENGE}
NOTHING_TO_DISPOSE_OF = {Status.AUTHORISED, Status.AUTHORISATION_REFUSED}
REASON = {"reason": "Because the policy says so."}
DECLINED = {
    "description": ["A pen"],
    "kind": ["gift"],
    "decision": ["declined"],
    "value_kind": ["exact"],
    "exact": ["4.50"],
}


@dataclass
class Race:
    """One case, one verb, four browsers; what each was answered, and what became of the case."""

    verb: Verb
    offer: Offer
    posts: list[tuple[str, dict[str, Any]]]
    events: int
    decisions: int
    answers: list[tuple[int, str]]

    def faults(self) -> list[str]:
        """What is not as it should be; nothing, where one won and three were told why not."""
        after, row = fresh(self.offer), TRANSITIONS[self.verb]
        won = [status for status, _ in self.answers].count(302)
        told = sum(status in (403, 409) and bool(said) for status, said in self.answers)
        found = {
            f"{won} winners": won == 1,
            f"{told} clear refusals in {self.answers}": told == ACTORS - 1,
            "not one event": events_of(self.offer)[self.events :] == [row.event],
            "not one decision": Decision.objects.filter(case=after.case_id).count()
            == self.decisions + (self.verb in DECIDES),
            f"it stands at {after.status}": after.status in (row.targets or {self.offer.status}),
            "not one version": after.case.version == self.offer.case.version + 1,
        }
        return [f"{after}, {self.verb}: {fault}" for fault, right in found.items() if not right]


def events_of(offer: Offer) -> list[str]:
    """The case's events by name, the oldest first."""
    events = Event.objects.filter(about="case", about_id=offer.case_id, audience=Audience.CASE)
    return list(events.order_by("pk").values_list("name", flat=True))


class Stage:
    """The world with enough people for every race, and a browser for each of them."""

    def __init__(self) -> None:
        self.world = who = builders.world()
        others = [builders.person(f"reviewer_{n}", force=who.eastvale) for n in range(2)]
        for other in others:
            builders.grant(other, Role.PSD_REVIEWER, department=who.alliance_psd)
        self.reviewers = [who.reviewer, who.other_reviewer, *others]
        self.peers = [who.deputy_chief, who.chief]
        for n in range(2):
            grade = who.assistant_chief.grade
            self.peers.append(builders.person(f"colleague_{n}", force=who.northmoor, grade=grade))

    def actors(self, verb: Verb, offer: Offer) -> list[User]:
        """Four people who may use the verb; where one alone may, their four browsers."""
        who, subject = TRANSITIONS[verb].who, offer.case.subject
        assert subject is not None
        if who >= PSD:
            return self.reviewers
        if who == PEER:
            return self.peers
        alone = subject.line_manager if who == SUPERVISOR else subject
        assert alone is not None
        return [alone] * ACTORS

    def offer(self, verb: Verb, number: int) -> Offer:
        """An offer at which the verb may be used, at each of its statuses in turn."""
        statuses = sorted(TRANSITIONS[verb].sources)
        if verb == Verb.RECORD_DISPOSAL:
            statuses = [status for status in statuses if status not in NOTHING_TO_DISPOSE_OF]
        status = Status(statuses[number % len(statuses)])
        by = self.world.staff_officer if verb == Verb.CONFIRM else None
        challenged = verb in ASKS_FOR_A_CHALLENGE
        begin = Status.WITH_PSD if challenged and status == Status.WITHDRAWN else status
        offer = offer_in(begin, self.world, by=by)
        if challenged:
            offer = perform(Verb.CHALLENGE, offer, by=self.world.psd_head, in_world=self.world)
        if verb == Verb.DISPOSE_CHALLENGE:
            assert offer.case.subject is not None
            offer = perform(
                Verb.ANSWER_CHALLENGE, offer, by=offer.case.subject, in_world=self.world
            )
        if begin != status:
            offer = perform(Verb.WITHDRAW, offer, by=self.world.constable, in_world=self.world)
        return offer

    def race(self, verb: Verb, number: int) -> Race:
        offer = self.offer(verb, number)
        posts = [
            self.post(verb, offer, actor, on_desk=bool(place % 2))
            for place, actor in enumerate(self.actors(verb, offer))
        ]
        events, decisions = len(events_of(offer)), offer.case.decisions.count()
        return Race(verb, offer, posts, events, decisions, [])

    def post(
        self, verb: Verb, offer: Offer, actor: User, *, on_desk: bool
    ) -> tuple[str, dict[str, Any]]:
        """Where a browser sends its form, and what stands in it. PSD uses desk and site by turns."""
        if TRANSITIONS[verb].who == PEER:  # who, having lost sight of it, is told so
            seen = {"by": actor, "now": timezone.now(), "audience": Audience.PSD}
            casework.record_on_case(offer.case, "entry viewed", **seen)
        if verb in RESTATES:
            draft = casework.start_draft(
                by=actor,
                register="gifts",
                purpose=RESTATES[verb],
                keep_days=30,
                now=timezone.now(),
                case=offer.case,
                data={**data_of(offer), "items/1": DECLINED},
            )
            return f"/gifts/drafts/{draft.pk}/check/", REASON
        typed = {**particulars(verb, offer, actor), "version": offer.case.version}
        if verb in ON_THE_DESK and on_desk:
            return f"/psd/gifts/offer/{offer.pk}/{verb}/", typed
        return f"/gifts/{offer.case.reference}/{verb}/", typed


def particulars(verb: Verb, offer: Offer, actor: User) -> dict[str, Any]:
    """What a person types into the verb's form."""
    challenge = offer.case.challenges.last()
    question = offer.case.questions.last()
    item = offer.items.first()
    views = dict.fromkeys(("propriety", "seen_from_inside", "seen_from_outside"), "Fine.")
    typed: dict[Verb, dict[str, Any]] = {
        Verb.PEER_REVIEW: {"view": "unsure", **views},
        Verb.ASSIGN: {"owner": actor.pk},
        Verb.ASK: {"field": "value", "text": f"How do you know, asks {actor}?"},
        Verb.ANSWER: {f"answer_{question.pk if question else 0}": "I looked it up."},
        Verb.REJECT: {**REASON, "action_taken": "advice"},
        Verb.CHALLENGE: {"to": offer.case.subject_id, "text": "Why did you go?", "how": "ask"},
        Verb.ANSWER_CHALLENGE: {
            "challenge": challenge.pk if challenge else 0,
            "answer": "It was a wake.",
        },
        Verb.DISPOSE_CHALLENGE: {
            "challenge": challenge.pk if challenge else 0,
            "disposal": "justified",
            "note": "It was.",
        },
        Verb.RECORD_DISPOSAL: {
            "item": item.pk if item else 0,
            "disposal": "shared",
            "on": builders.TODAY.isoformat(),
        },
    }
    return typed.get(verb, REASON)


def run(races: list[Race], actors: list[User]) -> None:
    """Each browser in a thread of its own; all begin each race together."""
    start = threading.Barrier(len(actors), timeout=60)
    answers: dict[tuple[int, int], tuple[int, str]] = {}
    browsers = [client_of(actor) for actor in actors]

    def browse(place: int, browser: Client) -> None:
        try:
            for number, race in enumerate(races):
                path, typed = race.posts[place]
                start.wait()
                answer = browser.post(path, typed)
                answers[number, place] = (answer.status_code, said_by(answer))
        finally:
            connection.close()

    threads = [threading.Thread(target=browse, args=pair) for pair in enumerate(browsers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, race in enumerate(races):
        race.answers = [answers.get((number, place), (0, "")) for place in range(len(actors))]


def client_of(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
    return client


def said_by(answer: Any) -> str:
    """The sentence that follows the heading of a page."""
    found = re.search(r"</h1>\s*<p[^>]*>(.*?)</p>", answer.content.decode(), re.DOTALL)
    sentence = unescape(found[1]).strip() if found else ""
    return sentence if sentence.endswith(".") else ""


def races_of(stage: Stage, verb: Verb, cases: int) -> Iterator[Race]:
    """Runs the races of a verb, those of one set of actors together."""
    races = [stage.race(verb, number) for number in range(cases)]
    by_actors: dict[tuple[int, ...], list[Race]] = {}
    for race in races:
        actors = stage.actors(verb, race.offer)
        by_actors.setdefault(tuple(actor.pk for actor in actors), []).append(race)
    for alike in by_actors.values():
        run(alike, stage.actors(verb, alike[0].offer))
    yield from races


def measured(verbs: Sequence[Verb], whose: str) -> tuple[str, list[str]]:
    """Runs the races of these verbs; the figure, and what was not as it should be."""
    stage, faults, good, ran = Stage(), [], 0, 0
    for verb in verbs:
        for race in races_of(stage, verb, CASES):
            wrong = race.faults()
            faults += wrong
            good, ran = good + (not wrong), ran + 1
    assert ran == len(verbs) * CASES
    figure = (
        f"each transition × {CASES} cases × {ACTORS} actors: {good} of {ran} races had one winner "
        f"and three refusals ({len(verbs)} verbs {whose})"
    )
    return figure, faults
