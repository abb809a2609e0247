"""How an action on an offer begins and ends, and whom the offer then waits for."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from integrity.casework import actions as casework
from integrity.casework.actions.challenging import ChallengeSteps
from integrity.casework.enums import DeadlineKind, Phase
from integrity.casework.models import Case
from integrity.people.models import User
from registers.gifts.actions.telling import case_path
from registers.gifts.enums import Status
from registers.gifts.models import Offer
from registers.gifts.permissions import RULES

PHASES: Mapping[str, Phase] = {
    Status.QUERIED: Phase.WAITING,
    Status.AUTHORISED: Phase.WAITING,
    Status.AUTHORISATION_REFUSED: Phase.WAITING,
    Status.RECORDED: Phase.CLOSED,
    Status.COMPLIANT: Phase.CLOSED,
    Status.NON_COMPLIANT: Phase.CLOSED,
    Status.WITHDRAWN: Phase.WITHDRAWN,
}


def set_first_tasks(offer: Offer, *, now: datetime) -> None:
    """Who must do what by when, once an offer stands at a status that waits for a decision."""
    today = timezone.localdate(now)
    policy, case = offer.policy, offer.case
    decide_by = today + timedelta(days=policy.decide_within_days)
    if offer.status == Status.PEER_REVIEW:
        for peer in peers_of(offer):
            casework.set_deadline(
                case,
                kind=DeadlineKind.PEER_REVIEW,
                what="Give your view of a colleague’s offer",
                owner=peer,
                due_on=today + timedelta(days=policy.peer_review_within_days),
                now=now,
            )
    if offer.status == Status.WITH_SUPERVISOR and case.subject is not None:
        casework.set_deadline(
            case,
            kind=DeadlineKind.DECIDE,
            what="Decide an offer declared by your team",
            owner=case.subject.line_manager,
            due_on=decide_by,
            now=now,
        )
    if offer.status in (Status.WITH_PSD, Status.AUTHORISATION_SOUGHT):
        set_psd_task(offer, now=now)


def set_psd_task(offer: Offer, *, now: datetime) -> None:
    casework.meet_deadlines(offer.case, DeadlineKind.DECIDE, now=now)
    casework.set_deadline(
        offer.case,
        kind=DeadlineKind.DECIDE,
        what="Decide",
        owner=offer.case.owner,
        due_on=timezone.localdate(now) + timedelta(days=offer.policy.decide_within_days),
        now=now,
    )


def peers_of(offer: Offer) -> list[User]:
    """The other chief officers of the subject's force who serve."""
    return peers_for(offer.case.subject, without=offer.case.author_id)


def peers_for(subject: User | None, *, without: int | None = None) -> list[User]:
    if subject is None or not subject.is_chief_officer or subject.force_id is None:
        return []
    colleagues = (
        User.objects.filter(force=subject.force_id, grade__is_chief_officer=True)
        .exclude(pk__in=[pk for pk in (subject.pk, without) if pk])
        .select_related("grade")
    )
    return [peer for peer in colleagues if peer.is_active]


class OfferSteps(ChallengeSteps[Offer]):
    """The gifts register's way of acting on its offers."""

    rules = RULES
    phases = PHASES
    asked = Status.QUERIED

    def read(self, pk: int) -> Offer:
        return Offer.objects.select_related("policy", "provider_organisation").get(pk=pk)

    def path(self, case: Case) -> str:
        return case_path(case)

    def after_answers(self, offer: Offer) -> str:
        asking = any(item.decision == "undecided" for item in offer.items.all())
        return Status.AUTHORISATION_SOUGHT if asking else Status.WITH_PSD

    def restart_clock(self, offer: Offer, *, now: datetime) -> None:
        set_psd_task(offer, now=now)

    def assigned(self, offer: Offer, *, owner: User) -> None:
        """A supervisor's task stays with the supervisor."""
        if offer.status != Status.WITH_SUPERVISOR:
            super().assigned(offer, owner=owner)


STEPS = OfferSteps()
take, finish = STEPS.take, STEPS.finish
assign, ask, answer = STEPS.assign, STEPS.ask, STEPS.answer
challenge, answer_challenge = STEPS.challenge, STEPS.answer_challenge
dispose_challenge = STEPS.dispose_challenge
