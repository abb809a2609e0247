"""What the desk shows of a match: both records side by side, why it scores so, and what else is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from integrity.audit.models import Event
from integrity.casework.case_page import Points, links_of
from integrity.casework.models import Case, Challenge, Referral
from integrity.casework.registry import Appearance, Fact, Opening, opener
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from integrity.ui.templatetags.ui import day
from registers.crosschecks import stories
from registers.crosschecks.enums import Check, Disposition, Owner, Verb
from registers.crosschecks.models import Match, MatchQuerySet, MatchReferral
from registers.crosschecks.reading import as_read_by, reads_entries
from registers.crosschecks.rules import RULES
from registers.crosschecks.settings import settings_of
from registers.crosschecks.workflow import TRANSITIONS
from registers.investigations.case_page import desk_paths
from registers.investigations.models import referrals_for
from registers.organisations.models import Organisation
from registers.organisations.permissions import READERS as READ_ORGANISATIONS
from registers.procurement.permissions import READERS as READ_PROCUREMENT

SHOWN = 10
OTHERS = 3
# The page of the desk for each record that files bring, by the match's key to it.
PAGES = {
    "contract": "procurement-contract",
    "tender": "procurement-tender",
    "payment": "procurement-payment",
    "purchase": "procurement-purchase",
}


def match_page(user: User, match: Match) -> dict[str, Any]:
    """The match's page, as this reader may see it."""
    in_full = reads_entries(user, match)
    match = as_read_by(user, match)
    others = Match.objects.visible_to(user).exclude(pk=match.pk).with_all()
    of_person = stories.of_person(others, user, match)
    apart = stories.of_organisation(others, match).exclude(pk__in=of_person.values("pk"))
    return {
        "match": match,
        "rule": RULES[Check(match.check_name)],
        "status": status_of(match),
        "decides": who_decides(match),
        "challenges": challenges_of(user, match),
        "one": lines(match, "one"),
        "two": lines(match, "two"),
        "to": links(user, match),
        "score": [Points(factor, points) for factor, points in match.facts.get("points", [])],
        "disposed": list(disposed_lines(match)),
        "before": list(decided_before(match, in_full=in_full)),
        "referrals": openings(user, match),
        "of_person": Others.of(user, of_person, f"{match.pk}-{stories.PERSON}"),
        "of_organisation": Others.of(user, apart, f"{match.pk}-{stories.ORGANISATION}"),
        "case_links": links_of(user, match.case) if match.case else [],
    }


def lines(match: Match, side: str) -> list[Fact]:
    return [Fact(label, value) for label, value in match.facts.get(side, [])]


def status_of(match: Match) -> tuple[str, str]:
    """Where it stands in words, and the colour of its tag."""
    if match.gone_at is not None:
        return "No longer found", "grey"
    if match.is_open:
        return ("Changed since it was disposed of" if match.disposition else "To decide"), "yellow"
    return match.get_disposition_display(), "green"


def links(user: User, match: Match) -> list[Fact]:
    """The way to each record behind it, for whoever may open it."""
    cases = [case for case in (match.case, match.other_case) if case is not None]
    paths = desk_paths(user, cases)
    found = [Fact("Entry", case.reference, paths[case.pk]) for case in cases if case.pk in paths]
    if user.holds(*READ_PROCUREMENT):
        for name, page in PAGES.items():
            record = getattr(match, name)
            if record is not None:
                path = reverse(f"psd:{page}", args=[record.pk])
                found.append(Fact(name.capitalize(), str(record), path))
    if user.holds(*READ_ORGANISATIONS):
        for each in (match.organisation, match.other_organisation):
            if each is not None:
                found.append(Fact("Organisation", each.name, organisation_path(each)))
    return found


def organisation_path(organisation: Organisation) -> str:
    return reverse("psd:organisations-page", args=[organisation.root_id])


def disposed_lines(match: Match) -> Iterable[Fact]:
    """What was decided, also where it is asked again."""
    if match.disposition and match.disposed_by is not None:
        yield Fact("Decided", match.get_disposition_display())
        if match.reason:
            yield Fact("Why", match.reason)
        yield Fact("By", f"{match.disposed_by.display}, {day(match.disposed_at)}")


def who_decides(match: Match) -> str:
    """Whose it is to decide, and why PSD does where the check is procurement’s."""
    if not match.for_psd:
        return "Procurement decides."
    owner = settings_of(match.force, timezone.localdate())[Check(match.check_name)].owner
    secret = match.disposition == Disposition.REFERRED or (
        match.challenge is not None and match.challenge.silent
    )
    if owner == Owner.PSD or secret:
        return "PSD decides."
    return "PSD decides: in procurement there is nobody who is not in conflict about it."


def challenges_of(user: User, match: Match) -> Sequence[Challenge]:
    """What is asked about its entries or held silently, as far as this reader knows of it.

    What is settled is left out, but for the challenge that the match led to.
    """
    cases = [case for case in (match.case, match.other_case) if case is not None]
    found = Challenge.objects.visible_to(user, *PSD_ROLES).filter(case__in=cases)
    found = found.filter(Q(disposed_at=None) | Q(pk=match.challenge_id))
    return list(found.select_related("case", "to__grade", "made_by__grade"))


def decided_before(match: Match, *, in_full: bool) -> Iterable[Fact]:
    """What was decided and taken back or decided again, oldest first, out of the ledger.

    Why an entry was challenged is for those who read it.
    """
    names = {transition.event for transition in TRANSITIONS}
    events = list(
        Event.objects.filter(about="match", about_id=match.pk, name__in=names).order_by("pk")
    )
    for event in events[:-1] if match.disposition else events:
        said = Disposition(event.facts["disposition"])
        reopened = event.name == TRANSITIONS[Verb.REOPEN].event
        what = f"Reopened: it was “{said.label}”" if reopened else str(said.label)
        why = event.reason if in_full or said != Disposition.CHALLENGED else ""
        yield Fact(what, f"{why} {event.actor}, {day(event.at)}".strip())


def openings(user: User, match: Match) -> Sequence[tuple[Referral, Opening | None]]:
    """What it was handed over as, for PSD, with the way to its investigation or to opening one."""
    if not user.holds(*PSD_ROLES):
        return []
    open_ = opener("investigation")
    found = referrals_for(user).filter(match__match=match).select_related("made_by__grade")
    return [(each, open_(user, each) if open_ else None) for each in found]


@dataclass(frozen=True, slots=True)
class Others:
    """The riskiest of some other matches, and the way to all of them where there are more."""

    shown: Sequence[Appearance]
    path: str

    @classmethod
    def of(cls, user: User, found: MatchQuerySet, story: str) -> Self:
        first = list(found.order_by(*stories.FOREMOST)[: OTHERS + 1])
        way = reverse("psd:crosschecks_match_changelist", query={"queue": "all", "story": story})
        shown = [appearance(as_read_by(user, each)) for each in first[:OTHERS]]
        return cls(shown, way if len(first) > OTHERS else "")


def last_event(match: Match) -> str:
    """The day of the later of the two records; of a unit, since when it is silent."""
    on = day(match.happened_on)
    return f"Silent since {on}" if match.check_name == Check.SILENT_UNIT else on


def appearances(user: User, found: MatchQuerySet) -> list[Appearance]:
    return [appearance(as_read_by(user, each)) for each in found[:SHOWN]]


def appearance(match: Match) -> Appearance:
    return Appearance(
        reference=match.get_check_name_display(),
        path=path_of(match),
        title=match.sentence.rstrip("."),
        on=match.happened_on,
        status=f"{status_of(match)[0]}, score {match.score}",
    )


def path_of(match: Match) -> str:
    return reverse("psd:crosschecks_match_change", args=[match.pk])


def beside_case(user: User, case: Case) -> Sequence[Appearance]:
    """The matches of an entry, or those that led to an investigation; nobody reads those about themselves."""
    mine = Match.objects.visible_to(user).with_all()
    led = MatchReferral.objects.filter(referral__lead__investigation__case=case)
    of_entry = Q(gone_at=None) & (Q(case=case) | Q(other_case=case))
    return appearances(user, mine.filter(of_entry | Q(pk__in=led.values("match"))))
