"""What comes to PSD is taken into an investigation, new or continuing, or set aside."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from integrity.audit.actions import action, record
from integrity.audit.models import Audience
from integrity.casework import actions as casework
from integrity.casework.models import Referral
from integrity.casework.workflow import Denied
from integrity.people.models import Force, OversightBody, User
from registers.investigations.actions.step import PREFIX, REGISTER, finish, policy_for, score, take
from registers.investigations.enums import Status, Verb
from registers.investigations.facts import InvestigationFacts
from registers.investigations.models import Investigation, Lead
from registers.investigations.permissions import check_apart, check_may_open, check_may_take
from registers.investigations.policies import why_not_classified
from registers.investigations.workflow import TRANSITIONS

LED_TO_IT = "It led to the investigation"


@action
def open_investigation(
    *,
    facts: InvestigationFacts,
    home: Force | OversightBody,
    referrals: Iterable[Referral] = (),
    by: User,
    now: datetime,
    idempotency_key: UUID | None = None,
) -> Investigation:
    """Open one from referrals or from nothing; the same key, or a referral taken before, returns the first."""
    check_may_open(by, home)
    taken = _locked(referrals)
    for referral in taken:
        check_may_take(by, referral)
    first = _first(taken, by=by, key=idempotency_key)
    if first is not None:
        return first
    _refuse(facts, home, taken, by=by)
    today = timezone.localdate(now)
    policy = policy_for(home, today)
    case = casework.open_confidential_case(
        register=REGISTER,
        prefix=PREFIX,
        subject=facts.subject,
        home=home,
        now=now,
        claimed_on=today,
    )
    investigation = Investigation.objects.create(
        case=case,
        policy=policy,
        title=facts.title.strip()[:200],
        category=facts.category,
        sub_category=facts.sub_category,
        source=facts.source,
        opened_at=now,
        opened_by=by,
        idempotency_key=idempotency_key,
        still_has_access=facts.still_has_access,
        harm=facts.harm,
        evidence=facts.evidence,
    )
    for referral in taken:
        _take_up(investigation, referral, by=by, now=now)
    case.risk = score(investigation)
    case.save(update_fields=["risk"])
    casework.record_on_case(
        case,
        TRANSITIONS[Verb.OPEN].event,
        by=by,
        now=now,
        facts={
            "status": Status.CONTINUING,
            "source": str(facts.source),
            "category": str(facts.category),
            "referrals": [referral.pk for referral in taken],
        },
    )
    return investigation


@action
def add_referral(
    investigation: Investigation,
    *,
    referral: Referral,
    by: User,
    now: datetime,
    version: int | None,
) -> Investigation:
    """One more referral of the same thing; its case is linked, not copied."""
    investigation = take(Verb.ADD_REFERRAL, investigation, by=by, version=version)
    (fresh,) = _locked([referral])
    case = investigation.case
    check_may_take(by, fresh)
    if (fresh.force_id, fresh.oversight_body_id) != (case.force_id, case.oversight_body_id):
        raise Denied(f"This referral is not of {case.scope_name}.")
    lead = Lead.objects.filter(referral=fresh).first()
    if lead is not None:
        raise Denied("This referral has been dealt with already.")
    _take_up(investigation, fresh, by=by, now=now)
    about = {"source": fresh.source, "referral": fresh.pk}
    finish(
        Verb.ADD_REFERRAL,
        investigation,
        investigation.status,
        by=by,
        now=now,
        reason=fresh.about,
        facts=about,
    )
    return investigation


@action
def set_aside(referral: Referral, *, reason: str, by: User, now: datetime) -> Lead:
    """PSD looked at a referral and opens nothing; why is kept."""
    (fresh,) = _locked([referral])
    check_may_take(by, fresh)
    if not reason.strip():
        raise Denied("Say why nothing is opened from this referral.")
    if Lead.objects.filter(referral=fresh).exists():
        raise Denied("This referral has been dealt with already.")
    lead = _deal_with(fresh, set_aside_because=reason, by=by, now=now)
    record(
        "referral set aside",
        by=by,
        now=now,
        force_id=fresh.force_id,
        oversight_body_id=fresh.oversight_body_id,
        about="referral",
        about_id=fresh.pk,
        reason=reason,
        audience=Audience.PSD,
        confidential=True,
    )
    return lead


def _locked(referrals: Iterable[Referral]) -> list[Referral]:
    """The referrals as they are now; whoever else would take them waits."""
    pks = [referral.pk for referral in referrals]
    locked = Referral.objects.filter(pk__in=pks).select_for_update(of=("self",)).order_by("pk")
    found = list(locked.select_related("case", "person"))
    if len(found) != len(set(pks)):
        raise Denied("This referral is not one of yours.", for_them=False)
    return found


def _first(referrals: Sequence[Referral], *, by: User, key: UUID | None) -> Investigation | None:
    """What the same form, or somebody else, opened before. Raises Denied where it is not theirs to read."""
    mine = Investigation.objects.visible_to(by)
    if key is not None:
        # One person's forms take turns; no_key lets others write of this person meanwhile.
        User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
        first = mine.filter(opened_by=by, idempotency_key=key).first()
        if first is not None:
            return first
    lead = Lead.objects.filter(referral__in=referrals).order_by("pk").first()
    if lead is None:
        return None
    if lead.investigation_id is None:
        raise Denied("This referral was set aside already.")
    first = mine.filter(pk=lead.investigation_id).first()
    if first is None:
        raise Denied("This referral has been dealt with already.")
    return first


def _refuse(
    facts: InvestigationFacts,
    home: Force | OversightBody,
    referrals: Sequence[Referral],
    *,
    by: User,
) -> None:
    """Raises Denied for what cannot be opened, or not by this person."""
    if not facts.title.strip():
        raise Denied("Say in a line what the investigation is about.")
    problem = why_not_classified(facts.category, facts.sub_category)
    if problem:
        raise Denied(problem)
    check_subject(facts.subject, home, by=by)
    if any(home not in (each.force, each.oversight_body) for each in referrals):
        raise Denied(f"A referral is not of {home}; open an investigation of its own for it.")


def check_subject(subject: User | None, home: Force | OversightBody, *, by: User) -> None:
    """Somebody of the force or body, who is neither who names them nor in their team. Raises Denied."""
    if subject is None:
        return
    if home not in (subject.force, subject.oversight_body):
        raise Denied(f"{subject.display} is not of {home}.")
    check_apart(by, subject)


def _take_up(investigation: Investigation, referral: Referral, *, by: User, now: datetime) -> None:
    """The referral becomes this investigation's lead, and its case is linked."""
    _deal_with(referral, investigation=investigation, by=by, now=now)
    if referral.case is not None:
        casework.link(investigation.case, referral.case, note=LED_TO_IT, by=by, now=now)


def _deal_with(
    referral: Referral,
    *,
    by: User,
    now: datetime,
    investigation: Investigation | None = None,
    set_aside_because: str = "",
) -> Lead:
    return Lead.objects.create(
        referral=referral,
        force=referral.force,
        oversight_body=referral.oversight_body,
        investigation=investigation,
        set_aside_because=set_aside_because,
        dealt_at=now,
        dealt_by=by,
    )
