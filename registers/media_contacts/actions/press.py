"""What the press office does with contacts, coverage and the list that it shares with PSD."""

from datetime import datetime

from integrity.audit.actions import action, record
from integrity.audit.models import Audience
from integrity.casework import actions as casework
from integrity.casework.enums import ReferralSource
from integrity.casework.workflow import Denied
from integrity.people.models import Force, User
from registers.media_contacts.actions.stating import write_speakers
from registers.media_contacts.actions.step import finish, take, tell_officers
from registers.media_contacts.enums import Reach, Status, Verb
from registers.media_contacts.facts import CoverageFacts, Speaker
from registers.media_contacts.facts_of import speakers_of, stated
from registers.media_contacts.models import (
    Contact,
    Coverage,
    CoverageLink,
    LeakFlag,
    MeetingItem,
    Outlet,
)
from registers.media_contacts.names import outlet_of
from registers.media_contacts.permissions import check_press_office, check_shared_list
from registers.organisations.models import Organisation
from registers.organisations.whole import is_one_of

# The sort of breach, as PSD's investigations call it; they take it as a suggestion.
LEAK = {
    Reach.LOCAL: "disclosure/local_media",
    Reach.NATIONAL: "disclosure/national_media",
}


@action
def acknowledge(contact: Contact, *, by: User, now: datetime, version: int | None) -> Contact:
    """The press office has read it (RULES, Media contacts 5)."""
    contact = take(Verb.ACKNOWLEDGE, contact, by=by, version=version)
    contact.acknowledged_at, contact.acknowledged_by = now, by
    finish(Verb.ACKNOWLEDGE, contact, Status.ACKNOWLEDGED, by=by, now=now)
    return contact


@action
def correct_names(
    contact: Contact,
    *,
    speakers: tuple[Speaker, ...],
    reason: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Contact:
    """Put outlet and journalist right; what the officer wrote is kept, and they are told."""
    contact = take(Verb.CORRECT_NAMES, contact, by=by, version=version)
    named = tuple(speaker for speaker in speakers if speaker.journalist or speaker.outlet)
    if not named:
        raise Denied("Leave at least one journalist or outlet.")
    if list(named) == speakers_of(contact):
        raise Denied("Nothing was changed, so there is nothing to correct.")
    casework.keep_version(contact.case, facts=stated(contact), reason=reason, by=by, now=now)
    write_speakers(contact, named)
    event = finish(
        Verb.CORRECT_NAMES,
        contact,
        contact.status,
        by=by,
        now=now,
        reason=reason,
        facts={"with": [str(speaker) for speaker in named]},
    )
    tell_officers(
        contact,
        event,
        "the press office corrected an outlet or journalist",
        "Check that it is right now.",
    )
    return contact


@action
def add_coverage(*, facts: CoverageFacts, force: Force, by: User, now: datetime) -> Coverage:
    """Keep something published, once however often it is found: by its address."""
    check_press_office(by, force)
    return _coverage(facts, force, by=by, now=now)


def _coverage(facts: CoverageFacts, force: Force, *, by: User, now: datetime) -> Coverage:
    if not facts.headline:
        raise Denied("Give the headline, or say what it was.")
    known = Coverage.objects.filter(force=force, address=facts.address).exclude(address="").first()
    if known is not None:
        if facts.text and not known.text:
            known.text = facts.text
            known.save(update_fields=["text"])
        return known
    coverage = Coverage.objects.create(
        force=force,
        outlet=outlet_of(facts.outlet, force.department) if facts.outlet else None,
        headline=facts.headline,
        address=facts.address,
        published_on=facts.published_on,
        text=facts.text,
        added_at=now,
        added_by=by,
    )
    record(
        "coverage added",
        by=by,
        now=now,
        force_id=force.pk,
        about="coverage",
        about_id=coverage.pk,
        facts={"headline": facts.headline, "published_on": str(facts.published_on)},
        audience=Audience.PSD,
    )
    return coverage


@action
def link_coverage(
    contact: Contact,
    *,
    facts: CoverageFacts | None = None,
    coverage: Coverage | None = None,
    by: User,
    now: datetime,
    version: int | None,
) -> Contact:
    """Say that a contact led to coverage: new, or kept already. Raises Denied where it is linked."""
    contact = take(Verb.LINK_COVERAGE, contact, by=by, version=version)
    force = _force_of(contact)
    if coverage is None and facts is not None:
        coverage = _coverage(facts, force, by=by, now=now)
    if coverage is None or coverage.force_id != force.pk:
        raise Denied("Choose the coverage, or say what was published.")
    _, made = CoverageLink.objects.get_or_create(
        contact=contact, coverage=coverage, defaults={"linked_at": now, "linked_by": by}
    )
    if not made:
        raise Denied("This coverage is linked to this contact already.")
    finish(
        Verb.LINK_COVERAGE,
        contact,
        contact.status,
        by=by,
        now=now,
        facts={"coverage": str(coverage)},
    )
    return contact


@action
def flag_leak(
    contact: Contact,
    *,
    why: str,
    coverage: Coverage | None = None,
    by: User,
    now: datetime,
    version: int | None,
) -> Contact:
    """Flag a contact as a possible leak: PSD's to know, and nobody's who took part."""
    contact = take(Verb.FLAG_LEAK, contact, by=by, version=version)
    if contact.leak_flags.filter(flagged_by=by, why=why).exists():
        raise Denied("You have flagged this already.")
    force = _force_of(contact)
    if coverage and coverage.force_id != force.pk:
        raise Denied("That article is kept by another force.")
    outlet = coverage.outlet if coverage else None
    first = contact.speakers.select_related("outlet").first()
    outlet = outlet or (first.outlet if first else None)
    LeakFlag.objects.create(
        force=force, contact=contact, coverage=coverage, why=why, flagged_at=now, flagged_by=by
    )
    finish(
        Verb.FLAG_LEAK,
        contact,
        contact.status,
        by=by,
        now=now,
        reason=why,
        audience=Audience.PSD,
    )
    published = f"\nPublished: {coverage}." if coverage else ""
    casework.refer(
        contact.case,
        source=ReferralSource.LEAK_FLAG,
        about=f"Possible leak: {coverage.headline if coverage else contact.title}",
        reason=f"{why}{published}",
        suggests=_suggestion(outlet),
        by=by,
        now=now,
        not_to=[other.officer for other in contact.other_officers.select_related("officer")],
    )
    return contact


@action
def flag_coverage(coverage: Coverage, *, why: str, by: User, now: datetime) -> LeakFlag:
    """Flag coverage as a possible leak whose source is not known, and why."""
    check_press_office(by, coverage.force)
    if not why:
        raise Denied("Say why you think that something leaked.")
    if coverage.leak_flags.filter(contact=None, why=why).exists():
        raise Denied("This coverage is flagged for that reason already.")
    flag = LeakFlag.objects.create(
        force=coverage.force, coverage=coverage, why=why, flagged_at=now, flagged_by=by
    )
    casework.refer_without_case(
        coverage.force,
        source=ReferralSource.LEAK_FLAG,
        about=f"Possible leak: {coverage.headline}",
        reason=f"{why}\nPublished: {coverage}. {coverage.address}".strip(),
        suggests=_suggestion(coverage.outlet),
        by=by,
        now=now,
    )
    return flag


def _suggestion(outlet: Organisation | None) -> str:
    if outlet is None:
        return "disclosure"
    known = Outlet.objects.filter(is_one_of("organisation", outlet)).exclude(reach="").first()
    return LEAK.get(Reach(known.reach), "disclosure") if known else "disclosure"


@action
def put_on_the_list(
    contact: Contact, *, reason: str, by: User, now: datetime, version: int | None
) -> Contact:
    """Put a contact on the list for the next meeting of the press office and PSD."""
    contact = take(Verb.LIST, contact, by=by, version=version)
    MeetingItem.objects.create(
        force=_force_of(contact), contact=contact, text=reason, added_at=now, added_by=by
    )
    finish(
        Verb.LIST,
        contact,
        contact.status,
        by=by,
        now=now,
        reason=reason,
        audience=Audience.PSD,
    )
    return contact


@action
def add_meeting_item(
    *, force: Force, text: str, coverage: Coverage | None = None, by: User, now: datetime
) -> MeetingItem:
    """Put something else on the list: coverage, or a word to talk over."""
    check_shared_list(by, force)
    if not text:
        raise Denied("Say what is to be talked over.")
    return MeetingItem.objects.create(
        force=force, coverage=coverage, text=text, added_at=now, added_by=by
    )


@action
def close_meeting_item(item: MeetingItem, *, result: str, by: User, now: datetime) -> MeetingItem:
    """Say what the meeting made of it; the line leaves the list and stays on record."""
    item = MeetingItem.objects.select_for_update().select_related("force").get(pk=item.pk)
    check_shared_list(by, item.force)
    if item.discussed_at:
        raise Denied("The meeting has dealt with this already.")
    if not result:
        raise Denied("Say what the meeting made of it.")
    item.result, item.discussed_at, item.discussed_by = result, now, by
    item.save(update_fields=["result", "discussed_at", "discussed_by"])
    return item


def _force_of(contact: Contact) -> Force:
    if contact.case.force is None:
        raise Denied("This is an oversight body’s own entry; it has no press office here.")
    return contact.case.force
