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
from registers.crosschecks.enums import Disposition, Verb
from registers.crosschecks.models import Match, MatchReferral
from registers.crosschecks.permissions import check_may
from registers.crosschecks.workflow import TRANSITIONS

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
    verb = Verb(disposition)
    fresh = _take(verb, match, by=by, version=version)
    return _dispose(verb, fresh, disposition, reason=reason, by=by, now=now)


@action
def refer(match: Match, *, reason: str, by: User, now: datetime, version: int | None) -> Referral:
    """Hand it over for investigation, with its sentence; from then on it is PSD’s alone to know of.

    Also once the entry was challenged, where the answer does not convince.
    """
    fresh = _take(Verb.REFER, match, by=by, version=version)
    _why(reason)
    about = f"{fresh.get_check_name_display()}: {fresh.title}"
    said: dict[str, Any] = {
        "source": ReferralSource.CROSS_CHECK,
        "about": about,
        "reason": account_of(fresh, reason),
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
        _dispose(Verb.REFER, fresh, Disposition.REFERRED, reason=reason, by=by, now=now)
    return referral


def account_of(match: Match, reason: str) -> str:
    """How what comes of a referral began: what was found, why it was handed over, and which match it was."""
    named = (
        ("Contract", match.contract), ("Tender", match.tender), ("Payment", match.payment),
        ("Purchase", match.purchase), ("Organisation", match.organisation),
        ("Organisation", match.other_organisation), ("Entry", match.case), ("Entry", match.other_case),
    )  # fmt: skip
    found = [f"Match {match.pk}: {match.get_check_name_display()}, score {match.score}."]
    found += [f"{what}: {record}." for what, record in named if record is not None]
    return f"{match.sentence}\n\n{reason}\n\n{' '.join(found)}"


@action
def challenge(
    match: Match,
    *,
    make: Callable[[], object],
    note: str,
    by: User,
    now: datetime,
    version: int | None,
) -> Match:
    """Challenge the entry by its register’s own verb, which ``make`` carries out; the match keeps it.

    ``note`` stands with the match; whom the challenge asks never reads it. Held silently, the
    challenge is PSD’s alone to know of, and so is the match. Where no challenge comes of it, all is
    taken back.
    """
    fresh = _take(Verb.CHALLENGE, match, by=by, version=version)
    case = fresh.case
    before = set(Challenge.objects.filter(case=case).values_list("pk", flat=True))
    make()
    made = Challenge.objects.filter(case=case, made_by=by).exclude(pk__in=before).first()
    if made is None:
        raise Denied("The entry’s register made no challenge, so the match stays open.")
    fresh.challenge = made
    fresh.for_psd = fresh.for_psd or made.silent
    return _dispose(Verb.CHALLENGE, fresh, Disposition.CHALLENGED, reason=note, by=by, now=now)


@action
def reopen(match: Match, *, reason: str, by: User, now: datetime, version: int | None) -> Match:
    """Take back a coincidence, or known and managed, that was a mistake: somebody is asked again."""
    fresh = _take(Verb.REOPEN, match, by=by, version=version)
    _why(reason)
    was = fresh.disposition
    fresh.disposition = fresh.reason = fresh.disposed_signature = ""
    fresh.disposed_at = fresh.disposed_by = fresh.challenge = None
    return _keep(Verb.REOPEN, fresh, was, reason=reason, by=by, now=now)


def _take(verb: Verb, match: Match, *, by: User, version: int | None) -> Match:
    """The match, locked and fresh, once this person may do this with it."""
    found = (
        Match.objects.visible_to(by)
        .filter(pk=match.pk)
        .select_for_update(of=("self",))
        .with_all()
        .first()
    )
    if found is None:
        raise Denied("This match is not one of yours.", for_them=False)
    if version is not None and version != found.version:
        raise Conflict(reference=f"Match {found.pk}", seen=version, current=found.version)
    check_may(verb, by, found)
    return found


def _why(reason: str) -> None:
    if not reason.strip():
        raise Denied(SAY_WHY)


def _dispose(
    verb: Verb, match: Match, disposition: Disposition, *, reason: str, by: User, now: datetime
) -> Match:
    _why(reason)
    match.disposition, match.reason = disposition, reason
    match.disposed_at, match.disposed_by = now, by
    match.disposed_signature = match.signature
    return _keep(verb, match, disposition, reason=reason, by=by, now=now)


def _keep(
    verb: Verb, match: Match, disposition: str, *, reason: str, by: User, now: datetime
) -> Match:
    """Write the match; the ledger says why, and which disposition was made or taken back."""
    match.version += 1
    match.save()
    record(
        TRANSITIONS[verb].event,
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
