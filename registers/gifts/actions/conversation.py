"""Questions to the declarant, and challenges to a named person."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from integrity.audit.actions import action
from integrity.audit.models import Audience
from integrity.casework import actions as casework
from integrity.casework.enums import ChallengeDisposal, DeadlineKind
from integrity.casework.models import Challenge
from integrity.casework.workflow import Denied
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from registers.gifts.actions.step import finish, set_psd_task, take
from registers.gifts.actions.telling import case_path
from registers.gifts.enums import Status, Verb
from registers.gifts.models import Offer


@action
def ask(
    offer: Offer, *, field: str, text: str, by: User, now: datetime, version: int | None
) -> Offer:
    """Ask the declarant about one field; the entry waits for the answer."""
    offer = take(Verb.ASK, offer, by=by, version=version)
    case = offer.case
    if case.subject is None:
        raise Denied("This entry was imported and its declarant is not known here.")
    due_on = timezone.localdate(now) + timedelta(days=offer.policy.answer_within_days)
    casework.ask_question(case, field=field, text=text, due_on=due_on, by=by, now=now)
    event = finish(Verb.ASK, offer, Status.QUERIED, by=by, now=now, facts={"field": field})
    casework.notify(
        [case.subject, case.author],
        case=case,
        event=event,
        subject="PSD asks you a question",
        body=f"Please answer by {due_on:%-d %B %Y}.",
        path=case_path(case),
    )
    return offer


@action
def answer(
    offer: Offer, *, answers: Mapping[int, str], by: User, now: datetime, version: int | None
) -> Offer:
    """Answer PSD's questions; with the last one answered the entry goes back to PSD."""
    offer = take(Verb.ANSWER, offer, by=by, version=version)
    case = offer.case
    done = casework.answer_questions(case, answers=answers, by=by, now=now)
    asking = any(item.decision == "undecided" for item in offer.items.all())
    onward = Status.AUTHORISATION_SOUGHT if asking else Status.WITH_PSD
    event = finish(Verb.ANSWER, offer, onward if done else Status.QUERIED, by=by, now=now)
    if done:
        set_psd_task(offer, now=now)
    askers = [q.asked_by for q in case.questions.select_related("asked_by") if q.pk in answers]
    casework.notify(
        [*askers, case.owner],
        case=case,
        event=event,
        subject="the declarant has answered",
        body="Read the answer on the PSD desk.",
        path=case_path(case),
    )
    return offer


@action
def challenge(
    offer: Offer,
    *,
    to: User,
    text: str,
    silent: bool,
    silent_reason: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Offer:
    """Ask somebody to justify the entry; held silently, nobody but PSD sees it."""
    offer = take(Verb.CHALLENGE, offer, by=by, version=version)
    case = offer.case
    if to.pk not in (case.subject_id, case.author_id):
        raise Denied("A challenge goes to the person the entry is about, or who typed it.")
    due_on = timezone.localdate(now) + timedelta(days=offer.policy.answer_within_days)
    casework.make_challenge(
        case,
        to=to,
        text=text,
        silent=silent,
        silent_reason=silent_reason,
        due_on=due_on,
        by=by,
        now=now,
    )
    event = finish(
        Verb.CHALLENGE,
        offer,
        Status(offer.status),
        by=by,
        now=now,
        reason=silent_reason if silent else text,
        facts={"to": to.display, "silent": silent},
        audience=Audience.PSD if silent else Audience.CASE,
    )
    if not silent:
        casework.notify(
            [to],
            case=case,
            event=event,
            subject="you are asked to justify an entry",
            body=f"Please answer by {due_on:%-d %B %Y}.",
            path=case_path(case),
        )
    return offer


@action
def answer_challenge(
    offer: Offer, *, challenge: Challenge, answer: str, by: User, now: datetime, version: int | None
) -> Offer:
    """The person challenged answers; whoever challenged them is told."""
    offer = take(Verb.ANSWER_CHALLENGE, offer, by=by, version=version)
    mine = _of_case(offer, challenge)
    casework.answer_challenge(mine, answer=answer, by=by, now=now)
    casework.set_deadline(
        offer.case,
        kind=DeadlineKind.DISPOSE_CHALLENGE,
        what="Read the answer and close the challenge",
        owner=mine.made_by,
        due_on=timezone.localdate(now) + timedelta(days=offer.policy.answer_within_days),
        now=now,
    )
    event = finish(Verb.ANSWER_CHALLENGE, offer, Status(offer.status), by=by, now=now)
    casework.notify(
        [mine.made_by],
        case=offer.case,
        event=event,
        subject="your challenge was answered",
        body="Read the answer, then close the challenge.",
        path=case_path(offer.case),
    )
    return offer


@action
def dispose_challenge(
    offer: Offer,
    *,
    challenge: Challenge,
    disposal: ChallengeDisposal,
    note: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Offer:
    """Say how a challenge ended."""
    offer = take(Verb.DISPOSE_CHALLENGE, offer, by=by, version=version)
    mine = _of_case(offer, challenge)
    if not Challenge.objects.visible_to(by, *PSD_ROLES).filter(pk=mine.pk).exists():
        raise Denied("No such challenge is open on this entry.", for_them=False)
    casework.dispose_challenge(mine, disposal=disposal, note=note, by=by, now=now)
    casework.meet_deadlines(offer.case, DeadlineKind.DISPOSE_CHALLENGE, now=now, owner=mine.made_by)
    event = finish(
        Verb.DISPOSE_CHALLENGE,
        offer,
        Status(offer.status),
        by=by,
        now=now,
        reason=note,
        facts={"disposal": str(disposal)},
        audience=Audience.PSD if mine.silent else Audience.CASE,
    )
    if not mine.silent:
        casework.notify(
            [mine.to],
            case=offer.case,
            event=event,
            subject="a challenge was closed",
            body="Read how it ended on the entry’s page.",
            path=case_path(offer.case),
        )
    return offer


def _of_case(offer: Offer, challenge: Challenge) -> Challenge:
    return Challenge.objects.select_related("case", "to", "made_by").get(
        pk=challenge.pk, case=offer.case
    )
