"""Two records are one organisation, or are not: what an analyst says, and can take back.

Nothing that points to a record moves: what is merged is read with the record that it counts as.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from integrity.audit.actions import action
from integrity.casework.workflow import Denied
from integrity.people.models import StandardsDepartment, User
from registers.organisations.actions.saying import say
from registers.organisations.enums import Ruling
from registers.organisations.models import Merge, MergeSuggestion, Organisation
from registers.organisations.permissions import check_analyst
from registers.organisations.policies import Member, roots, why_not_merge
from registers.organisations.whole import how_often


@action
def merge(
    organisation: Organisation, *, into: Organisation, reason: str, by: User, now: datetime
) -> Merge:
    """Say that a record is another one. Raises Denied, with the sentence, where it cannot be."""
    check_analyst(by, organisation)
    organisation, into = take_turns(organisation, into)
    if not reason.strip():
        raise Denied("Say why they are one organisation.")
    whole, whole_into = _whole(organisation), _whole(into)
    refusal = why_not_merge(_member(organisation), _member(into), whole, whole_into)
    if refusal:
        raise Denied(refusal)
    made = Merge.objects.create(
        organisation=organisation,
        into=into,
        department_id=organisation.department_id,
        reason=reason.strip(),
        merged_at=now,
        merged_by=by,
    )
    _recompute(organisation.department_id, [*whole, *whole_into])
    _answer(whole, whole_into, Ruling.SAME, note=made.reason, by=by, now=now)
    _say("organisations merged", made, reason=made.reason, by=by, now=now)
    return made


@action
def unmerge(merge: Merge, *, reason: str, by: User, now: datetime) -> Merge:
    """Take a merge back: each record stands as before it, with what was merged into it."""
    check_analyst(by, merge.organisation)
    if not reason.strip():
        raise Denied("Say why they are two organisations.")
    take_turns(merge.organisation)
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.undone_at is not None:
        raise Denied("This merge has been undone already.")
    before = _whole(merge.into)
    merge.undone_at, merge.undone_by, merge.undone_reason = now, by, reason.strip()
    merge.save(update_fields=["undone_at", "undone_by", "undone_reason"])
    _recompute(merge.department_id, before)
    organisation = Organisation.objects.get(pk=merge.organisation_id)
    apart = _whole(organisation)
    gone = {each.pk for each in apart}
    rest = [each for each in before if each.pk not in gone]
    _answer(apart, rest, Ruling.DIFFERENT, note=merge.undone_reason, by=by, now=now)
    _say("organisations un-merged", merge, reason=merge.undone_reason, by=by, now=now)
    return merge


@action
def rule(
    suggestion: MergeSuggestion,
    *,
    ruling: str,
    note: str,
    by: User,
    now: datetime,
    into: Organisation | None = None,
) -> MergeSuggestion:
    """Answer a suggestion: the same, which merges the two, or different, which is never asked again.

    Unless told ``into`` which, the record that appears less often is merged into the other.
    """
    check_analyst(by, suggestion.one)
    take_turns(suggestion.one, suggestion.other)
    suggestion = MergeSuggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    if suggestion.ruling:
        raise Denied(f"This was ruled on already: {suggestion.get_ruling_display().lower()}.")
    note = note.strip()
    if _root(suggestion.one).pk == _root(suggestion.other).pk:
        raise Denied("They are one organisation already.")
    suggestion.ruling, suggestion.note = Ruling(ruling), note
    suggestion.ruled_at, suggestion.ruled_by = now, by
    suggestion.save(update_fields=["ruling", "note", "ruled_at", "ruled_by"])
    if suggestion.ruling == Ruling.SAME:
        gone, stays = _which(suggestion, into)
        merge(gone, into=stays, reason=note or f"Suggested: {suggestion.why}", by=by, now=now)
    say(
        "merge suggestion ruled on",
        suggestion.one,
        by=by,
        now=now,
        reason=note,
        facts={
            "ruling": str(suggestion.ruling),
            "other": suggestion.other.name,
            "score": suggestion.score,
        },
    )
    return suggestion


def _which(
    suggestion: MergeSuggestion, into: Organisation | None
) -> tuple[Organisation, Organisation]:
    """Which record of a pair goes, and which it is merged into: each as what it counts as now."""
    one, other = _root(suggestion.one), _root(suggestion.other)
    if into is not None:
        stays = _root(into)
        if stays.pk not in (one.pk, other.pk):
            raise Denied(f"“{into}” is neither of the two.")
    else:
        often = how_often([one.pk, other.pk])
        stays = other if often[one.pk] < often[other.pk] else one
    return (other, one) if stays.pk == one.pk else (one, other)


def _root(organisation: Organisation) -> Organisation:
    return Organisation.objects.get(pk=Organisation.objects.get(pk=organisation.pk).root_id)


def take_turns(*organisations: Organisation) -> list[Organisation]:
    """The rows as they are once every merge of the department that began earlier has ended."""
    departments = {each.department_id for each in organisations}
    held = StandardsDepartment.objects.select_for_update(of=("self",), no_key=True)
    list(held.filter(pk__in=departments).order_by("pk"))
    return [Organisation.objects.get(pk=each.pk) for each in organisations]


def _member(each: Organisation) -> Member:
    return Member(
        pk=each.pk,
        name=each.name,
        department_id=each.department_id,
        root=each.root_id,
        company_number=each.company_number,
        charity_number=each.charity_number,
    )


def _whole(organisation: Organisation) -> list[Member]:
    return [_member(each) for each in Organisation.objects.whole_of(organisation)]


def _recompute(department_id: int, members: Iterable[Member]) -> None:
    """Say of each of these records what it counts as, from the merges in force."""
    touched = {each.pk for each in members}
    stands = Merge.objects.filter(department=department_id, undone_at=None)
    chains = stands.filter(organisation__in=touched)
    last = roots(dict(chains.values_list("organisation_id", "into_id")))
    for each in Organisation.objects.filter(pk__in=touched):
        if each.merged_into_id != last.get(each.pk):
            each.merged_into_id = last.get(each.pk)
            each.save(update_fields=["merged_into"])


def _answer(
    some: Iterable[Member],
    others: Iterable[Member],
    ruling: Ruling,
    *,
    note: str,
    by: User,
    now: datetime,
) -> None:
    """What was suggested of a record of one side and one of the other is answered by a merge or its end."""
    here, there = [each.pk for each in some], [each.pk for each in others]
    across = Q(one__in=here, other__in=there) | Q(one__in=there, other__in=here)
    MergeSuggestion.objects.filter(across).exclude(ruling=ruling).update(
        ruling=ruling, note=note, ruled_at=now, ruled_by=by
    )


def _say(name: str, merge: Merge, *, reason: str, by: User, now: datetime) -> None:
    facts = {"into": merge.into.name, "into_id": merge.into_id}
    say(name, merge.organisation, by=by, now=now, reason=reason, facts=facts)
