"""What the desk shows of a match: both records side by side, why it scores so, and what else is known."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from integrity.casework.case_page import Points, links_of
from integrity.casework.models import Case, Referral
from integrity.casework.registry import Appearance, Fact, Opening, opener
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from integrity.ui.templatetags.ui import day
from registers.crosschecks.enums import Check
from registers.crosschecks.models import Match, MatchQuerySet
from registers.crosschecks.reading import as_read_by
from registers.crosschecks.rules import RULES
from registers.investigations.case_page import desk_paths
from registers.investigations.models import referrals_for
from registers.organisations.models import Organisation
from registers.organisations.permissions import READERS as READ_ORGANISATIONS
from registers.procurement.permissions import READERS as READ_PROCUREMENT

SHOWN = 10
# The page of the desk for each record that files bring, by the match's key to it.
PAGES = {
    "contract": "procurement-contract",
    "tender": "procurement-tender",
    "payment": "procurement-payment",
    "purchase": "procurement-purchase",
}


def match_page(user: User, match: Match) -> dict[str, Any]:
    """The match's page, as this reader may see it."""
    match = as_read_by(user, match)
    others = Match.objects.visible_to(user).exclude(pk=match.pk).with_all()
    return {
        "match": match,
        "rule": RULES[Check(match.check_name)],
        "status": status_of(match),
        "one": lines(match, "one"),
        "two": lines(match, "two"),
        "to": links(user, match),
        "score": [Points(factor, points) for factor, points in match.facts.get("points", [])],
        "disposed": list(disposed_lines(match)),
        "referrals": openings(user, match),
        "of_person": appearances(user, others.filter(person=match.person))
        if match.person_id
        else [],
        "of_organisation": appearances(user, of_organisation(others, match)),
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
        yield Fact("Why", match.reason)
        yield Fact("By", f"{match.disposed_by.display}, {day(match.disposed_at)}")


def openings(user: User, match: Match) -> Sequence[tuple[Referral, Opening | None]]:
    """What it was handed over as, for PSD, with the way to its investigation or to opening one."""
    if not user.holds(*PSD_ROLES):
        return []
    open_ = opener("investigation")
    found = referrals_for(user).filter(match__match=match).select_related("made_by__grade")
    return [(each, open_(user, each) if open_ else None) for each in found]


def of_organisation(others: MatchQuerySet, match: Match) -> MatchQuerySet:
    ids = [pk for pk in (match.organisation_id, match.other_organisation_id) if pk]
    found = others.filter(organisation__in=ids) | others.filter(other_organisation__in=ids)
    return found if ids else others.none()


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
    """The matches of an entry, for its case page; nobody reads those about themselves."""
    mine = Match.objects.visible_to(user).filter(gone_at=None).with_all()
    found = mine.filter(case=case) | mine.filter(other_case=case)
    return appearances(user, found)
