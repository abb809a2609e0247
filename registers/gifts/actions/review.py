"""What peers, supervisors and PSD do with an offer."""

from datetime import datetime, timedelta

from django.utils import timezone

from integrity.audit.actions import action
from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind, ReferralSource, Stage
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.gifts.actions.step import finish, set_first_tasks, set_psd_task, take
from registers.gifts.actions.telling import tell_declarant, tell_psd
from registers.gifts.enums import Action, PeerView, Status, Verb
from registers.gifts.models import Offer, PeerReview


@action
def give_peer_review(
    offer: Offer,
    *,
    view: PeerView,
    propriety: str,
    seen_from_inside: str,
    seen_from_outside: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Offer:
    """One colleague's view; with enough of them the offer goes to PSD (HMIC 2012, p. 24)."""
    offer = take(Verb.PEER_REVIEW, offer, by=by, version=version)
    case = offer.case
    if case.subject is None:
        raise Denied("This entry was imported and its recipient is not known here.")
    PeerReview.objects.create(
        offer=offer,
        view=view,
        propriety=propriety,
        seen_from_inside=seen_from_inside,
        seen_from_outside=seen_from_outside,
        round=case.round,
        subject=case.subject,
        reviewed_at=now,
        reviewed_by=by,
    )
    casework.meet_deadlines(case, DeadlineKind.PEER_REVIEW, now=now, owner=by)
    given = offer.peer_reviews.filter(round=case.round).count()
    enough = (
        given >= offer.policy.peer_reviews_needed
        or not case.deadlines.open().filter(kind=DeadlineKind.PEER_REVIEW).exists()
    )
    asking = any(item.decision == "undecided" for item in offer.items.all())
    onward = Status.AUTHORISATION_SOUGHT if asking else Status.WITH_PSD
    event = finish(
        Verb.PEER_REVIEW,
        offer,
        onward if enough else Status.PEER_REVIEW,
        by=by,
        now=now,
        facts={"view": str(view)},
    )
    if enough:
        casework.meet_deadlines(case, DeadlineKind.PEER_REVIEW, now=now)
        set_psd_task(offer, now=now)
    tell_psd(offer, event, "peer review is done" if enough else "a peer review was given")
    return offer


@action
def authorise(
    offer: Offer, *, reason: str, conditions: str, by: User, now: datetime, version: int | None
) -> Offer:
    """PSD allows an acceptance asked for beforehand, with conditions where it needs any."""
    return _answer_request(
        Verb.AUTHORISE,
        offer,
        Status.AUTHORISED,
        reason,
        conditions,
        by=by,
        now=now,
        version=version,
    )


@action
def refuse_authorisation(
    offer: Offer, *, reason: str, by: User, now: datetime, version: int | None
) -> Offer:
    return _answer_request(
        Verb.REFUSE_AUTHORISATION,
        offer,
        Status.AUTHORISATION_REFUSED,
        reason,
        "",
        by=by,
        now=now,
        version=version,
    )


def _answer_request(
    verb: Verb,
    offer: Offer,
    target: Status,
    reason: str,
    conditions: str,
    *,
    by: User,
    now: datetime,
    version: int | None,
) -> Offer:
    offer = take(verb, offer, by=by, version=version)
    offer.was_authorised = target == Status.AUTHORISED
    offer.authorisation_conditions = conditions
    casework.add_decision(
        offer.case,
        stage=Stage.AUTHORISATION,
        outcome=target,
        reason=reason,
        conditions=conditions,
        by=by,
        now=now,
    )
    casework.meet_deadlines(offer.case, DeadlineKind.DECIDE, now=now)
    casework.set_deadline(
        offer.case,
        kind=DeadlineKind.RECORD_OUTCOME,
        what="Say what happened",
        owner=offer.case.subject,
        due_on=max(offer.offered_on, timezone.localdate(now))
        + timedelta(days=offer.policy.report_within_days),
        now=now,
    )
    decided = {"outcome": target, "stage": Stage.AUTHORISATION, "conditions": conditions}
    event = finish(verb, offer, target, by=by, now=now, reason=reason, facts=decided)
    answer = "authorised" if offer.was_authorised else "not authorised"
    tell_declarant(
        offer,
        event,
        f"your request was {answer}",
        "Read the reason and any conditions. Afterwards, say what happened.",
    )
    return offer


@action
def approve(offer: Offer, *, reason: str, by: User, now: datetime, version: int | None) -> Offer:
    """A supervisor decides the band that the policy leaves to them."""
    offer = take(Verb.APPROVE, offer, by=by, version=version)
    return _decide(Verb.APPROVE, offer, Status.COMPLIANT, Stage.SUPERVISOR, reason, by=by, now=now)


@action
def accept(offer: Offer, *, reason: str, by: User, now: datetime, version: int | None) -> Offer:
    """PSD finds that the entry complies with the policy."""
    offer = take(Verb.ACCEPT, offer, by=by, version=version)
    return _decide(Verb.ACCEPT, offer, Status.COMPLIANT, Stage.PSD, reason, by=by, now=now)


@action
def reject(
    offer: Offer, *, action_taken: Action, reason: str, by: User, now: datetime, version: int | None
) -> Offer:
    """PSD finds that it does not, and says what follows: advice, return of the gift, referral.

    That it was referred stands in no decision, for its declarant reads those.
    """
    offer = take(Verb.REJECT, offer, by=by, version=version)
    referred = action_taken == Action.REFER
    offer = _decide(
        Verb.REJECT,
        offer,
        Status.NON_COMPLIANT,
        Stage.PSD,
        reason,
        by=by,
        now=now,
        action_taken="" if referred else action_taken,
    )
    if referred:
        casework.refer(
            offer.case,
            source=ReferralSource.DECISION,
            about=offer.title,
            reason=reason,
            suggests="gratuities",
            by=by,
            now=now,
        )
    if action_taken == Action.RETURN:
        casework.set_deadline(
            offer.case,
            kind=DeadlineKind.ACT,
            what="Return the gift and say when",
            owner=offer.case.subject,
            due_on=timezone.localdate(now) + timedelta(days=offer.policy.answer_within_days),
            now=now,
        )
    return offer


def _decide(
    verb: Verb,
    offer: Offer,
    target: Status,
    stage: Stage,
    reason: str,
    *,
    by: User,
    now: datetime,
    action_taken: str = "",
) -> Offer:
    casework.add_decision(
        offer.case,
        stage=stage,
        outcome=target,
        reason=reason,
        action_taken=action_taken,
        by=by,
        now=now,
    )
    event = finish(
        verb,
        offer,
        target,
        by=by,
        now=now,
        reason=reason,
        facts={"outcome": target, "stage": stage, "action_taken": action_taken},
    )
    found = "complies with the policy" if target == Status.COMPLIANT else "does not comply"
    tell_declarant(
        offer,
        event,
        f"PSD found that your entry {found}"
        if stage == Stage.PSD
        else f"your supervisor found that your entry {found}",
        "Read the reason on the entry’s page.",
    )
    return offer


@action
def escalate(offer: Offer, *, reason: str, by: User, now: datetime, version: int | None) -> Offer:
    """The supervisor leaves the decision to PSD."""
    offer = take(Verb.ESCALATE, offer, by=by, version=version)
    event = finish(Verb.ESCALATE, offer, Status.WITH_PSD, by=by, now=now, reason=reason)
    set_first_tasks(offer, now=now)
    tell_psd(offer, event, "a supervisor passed an offer to PSD")
    return offer


@action
def reopen(offer: Offer, *, reason: str, by: User, now: datetime, version: int | None) -> Offer:
    """Start another round of a decided case."""
    offer = take(Verb.REOPEN, offer, by=by, version=version)
    casework.start_round(offer.case)
    casework.meet_deadlines(offer.case, DeadlineKind.ACT, now=now)
    event = finish(Verb.REOPEN, offer, Status.WITH_PSD, by=by, now=now, reason=reason)
    set_psd_task(offer, now=now)
    tell_declarant(
        offer,
        event,
        "PSD has reopened your entry",
        "PSD will decide again; the reason is on its page.",
    )
    return offer
