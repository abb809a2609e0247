"""What the register of media contacts tells the platform, each thing as its reader may see it."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from integrity.casework.models import Case, Draft
from integrity.casework.registry import Appearance, PolicyCard, Start, Summary, Unfinished
from integrity.people.enums import Role
from integrity.people.models import User
from registers.media_contacts.enums import Status
from registers.media_contacts.models import Contact, MediaPolicy, OtherOfficer
from registers.media_contacts.policies import scope_said
from registers.media_contacts.quarters import unstated

PLAIN = {
    Status.ROUTED: ("A request from the press office; say what happened", "yellow"),
    Status.LOGGED: ("Waiting for the press office to acknowledge it", "blue"),
    Status.QUERIED: ("A question waits for an answer", "yellow"),
    Status.ACKNOWLEDGED: ("Acknowledged by the press office", "green"),
    Status.NO_CONTACT: ("No contact took place", "grey"),
    Status.WITHDRAWN: ("Withdrawn", "grey"),
}


def path_of(contact: Contact) -> str:
    return reverse("media_contacts:case", args=[contact.case.reference])


def summary(contact: Contact) -> Summary:
    words, tone = PLAIN[Status(contact.status)]
    return Summary(
        case=contact.case, title=contact.title, status=words, tone=tone, path=path_of(contact)
    )


def summaries(reader: User, cases: Iterable[Case]) -> Sequence[Summary]:
    contacts = Contact.objects.visible_to(reader).filter(case__in=list(cases)).with_all()
    return [summary(contact) for contact in contacts]


def team(reader: User) -> Sequence[Summary]:
    """Contacts are the press office's to see; a line manager sees none of them."""
    return ()


def took_part(user: User) -> QuerySet[Case]:
    """The contacts that a colleague logged, in which this person took part."""
    others = OtherOfficer.objects.filter(officer=user).values("contact__case")
    return Case.objects.filter(pk__in=others)


def press_queue(user: User) -> Sequence[Start]:
    """What waits for the press office, which works on the desk."""
    if not user.holds(Role.PRESS_OFFICE):
        return ()
    waiting = Contact.objects.filter(
        status=Status.LOGGED, case__in=Case.objects.in_scope(user, Role.PRESS_OFFICE).values("pk")
    ).count()
    path = reverse("psd:media_contacts_contact_changelist")
    words = "1 contact waits" if waiting == 1 else f"{waiting} contacts wait"
    return [Start("Acknowledge media contacts", path, f"{words} for the press office", True)]


def starts(user: User) -> Sequence[Start]:
    """What somebody can begin; a chief officer's statement only while one is due."""
    found = [
        *press_queue(user),
        Start(
            "Log a media contact",
            reverse("media_contacts:log"),
            "A journalist rang, wrote or spoke to you",
            True,
        ),
        Start("Must I log this?", reverse("media_contacts:guide"), "Contact with the media"),
    ]
    if unstated(user, timezone.localdate()):
        path = reverse("media_contacts:statement")
        hint = "A quarter is over; say so if there were none"
        found.append(Start("State your media contacts", path, hint))
    return found


def unfinished(draft: Draft) -> Unfinished:
    """A contact is logged on one page, so nothing of it is ever half written."""
    raise LookupError("The register of media contacts has no drafts.")


def current_policy(user: User) -> MediaPolicy | None:
    try:
        return MediaPolicy.objects.for_person(user).in_force(timezone.localdate())
    except MediaPolicy.DoesNotExist:
        return None


def policy_card(user: User) -> PolicyCard | None:
    """The policy in numbers and words, as the force's row has them."""
    policy = current_policy(user)
    if policy is None:
        return None
    return PolicyCard(
        title=policy.title,
        summary=policy.summary,
        points=[
            scope_said(policy),
            f"Log it within {days(policy.log_within_days)}; later, say why.",
            f"The press office acknowledges it within {days(policy.acknowledge_within_days)}.",
            "Nothing is off the record: if it was asked for, or happened, say so.",
            f"The press office: {policy.press_office}",
        ],
        since=policy.effective_from,
        joint=policy.department_id is not None,
    )


def days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def about_person(reader: User, case: Case) -> Sequence[Appearance]:
    """The subject's other contacts, and those in which they took part."""
    theirs = Q(case__subject_name=case.subject_name, case__force=case.force_id)
    if case.subject_id:
        others = Contact.objects.filter(
            other_officers__officer=case.subject_id, other_officers__struck=False
        )
        theirs = Q(case__subject=case.subject_id) | Q(pk__in=others.values("pk"))
    contacts = Contact.objects.visible_to(reader).filter(theirs).exclude(case=case).with_all()
    return [appearance(contact) for contact in contacts[:20]]


def appearance(contact: Contact) -> Appearance:
    return Appearance(
        reference=contact.case.reference,
        path=path_of(contact),
        title=contact.title,
        on=contact.contacted_on,
        status=contact.get_status_display(),
    )
