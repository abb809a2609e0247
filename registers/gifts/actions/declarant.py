"""What a declarant does with an entry after making it, and the monthly count of refreshments."""

from datetime import date, datetime

from django.utils import timezone

from integrity.audit.actions import action, record
from integrity.casework import actions as casework
from integrity.casework.enums import DeadlineKind
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.gifts.actions.step import finish, take
from registers.gifts.actions.telling import case_path
from registers.gifts.enums import Disposal, Status, Verb
from registers.gifts.facts import DisposalFacts
from registers.gifts.models import Item, Offer, RefreshmentCount


@action
def confirm(offer: Offer, *, by: User, now: datetime, version: int | None) -> Offer:
    """The principal confirms an entry typed for them (RULES, Gifts 10)."""
    offer = take(Verb.CONFIRM, offer, by=by, version=version)
    casework.confirm_by_principal(offer.case, by=by, now=now)
    event = finish(Verb.CONFIRM, offer, Status(offer.status), by=by, now=now)
    casework.tell_of_confirmation(offer.case, event, by=by, path=case_path(offer.case))
    return offer


@action
def withdraw(offer: Offer, *, reason: str, by: User, now: datetime, version: int | None) -> Offer:
    """Take an undecided entry back; it stays in the register, marked withdrawn."""
    offer = take(Verb.WITHDRAW, offer, by=by, version=version)
    casework.meet_deadlines(offer.case, now=now)
    event = finish(Verb.WITHDRAW, offer, Status.WITHDRAWN, by=by, now=now, reason=reason)
    others = [*casework.psd_of(offer.case), offer.case.subject, offer.case.author]
    casework.notify(
        others,
        case=offer.case,
        event=event,
        subject="an entry was withdrawn",
        body="The reason is on its page.",
        path=case_path(offer.case),
    )
    return offer


@action
def record_disposal(
    offer: Offer, *, item: Item, facts: DisposalFacts, by: User, now: datetime, version: int | None
) -> Offer:
    """Say what became of one accepted item, with evidence where there is any (RULES, Gifts 3)."""
    offer = take(Verb.RECORD_DISPOSAL, offer, by=by, version=version)
    item = Item.objects.get(pk=item.pk, offer=offer)
    if not item.accepted:
        raise Denied(f"“{item.description}” was not accepted, so there is nothing to dispose of.")
    if facts.on > timezone.localdate(now):
        raise Denied("The day must be today or earlier.")
    if facts.disposal == Disposal.DONATED and not facts.to:
        raise Denied("Say which charity it was given to.")
    if facts.proceeds is not None and facts.disposal != Disposal.RAFFLED:
        raise Denied("Only a raffle has proceeds.")
    item.disposal, item.disposal_to = facts.disposal, facts.to
    item.disposal_on, item.proceeds = facts.on, facts.proceeds
    if facts.evidence is not None:
        item.evidence = casework.attach(
            offer.case,
            file=facts.evidence,
            about=f"Disposal of {item.description}"[:200],
            by=by,
            now=now,
        )
    item.save()
    if facts.disposal == Disposal.RETURNED:
        casework.meet_deadlines(offer.case, DeadlineKind.ACT, now=now)
    event = finish(
        Verb.RECORD_DISPOSAL,
        offer,
        Status(offer.status),
        by=by,
        now=now,
        reason=f"{item.description}: {Disposal(facts.disposal).label.lower()}",
        facts={"item": item.description, "disposal": facts.disposal, "on": str(facts.on)},
    )
    casework.notify(
        casework.psd_of(offer.case),
        case=offer.case,
        event=event,
        subject="an item was disposed of",
        body="What became of it is on the entry’s page.",
        path=case_path(offer.case),
    )
    return offer


@action
def count_refreshments(*, month: date, times: int, by: User, now: datetime) -> RefreshmentCount:
    """State how often light refreshments were taken in a month; stating it again replaces the count."""
    month = month.replace(day=1)
    if month > timezone.localdate(now):
        raise Denied("The month must be this month or earlier.")
    if by.force is None:
        raise Denied("Only members of a force keep this count.")
    count, _ = RefreshmentCount.objects.update_or_create(
        user=by, month=month, defaults={"force": by.force, "times": times, "stated_at": now}
    )
    record(
        "refreshments counted",
        by=by,
        now=now,
        force_id=by.force_id,
        about="refreshments",
        about_id=count.pk,
        facts={"month": f"{month:%Y-%m}", "times": times},
    )
    return count
