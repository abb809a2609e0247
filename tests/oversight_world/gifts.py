"""Offers with their items, what was decided of them, and what chief officers thought."""

from datetime import date
from decimal import Decimal
from typing import Any

from integrity.casework.enums import Phase, Stage
from registers.gifts.enums import (
    ACCEPTED,
    SUPPLIERS,
    ItemDecision,
    ItemKind,
    PeerView,
    ProviderKind,
    Status,
)
from registers.gifts.models import Item, Offer, PeerReview
from tests.oversight_world.cases import Opened, Writer
from tests.oversight_world.places import Place

WAITING = (Status.QUERIED, Status.AUTHORISED, Status.AUTHORISATION_REFUSED)
CLOSED = (Status.RECORDED, Status.COMPLIANT, Status.NON_COMPLIANT)
SETTLED = (
    (Status.RECORDED, 55), (Status.COMPLIANT, 32), (Status.NON_COMPLIANT, 7), (Status.WITHDRAWN, 6),
)  # fmt: skip
STANDING = (
    (Status.WITH_PSD, 8), (Status.WITH_SUPERVISOR, 8), (Status.QUERIED, 4),
    (Status.PEER_REVIEW, 3), (Status.AUTHORISATION_SOUGHT, 3), (Status.AUTHORISED, 2),
    (Status.AUTHORISATION_REFUSED, 2), (Status.RECORDED, 10), (Status.COMPLIANT, 8),
    (Status.NON_COMPLIANT, 3), (Status.WITHDRAWN, 5),
)  # fmt: skip
KINDS = (
    (ItemKind.GIFT, 40), (ItemKind.HOSPITALITY, 40), (ItemKind.GRATUITY, 4), (ItemKind.DISCOUNT, 4),
    (ItemKind.CASH, 2), (ItemKind.SPONSORSHIP, 2), (ItemKind.COLLECTION, 2),
)  # fmt: skip
DECISIONS = (
    (ItemDecision.DECLINED, 45), (ItemDecision.ACCEPTED, 42), (ItemDecision.ACCEPTED_FOR_FORCE, 8),
)  # fmt: skip
PROVIDERS = (
    (ProviderKind.LOCAL_BUSINESS, 30), (ProviderKind.PUBLIC, 20), (ProviderKind.CONTRACTOR, 10),
    (ProviderKind.PROSPECTIVE_SUPPLIER, 4), (ProviderKind.MEDIA, 3), (ProviderKind.PARTNER, 10),
    (ProviderKind.CHARITY, 5), (ProviderKind.UNKNOWN, 3), (ProviderKind.FOREIGN, 2),
)  # fmt: skip
# at the edges of the groups of values, and between them
VALUES = tuple(
    Decimal(each)
    for each in ("0", "3.50", "9.99", "10", "24.99", "25", "49.99", "50", "99.99", "100", "499.99",
                 "500", "2500")
)  # fmt: skip
ASKED = (Status.AUTHORISATION_SOUGHT, Status.AUTHORISED, Status.AUTHORISATION_REFUSED)


def add_offer(writer: Writer, place: Place) -> None:
    chief = place.force is not None and writer.chance(writer.shape.chiefs)
    subject = writer.random.choice(place.people[:4]) if chief else None
    case, row = writer.open("gifts", place, subject=subject)
    status = Status(writer.pick(*(SETTLED if case.settled else STANDING)))
    if case.imported and status not in (*CLOSED, Status.WITHDRAWN):
        status = Status.RECORDED
    closed = Phase.WITHDRAWN if status == Status.WITHDRAWN else Phase.CLOSED
    phase = Phase.WAITING if status in WAITING else Phase.OPEN
    writer.close(row, case, closed if status in (*CLOSED, Status.WITHDRAWN) else phase)
    offer = writer.rows.add(Offer, **_offer(writer, case, status))
    _items(writer, offer, undecided=status in ASKED)
    _decisions(writer, case, status)
    if chief:
        _peer_reviews(writer, case, offer)
    writer.challenge(case)


def _offer(writer: Writer, case: Opened, status: Status) -> dict[str, Any]:
    kind = ProviderKind(writer.pick(*PROVIDERS))
    anonymous = kind in (ProviderKind.UNKNOWN, ProviderKind.PUBLIC)
    by_name = not anonymous and writer.chance(0.85)
    firms = case.place.organisations
    # a few firms give most
    firm = firms[int(writer.random.random() ** 3 * len(firms))] if by_name else None
    person = "" if anonymous or by_name else "Sam Giver"
    known = writer.random.choice(SUPPLIERS) if by_name and writer.oddly(0.4) else ""
    late = int(writer.random.random() * 60) if writer.chance(0.25) else 0
    sought = status in ASKED[1:]
    return {
        "case_id": case.id,
        "policy_id": case.place.policies["gifts"],
        "status": str(status),
        "offered_on": case.happened_on,
        "provider_kind": str(kind),
        "provider_organisation_id": firm,
        "known_as": str(known),
        "known_because": "It was paid in the year before." if known else "",
        "provider_person": person,
        "provider_person_key": person.lower(),
        "days_late": late,
        "late_reason": "I was away." if late else "",
        "was_authorised": status == Status.AUTHORISED if sought else None,
    }


def _items(writer: Writer, offer: int, *, undecided: bool) -> None:
    given = writer.oddly(0.3)
    many = 1 + (writer.chance(0.3) or writer.oddly()) + writer.oddly()
    for position in range(1, many + 1):
        kind = ItemKind(writer.pick(*KINDS))
        if given and not writer.oddly(0.2):
            kind = ItemKind.HOSPITALITY_GIVEN
        decision = ItemDecision.UNDECIDED if undecided else writer.pick(*DECISIONS)
        if writer.oddly(0.1):
            decision = ItemDecision.UNDECIDED
        writer.rows.add(
            Item,
            offer_id=offer,
            position=position,
            description="Something offered",
            kind=str(kind),
            decision=str(decision),
            reason_text="It would have given offence." if decision in ACCEPTED else "",
            struck=position > 1 and writer.oddly(0.6),
            **_value(writer),
        )


def _value(writer: Writer) -> dict[str, Any]:
    if writer.chance(0.05):
        kind = writer.random.choice(("unknown", "other_currency"))
        return {"value_kind": kind, "value_words": "Nobody knows"}
    low = writer.random.choice(VALUES)
    if writer.oddly(0.4):
        return {"value_kind": "range", "value_from": low, "value_to": low * 2 + 1}
    if writer.oddly(0.3):
        side = writer.random.choice(("value_from", "value_to"))
        return {"value_kind": "bound", "value_words": "About so much", side: low}
    return {"value_kind": "estimated", "value_from": low, "value_to": low}


def _decisions(writer: Writer, case: Opened, status: Status) -> None:
    if case.imported or status == Status.AUTHORISATION_SOUGHT:
        return
    assert case.subject is not None
    if status in ASKED[1:] or writer.oddly(0.3):
        refused = status == Status.AUTHORISATION_REFUSED
        writer.decide(case, Stage.AUTHORISATION, "refused" if refused else "authorised")
    decided = status in (Status.COMPLIANT, Status.NON_COMPLIANT)
    if status == Status.COMPLIANT and case.subject.manager and writer.chance(0.3):
        writer.decide(case, Stage.SUPERVISOR, status)
        return
    again = writer.oddly(0.7)  # it was decided, reopened, and decided again or withdrawn
    if again and (decided or status == Status.WITHDRAWN):
        writer.decide(case, Stage.PSD, Status.NON_COMPLIANT, by=1)
    if decided:
        writer.decide(case, Stage.PSD, status, round=2 if again else 1, by=1)


def _peer_reviews(writer: Writer, case: Opened, offer: int) -> None:
    assert case.subject is not None
    peers = [each.id for each in case.place.people[:4] if each.id != case.subject.id]
    for peer in peers[: int(writer.random.random() * 3)]:
        day: date = writer.moments.after(case.received_at.date(), 10)
        writer.rows.add(
            PeerReview,
            offer_id=offer,
            view=str(writer.random.choice(list(PeerView))),
            propriety="Fine.",
            seen_from_inside="Fine.",
            seen_from_outside="Fine.",
            subject_id=case.subject.id,
            reviewed_at=writer.moments.instant(day),
            reviewed_by_id=peer,
        )
