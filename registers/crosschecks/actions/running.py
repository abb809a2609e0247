"""Running the checks: each match is one record however often it is found again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from integrity.audit.actions import acting
from integrity.audit.scope import everywhere
from integrity.people.enums import Role
from integrity.people.models import Force, RoleGrant
from registers.crosschecks.enums import Check, Disposition, Owner
from registers.crosschecks.finding import FINDERS, is_touched
from registers.crosschecks.finding.base import Candidate, Ground, best, holds_for
from registers.crosschecks.finding.ground import Changed, ground_of
from registers.crosschecks.models import Cursor, Match
from registers.crosschecks.settings import Setting, settings_of

AT_ONCE = 500
PSD_ALONE = Q(disposition=Disposition.REFERRED) | Q(challenge__silent=True)
LINKS = (
    "person_id",
    "unit_id",
    "organisation_id",
    "other_organisation_id",
    "case_id",
    "other_case_id",
    "contract_id",
    "tender_id",
    "payment_id",
    "purchase_id",
)
# What a match says beside what its signature is of.
REFRESHED = ("sentence", "score", "likeness", "facts", "happened_on", *LINKS)


@dataclass(slots=True)
class Count:
    """What one check did: found in all, of those new and changed; gone, and open afterwards."""

    found: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    open: int = 0


@dataclass(slots=True)
class Counts:
    by_check: dict[Check, Count] = field(default_factory=dict)

    def total(self) -> Mapping[str, int]:
        names = ("found", "new", "changed", "gone", "open")
        return {n: sum(getattr(each, n) for each in self.by_check.values()) for n in names}


def run_checks(force: Force, *, now: datetime, changed: Changed | None = None) -> Counts:
    """Compare a force’s registers: all of them, or no more than what ``changed`` touches.

    A whole run also says which matches are no longer found. Runs of one force take turns.
    """
    today = timezone.localdate(now)
    with everywhere(), acting("run checks", by=None):
        _take_turns(force)
        settings = settings_of(force, today)
        least = min(setting.minimum_likeness for setting in settings.values())
        ground = ground_of(force, today=today, minimum_likeness=least, changed=changed)
        counts = Counts()
        for check, setting in settings.items():
            touched = ground.only is None or is_touched(check, ground.only)
            counts.by_check[check] = _run(check, ground, setting, now=now) if touched else Count()
        _hand_out(force, settings, today=today)
        _count_open(force, counts)
        if changed is None:
            Cursor.objects.filter(force=force).update(whole_at=now)
    return counts


def _take_turns(force: Force) -> None:
    Cursor.objects.get_or_create(force=force)
    Cursor.objects.select_for_update(of=("self",)).get(force=force)
    with connection.cursor() as cursor:
        # Compiling a query that runs once takes longer than running it. And joins go in the order in
        # which the checks write them: what is read as one is too little known to the planner, who
        # then sets every offer beside every purchase.
        cursor.execute("SET LOCAL jit = off; SET LOCAL join_collapse_limit = 1")


def _run(check: Check, ground: Ground, setting: Setting, *, now: datetime) -> Count:
    every = FINDERS[check](ground, setting) if setting.switched_on else iter(())
    found = best(each for each in every if holds_for(ground, each))
    kept = {each.key: each for each in found if each.score >= setting.minimum_score}
    count = Count(found=len(kept))
    if ground.only is not None and not kept:
        return count
    known = Match.objects.filter(force=ground.force, check_name=check)
    if ground.only is not None:
        known = known.filter(key__in=kept)
    before = {match.key: match for match in known.select_for_update(of=("self",))}
    new = [each for key, each in kept.items() if key not in before]
    _add(new, ground, setting, now=now)
    count.new = len(new)
    for key, match in before.items():
        if key in kept:
            count.changed += _update(match, kept[key], now=now)
    if ground.only is None:
        count.gone = _gone((match for key, match in before.items() if key not in kept), now=now)
    return count


def _add(found: Iterable[Candidate], ground: Ground, setting: Setting, *, now: datetime) -> None:
    Match.objects.bulk_create(
        (
            _state(
                Match(
                    force=ground.force, check_name=each.check, key=each.key, found_at=now,
                    for_psd=setting.owner == Owner.PSD,
                ),
                each, now=now,
            )
            for each in found
        ),
        batch_size=AT_ONCE,
    )  # fmt: skip


def _state(match: Match, found: Candidate, *, now: datetime) -> Match:
    """Write what was found onto a match."""
    _refresh(match, found)
    match.signature, match.changed_at, match.gone_at = found.signature, now, None
    return match


def _refresh(match: Match, found: Candidate) -> bool:
    """What a match says, as it was found now; whether that is anything else than before."""
    said = {
        "sentence": found.sentence,
        "score": found.score,
        "likeness": found.likeness,
        "facts": found.facts,
        "happened_on": found.happened_on,
        **{name: found.links.get(name) for name in LINKS},
    }
    if all(getattr(match, name) == value for name, value in said.items()):
        return False
    for name, value in said.items():
        setattr(match, name, value)
    return True


def _update(match: Match, found: Candidate, *, now: datetime) -> int:
    """1 where what is compared has changed, so that somebody is asked again.

    What else it says is kept up to date and asks nobody; where it says the same, nothing is written.
    """
    if match.signature != found.signature:
        _state(match, found, now=now).version += 1
        match.save()
        return 1
    refreshed = _refresh(match, found)
    if match.gone_at is not None:
        match.gone_at = None
        match.version += 1
        match.save()
    elif refreshed:
        match.save(update_fields=REFRESHED)
    return 0


def _gone(matches: Iterable[Match], *, now: datetime) -> int:
    gone = [match for match in matches if match.gone_at is None]
    for match in gone:
        match.gone_at = now
        match.version += 1
        match.save(update_fields=["gone_at", "version"])
    return len(gone)


def _hand_out(force: Force, settings: Mapping[Check, Setting], *, today: date) -> None:
    """Procurement’s is what its checks find and somebody there may decide; everything else is PSD’s.

    What was referred, or has a challenge held silently, is PSD’s alone to know of.
    """
    theirs = [check for check, setting in settings.items() if setting.owner == Owner.PROCUREMENT]
    found = Match.objects.filter(force=force, gone_at=None)
    of_checks = found.filter(check_name__in=theirs)
    # Locked, lest one that is referred meanwhile be handed to procurement.
    list(of_checks.select_for_update(of=("self",)).values_list("pk"))
    open_to_them = of_checks.exclude(PSD_ALONE)
    buyers = RoleGrant.objects.active(today).filter(role=Role.PROCUREMENT).of_force(force).people()
    free: set[int] = set()
    for buyer in buyers:
        free.update(open_to_them.for_nobody_in_conflict(buyer).values_list("pk", flat=True))
    moved = found.filter(Q(for_psd=True, pk__in=free) | Q(for_psd=False) & ~Q(pk__in=free))
    for match in moved.select_for_update(of=("self",)):
        match.for_psd = not match.for_psd
        match.version += 1
        match.save(update_fields=["for_psd", "version"])


def _count_open(force: Force, counts: Counts) -> None:
    waiting = Match.objects.filter(force=force).waiting()
    for check in waiting.values_list("check_name", flat=True):
        counts.by_check[Check(check)].open += 1
