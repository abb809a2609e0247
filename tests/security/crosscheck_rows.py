"""A row of every table of organisations, procurement and the cross-checks."""

from decimal import Decimal
from typing import Any

from integrity.casework.models import Case, ImportBatch, Referral
from integrity.people.models import Force, User
from registers.crosschecks.models import CheckSetting, Cursor, Match, MatchReferral
from registers.organisations.models import (
    Compared,
    Merge,
    MergeSuggestion,
    Organisation,
    OrganisationNote,
    SupplierNumber,
)
from registers.procurement.models import (
    Bidder,
    Card,
    Contract,
    ContractorPerson,
    ContractSupplier,
    Involvement,
    Payment,
    Purchase,
    PurchaseReferral,
    Tender,
)
from tests.builders import NOW, TODAY

# Of these, a row is confidential where it says that it is PSD's.
OF_PSD = "for_psd"
CONFIDENTIAL = {"crosschecks_matchreferral", "procurement_purchasereferral"}


def fill_organisations(acme: Organisation, actor: User) -> None:
    """Once for a department: another record, a merge that was undone, a suggestion, a note."""
    at: dict[str, Any] = {"department": acme.department}
    other = Organisation.objects.create(**at, name="Acme Services", key="acme services")
    Compared.objects.create(**at)
    pair = {"one": acme, "other": other}
    MergeSuggestion.objects.create(**at, **pair, score=80, why="One word more", found_at=NOW)
    OrganisationNote.objects.create(
        **at, organisation=acme, text="Two firms.", written_at=NOW, written_by=actor
    )
    Merge.objects.create(
        **at, organisation=other, into=acme, reason="One firm", merged_at=NOW, merged_by=actor,
        undone_at=NOW, undone_by=actor, undone_reason="Two firms",
    )  # fmt: skip


def fill_crosschecks(
    force: Force, subject: User, actor: User, *, acme: Organisation, batch: ImportBatch, case: Case
) -> None:
    """What this force bought, from whom, with which card, and what that has to do with a case."""
    of: dict[str, Any] = {"force": force, "organisation": acme}
    SupplierNumber.objects.create(**of, number="V1")
    tender = Tender.objects.create(force=force, identifier="t1", title="Fleet", closes_on=TODAY)
    Bidder.objects.create(**of, tender=tender, as_written="ACME")
    contract = Contract.objects.create(
        force=force, identifier="c1", tender=tender, title="Fleet", outsourced=True
    )
    ContractSupplier.objects.create(**of, contract=contract, as_written="ACME")
    # which nobody bid for, and nobody won, so that a key may be tried on them
    Tender.objects.create(force=force, identifier="t2", title="Boots")
    Contract.objects.create(force=force, identifier="c2", title="Boots")
    who: dict[str, Any] = {"force": force, "person": subject, "starts_on": TODAY}
    ContractorPerson.objects.create(**who, contract=contract)
    Involvement.objects.create(**who, tender=tender, part="evaluates")
    money: dict[str, Any] = {"amount": Decimal(10), "where": "row 2", "batch": batch}
    payment = Payment.objects.create(
        **of, **money, identifier="p1", as_written="ACME", paid_on=TODAY
    )
    card = Card.objects.create(force=force, identifier="k1", ending="1234", holder=subject)
    purchase = Purchase.objects.create(
        **of, **money, card=card, identifier="b1", merchant="ACME", bought_on=TODAY
    )
    Purchase.objects.create(
        **of, **money, card=card, identifier="b2", merchant="ACME", bought_on=TODAY
    )
    CheckSetting.objects.create(force=force, check_name="card_split", effective_from=TODAY)
    Cursor.objects.create(force=force)
    found: dict[str, Any] = {
        "force": force, "person": subject, "score": 60, "signature": "0" * 64,
        "happened_on": TODAY, "found_at": NOW, "changed_at": NOW,
    }  # fmt: skip
    match = Match.objects.create(
        **found, check_name="offer_near_payment", key="1", sentence="Lunch, then money.",
        organisation=acme, case=case, payment=payment,
    )  # fmt: skip
    Match.objects.create(
        **found, check_name="card_split", key="2", sentence="Twice.", for_psd=False,
        purchase=purchase,
    )  # fmt: skip
    Match.objects.create(
        **found, check_name="offer_before_award", key="3", sentence="Lunch, then a contract.",
        case=case, contract=contract, other_organisation=acme,
    )  # fmt: skip
    Match.objects.create(
        **found, check_name="offer_in_tender", key="4", sentence="Lunch, and a tender.",
        case=case, other_case=case, tender=tender,
    )  # fmt: skip
    for number in range(2):
        referral = Referral.objects.create(
            force=force, person=subject, source="cross_check", about="It", reason="Odd",
            made_at=NOW, made_by=actor,
        )  # fmt: skip
        if number:
            MatchReferral.objects.create(force=force, match=match, referral=referral)
        else:
            PurchaseReferral.objects.create(force=force, purchase=purchase, referral=referral)
