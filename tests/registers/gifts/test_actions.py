"""Every write: whole or not at all, once however often it is sent, and by one of two at once."""

import inspect
import threading
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.utils import timezone

from integrity.audit.models import Audience, Event
from integrity.audit.scope import everywhere
from integrity.casework.enums import ChallengeDisposal, DeadlineKind, Phase
from integrity.casework.models import (
    Case,
    CaseVersion,
    Challenge,
    Deadline,
    Notice,
)
from integrity.casework.workflow import Conflict, Denied
from integrity.people.models import User
from registers.gifts import actions
from registers.gifts.enums import Action, Disposal, ProviderKind, Status, Verb
from registers.gifts.facts import DisposalFacts
from registers.gifts.handlers import HANDLERS, IN_A_DRAFT
from registers.gifts.models import Item, Offer, PeerReview, RefreshmentCount
from tests import builders
from tests.builders import (
    DOUBTFUL,
    NOW,
    TODAY,
    YESTERDAY,
    World,
    accepted,
    declare,
    facts,
    fresh,
    item,
    offer_in,
    perform,
    seek,
)
from tests.plugins.database import as_owner

Do = Callable[[], object]


def _verb(verb: Verb, status: Status, by: str) -> Callable[[World], Do]:
    """An action on an offer at a status, ready to be called."""

    def ready(w: World) -> Do:
        offer = offer_in(status, w)
        return lambda: perform(verb, offer, by=getattr(w, by), in_world=w)

    return ready


def _challenged(verb: Verb, by: str) -> Callable[[World], Do]:
    def ready(w: World) -> Do:
        offer = offer_in(Status.WITH_PSD, w)
        perform(Verb.CHALLENGE, offer, by=w.reviewer, in_world=w)
        if verb == Verb.DISPOSE_CHALLENGE:
            perform(Verb.ANSWER_CHALLENGE, offer, by=w.constable, in_world=w)
        return lambda: perform(verb, offer, by=getattr(w, by), in_world=w)

    return ready


def _on_behalf(w: World) -> Do:
    offer = declare(w.constable, by=w.staff_officer)
    return lambda: perform(Verb.CONFIRM, offer, by=w.constable, in_world=w)


READY: dict[str, Callable[[World], Do]] = {
    "accept": _verb(Verb.ACCEPT, Status.WITH_PSD, "reviewer"),
    "answer": _verb(Verb.ANSWER, Status.QUERIED, "constable"),
    "answer_challenge": _challenged(Verb.ANSWER_CHALLENGE, "constable"),
    "approve": _verb(Verb.APPROVE, Status.WITH_SUPERVISOR, "sergeant"),
    "ask": _verb(Verb.ASK, Status.WITH_PSD, "reviewer"),
    "assign": _verb(Verb.ASSIGN, Status.WITH_PSD, "reviewer"),
    "authorise": _verb(Verb.AUTHORISE, Status.AUTHORISATION_SOUGHT, "reviewer"),
    "challenge": _verb(Verb.CHALLENGE, Status.WITH_PSD, "reviewer"),
    "confirm": _on_behalf,
    "correct": _verb(Verb.CORRECT, Status.WITH_PSD, "constable"),
    "count_refreshments": lambda w: (
        lambda: actions.count_refreshments(month=TODAY, times=4, by=w.constable, now=NOW)
    ),
    "declare": lambda w: lambda: declare(w.constable, accepted(50), organisation="New Ltd"),
    "dispose_challenge": _challenged(Verb.DISPOSE_CHALLENGE, "reviewer"),
    "escalate": _verb(Verb.ESCALATE, Status.WITH_SUPERVISOR, "sergeant"),
    "give_peer_review": _verb(Verb.PEER_REVIEW, Status.PEER_REVIEW, "deputy_chief"),
    "record_disposal": _verb(Verb.RECORD_DISPOSAL, Status.WITH_PSD, "constable"),
    "record_outcome": _verb(Verb.RECORD_OUTCOME, Status.AUTHORISED, "constable"),
    "refuse_authorisation": _verb(
        Verb.REFUSE_AUTHORISATION, Status.AUTHORISATION_SOUGHT, "reviewer"
    ),
    "reject": _verb(Verb.REJECT, Status.WITH_PSD, "reviewer"),
    "reopen": _verb(Verb.REOPEN, Status.COMPLIANT, "reviewer"),
    "seek_authorisation": lambda w: lambda: seek(w.constable),
    "withdraw": _verb(Verb.WITHDRAW, Status.WITH_PSD, "constable"),
}
DECLARED_ACTIONS = sorted(set(actions.__all__) & set(READY))


@contextmanager
def ledger_closed() -> Iterator[None]:
    """The owner takes from the site the right to record events."""
    with as_owner() as owner:
        owner.execute("REVOKE EXECUTE ON FUNCTION audit_record(text) FROM app")
        try:
            yield
        finally:
            owner.execute("GRANT EXECUTE ON FUNCTION audit_record(text) TO app")


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of ours, the queue included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~ "
            "'^(audit|people|casework|gifts|organisations)_|^procrastinate_jobs$'"
        )
        tables = [row[0] for row in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')  # noqa: S608
            found[table] = cursor.fetchall()
    return found


def test_every_action_can_be_made_ready_here() -> None:
    own = {name for name in actions.__all__ if "import" not in name}
    assert own == set(READY), "give each new action of the register a scene"


@pytest.mark.django_db
@pytest.mark.parametrize("name", DECLARED_ACTIONS)
def test_nothing_of_an_action_remains_when_its_event_cannot_be_written(
    name: str, world: World
) -> None:
    do = READY[name](world)
    before = everything()
    with ledger_closed(), pytest.raises(DatabaseError, match="denied for function audit_record"):
        do()
    assert everything() == before
    do()
    assert everything() != before


@pytest.mark.django_db
@pytest.mark.parametrize("name", DECLARED_ACTIONS)
def test_an_action_leaves_one_event(name: str, world: World) -> None:
    do = READY[name](world)
    before = Event.objects.count()
    do()
    assert Event.objects.count() == before + 1


@pytest.mark.parametrize("verb", Verb)
def test_a_verb_has_a_form_and_an_action_or_is_made_in_a_draft(verb: Verb) -> None:
    assert (verb in HANDLERS) != (verb in IN_A_DRAFT)
    if verb in HANDLERS:
        _, action = HANDLERS[verb]
        assert action.__name__ in actions.__all__


@pytest.mark.parametrize("name", actions.__all__)
def test_an_action_says_who_and_when_by_name(name: str) -> None:
    action = getattr(actions, name)
    hints = typing.get_type_hints(action)
    parameters = inspect.signature(action).parameters
    assert hints["now"] is datetime
    assert hints["by"] in (User, User | None)
    for each in parameters.values():
        if each.name not in ("offer", "record"):
            assert each.kind is inspect.Parameter.KEYWORD_ONLY, f"{name}({each.name})"


# Declaring


def test_an_offer_keeps_what_was_stated(world: World) -> None:
    offer = declare(
        world.constable,
        accepted(12, alcohol=True),
        item(builders.UNKNOWN, description="A scarf"),
        circumstances="After a talk",
        gift_test=DOUBTFUL,
        provider_kind=ProviderKind.CHARITY,
    )
    offer = Offer.objects.with_all().get(pk=offer.pk)
    first, second = offer.items.all()
    assert (first.value_from, first.value_to) == (Decimal(12), Decimal(12))
    assert first.alcohol
    assert (second.description, second.value_kind, second.value_words) == (
        "A scarf",
        "unknown",
        "Home made",
    )
    assert offer.fails_gift_test
    assert offer.gift_test_note == "A bidder."
    assert (offer.circumstances, offer.provider_kind) == ("After a talk", "charity")
    assert offer.case.received_at == NOW
    assert offer.case.claimed_on == YESTERDAY
    assert (offer.case.subject, offer.case.author) == (world.constable, world.constable)


@pytest.mark.parametrize(
    ("things", "details", "status"),
    [
        ([item(5)], {}, Status.RECORDED),
        ([item(100)], {}, Status.WITH_PSD),
        ([accepted(5)], {}, Status.RECORDED),
        ([accepted(10)], {}, Status.WITH_SUPERVISOR),
        ([accepted(25)], {}, Status.WITH_PSD),
        ([accepted(100)], {}, Status.WITH_PSD),
        ([item(5), accepted(25)], {}, Status.WITH_PSD),
        ([accepted(5)], {"gift_test": DOUBTFUL}, Status.WITH_PSD),
        ([accepted(5)], {"provider_kind": ProviderKind.MEDIA}, Status.WITH_PSD),
    ],
)
def test_an_offer_goes_where_the_policy_sends_it(
    things: list[builders.ItemFacts], details: dict[str, object], status: Status, world: World
) -> None:
    offer = fresh(declare(world.constable, *things, **details))
    assert offer.status == status
    assert offer.case.phase == (Phase.CLOSED if status == Status.RECORDED else Phase.OPEN)


def test_without_a_serving_manager_the_supervisor_s_band_is_psd_s(world: World) -> None:
    world.sergeant.leaves_on = YESTERDAY
    world.sergeant.save()
    world.constable.refresh_from_db()
    assert declare(world.constable, accepted(15)).status == Status.WITH_PSD


def test_a_chief_officer_s_offers_even_declined_go_to_peers_first(world: World) -> None:
    offer = declare(world.assistant_chief, item(1))
    assert offer.status == Status.PEER_REVIEW
    owners = {d.owner for d in Deadline.objects.open().filter(case=offer.case)}
    assert owners == {world.deputy_chief, world.chief}


def test_a_chief_officer_without_colleagues_goes_to_psd_without_peer_review(
    world: World,
) -> None:
    User.objects.filter(pk__in=[world.deputy_chief.pk, world.chief.pk]).update(leaves_on=YESTERDAY)
    offer = declare(world.assistant_chief, accepted(50))
    assert (offer.status, offer.needs_peer_review) == (Status.WITH_PSD, False)


@pytest.mark.parametrize("problem", ["future", "late", "no policy", "no reason", "gift test"])
def test_an_offer_that_lacks_something_is_refused_with_a_sentence(
    problem: str, world: World
) -> None:
    details: dict[str, dict[str, object]] = {
        "future": {"offered_on": TODAY + timedelta(days=1)},
        "late": {"offered_on": TODAY - timedelta(days=29)},
        "no policy": {"offered_on": date(2019, 12, 31), "late_reason": "Old"},
        "no reason": {"items": (accepted(5, reason_text=""),)},
        "gift test": {"gift_test": None, "items": (accepted(5),)},
    }
    with pytest.raises(Denied, match=r"\.$"):
        declare(world.constable, **details[problem])
    assert not Case.objects.exists()


def test_a_reason_of_another_policy_s_list_is_refused_not_lost(world: World) -> None:
    reason = world.harbour_policy.reasons.get(decision="accepted")
    with pytest.raises(Denied, match="reason"):
        declare(world.constable, accepted(5, reason_text="", reason_id=reason.pk))
    mine = world.policy.reasons.get(decision="accepted")
    offer = declare(world.constable, accepted(5, reason_text="", reason_id=mine.pk))
    assert offer.items.get().reason == mine


def test_a_late_offer_is_taken_and_marked_and_says_why(world: World) -> None:
    offer = declare(
        world.constable, offered_on=TODAY - timedelta(days=30), late_reason="I was on leave."
    )
    assert (offer.days_late, offer.late_reason) == (2, "I was on leave.")
    in_time = declare(world.constable, late_reason="Needless")
    assert (in_time.days_late, in_time.late_reason) == (0, "")


def test_the_day_is_london_s(world: World) -> None:
    just_after_midnight = datetime(2026, 6, 14, 23, 30, tzinfo=UTC)
    offer = actions.declare(
        facts=facts(offered_on=date(2026, 6, 15)),
        subject=world.constable,
        by=world.constable,
        now=just_after_midnight,
    )
    assert timezone.localdate(offer.case.received_at) == date(2026, 6, 15)


def test_a_person_s_name_of_signs_alone_is_kept(world: World) -> None:
    offer = declare(world.constable, organisation="", person="—")
    assert (offer.provider_person, offer.provider_person_key) == ("—", "—")


def test_the_principal_is_told_of_what_was_typed_for_them_and_confirms(world: World) -> None:
    offer = declare(world.assistant_chief, by=world.staff_officer)
    assert Notice.objects.filter(recipient=world.assistant_chief, case=offer.case).exists()
    task = Deadline.objects.open().get(kind=DeadlineKind.CONFIRM)
    assert task.owner == world.assistant_chief
    perform(Verb.CONFIRM, offer, by=world.assistant_chief, in_world=world)
    assert not Deadline.objects.open().filter(kind=DeadlineKind.CONFIRM).exists()
    assert Notice.objects.filter(recipient=world.staff_officer, case=offer.case).exists()


# Once, however often


def test_the_same_key_twice_returns_the_first(world: World) -> None:
    key = uuid4()
    first, second = (
        actions.declare(
            facts=facts(item(value)),
            subject=world.constable,
            by=world.constable,
            now=NOW,
            idempotency_key=key,
        )
        for value in (5, 6)
    )
    assert first == second
    assert Case.objects.count() == 1
    other = actions.declare(
        facts=facts(), subject=world.colleague, by=world.colleague, now=NOW, idempotency_key=key
    )
    assert other != first, "a key is one person's own"


def at_once(*calls: Do) -> list[object]:
    """What each call gives or raises, all begun together, each on its own connection."""
    start = threading.Barrier(len(calls))
    ends: list[object] = [None] * len(calls)

    def run(number: int, call: Do) -> None:
        start.wait()
        try:
            with everywhere():
                ends[number] = call()
        except (Conflict, Denied) as refused:
            ends[number] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_entry() -> None:
    world = builders.world()
    key = uuid4()

    def submit() -> object:
        return actions.declare(
            facts=facts(accepted(50), organisation="Brand New Ltd"),
            subject=world.constable,
            by=builders.read_anew(world.constable),
            now=NOW,
            idempotency_key=key,
        )

    first, second = at_once(submit, submit)
    assert first == second
    assert Case.objects.count() == Offer.objects.count() == 1
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seen", [True, False], ids=["with the version seen", "without"])
def test_of_two_reviewers_who_decide_at_once_one_is_told_so(seen: bool) -> None:
    world = builders.world()
    offer = offer_in(Status.WITH_PSD, world)
    version = offer.case.version if seen else None

    def decide(verb: Verb, by: User) -> Do:
        return lambda: perform(
            verb, offer, by=builders.read_anew(by), in_world=world, version=version
        )

    ends = at_once(decide(Verb.ACCEPT, world.reviewer), decide(Verb.REJECT, world.other_reviewer))
    refused = [end for end in ends if isinstance(end, Exception)]
    assert [type(end) for end in refused] == [Conflict if seen else Denied]
    assert offer.case.decisions.count() == 1
    assert Event.objects.filter(name__startswith="found").count() == 1


def test_a_stale_page_is_told_what_it_saw_and_what_is(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    seen = offer.case.version
    perform(Verb.ASSIGN, offer, by=world.reviewer, in_world=world)
    with pytest.raises(Conflict, match="has changed since you opened it") as conflict:
        perform(Verb.ACCEPT, offer, by=world.reviewer, in_world=world, version=seen)
    assert (conflict.value.seen, conflict.value.current) == (seen, seen + 1)
    assert conflict.value.reference == offer.case.reference


# Authorisation


def test_a_request_is_answered_with_conditions_and_its_outcome_stays_on_one_case(
    world: World,
) -> None:
    offer = seek(world.harbour_constable)
    offer = perform(Verb.AUTHORISE, offer, by=world.harbour_reviewer, in_world=world)
    assert (offer.was_authorised, offer.authorisation_conditions) == (True, "No alcohol.")
    assert offer.case.phase == Phase.WAITING
    task = Deadline.objects.open().get(case=offer.case)
    assert (task.kind, task.owner) == (DeadlineKind.RECORD_OUTCOME, world.harbour_constable)
    offer = perform(
        Verb.RECORD_OUTCOME,
        offer,
        by=world.harbour_constable,
        in_world=world,
        facts=facts(accepted(5)),
    )
    assert offer.status == Status.RECORDED, "authorised, so the band alone decides"
    assert Case.objects.count() == 1
    assert CaseVersion.objects.get(case=offer.case).facts["items"][0]["decision"] == "undecided"


def test_what_is_accepted_although_authorisation_was_refused_goes_to_psd(world: World) -> None:
    offer = seek(world.harbour_constable)
    offer = perform(Verb.REFUSE_AUTHORISATION, offer, by=world.harbour_reviewer, in_world=world)
    assert offer.was_authorised is False
    offer = perform(
        Verb.RECORD_OUTCOME,
        offer,
        by=world.harbour_constable,
        in_world=world,
        facts=facts(accepted(5)),
    )
    assert offer.status == Status.WITH_PSD
    assert offer.case.risk >= builders.WEIGHTS[builders.Factor.AGAINST_POLICY]


def test_an_outcome_is_not_late_because_psd_took_its_time(world: World) -> None:
    offer = offer_in(Status.AUTHORISED, world)
    actions.record_outcome(
        offer,
        facts=facts(item(5)),
        by=world.constable,
        now=NOW + timedelta(days=60),
        version=None,
    )
    assert fresh(offer).days_late == 0


def test_an_outcome_is_of_a_day_that_has_come(world: World) -> None:
    coming = TODAY + timedelta(days=5)
    asked = facts(builders.undecided(50), offered_on=coming)
    offer = actions.seek_authorisation(
        facts=asked, subject=world.constable, by=world.constable, now=NOW
    )
    offer = perform(Verb.AUTHORISE, offer, by=world.reviewer, in_world=world)
    took = facts(accepted(50), offered_on=coming)
    with pytest.raises(Denied, match="today or earlier"):
        perform(Verb.RECORD_OUTCOME, offer, by=world.constable, in_world=world, facts=took)
    actions.record_outcome(
        offer, facts=took, by=world.constable, now=NOW + timedelta(days=5), version=None
    )


def test_a_chief_officer_s_request_is_reviewed_by_peers_and_then_answered(world: World) -> None:
    offer = seek(world.assistant_chief)
    assert offer.status == Status.PEER_REVIEW
    offer = perform(Verb.PEER_REVIEW, offer, by=world.chief, in_world=world)
    assert offer.status == Status.AUTHORISATION_SOUGHT
    assert PeerReview.objects.get().subject == world.assistant_chief
    offer = perform(Verb.AUTHORISE, offer, by=world.reviewer, in_world=world)
    offer = perform(Verb.RECORD_OUTCOME, offer, by=world.assistant_chief, in_world=world)
    assert offer.status == Status.WITH_PSD, "it has been peer-reviewed already"


# Questions, challenges, corrections and disposals


def test_an_answered_question_goes_back_to_psd_once_all_are_answered(world: World) -> None:
    offer = offer_in(Status.QUERIED, world)
    offer = perform(Verb.ASK, offer, by=world.reviewer, in_world=world, text="And who paid?")
    first, second = offer.case.questions.all()
    offer = perform(
        Verb.ANSWER, offer, by=world.constable, in_world=world, answers={first.pk: "Online."}
    )
    assert offer.status == Status.QUERIED
    with pytest.raises(Denied, match="at least one"):
        perform(Verb.ANSWER, offer, by=world.constable, in_world=world, answers={first.pk: "X"})
    offer = perform(
        Verb.ANSWER, offer, by=world.constable, in_world=world, answers={second.pk: "They did."}
    )
    assert (offer.status, offer.case.phase) == (Status.WITH_PSD, Phase.OPEN)
    open_kinds = {d.kind for d in Deadline.objects.open().filter(case=offer.case)}
    assert open_kinds == {DeadlineKind.DECIDE}


def test_a_question_about_a_request_leads_back_to_the_request(world: World) -> None:
    offer = perform(Verb.ASK, seek(world.constable), by=world.reviewer, in_world=world)
    offer = perform(Verb.ANSWER, offer, by=world.constable, in_world=world)
    assert offer.status == Status.AUTHORISATION_SOUGHT


def silently(world: World, offer: Offer) -> Challenge:
    perform(
        Verb.CHALLENGE,
        offer,
        by=world.reviewer,
        in_world=world,
        silent=True,
        silent_reason="It would tip them off.",
    )
    return Challenge.objects.get(case=offer.case)


def test_a_silent_challenge_tells_nobody_and_its_events_are_psd_s_alone(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    notices, tasks = Notice.objects.count(), Deadline.objects.count()
    held = silently(world, offer)
    assert (Notice.objects.count(), Deadline.objects.count()) == (notices, tasks)
    assert Event.objects.latest("pk").audience == Audience.PSD
    perform(
        Verb.DISPOSE_CHALLENGE,
        offer,
        by=world.other_reviewer,
        in_world=world,
        challenge=held,
        disposal=ChallengeDisposal.REFERRED,
    )
    told = set(Notice.objects.order_by("pk")[notices:].values_list("recipient", flat=True))
    assert told <= {world.psd_head.pk}, "it was referred, which PSD alone is told"
    assert Event.objects.latest("pk").audience == Audience.PSD
    seen = Event.objects.filter(about_id=offer.case_id, audience=Audience.CASE)
    assert not seen.filter(name__contains="challenge").exists()


def test_a_silent_challenge_cannot_be_answered(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    held = silently(world, offer)
    with pytest.raises(Denied):
        perform(Verb.ANSWER_CHALLENGE, offer, by=world.constable, in_world=world, challenge=held)


def test_a_challenge_is_open_until_answered_and_then_closed_once(world: World) -> None:
    offer = offer_in(Status.COMPLIANT, world)
    offer = perform(Verb.CHALLENGE, offer, by=world.reviewer, in_world=world)
    made = Challenge.objects.get()
    with pytest.raises(Denied, match="once it has been answered"):
        perform(Verb.DISPOSE_CHALLENGE, offer, by=world.reviewer, in_world=world, challenge=made)
    perform(Verb.ANSWER_CHALLENGE, offer, by=world.constable, in_world=world)
    assert Notice.objects.filter(recipient=world.reviewer, subject__contains="answered").exists()
    perform(Verb.DISPOSE_CHALLENGE, offer, by=world.reviewer, in_world=world)
    with pytest.raises(Denied):
        perform(Verb.DISPOSE_CHALLENGE, offer, by=world.reviewer, in_world=world, challenge=made)


def test_a_challenge_goes_to_whom_the_entry_is_about_or_who_typed_it(world: World) -> None:
    offer = declare(world.constable, by=world.staff_officer)
    perform(Verb.CHALLENGE, offer, by=world.reviewer, in_world=world, to=world.staff_officer)
    with pytest.raises(Denied, match="who typed it"):
        perform(Verb.CHALLENGE, offer, by=world.reviewer, in_world=world, to=world.colleague)


def test_another_case_s_challenge_is_not_found(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    other = offer_in(Status.WITH_PSD, world)
    for each in (offer, other):
        perform(Verb.CHALLENGE, each, by=world.reviewer, in_world=world)
    with pytest.raises(Challenge.DoesNotExist):
        perform(
            Verb.ANSWER_CHALLENGE,
            offer,
            by=world.constable,
            in_world=world,
            challenge=Challenge.objects.get(case=other.case),
        )


def test_a_correction_keeps_both_versions_and_takes_the_route_anew(world: World) -> None:
    offer = offer_in(Status.RECORDED, world)
    offer = perform(
        Verb.CORRECT, offer, by=world.constable, in_world=world, facts=facts(accepted(15))
    )
    assert offer.status == Status.WITH_SUPERVISOR
    kept = CaseVersion.objects.get(case=offer.case)
    assert (kept.number, kept.replaced_by) == (1, world.constable)
    assert kept.facts["items"][0]["value_from"] == "5.00"
    assert offer.items.get().value_from == Decimal(15)
    offer = perform(Verb.CORRECT, offer, by=world.constable, in_world=world, facts=facts(item(15)))
    assert offer.status == Status.RECORDED
    assert not Deadline.objects.open().filter(case=offer.case).exists()
    assert [v.number for v in offer.case.versions.all()] == [1, 2]


def test_a_correction_while_queried_leaves_the_question_open(world: World) -> None:
    offer = offer_in(Status.QUERIED, world)
    offer = perform(Verb.CORRECT, offer, by=world.constable, in_world=world)
    assert offer.status == Status.QUERIED
    assert offer.case.questions.filter(answered_at=None).exists()


def test_a_correction_leaves_nothing_undecided(world: World) -> None:
    offer = offer_in(Status.RECORDED, world)
    with pytest.raises(Denied, match="accepted or declined"):
        perform(
            Verb.CORRECT,
            offer,
            by=world.constable,
            in_world=world,
            facts=facts(builders.undecided(5)),
        )


def test_a_chief_officer_s_corrected_offer_is_not_reviewed_by_peers_twice(world: World) -> None:
    offer = offer_in(Status.PEER_REVIEW, world)
    offer = perform(Verb.PEER_REVIEW, offer, by=world.chief, in_world=world)
    offer = perform(Verb.CORRECT, offer, by=world.assistant_chief, in_world=world)
    assert offer.status == Status.WITH_PSD


@pytest.mark.parametrize(
    ("became", "sentence"),
    [
        (DisposalFacts(Disposal.SHARED, on=TODAY + timedelta(days=1)), "today or earlier"),
        (DisposalFacts(Disposal.DONATED, on=TODAY), "which charity"),
        (DisposalFacts(Disposal.KEPT, on=TODAY, proceeds=Decimal(1)), "Only a raffle"),
    ],
)
def test_what_became_of_an_item_must_make_sense(
    became: DisposalFacts, sentence: str, world: World
) -> None:
    offer = offer_in(Status.RECORDED, world)
    with pytest.raises(Denied, match=sentence):
        perform(Verb.RECORD_DISPOSAL, offer, by=world.constable, in_world=world, facts=became)


def test_what_became_of_an_item_is_kept_with_its_evidence(world: World, media: None) -> None:
    offer = declare(world.constable, accepted(5), item(5))
    receipt = SimpleUploadedFile("receipt.txt", b"Thank you", "text/plain")
    became = DisposalFacts(Disposal.DONATED, on=TODAY, to="Lifeboats", evidence=receipt)
    perform(Verb.RECORD_DISPOSAL, offer, by=world.constable, in_world=world, facts=became)
    kept = Item.objects.get(offer=offer, position=1)
    assert (kept.disposal, kept.disposal_to, kept.disposal_on) == ("donated", "Lifeboats", TODAY)
    assert kept.evidence is not None
    assert (kept.evidence.name, kept.evidence.size) == ("receipt.txt", 9)
    assert len(kept.evidence.sha256) == 64
    with pytest.raises(Denied, match="was not accepted"):
        perform(
            Verb.RECORD_DISPOSAL,
            offer,
            by=world.constable,
            in_world=world,
            item=Item.objects.get(offer=offer, position=2),
        )


# Deciding


def test_returning_the_gift_is_a_dated_task_until_it_is_done(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    offer = perform(
        Verb.REJECT, offer, by=world.reviewer, in_world=world, action_taken=Action.RETURN
    )
    task = Deadline.objects.open().get(case=offer.case)
    assert (task.kind, task.owner) == (DeadlineKind.ACT, world.constable)
    perform(
        Verb.RECORD_DISPOSAL,
        offer,
        by=world.constable,
        in_world=world,
        facts=DisposalFacts(Disposal.RETURNED, on=TODAY),
    )
    assert not Deadline.objects.open().filter(case=offer.case).exists()


def test_a_decided_case_waits_for_nobody(world: World) -> None:
    for verb in (Verb.ACCEPT, Verb.REJECT):
        offer = offer_in(Status.WITH_PSD, world)
        offer = perform(verb, offer, by=world.reviewer, in_world=world)
        assert offer.case.phase == Phase.CLOSED
        assert not Deadline.objects.open().filter(case=offer.case).exists()


def test_passing_to_psd_gives_psd_the_task(world: World) -> None:
    offer = offer_in(Status.WITH_SUPERVISOR, world)
    assert Deadline.objects.open().get(case=offer.case).owner == world.sergeant
    perform(Verb.ESCALATE, offer, by=world.sergeant, in_world=world)
    assert Deadline.objects.open().get(case=offer.case).owner is None


def test_an_assigned_case_s_task_is_its_owner_s(world: World) -> None:
    for subject in (world.constable, world.deputy_chief, world.body_member):
        offer = declare(subject, accepted(50))
        if offer.status == Status.PEER_REVIEW:
            offer = perform(Verb.PEER_REVIEW, offer, by=world.chief, in_world=world)
        by = world.psd_head if subject == world.body_member else world.reviewer
        offer = perform(Verb.ASSIGN, offer, by=by, in_world=world, owner=by)
        assert offer.case.owner == by
        assert Deadline.objects.open().get(case=offer.case).owner == by


def test_assigning_leaves_a_supervisor_s_task_alone(world: World) -> None:
    offer = offer_in(Status.WITH_SUPERVISOR, world)
    perform(Verb.ASSIGN, offer, by=world.reviewer, in_world=world)
    assert Deadline.objects.open().get(case=offer.case).owner == world.sergeant


def test_withdrawing_keeps_the_entry_and_ends_its_tasks(world: World) -> None:
    offer = offer_in(Status.QUERIED, world)
    offer = perform(Verb.WITHDRAW, offer, by=world.constable, in_world=world)
    assert (offer.status, offer.case.phase) == (Status.WITHDRAWN, Phase.WITHDRAWN)
    assert not Deadline.objects.open().filter(case=offer.case).exists()
    assert offer.items.exists()


# Cups of tea


def test_a_month_s_refreshments_are_counted_and_counting_again_replaces(world: World) -> None:
    for times in (3, 4):
        actions.count_refreshments(
            month=date(2026, 5, 20), times=times, by=world.constable, now=NOW
        )
    count = RefreshmentCount.objects.get()
    assert (count.month, count.times, count.force) == (date(2026, 5, 1), 4, world.northmoor)
    assert [e.facts["times"] for e in Event.objects.all()] == [3, 4]


def test_refreshments_of_a_month_to_come_or_of_a_body_are_not_counted(world: World) -> None:
    with pytest.raises(Denied, match="this month or earlier"):
        actions.count_refreshments(month=date(2026, 7, 1), times=1, by=world.constable, now=NOW)
    with pytest.raises(Denied, match="members of a force"):
        actions.count_refreshments(month=TODAY, times=1, by=world.body_member, now=NOW)
