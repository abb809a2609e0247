"""What an analyst decides of a match. Each raises Denied for whoever may not, Conflict for a stale page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from integrity.audit.actions import action, record
from integrity.audit.models import Audience
from integrity.audit.scope import confiding
from integrity.casework import actions as casework
from integrity.casework.enums import ReferralSource
from integrity.casework.models import Challenge, Referral
from integrity.casework.workflow import Conflict, Denied
from integrity.people.models import User
from registers.crosschecks.enums import Disposition
from registers.crosschecks.models import Match, MatchReferral
from registers.crosschecks.permissions import check_may_challenge, check_may_dispose

SAY_WHY = "Say in a sentence why."
BY_ITSELF = (Disposition.COINCIDENCE, Disposition.KNOWN)


@action
def dispose(
    match: Match,
    *,
    disposition: Disposition,
    reason: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Match:
    """A coincidence, or known and managed: it is not asked again unless something changes."""
    if disposition not in BY_ITSELF:
        raise Denied("Refer it, or challenge the entry, by its own button.")
    fresh = _take(match, by=by, version=version)
    return _dispose(fresh, disposition, reason=reason, by=by, now=now)


@action
def refer(match: Match, *, reason: str, by: User, now: datetime, version: int | None) -> Referral:
    """Hand it over for investigation, with its sentence; from then on it is PSD’s alone to know of."""
    fresh = _take(match, by=by, version=version)
    _why(reason)
    words = f"{fresh.sentence}\n\n{reason}"
    about = f"{fresh.get_check_name_display()}: {fresh.title}"
    said: dict[str, Any] = {
        "source": ReferralSource.CROSS_CHECK,
        "about": about,
        "reason": words,
        "by": by,
        "now": now,
        "person": fresh.person,
    }
    with confiding(force_id=fresh.force_id, body_id=None):
        if fresh.case is not None:
            referral = casework.refer(fresh.case, **said)
        else:
            referral = casework.refer_without_case(fresh.force, **said)
        MatchReferral.objects.create(match=fresh, force=fresh.force, referral=referral)
        fresh.for_psd = True
        _dispose(fresh, Disposition.REFERRED, reason=reason, by=by, now=now)
    return referral


@action
def challenge(
    match: Match,
    *,
    make: Callable[[], object],
    by: User,
    now: datetime,
    version: int | None,
) -> Match:
    """Challenge the entry by its register’s own verb, which ``make`` carries out; the match keeps it.

    Where no challenge comes of it, all is taken back.
    """
    fresh = _take(match, by=by, version=version)
    check_may_challenge(by, fresh)
    case = fresh.case
    before = set(Challenge.objects.filter(case=case).values_list("pk", flat=True))
    make()
    made = Challenge.objects.filter(case=case, made_by=by).exclude(pk__in=before).first()
    if made is None:
        raise Denied("The entry’s register made no challenge, so the match stays open.")
    fresh.challenge = made
    return _dispose(fresh, Disposition.CHALLENGED, reason=made.text, by=by, now=now)


def _take(match: Match, *, by: User, version: int | None) -> Match:
    """The match, locked and fresh, once this person may decide about it."""
    found = (
        Match.objects.visible_to(by)
        .filter(pk=match.pk)
        .select_for_update(of=("self",))
        .select_related("force", "case", "person")
        .first()
    )
    if found is None:
        raise Denied("This match is not one of yours.", for_them=False)
    if version is not None and version != found.version:
        raise Conflict(reference=f"Match {found.pk}", seen=version, current=found.version)
    check_may_dispose(by, found)
    return found


def _why(reason: str) -> None:
    if not reason.strip():
        raise Denied(SAY_WHY)


def _dispose(
    match: Match, disposition: Disposition, *, reason: str, by: User, now: datetime
) -> Match:
    _why(reason)
    match.disposition, match.reason = disposition, reason
    match.disposed_at, match.disposed_by = now, by
    match.disposed_signature = match.signature
    match.version += 1
    match.save()
    record(
        "match disposed of",
        by=by,
        now=now,
        force_id=match.force_id,
        about="match",
        about_id=match.pk,
        reason=reason,
        facts={"check": match.check_name, "disposition": str(disposition)},
        audience=Audience.PSD,
        confidential=match.for_psd,
    )
    return match


def record_look(match: Match, *, by: User, now: datetime) -> None:
    """Somebody opened a match; PSD’s are confidential, and so is who looked."""
    record(
        "match viewed",
        by=by,
        now=now,
        force_id=match.force_id,
        about="match",
        about_id=match.pk,
        audience=Audience.PSD,
        confidential=match.for_psd,
    )
