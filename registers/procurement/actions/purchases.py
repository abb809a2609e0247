"""What a holder says of a purchase, and what becomes of it when somebody beyond their line judges it."""

from datetime import datetime

from django.urls import reverse

from integrity.audit.actions import action, record
from integrity.audit.models import Audience
from integrity.audit.scope import confiding
from integrity.casework import actions as casework
from integrity.casework.actions.work import mail
from integrity.casework.enums import ReferralSource
from integrity.casework.workflow import Denied
from integrity.people.models import User
from integrity.ui.templatetags.ui import day, money
from registers.procurement.enums import Verb, Verdict
from registers.procurement.models import Purchase, PurchaseReferral
from registers.procurement.permissions import check_justify, check_review
from registers.procurement.policies import VERB_OF
from registers.procurement.workflow import PURCHASE_TRANSITIONS


@action
def justify(purchase: Purchase, *, text: str, by: User, now: datetime) -> Purchase:
    """The holder says what a purchase was for, once."""
    purchase = _locked(purchase)
    check_justify(by, purchase)
    if not text.strip():
        raise Denied("Say what it was for.")
    purchase.justification = text.strip()
    purchase.justified_at, purchase.justified_by = now, by
    purchase.save(update_fields=["justification", "justified_at", "justified_by"])
    record(
        PURCHASE_TRANSITIONS[Verb.JUSTIFY].event,
        by=by,
        now=now,
        force_id=purchase.force_id,
        about="purchase",
        about_id=purchase.pk,
    )
    return purchase


@action
def review(
    purchase: Purchase, *, verdict: Verdict, remarks: str, by: User, now: datetime
) -> Purchase:
    """Judge whether a purchase was right, not only whether it adds up; once.

    Its holder is written to where there are remarks to read, and never of a referral.
    """
    purchase = _locked(purchase)
    transition = PURCHASE_TRANSITIONS[VERB_OF[verdict]]
    check_review(by, purchase, VERB_OF[verdict])
    if transition.needs_reason and not remarks.strip():
        raise Denied("Say why.")
    purchase.verdict, purchase.remarks = verdict, remarks.strip()
    purchase.reviewed_at, purchase.reviewed_by = now, by
    purchase.save(update_fields=["verdict", "remarks", "reviewed_at", "reviewed_by"])
    if verdict == Verdict.REFERRED:
        _hand_over(purchase, by=by, now=now)
        return purchase
    record(
        transition.event,
        by=by,
        now=now,
        force_id=purchase.force_id,
        about="purchase",
        about_id=purchase.pk,
        reason=purchase.remarks,
        facts={"verdict": str(verdict)},
    )
    if purchase.remarks:
        _tell_holder(purchase)
    return purchase


def _tell_holder(purchase: Purchase) -> None:
    """A letter says no more than where to look; the remarks and what to do are on the page."""
    holder = purchase.card.holder
    if holder is not None:
        mail(
            [holder],
            subject="A purchase with your card was reviewed",
            body="Read what it was found to be, the remarks, and what to do.",
            path=reverse("procurement:justify", args=[purchase.pk]),
        )


def _hand_over(purchase: Purchase, *, by: User, now: datetime) -> None:
    """What PSD needs to look into it, taken from the purchase, so that nobody types it again."""
    referral = casework.refer_without_case(
        purchase.force,
        source=ReferralSource.CROSS_CHECK,
        about=f"Purchase by card: {purchase}",
        reason="\n".join(_said_of(purchase)),
        by=by,
        now=now,
        person=purchase.card.holder,
    )
    with confiding(force_id=purchase.force_id, body_id=None):
        PurchaseReferral.objects.create(
            purchase=purchase, force_id=purchase.force_id, referral=referral
        )
        record(
            PURCHASE_TRANSITIONS[Verb.REFER].event,
            by=by,
            now=now,
            force_id=purchase.force_id,
            about="purchase",
            about_id=purchase.pk,
            reason=purchase.remarks,
            facts={"verdict": str(Verdict.REFERRED)},
            audience=Audience.PSD,
            confidential=True,
        )


def _said_of(purchase: Purchase) -> list[str]:
    card = purchase.card
    limit = f", up to {money(card.single_limit)} at once" if card.single_limit else ""
    return [
        purchase.remarks,
        f"Bought on {day(purchase.bought_on)}: {money(purchase.amount)}, {purchase.merchant}.",
        f"{card}{limit}.",
        *([f"Category: {purchase.category}."] if purchase.category else []),
        *([f"Described as: {purchase.description}."] if purchase.description else []),
        f"What the holder says it was for: {purchase.justification or 'nothing yet'}",
    ]


def _locked(purchase: Purchase) -> Purchase:
    rows = Purchase.objects.select_for_update(of=("self",))
    return rows.select_related("force", "card__holder__line_manager").get(pk=purchase.pk)
