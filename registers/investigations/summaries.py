"""What the investigations register tells the platform: nothing, but to those who may read it."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils import timezone

from integrity.casework.models import Case, Draft, Referral
from integrity.casework.registry import Appearance, Opening, Summary, Unfinished
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.investigations.enums import Standing
from registers.investigations.models import Investigation, Lead
from registers.investigations.permissions import check_may_take

TONES = {
    Standing.CONTINUING: "blue",
    Standing.REFERRED: "yellow",
    Standing.NO_FURTHER_ACTION: "grey",
    Standing.ADVICE: "green",
    Standing.LEFT: "red",
}


def path_of(investigation: Investigation) -> str:
    return reverse("psd:investigations_investigation_change", args=[investigation.pk])


def status_of(investigation: Investigation) -> str:
    """Where it stands or, once closed, how it ended."""
    return investigation.get_outcome_display() or investigation.get_status_display()


def summary(investigation: Investigation) -> Summary:
    return Summary(
        case=investigation.case,
        title=investigation.title,
        status=status_of(investigation),
        tone=TONES[investigation.standing],
        path=path_of(investigation),
    )


def summaries(reader: User, cases: Iterable[Case]) -> Sequence[Summary]:
    found = Investigation.objects.visible_to(reader).filter(case__in=list(cases))
    return [summary(investigation) for investigation in found.for_lists()]


def about_person(reader: User, case: Case) -> Sequence[Appearance]:
    """The investigations of a case’s subject, for a reader who may know of them."""
    if case.subject_id is None:
        return []
    found = Investigation.objects.visible_to(reader).filter(case__subject=case.subject_id)
    return [appearance(each) for each in found.exclude(case=case).select_related("case")[:20]]


def appearance(investigation: Investigation) -> Appearance:
    return Appearance(
        reference=investigation.case.reference,
        path=path_of(investigation),
        title=investigation.title,
        on=timezone.localdate(investigation.opened_at),
        status=status_of(investigation),
    )


def opening(reader: User, referral: Referral) -> Opening | None:
    """The way from a referral to its investigation, or to opening one, as far as the reader may."""
    lead = Lead.objects.filter(referral=referral).first()
    if lead is None:
        return _to_open(reader, referral)
    mine = Investigation.objects.visible_to(reader).select_related("case")
    taken = mine.filter(leads=lead).first()
    return Opening(taken.case.reference, path_of(taken)) if taken else None


def _to_open(reader: User, referral: Referral) -> Opening | None:
    try:
        check_may_take(reader, referral)
    except Denied:
        return None
    path = reverse("psd:investigations-open")
    return Opening("Open an investigation", f"{path}?referral={referral.pk}")


def unfinished(draft: Draft) -> Unfinished:
    """No investigation is drafted."""
    raise LookupError(f"{draft} is of no investigation.")
