"""What the desk shows of a media contact: what was stated, why it is flagged, and what else is known."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from integrity.casework.case_page import YES_NO, Points
from integrity.casework.permissions import is_outside_decider, is_psd
from integrity.casework.registry import Appearance, Fact
from integrity.people.enums import REFERENCE_ROLES
from integrity.people.models import User
from integrity.ui.templatetags.ui import day, moment
from registers.media_contacts.enums import Factor
from registers.media_contacts.facts_of import facts_of
from registers.media_contacts.models import (
    Contact,
    ContactQuerySet,
    ContactSpeaker,
    LeakFlag,
    MeetingItem,
    OtherOfficer,
)
from registers.media_contacts.permissions import is_press
from registers.media_contacts.policies import embargo_stands, factors, flags
from registers.media_contacts.queues import contacts_on_desk
from registers.media_contacts.workflow import STATED
from registers.organisations.reading import known_of
from registers.organisations.whole import is_one_of

SHOWN = 10


def contact_page(user: User, contact: Contact) -> dict[str, Any]:
    """The contact's own part of its case page."""
    score = risk_points(contact)
    desk = contacts_on_desk(user).exclude(pk=contact.pk).with_all()
    coverage = contact.coverage_links.select_related("coverage__outlet", "linked_by__grade")
    return {
        "facts": list(contact_facts(user, contact)),
        "flags": flag_words(contact),
        "embargo": embargo(contact),
        "score": score,
        "score_total": sum(each.points for each in score),
        "other_officers": contact.other_officers.all(),
        "coverage": coverage,
        "leak_flags": leak_flags(user, contact),
        "meeting_items": meeting_items(user, contact),
        "of_person": links(same_person(desk, contact)),
        "of_journalists": links(same_speakers(desk, contact, "journalist")),
        "of_outlets": links(same_speakers(desk, contact, "outlet")),
    }


def contact_facts(user: User, contact: Contact) -> Iterator[Fact]:
    yield Fact("When", when(contact))
    yield Fact("Received", day(contact.case.received_at))
    if contact.status in STATED:
        yield Fact("Logged", lateness(contact))
    yield Fact("With whom", "\n".join(speakers(contact)) or "Not known")
    for outlet in known_of(user, (each.outlet for each in contact.speakers.all())):
        yield Fact("Outlet", outlet["label"], outlet["url"])
    yield Fact("About", contact.about)
    yield from how(contact)
    yield from basis(contact)
    yield from two_questions(contact)
    yield from with_the_press_office(contact)
    policy = f"{contact.policy.title}, in force from {day(contact.policy.effective_from)}"
    path = reverse("psd:media_contacts_mediapolicy_change", args=[contact.policy_id])
    reads = user.holds(*REFERENCE_ROLES) and not is_outside_decider(user, contact.case)
    yield Fact("Policy row", policy, path if reads else "")


def when(contact: Contact) -> str:
    at = f", {contact.contacted_at:%H:%M}" if contact.contacted_at else ""
    return f"{day(contact.contacted_on)}{at}"


def lateness(contact: Contact) -> str:
    if not contact.days_late:
        return "In time"
    days = "1 day" if contact.days_late == 1 else f"{contact.days_late} days"
    return f"{days} late. {contact.late_reason}".strip()


def speakers(contact: Contact) -> Iterator[str]:
    """Each journalist with the outlet they spoke for, and whom it reaches."""
    for speaker in contact.speakers.all():
        outlet = getattr(speaker.outlet, "outlet", None)
        reach = f" ({outlet.get_reach_display().lower()})" if outlet and outlet.reach else ""
        yield f"{speaker}{reach}"


def how(contact: Contact) -> Iterator[Fact]:
    if contact.channel:
        yield Fact("How", contact.get_channel_display())
    if contact.place:
        yield Fact("Where", contact.place)
    if contact.press_card:
        reason = f". {contact.press_card_reason}" if contact.press_card_reason else ""
        yield Fact("Press card", f"{contact.get_press_card_display()}{reason}")
    if contact.hospitality:
        yield Fact("Something was offered", "Yes")


def basis(contact: Contact) -> Iterator[Fact]:
    if contact.basis:
        yield Fact("Basis", contact.get_basis_display())
    if contact.embargo_until is not None:
        yield Fact("Embargoed until", moment(contact.embargo_until))
    if contact.agreement is not None:
        path = reverse("casework:attachment", args=[contact.agreement_id])
        yield Fact("Signed agreement", contact.agreement.name, path)
    if contact.off_record:
        yield Fact("Off the record", contact.get_off_record_display())


def two_questions(contact: Contact) -> Iterator[Fact]:
    """Leveson's two questions, as they were answered (RULES, Media contacts 2)."""
    for question, answer in (
        ("Was this theirs to communicate?", contact.responsible),
        ("Was there a policing purpose?", contact.policing_purpose),
    ):
        if answer is not None:
            yield Fact(question, YES_NO[answer])
    if contact.explanation:
        yield Fact("Why they spoke all the same", contact.explanation)


def with_the_press_office(contact: Contact) -> Iterator[Fact]:
    if contact.press_office_told is not None:
        yield Fact("Press office told", YES_NO[contact.press_office_told])
    for label, who, at in (
        ("Routed by", contact.routed_by, contact.routed_at),
        ("Acknowledged by", contact.acknowledged_by, contact.acknowledged_at),
    ):
        if who is not None:
            yield Fact(label, f"{who.display}, {day(at)}")


def flag_words(contact: Contact) -> list[str]:
    """What the press office looks at twice, in words."""
    return [Factor(factor).label for factor in flags(facts_of(contact))]


def embargo(contact: Contact) -> str:
    """Until when nothing may be published; empty once it may."""
    stands = embargo_stands(contact.basis, contact.embargo_until, now=timezone.now())
    return f"Embargoed until {moment(contact.embargo_until)}" if stands else ""


def risk_points(contact: Contact) -> list[Points]:
    """The factors a contact shows with their points in its policy row, largest first."""
    found = factors(
        facts_of(contact),
        late=contact.days_late > 0,
        chief_officer=contact.case.subject_is_chief_officer,
    )
    weights = {weight.factor: weight.points for weight in contact.policy.weights.all()}
    shown = [Points(Factor(factor).label, weights.get(factor, 0)) for factor in found]
    return sorted(shown, key=lambda each: -each.points)


def of_the_two_offices(user: User, contact: Contact) -> bool:
    return is_press(user, contact.case) or is_psd(user, contact.case)


def leak_flags(user: User, contact: Contact) -> Sequence[LeakFlag]:
    """What the press office flagged, which it and PSD know; what PSD makes of it is PSD's alone."""
    if not of_the_two_offices(user, contact):
        return []
    return list(contact.leak_flags.select_related("coverage__outlet", "flagged_by__grade"))


def meeting_items(user: User, contact: Contact) -> Sequence[MeetingItem]:
    """What the press office and PSD talk over about it, and what they made of it."""
    if not of_the_two_offices(user, contact):
        return []
    return list(contact.meeting_items.select_related("added_by__grade", "discussed_by__grade"))


def same_person(desk: ContactQuerySet, contact: Contact) -> ContactQuerySet:
    case = contact.case
    if case.subject_id:
        there = OtherOfficer.objects.filter(officer=case.subject_id)
        return desk.filter(Q(case__subject=case.subject_id) | Q(pk__in=there.values("contact")))
    return desk.filter(case__subject_name=case.subject_name, case__force=case.force_id)


def same_speakers(desk: ContactQuerySet, contact: Contact, which: str) -> ContactQuerySet:
    """Contacts with the same journalists, or outlets, whichever of their spellings was written."""
    named = [getattr(speaker, which) for speaker in contact.speakers.all()]
    same = Q(pk__in=())
    for each in filter(None, named):
        same |= is_one_of("outlet", each) if which == "outlet" else Q(journalist=each)
    return desk.filter(pk__in=ContactSpeaker.objects.filter(same).values("contact"))


def links(found: ContactQuerySet) -> Sequence[Appearance]:
    """Contacts with their pages on the desk, the latest ten."""
    return [
        Appearance(
            reference=contact.case.reference,
            path=reverse("psd:media_contacts_contact_change", args=[contact.pk]),
            title=contact.title,
            on=contact.contacted_on,
            status=contact.get_status_display(),
        )
        for contact in found[:SHOWN]
    ]
