"""Opening a case, locking it, and moving it on."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from integrity.audit.actions import record
from integrity.audit.models import Audience, Event
from integrity.casework import background
from integrity.casework.enums import Phase, Stage
from integrity.casework.models import Case, CaseLink, CaseVersion, Decision
from integrity.casework.permissions import is_decider
from integrity.casework.policies import goes_outside
from integrity.casework.workflow import Conflict, Denied
from integrity.people.enums import PSD_ROLES
from integrity.people.models import Force, OversightBody, RoleGrant, User

NOT_KNOWN = "Not known"


def next_reference(prefix: str, now: datetime, *, confidential: bool = False) -> str:
    """'GH-2026-000123': unique and rising; numbers of failed submissions stay unused.

    Confidential cases are numbered apart: a gap among the others would tell that there is one.
    """
    series = "casework_confidential_reference" if confidential else "casework_case_reference"
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [series])
        (number,) = cursor.fetchone()
    return f"{prefix}-{timezone.localtime(now).year}-{number:06d}"


def open_case(
    *,
    register: str,
    prefix: str,
    subject: User,
    by: User,
    now: datetime,
    claimed_on: date,
    idempotency_key: UUID | None = None,
) -> Case:
    """A new case with the subject's rank, unit and manager as they are now."""
    background.seal_soon()
    return Case.objects.create(
        reference=next_reference(prefix, now),
        register=register,
        force=subject.force,
        oversight_body=subject.oversight_body,
        author=by,
        claimed_on=claimed_on,
        received_at=now,
        idempotency_key=idempotency_key,
        **_as_now(subject, author=by),
    )


def submitted_before(by: User, key: UUID | None) -> Case | None:
    """The case that this author's form has made already: a double click or a retry makes no second.

    One author's submissions take turns until the transaction ends.
    """
    if key is None:
        return None
    # no_key lets others tell this person of theirs
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    return Case.objects.filter(author=by, idempotency_key=key).first()


def open_confidential_case(
    *,
    register: str,
    prefix: str,
    subject: User | None,
    home: Force | OversightBody,
    now: datetime,
    claimed_on: date,
) -> Case:
    """A case that only PSD may know of: nobody's own entry, about somebody or nobody known yet."""
    background.seal_soon()
    about = _as_now(subject) if subject else {"subject_name": NOT_KNOWN}
    return Case.objects.create(
        reference=next_reference(prefix, now, confidential=True),
        register=register,
        force=home if isinstance(home, Force) else None,
        oversight_body=home if isinstance(home, OversightBody) else None,
        confidential=True,
        claimed_on=claimed_on,
        received_at=now,
        **about,
    )


def name_subject(case: Case, subject: User | None) -> None:
    """Say whom a confidential case is about, once it is known, or that it is nobody known."""
    about: dict[str, Any] = dict.fromkeys(("subject", "subject_unit", "subject_manager"))
    about |= {"subject_name": NOT_KNOWN, "subject_grade": "", "subject_member_type": ""}
    about |= {"subject_band": ""}
    about |= {"subject_is_chief_officer": False, "with_outside_decider": False}
    if subject is not None:
        about |= _as_now(subject)
    for name, value in about.items():
        setattr(case, name, value)
    if case.owner_id is not None and case.owner_id == case.subject_id:
        case.owner = None
    case.save(update_fields=[*about, "owner"])


def _as_now(subject: User, *, author: User | None = None) -> dict[str, Any]:
    """Whom a case is about, as they are on the day."""
    return {
        "subject": subject,
        "subject_name": subject.display,
        "subject_grade": subject.grade.name if subject.grade else "",
        "subject_unit": subject.unit,
        "subject_manager": subject.line_manager,
        "subject_member_type": subject.member_type,
        "subject_is_chief_officer": subject.is_chief_officer,
        "subject_band": subject.band,
        "with_outside_decider": needs_outside_decider(subject, author=author, force=subject.force),
    }


def needs_outside_decider(
    subject: User | None, *, author: User | None, force: Force | None
) -> bool:
    """Whether nobody in the force may decide about somebody today (ASSURANCE, decision 4)."""
    if subject is None or force is None:
        return False
    standards = RoleGrant.objects.holding(*PSD_ROLES).of_force(force).people()
    return goes_outside(subject, author=author, standards=standards)


def link(case: Case, other: Case, *, note: str, by: User, now: datetime) -> CaseLink:
    """Two cases that belong together, said once; each page shows the other to whoever may read it."""
    made, _ = CaseLink.objects.get_or_create(
        case=case, other=other, defaults={"note": note, "made_at": now, "made_by": by}
    )
    return made


def lock_case(case_id: int, *, version: int | None) -> Case:
    """The case, locked until the transaction ends. Raises Conflict where it changed meanwhile."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    if version is not None and version != case.version:
        raise Conflict(reference=case.reference, seen=version, current=case.version)
    return case


def advance(case: Case, *, phase: Phase | None = None, risk: int | None = None) -> None:
    """Count a change: the version rises, and with it every stale form is refused."""
    case.version += 1
    case.phase = phase or case.phase
    case.risk = case.risk if risk is None else risk
    case.save(
        update_fields=[
            "version",
            "phase",
            "risk",
            "owner",
            "round",
            "claimed_on",
            "with_outside_decider",
        ]
    )


def record_on_case(
    case: Case,
    name: str,
    *,
    by: User | None,
    now: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    audience: Audience = Audience.CASE,
    confidential: bool = False,
) -> Event:
    """An event on the case's timeline; of a confidential case, each is."""
    return record(
        name,
        by=by,
        now=now,
        force_id=case.force_id,
        oversight_body_id=case.oversight_body_id,
        about="case",
        about_id=case.pk,
        reference=case.reference,
        reason=reason,
        facts=facts,
        audience=audience,
        confidential=confidential or case.confidential,
    )


def keep_version(
    case: Case, *, facts: Mapping[str, Any], reason: str, by: User, now: datetime
) -> CaseVersion:
    """Put the facts that a correction replaces aside, for good."""
    background.seal_soon()
    return CaseVersion.objects.create(
        case=case,
        number=case.versions.count() + 1,
        facts=dict(facts),
        reason=reason,
        replaced_at=now,
        replaced_by=by,
    )


def add_decision(
    case: Case,
    *,
    stage: Stage,
    outcome: str,
    reason: str,
    by: User,
    now: datetime,
    action_taken: str = "",
    conditions: str = "",
) -> Decision:
    """One stage of this round is decided. The database refuses a second decision of the stage."""
    background.seal_soon()
    return Decision.objects.create(
        case=case,
        round=case.round,
        stage=stage,
        outcome=outcome,
        action_taken=action_taken,
        conditions=conditions,
        reason=reason,
        subject=case.subject,
        decided_at=now,
        decided_by=by,
    )


def start_round(case: Case) -> None:
    """Reopening starts a round, in which each stage may be decided again, inside or outside."""
    case.round += 1
    case.with_outside_decider = needs_outside_decider(
        case.subject, author=case.author, force=case.force
    )
    if case.owner is not None and not is_decider(case.owner, case):
        case.owner = None


def assign_owner(case: Case, *, owner: User) -> None:
    """Make somebody the case's owner. Raises Denied where they already are."""
    if case.owner_id == owner.pk:
        raise Denied(f"{owner.display} already has this case.")
    case.owner = owner


def confirm(case: Case, *, by: User, now: datetime) -> None:
    """The principal confirms what was typed for them. Raises Denied where that is not due."""
    if by.pk != case.subject_id:
        raise Denied("Only the person this entry is about can confirm it.", for_them=False)
    if not case.awaits_confirmation:
        raise Denied("This entry needs no confirmation.", for_them=False)
    case.confirmed_by, case.confirmed_at = by, now
    case.save(update_fields=["confirmed_by", "confirmed_at"])


def unconfirm(case: Case) -> None:
    """What was typed for a principal has changed, so their confirmation no longer stands."""
    case.confirmed_by = case.confirmed_at = None
    case.save(update_fields=["confirmed_by", "confirmed_at"])
