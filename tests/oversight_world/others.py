"""Media contacts, investigations, nil returns and matches of cross-checks."""

from datetime import date, timedelta
from typing import Any

from integrity.casework.enums import Phase, Stage
from integrity.casework.models import NilReturn
from registers.crosschecks.enums import Check, Disposition
from registers.crosschecks.models import Match
from registers.investigations.enums import (
    SUBCATEGORIES,
    Category,
    Outcome,
    RestrictionKind,
    Status,
)
from registers.investigations.models import ExternalReferral, Investigation, Restriction
from registers.media_contacts.enums import Basis, Channel, PressCard
from registers.media_contacts.enums import Status as ContactStatus
from registers.media_contacts.models import Contact, ContactSpeaker
from tests.oversight_world.cases import Opened, Writer
from tests.oversight_world.places import Place

CONTACTS = (
    (ContactStatus.ACKNOWLEDGED, 85),
    (ContactStatus.NO_CONTACT, 9),
    (ContactStatus.WITHDRAWN, 9),
)
STANDING = ((ContactStatus.ROUTED, 10), (ContactStatus.LOGGED, 25), (ContactStatus.QUERIED, 10))
PHASES = {
    ContactStatus.ROUTED: Phase.WAITING,
    ContactStatus.QUERIED: Phase.WAITING,
    ContactStatus.LOGGED: Phase.OPEN,
    ContactStatus.WITHDRAWN: Phase.WITHDRAWN,
}
UNSTATED = (ContactStatus.ROUTED, ContactStatus.NO_CONTACT)
CATEGORIES: tuple[str, ...] = (*Category, "")


def add_contact(writer: Writer, place: Place) -> None:
    case, row = writer.open("media_contacts", place)
    status = ContactStatus(writer.pick(*CONTACTS, *(() if case.settled else STANDING)))
    if case.imported and status not in (ContactStatus.ACKNOWLEDGED, ContactStatus.LOGGED):
        status = ContactStatus.LOGGED
    writer.close(row, case, PHASES.get(status, Phase.CLOSED))
    press = case.place.reviewers[0]
    routed = status in UNSTATED or writer.oddly(0.2)
    seen = status == ContactStatus.ACKNOWLEDGED and not case.imported
    contact = writer.rows.add(
        Contact,
        case_id=case.id,
        policy_id=place.policies["media_contacts"],
        status=str(status),
        contacted_on=case.happened_on,
        about="A burglary",
        legacy=case.imported,
        stated_at=None if status in UNSTATED else case.received_at,
        routed_at=case.received_at if routed else None,
        routed_by_id=press if routed else None,
        acknowledged_at=writer.moments.instant(writer.moments.after(case.received_at.date(), 5))
        if seen
        else None,
        acknowledged_by_id=press if seen else None,
        **({} if status in UNSTATED else _stated(writer, case)),
    )
    outlet = writer.random.choice(place.organisations)
    writer.rows.add(ContactSpeaker, contact_id=contact, position=1, outlet_id=outlet)
    writer.challenge(case)


def _stated(writer: Writer, case: Opened) -> dict[str, Any]:
    late = int(writer.random.random() * 9) if writer.chance(0.3) else 0
    if case.imported and writer.oddly():  # a legacy log says less
        return {"days_late": late}
    return {
        "channel": str(Channel.PHONE),
        "basis": str(writer.random.choice((Basis.REPORTABLE, Basis.NON_REPORTABLE))),
        "responsible": True,
        "policing_purpose": True,
        "press_card": str(PressCard.REMOTE),
        "press_office_told": writer.chance(0.9),
        "days_late": late,
        "late_reason": "I was on leave." if late else "",
    }


def add_investigation(writer: Writer, place: Place) -> None:
    subject = None if writer.chance(0.3) else writer.random.choice(place.people)
    case, row = writer.open("investigations", place, subject=subject, confidential=True)
    statuses = ((Status.CLOSED, 70), *(() if case.settled else ((s, 15) for s in Status)))
    status = Status(writer.pick(*statuses))
    phases = {Status.CLOSED: Phase.CLOSED, Status.REFERRED: Phase.WAITING}
    writer.close(row, case, phases.get(status, Phase.OPEN))
    category = writer.random.choice(CATEGORIES)
    kinds = ("", *SUBCATEGORIES.get(category, ()))
    closed = status == Status.CLOSED
    outcome = str(writer.random.choice(list(Outcome))) if closed else ""
    opened = case.received_at.date()
    by = place.reviewers[0]
    key = writer.rows.add(
        Investigation,
        case_id=case.id,
        policy_id=place.policies["investigations"],
        status=str(status),
        title="The paper knew beforehand",
        category=str(category),
        sub_category=str(writer.random.choice(kinds)),
        source="person",
        opened_at=case.received_at,
        opened_by_id=by,
        outcome=outcome,
        outcome_on=writer.moments.after(opened, 300) if closed else None,
    )
    if closed:
        writer.decide(case, Stage.PSD, outcome)
    for kind in RestrictionKind:
        if not writer.chance(0.2):
            continue
        begins, ended = writer.moments.after(opened, 30), closed or writer.chance(0.4)
        ends = writer.moments.after(begins, 60) if ended else None
        writer.rows.add(
            Restriction,
            investigation_id=key,
            kind=str(kind),
            from_on=begins,
            to_on=ends,
            set_at=case.received_at,
            set_by_id=by,
            ended_at=case.received_at if ended else None,
            ended_by_id=by if ended else None,
        )
    while status == Status.REFERRED or writer.chance(0.15):
        sent = writer.moments.after(opened, 60)
        back = None if status == Status.REFERRED else writer.moments.after(sent, 90)
        writer.rows.add(
            ExternalReferral,
            investigation_id=key,
            body="IOPC",
            referred_on=sent,
            made_at=case.received_at,
            made_by_id=by,
            returned_on=back,
            returned_at=case.received_at if back else None,
            returned_by_id=by if back else None,
        )
        if back is None:
            break


def add_nil_returns(writer: Writer, place: Place, first: date, last: date) -> None:
    """What units said of each quarter: about half of them that there was nothing."""
    begins = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
    while place.force is not None and begins <= last:
        after = (begins + timedelta(days=95)).replace(day=1)
        for unit in place.units:
            for register in ("gifts", "business_interests", "media_contacts"):
                if not writer.chance(0.5):
                    continue
                writer.rows.add(
                    NilReturn,
                    register=register,
                    force_id=place.force,
                    unit_id=unit,
                    stated_for="The unit",
                    starts_on=begins,
                    ends_on=after - timedelta(days=1),
                    stated_at=writer.moments.instant(after),
                    stated_by_id=place.people[0].id,
                )
        begins = after


def add_match(writer: Writer, place: Place, number: int) -> None:
    """What a cross-check found of somebody, open or disposed of."""
    if place.force is None:
        return
    day = writer.moments.day()
    at = writer.moments.instant(day)
    disposed = writer.chance(0.7)
    said = writer.random.choice((Disposition.COINCIDENCE, Disposition.KNOWN))
    writer.rows.add(
        Match,
        force_id=place.force,
        check_name=str(writer.random.choice(list(Check))),
        key=f"match {number}",
        person_id=writer.random.choice(place.people).id,
        organisation_id=writer.random.choice(place.organisations),
        score=int(writer.random.random() * 100),
        sentence="Two records that an analyst should see beside each other.",
        signature="a",
        happened_on=day,
        found_at=at,
        changed_at=at,
        gone_at=at if writer.chance(0.05) else None,
        disposition=str(said) if disposed else "",
        disposed_at=at if disposed else None,
        disposed_by_id=place.reviewers[0] if disposed else None,
        reason="It is another firm." if disposed else "",
        disposed_signature="a" if disposed else "",
    )
