"""Each verb's form, filled in as a browser would, drives its action."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from integrity.audit.models import Event
from integrity.casework.models import Attachment, Challenge
from integrity.people.models import User
from registers.business_interests.enums import (
    CheckOutcome,
    ConditionKind,
    Ground,
    IfBroken,
    Status,
    Verb,
    View,
)
from registers.business_interests.handlers import HANDLERS
from registers.business_interests.models import (
    Assessment,
    Condition,
    ConditionCheck,
    ConditionTemplate,
    FollowUp,
    Interest,
    InterestPolicy,
    WrittenNotice,
)
from registers.business_interests.workflow import TRANSITIONS
from tests.builders import World
from tests.interests import fresh, interest_in, perform
from tests.registers.business_interests.filled import filled

pytestmark = pytest.mark.usefixtures("media")


def row(text: str, number: int = 0, **more: str) -> dict[str, str]:
    """A condition as somebody writes it."""
    said = {"text": text, "kind": "other", "check_method": "ask_supervisor", **more}
    return {f"written-{number}-{name}": value for name, value in said.items()}


REASON = {"reason": "Because the policy says so."}
NONE_CHANGED = {"circumstances_changed": "no", "hours_changed": "no", "role_changed": "no"}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
    return client


def path_of(interest: Interest, verb: str = "") -> str:
    own = f"/interests/{interest.case.reference}/"
    return f"{own}{verb}/" if verb else own


def file(name: str = "letter.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"Dear Sir")


def send(user: User, interest: Interest, verb: Verb, chosen: dict[str, Any]) -> Any:
    """Open the verb's page, fill it in and send it."""
    client, path = client_of(user), path_of(interest, verb)
    page = client.get(path)
    assert page.status_code == 200, page.content.decode()
    return client.post(path, filled(page.content.decode(), chosen))


@dataclass(frozen=True)
class Sent:
    """From where, by whom, with what chosen, and where the interest then stands."""

    start: Status
    who: str
    chosen: Any = field(default_factory=dict)
    lands: Status | None = None
    before: tuple[tuple[Verb, str], ...] = ()

    def typed(self, interest: Interest, world: World) -> dict[str, Any]:
        found: dict[str, Any] = (
            self.chosen(interest, world) if callable(self.chosen) else self.chosen
        )
        return found


def answers(interest: Interest, world: World) -> dict[str, Any]:
    return {f"answer_{q.pk}": "Saturdays." for q in interest.case.questions.all()}


def on(name: str, day: date) -> dict[str, str]:
    """A date in its three boxes."""
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}_{part}": str(number) for part, number in parts.items()}


S, LIVE_C = Status, Status.APPROVED_WITH_CONDITIONS
SUPERVISOR_SAYS = {
    "view": View.CONCERNS,
    "note": "He is tired.",
    "performance_concern": "no",
    "welfare_concern": "yes",
    "role_conflict": "no",
}
REVIEWED = ((Verb.OPEN_REVIEW, "reviewer"),)
ANSWERED = (*REVIEWED, (Verb.ANSWER_REVIEW, "constable"))
CHALLENGED = ((Verb.CHALLENGE, "reviewer"),)
SENT: dict[Verb, Sent] = {
    Verb.GIVE_VIEW: Sent(S.WITH_SUPERVISOR, "sergeant", SUPERVISOR_SAYS, S.WITH_HR),
    Verb.GIVE_HR_VIEW: Sent(
        S.WITH_HR,
        "hr_officer",
        {"view": View.SUPPORT, "performance_concern": "no", "welfare_concern": "no"},
        S.WITH_VETTING,
    ),
    Verb.GIVE_VETTING_VIEW: Sent(
        S.WITH_VETTING, "vetting_officer", {"view": View.OBJECT, "note": "No."}, S.WITH_PSD
    ),
    Verb.GO_ON: Sent(S.WITH_SUPERVISOR, "reviewer", REASON, S.WITH_PSD),
    Verb.ASK: Sent(S.WITH_PSD, "reviewer", {"field": "hours", "text": "Which?"}, S.QUERIED),
    Verb.ANSWER: Sent(S.QUERIED, "constable", answers, S.WITH_PSD),
    Verb.ASSIGN: Sent(S.WITH_PSD, "psd_head", lambda interest, world: {"owner": world.reviewer.pk}),
    Verb.APPROVE: Sent(S.WITH_PSD, "reviewer", REASON, S.APPROVED),
    Verb.SECOND_APPROVE: Sent(S.SECOND_APPROVAL, "other_reviewer", REASON, S.APPROVED),
    Verb.SEND_BACK: Sent(S.SECOND_APPROVAL, "other_reviewer", REASON, S.WITH_PSD),
    Verb.REFUSE: Sent(S.WITH_PSD, "reviewer", {**REASON, "ground": Ground.WELFARE}, S.REFUSED),
    Verb.APPEAL: Sent(
        S.REFUSED, "constable", {"grounds": "Unfair.", "police_friend": "PS Ash"}, S.APPEALED
    ),
    Verb.SEND_PAPERS: Sent(
        S.APPEALED, "constable", lambda i, w: {"papers": "See.", "letters": [file(), file("b.txt")]}
    ),
    Verb.WITHDRAW_APPEAL: Sent(S.APPEALED, "constable", REASON, S.REFUSED),
    Verb.DECIDE_APPEAL: Sent(S.APPEALED, "chief", {**REASON, "outcome": "dismissed"}, S.REFUSED),
    Verb.CHECK_CONDITION: Sent(
        LIVE_C,
        "reviewer",
        lambda interest, world: {
            "condition": interest.conditions.last().pk,
            "found": "kept",
            "evidence": "Payslips.",
            "file": file(),
        },
    ),
    Verb.CONFIRM_CONDITION: Sent(
        LIVE_C,
        "reviewer",
        lambda interest, world: {
            "condition": interest.conditions.first().pk,
            "kind": ConditionKind.NOTIFY,
        },
    ),
    Verb.FOLLOW_UP: Sent(S.REFUSED, "reviewer", {"outcome": "not_doing_it", "evidence": "I saw."}),
    Verb.OPEN_REVIEW: Sent(S.APPROVED, "reviewer", REASON),
    Verb.ANSWER_REVIEW: Sent(S.APPROVED, "constable", NONE_CHANGED, before=REVIEWED),
    Verb.GIVE_REVIEW_VIEW: Sent(S.APPROVED, "sergeant", SUPERVISOR_SAYS, before=REVIEWED),
    Verb.RENEW: Sent(S.APPROVED, "reviewer", REASON, before=ANSWERED),
    Verb.VARY: Sent(LIVE_C, "other_reviewer", {**REASON, "keep": []}, S.APPROVED),
    Verb.REVOKE: Sent(LIVE_C, "reviewer", {**REASON, "ground": Ground.OTHER}, S.REVOKED),
    Verb.REPORT_CHANGE: Sent(
        S.APPROVED,
        "constable",
        {**NONE_CHANGED, "hours_changed": "yes", "hours_a_week": "6.5", "answer": "More."},
    ),
    Verb.CEASE: Sent(
        S.APPROVED, "constable", lambda i, w: on("ceased_on", timezone.localdate()), S.CEASED
    ),
    Verb.WITHDRAW: Sent(S.WITH_PSD, "constable", REASON, S.WITHDRAWN),
    Verb.ATTACH: Sent(S.WITH_PSD, "constable", lambda i, w: {"file": file(), "about": "Offer"}),
    Verb.REOPEN: Sent(S.REFUSED, "reviewer", REASON, S.WITH_PSD),
    Verb.CHALLENGE: Sent(
        S.APPROVED, "reviewer", lambda i, w: {"to": w.constable.pk, "text": "Why?", "how": "ask"}
    ),
    Verb.ANSWER_CHALLENGE: Sent(S.APPROVED, "constable", {"answer": "So."}, before=CHALLENGED),
    Verb.DISPOSE_CHALLENGE: Sent(
        S.APPROVED,
        "reviewer",
        {"disposal": "justified", "note": "It was."},
        before=(*CHALLENGED, (Verb.ANSWER_CHALLENGE, "constable")),
    ),
}


def begun(sent: Sent, verb: Verb, world: World) -> Interest:
    """The interest as the form's reader finds it, today."""
    now = timezone.now()
    InterestPolicy.objects.update(asks_hr=True, asks_vetting=True)
    interest = interest_in(sent.start, world, now=now)
    for each, who in sent.before:
        interest = perform(each, interest, by=getattr(world, who), in_world=world, now=now)
    if verb == Verb.CONFIRM_CONDITION:
        Condition.objects.update(to_confirm=True)
    return fresh(interest)


def test_every_verb_but_applying_has_a_form_and_an_action() -> None:
    assert set(HANDLERS) == set(Verb) - {Verb.APPLY} == set(SENT)


@pytest.mark.parametrize("verb", list(HANDLERS))
def test_a_form_filled_in_carries_its_verb_out(world: World, verb: Verb) -> None:
    sent = SENT[verb]
    interest = begun(sent, verb, world)
    user = getattr(world, sent.who)
    said = send(user, interest, verb, sent.typed(interest, world))
    assert said.status_code == 302, said.content.decode()
    assert fresh(interest).status == (sent.lands or sent.start)
    done = Event.objects.filter(about="case", about_id=interest.case.pk, actor_id=user.pk)
    assert done.filter(name=TRANSITIONS[verb].event).exists()


@pytest.mark.parametrize("verb", list(HANDLERS))
def test_a_form_gives_exactly_what_its_action_asks(world: World, verb: Verb) -> None:
    sent, (form_class, action) = SENT[verb], HANDLERS[verb]
    interest, user = begun(sent, verb, world), getattr(world, SENT[verb].who)
    page = client_of(user).get(path_of(interest, verb)).content.decode()
    data = filled(page, sent.typed(interest, world))
    files = {name: data.pop(name) for name in ("file", "letters") if name in data}
    form = form_class(data, files, record=interest, case=interest.case, by=user)
    assert form.is_valid(), form.errors
    assert set(form.arguments()) <= keywords(action), "the action knows each of them"
    assert set(form.arguments()) >= keywords(action, needed=True)


def keywords(action: Callable[..., Any], *, needed: bool = False) -> set[str]:
    """What an action is called with besides who and when."""
    parameters = inspect.signature(action).parameters.values()
    return {
        each.name
        for each in parameters
        if each.kind == each.KEYWORD_ONLY
        and each.name not in ("by", "now")
        and not (needed and each.default is not each.empty)
    }


@pytest.mark.parametrize("verb", list(HANDLERS))
def test_an_empty_form_says_what_is_missing(world: World, verb: Verb) -> None:
    sent = SENT[verb]
    interest = begun(sent, verb, world)
    client = client_of(getattr(world, sent.who))
    said = client.post(path_of(interest, verb), {"version": interest.case.version})
    assert said.status_code == 422
    assert "There is a problem" in said.content.decode()
    assert fresh(interest).status == sent.start


# --- the conditions of a decision -----------------------------------------------------------------


def library(kind: ConditionKind, text: str) -> ConditionTemplate:
    policy = InterestPolicy.objects.get(force=None, oversight_body=None)
    return ConditionTemplate.objects.create(
        policy=policy, kind=kind, text=text, check_method="ask_supervisor", check_months=3
    )


def test_an_approval_takes_conditions_from_the_library_and_written_ones(world: World) -> None:
    ahead = timezone.localdate() + timedelta(days=90)
    hours = ConditionTemplate.objects.get(
        policy__force=None, policy__oversight_body=None, kind="hours"
    )
    until = library(ConditionKind.END_DATE, "Until … and no longer.")
    not_for = library(ConditionKind.NOT_FOR, "No work for a named organisation.")
    interest = interest_in(Status.WITH_PSD, world, now=timezone.now())
    chosen = {
        **REASON,
        "library": [str(hours.pk), str(until.pk), str(not_for.pk)],
        f"hours_{hours.pk}": "8",
        **on(f"end_date_{until.pk}", ahead),
        f"not_for_{not_for.pk}": "Halcyon Fleet",
        **row("No posts in uniform on social media.", check_months="2"),
        **on("review_on", ahead),
    }
    assert send(world.reviewer, interest, Verb.APPROVE, chosen).status_code == 302
    assert fresh(interest).review_on == ahead
    found = {each.kind: each for each in Condition.objects.all()}
    assert found["hours"].text == "No more than 8 hours a week."
    assert found["hours"].hours == Decimal(8)
    assert found["end_date"].text == f"Until {ahead:%-d %B %Y} and no longer."
    assert found["end_date"].until == ahead
    assert found["not_for"].text == "No work for a named organisation: Halcyon Fleet."
    assert found["not_for"].check_months == 3
    assert found["other"].text == "No posts in uniform on social media."
    assert found["other"].check_months == 2


def test_written_conditions_are_added_without_a_script(world: World) -> None:
    interest = interest_in(Status.WITH_PSD, world, now=timezone.now())
    client, path = client_of(world.reviewer), path_of(interest, Verb.APPROVE)
    data = filled(client.get(path).content.decode(), {**REASON, **row("First.")})
    page = client.post(path, {**data, "written-ADD": "1"}).content.decode()
    assert "There is a problem" not in page
    added = client.post(path, {**filled(page, row("Second.", 1)), "written-ADD": "1"})
    again = filled(added.content.decode(), {})
    assert again["written-TOTAL_FORMS"] == "3", "the third is left empty"
    assert client.post(path, again).status_code == 302
    found = Condition.objects.all()
    assert [(each.text, each.check_months) for each in found] == [("First.", 6), ("Second.", 6)]


def test_the_proposed_review_is_filled_in_and_says_which_interval(world: World) -> None:
    interest = interest_in(Status.WITH_PSD, world, now=timezone.now())
    page = client_of(world.reviewer).get(path_of(interest, Verb.APPROVE)).content.decode()
    assert "propose 12 months" in page
    assert f'value="{timezone.localdate().year + 1}"' in page


def test_an_approval_against_the_list_asks_why_and_keeps_what_was_typed(world: World) -> None:
    now = timezone.now()
    interest = interest_in(Status.WITH_PSD, world, now=now, occupation="Taxi driver")
    said = send(world.reviewer, interest, Verb.APPROVE, REASON)
    page = said.content.decode()
    assert said.status_code == 422
    assert "allows driver with conditions only" in page
    assert "Say why it is approved although the guidance says no" in page
    assert REASON["reason"] in page
    send(world.reviewer, interest, Verb.APPROVE, {**REASON, "rationale": "For charity."})
    assert fresh(interest).status == Status.SECOND_APPROVAL
    page = client_of(world.other_reviewer).get(path_of(interest, "approve-as-second"))
    for words in ("For charity.", world.reviewer.display, "Driver", REASON["reason"]):
        assert words in page.content.decode()


def test_with_a_condition_a_restricted_occupation_needs_no_rationale(world: World) -> None:
    now = timezone.now()
    interest = interest_in(Status.WITH_PSD, world, now=now, occupation="Taxi driver")
    chosen = {**REASON, **row("Never in the force area.")}
    assert send(world.reviewer, interest, Verb.APPROVE, chosen).status_code == 302
    assert fresh(interest).status == Status.APPROVED_WITH_CONDITIONS


def test_a_renewal_keeps_what_is_ticked(world: World) -> None:
    interest = begun(Sent(LIVE_C, "", before=ANSWERED), Verb.RENEW, world)
    first, second = interest.standing_conditions
    page = client_of(world.reviewer).get(path_of(interest, Verb.RENEW)).content.decode()
    assert "Nothing has changed." in page
    assert filled(page, {})["keep"] == [str(first.pk), str(second.pk)]
    send(world.reviewer, interest, Verb.RENEW, {**REASON, "keep": [str(second.pk)]})
    assert [each.pk for each in fresh(interest).standing_conditions] == [second.pk]


def test_an_appeal_varied_sets_conditions_and_one_dismissed_does_not(world: World) -> None:
    interest = begun(SENT[Verb.DECIDE_APPEAL], Verb.DECIDE_APPEAL, world)
    chosen = {**REASON, "outcome": "varied"}
    said = send(world.chief, interest, Verb.DECIDE_APPEAL, chosen)
    assert "Set the conditions" in said.content.decode()
    send(world.chief, interest, Verb.DECIDE_APPEAL, {**chosen, **row("In leave only.")})
    assert fresh(interest).status == Status.APPROVED_WITH_CONDITIONS
    assert Condition.objects.get().text == "In leave only."


def test_a_broken_condition_challenges_the_person(world: World) -> None:
    interest = begun(SENT[Verb.CHECK_CONDITION], Verb.CHECK_CONDITION, world)
    chosen = {
        "condition": interest.conditions.first().pk,
        "found": IfBroken.CHALLENGE,
        "evidence": "Twelve hours on the payslip.",
    }
    said = send(world.reviewer, interest, Verb.CHECK_CONDITION, chosen)
    assert said.status_code == 422
    send(world.reviewer, interest, Verb.CHECK_CONDITION, {**chosen, "challenge": "Why 12?"})
    assert ConditionCheck.objects.get().outcome == CheckOutcome.BROKEN
    assert Challenge.objects.get().text == "Why 12?"


def test_an_imported_condition_may_be_none(world: World) -> None:
    interest = begun(SENT[Verb.CONFIRM_CONDITION], Verb.CONFIRM_CONDITION, world)
    first, second = interest.standing_conditions
    send(world.reviewer, interest, Verb.CONFIRM_CONDITION, {"condition": first.pk, "kind": "none"})
    page = client_of(world.reviewer).get(path_of(interest, Verb.CONFIRM_CONDITION))
    assert "Which condition?" not in page.content.decode(), "one is left"
    send(world.reviewer, fresh(interest), Verb.CONFIRM_CONDITION, {"kind": "notify"})
    assert [each.pk for each in fresh(interest).standing_conditions] == [second.pk]
    assert Condition.objects.get(pk=second.pk).text == second.text


def test_concerns_are_set_out(world: World) -> None:
    interest = begun(SENT[Verb.GIVE_VIEW], Verb.GIVE_VIEW, world)
    said = send(world.sergeant, interest, Verb.GIVE_VIEW, {**SUPERVISOR_SAYS, "note": ""})
    assert "Set out what your concerns are" in said.content.decode()
    assert not Assessment.objects.exists()


def test_the_look_after_a_refusal_says_which_and_takes_the_earliest(world: World) -> None:
    interest = begun(SENT[Verb.FOLLOW_UP], Verb.FOLLOW_UP, world)
    page = client_of(world.reviewer).get(path_of(interest, Verb.FOLLOW_UP)).content.decode()
    assert "The look 1 month after the refusal, due" in page
    send(world.reviewer, interest, Verb.FOLLOW_UP, SENT[Verb.FOLLOW_UP].chosen)
    assert FollowUp.objects.get(done_at__isnull=False).months == 1


def test_papers_of_an_appeal_come_with_several_files(world: World) -> None:
    interest = begun(SENT[Verb.SEND_PAPERS], Verb.SEND_PAPERS, world)
    send(world.constable, interest, Verb.SEND_PAPERS, SENT[Verb.SEND_PAPERS].typed(interest, world))
    assert [each.name for each in Attachment.objects.all()] == ["letter.txt", "b.txt"]


def test_an_appeal_s_page_says_until_when_and_who_may_help(world: World) -> None:
    interest = begun(SENT[Verb.APPEAL], Verb.APPEAL, world)
    page = client_of(world.constable).get(path_of(interest, Verb.APPEAL)).content.decode()
    last = WrittenNotice.objects.get().appeal_by
    assert f"The last day to appeal is {last:%-d %B %Y}." in page
    assert "a police friend may help you" in page


def test_a_letting_is_not_asked_about_hours(world: World) -> None:
    interest = interest_in(
        Status.WITH_PSD,
        world,
        now=timezone.now(),
        category="letting",
        occupation="Letting a flat",
        organisation="",
        hours_a_week=None,
        property_address="1 High Street",
    )
    page = client_of(world.reviewer).get(path_of(interest, Verb.ASK)).content.decode()
    assert 'value="property"' in page
    assert 'value="hours"' not in page
