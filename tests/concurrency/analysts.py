"""What two analysts do of one match, or of two records of organisations, at one moment."""

from collections.abc import Callable, Iterator
from typing import Any

from integrity.casework.models import Challenge
from registers.crosschecks import actions as crosschecks
from registers.crosschecks.enums import Disposition
from registers.crosschecks.models import Match, MatchReferral
from registers.gifts.models import Offer
from registers.organisations import actions as organisations
from registers.organisations.enums import NameKind, Ruling
from registers.organisations.models import Merge, MergeSuggestion, OrganisationName
from registers.procurement.models import Contract
from tests import builders, matches
from tests.concurrency.contests import (
    ANY,
    ONE,
    TWO,
    WHY,
    Contest,
    Stage,
    events,
    given,
    in_order,
    is_one,
)

# --- matches --------------------------------------------------------------------------------------


def disposed_once(match: Match) -> Iterator[str]:
    held = Match.objects.get(pk=match.pk)
    if (held.version, events("match disposed of", match.pk)) != (match.version + 1, 1):
        yield f"version {held.version}, {events('match disposed of', match.pk)} events"
    if held.disposed_signature != match.signature:
        yield "what was disposed of is not what was seen"


def dispose(stage: Stage) -> Contest:
    match = stage.match()
    acts = [
        lambda by=by, how=how: crosschecks.dispose(
            match, disposition=how, reason=WHY, version=match.version, **given(by)
        )
        for by, how in zip(
            stage.analysts, (Disposition.COINCIDENCE, Disposition.KNOWN), strict=True
        )
    ]

    def after(answers: Any) -> Iterator[str]:
        yield from disposed_once(match)
        winner = stage.analysts[answers.index("")]
        if Match.objects.get(pk=match.pk).disposed_by != winner:
            yield f"it was not {winner}’s"

    return Contest("dispose", acts, ONE, after)


def refer(stage: Stage) -> Contest:
    """One refers it while the other takes it for a coincidence, or refers it as well."""
    match, (one, other) = stage.match(), stage.analysts

    def after(answers: Any) -> Iterator[str]:
        yield from disposed_once(match)
        yield from is_one("referrals", MatchReferral.objects.filter(match=match))

    version = match.version
    act: Callable[..., Any] = crosschecks.refer
    acts = [
        lambda by=by: act(match, reason=WHY, version=version, **given(by)) for by in (one, other)
    ]
    return Contest("refer", acts, ONE, after)


def reopen(stage: Stage) -> Contest:
    """Both take back the same coincidence: it is open once more, and was opened once."""
    seen = stage.match()
    match = crosschecks.dispose(
        seen, disposition=Disposition.COINCIDENCE, reason=WHY, version=seen.version,
        **given(stage.analysts[0]),
    )  # fmt: skip
    version = match.version
    act: Callable[..., Any] = crosschecks.reopen
    acts = [
        lambda by=by: act(match, reason=WHY, version=version, **given(by)) for by in stage.analysts
    ]

    def after(answers: Any) -> Iterator[str]:
        held = Match.objects.get(pk=match.pk)
        if not held.is_open or held.version != version + 1:
            yield f"open: {held.is_open}, version {held.version} after {version}"
        if events("match reopened", match.pk) != 1:
            yield f"{events('match reopened', match.pk)} events"

    return Contest("reopen", acts, ONE, after)


def challenge(stage: Stage) -> Contest:
    match = stage.match()
    offer = builders.fresh(Offer.objects.get(case=match.case_id))

    def act(by: Any) -> object:
        def make() -> object:
            return builders.perform(
                builders.Verb.CHALLENGE, offer, by=by, in_world=stage.world,
                version=offer.case.version,
            )  # fmt: skip

        return crosschecks.challenge(match, make=make, note=WHY, version=match.version, **given(by))

    def after(answers: Any) -> Iterator[str]:
        yield from disposed_once(match)
        yield from is_one("challenges", Challenge.objects.filter(case=match.case_id))

    return Contest("challenge", [lambda by=by: act(by) for by in stage.analysts], ONE, after)


def dispose_while_checks_run(stage: Stage) -> Contest:
    """What changed is asked about again; what was decided is never lost, nor given to what nobody saw."""
    match, by = stage.match(), stage.analysts[0]
    Contract.objects.filter(pk=stage.contract.pk).update(amount=10_000_000 * next(stage.numbers))

    def after(answers: Any) -> Iterator[str]:
        held = Match.objects.get(pk=match.pk)
        if answers[0] == "" and not (
            held.disposed_by == by and held.disposed_signature == match.signature and held.is_open
        ):
            yield "a decision that stood is not there, or is of what came later"
        if answers[0] and held.disposition:
            yield "a decision that was refused is there"
        if held.version != match.version + 1 + (answers[0] == ""):
            yield f"version {held.version} after {match.version}"

    how = Disposition.KNOWN
    acts = [
        lambda: crosschecks.dispose(
            match, disposition=how, reason=WHY, version=match.version, **given(by)
        ),
        lambda: matches.run(stage.world.northmoor),
    ]
    return Contest("dispose_while_checks_run", acts, ANY, after)


def run_twice(stage: Stage) -> Contest:
    """Two whole runs find one match of each pair."""
    matches.lunch(person := stage.person())
    acts = [lambda: matches.run(stage.world.northmoor)] * 2

    def after(answers: Any) -> Iterator[str]:
        keys = list(Match.objects.filter(person=person).values_list("check_name", "key"))
        if not keys or len(keys) != len(set(keys)):
            yield f"matches {keys}"

    return Contest("run_twice", acts, TWO, after)


# --- organisations --------------------------------------------------------------------------------


def merge(stage: Stage) -> Contest:
    """The same two, in opposite directions."""
    one, other = stage.organisation(), stage.organisation()
    ways = [(one, other), (other, one)]
    acts = [
        lambda a=a, b=b, by=by: organisations.merge(a, into=b, reason=WHY, **given(by))
        for (a, b), by in zip(ways, stage.analysts, strict=True)
    ]
    return Contest("merge", acts, ONE, in_order)


def merged(stage: Stage) -> Merge:
    return organisations.merge(
        stage.organisation(), into=stage.organisation(), reason=WHY, **given(stage.analysts[0])
    )


def unmerge(stage: Stage) -> Contest:
    made = merged(stage)
    acts = [
        lambda by=by: organisations.unmerge(made, reason=WHY, **given(by)) for by in stage.analysts
    ]
    return Contest("unmerge", acts, ONE, in_order)


def merge_against_unmerge(stage: Stage) -> Contest:
    """What something was merged into goes into a third, while the first leaves it."""
    made, third, (one, other) = merged(stage), stage.organisation(), stage.analysts
    acts = [
        lambda: organisations.unmerge(made, reason=WHY, **given(one)),
        lambda: organisations.merge(made.into, into=third, reason=WHY, **given(other)),
    ]
    return Contest("merge_against_unmerge", acts, TWO, in_order)


def merge_elsewhere_against_unmerge(stage: Stage) -> Contest:
    """One record leaves another and goes into a third: that stands only in this order."""
    made, third, (one, other) = merged(stage), stage.organisation(), stage.analysts
    acts = [
        lambda: organisations.unmerge(made, reason=WHY, **given(one)),
        lambda: organisations.merge(made.organisation, into=third, reason=WHY, **given(other)),
    ]
    return Contest("merge_elsewhere_against_unmerge", acts, ANY, in_order)


def rule(stage: Stage) -> Contest:
    suggested = matches.suggestion(stage.organisation(), stage.organisation())
    acts = [
        lambda how=how, by=by: organisations.rule(suggested, ruling=how, note=WHY, **given(by))
        for how, by in zip((Ruling.SAME, Ruling.DIFFERENT), stage.analysts, strict=True)
    ]

    def after(answers: Any) -> Iterator[str]:
        ruled = MergeSuggestion.objects.get(pk=suggested.pk)
        same = Merge.objects.filter(organisation__in=[ruled.one_id, ruled.other_id]).exists()
        if same != (ruled.ruling == Ruling.SAME) or same != (answers[0] == ""):
            yield f"ruled {ruled.ruling}, merged: {same}"
        yield from in_order()

    return Contest("rule", acts, ONE, after)


def add_name(stage: Stage) -> Contest:
    """One name to two organisations: the second is told whose it is, or the two are suggested."""
    name = f"Depot {next(stage.numbers)}"
    kind = NameKind.TRADING
    acts = [
        lambda each=each, by=by: organisations.add_name(each, name=name, kind=kind, **given(by))
        for each, by in zip(
            (stage.organisation(), stage.organisation()), stage.analysts, strict=True
        )
    ]

    def after(answers: Any) -> Iterator[str]:
        return is_one("names", OrganisationName.objects.filter(name=name))

    return Contest("add_name", acts, ANY, after)


def set_parent(stage: Stage) -> Contest:
    """Each becomes the other’s part."""
    one, other = stage.organisation(), stage.organisation()
    ways = [(one, other), (other, one)]
    acts = [
        lambda a=a, b=b, by=by: organisations.set_parent(a, parent=b, **given(by))
        for (a, b), by in zip(ways, stage.analysts, strict=True)
    ]
    return Contest("set_parent", acts, ONE, in_order)


def add_note(stage: Stage) -> Contest:
    held = stage.organisation()
    acts = [
        lambda by=by: organisations.add_note(held, text=WHY, **given(by)) for by in stage.analysts
    ]
    return Contest("add_note", acts, TWO)


MAKERS = (
    dispose, refer, reopen, challenge, dispose_while_checks_run, run_twice, merge, unmerge,
    merge_against_unmerge, merge_elsewhere_against_unmerge, rule, add_name, set_parent, add_note,
)  # fmt: skip
