"""What PSD, procurement and the press office look at each quarter, assembled for one reader of one force.

PSD, procurement and the press office meet on what each of them sees (HMIC 2012, p. 21). Each reads
their own part: PSD everything, procurement what it owns, the press office what the media offered.
Nothing here says what became of a referral. Days are London's; values are Decimal pounds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from integrity.casework.quarters import Quarter
from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import Force, User
from integrity.ui.tables import Table, table_of
from registers.crosschecks import stories
from registers.crosschecks.enums import Check, Disposition
from registers.crosschecks.match_page import last_event
from registers.crosschecks.models import Match, MatchQuerySet
from registers.crosschecks.pack_offers import (
    media_hospitality,
    offers_in,
    outlets_that_offered,
    providers,
    suppliers_who_offered,
)
from registers.crosschecks.reading import as_read_by
from registers.organisations.enums import Ruling
from registers.organisations.models import Merge, MergeSuggestion
from registers.procurement.enums import Verdict
from registers.procurement.models import Purchase

MEETING_ROLES = (*PSD_ROLES, Role.PROCUREMENT, Role.PRESS_OFFICE)
MATCHES_SHOWN = 25


@dataclass(frozen=True, slots=True)
class Sees:
    """As what somebody reads the pack of one force; several at once, where they hold several roles."""

    psd: bool
    procurement: bool
    press: bool


def sees(user: User, force: Force) -> Sees:
    def is_of(*roles: Role) -> bool:
        return force.pk in user.scope(*roles).forces

    return Sees(is_of(*PSD_ROLES), is_of(Role.PROCUREMENT), is_of(Role.PRESS_OFFICE))


@dataclass(frozen=True, slots=True)
class Pack:
    force: Force
    quarter: Quarter
    sections: Sequence[Table]

    @property
    def title(self) -> str:
        return f"Meeting pack: {self.force}, {self.quarter.words}"


def pack_of(force: Force, quarter: Quarter, *, reader: User) -> Pack:
    """Everything that this reader may see of a quarter; no section where they see none."""
    return Pack(force, quarter, tuple(_sections(force, quarter, reader, sees(reader, force))))


def _sections(force: Force, quarter: Quarter, reader: User, seen: Sees) -> Iterator[Table]:
    matches = matches_for(reader, force, seen)
    # Matches are seldom the press office’s: only where a force lets procurement decide about the media.
    if seen.psd or seen.procurement or matches.exists():
        new = matches.filter(quarter.at("found_at"))
        yield counts_by_check(new, seen)
        yield foremost(new, seen, reader)
        yield disposed(matches.filter(quarter.at("disposed_at")), seen)
    if seen.psd:
        yield providers(offers_in(force, quarter))
    if seen.psd or seen.procurement:
        yield suppliers_who_offered(force, quarter)
    if seen.psd:
        yield rulings(force, quarter)
    if seen.psd or seen.procurement:
        purchases = purchases_reviewed(force, quarter, reader)
        yield reviews(purchases, seen)
        yield not_right(purchases)
    if seen.psd or seen.press:
        yield media_hospitality(force, quarter)
        yield outlets_that_offered(force, quarter)


# --- matches ------------------------------------------------------------------------------------


def matches_for(reader: User, force: Force, seen: Sees) -> MatchQuerySet:
    """The matches of a force that are a reader's, but for those about themselves or their line."""
    found = Match.objects.filter(force=force).for_nobody_in_conflict(reader)
    if seen.psd:
        return found
    own = Q(pk=None)
    if seen.procurement:
        own |= Q(for_psd=False)
    if seen.press:
        own |= Q(for_psd=False, check_name=Check.MEDIA_HOSPITALITY)
    return found.filter(own)


def counts_by_check(new: QuerySet[Match], seen: Sees) -> Table:
    to_decide = Q(gone_at=None) & ~Q(signature=F("disposed_signature"))
    counts = new.order_by().values("check_name")
    rows = counts.annotate(new=Count("pk"), to_decide=Count("pk", filter=to_decide))
    return table_of(
        "new-matches",
        "New matches",
        ("Check", "New", "Still to be decided"),
        [
            (str(Check(row["check_name"]).label), row["new"], row["to_decide"])
            for row in rows.order_by("-new", "check_name")
        ],
        nothing_new(seen),
    )


def nothing_new(seen: Sees) -> str:
    return "Nothing new was found." if seen.psd else "Nothing new is yours to read."


def foremost(new: MatchQuerySet, seen: Sees, reader: User) -> Table:
    """The riskiest new match of each person and organisation; how one was disposed of is PSD's to read."""
    first = stories.riskiest(new, reader).with_all().order_by(*stories.FOREMOST)
    shown = list(first[:MATCHES_SHOWN])
    counts = stories.how_many(new, reader, shown)
    return table_of(
        "foremost",
        "The new matches that matter most",
        ("Match", "More like it", "Last event", "Score of 100", "Stands at"),
        [
            (
                as_read_by(reader, match).sentence,
                stories.others_like(counts, match),
                match.happened_on if match.unit_id is None else last_event(match),
                match.score,
                stands_at(match, seen),
            )
            for match in shown
        ],
        nothing_new(seen),
        left_out(len(shown), new.count(), seen),
    )


def left_out(shown: int, matches: int, seen: Sees) -> str:
    """What the table does not show, and where it is read."""
    if shown == matches:
        return ""
    rest = "; the rest are on the desk" if seen.psd or seen.procurement else ""
    return f"{shown} of {matches:,} shown, the riskiest of each person and organisation{rest}."


def stands_at(match: Match, seen: Sees) -> str:
    if match.gone_at is not None:
        return "No longer found"
    if match.is_open:
        return "To be decided"
    return match.get_disposition_display() if seen.psd else "Disposed of"


def disposed(found: QuerySet[Match], seen: Sees) -> Table:
    """By disposition for PSD. For others one figure: what is left of a breakdown would betray referrals."""
    counts = dict(found.order_by().values_list("disposition").annotate(n=Count("pk")))
    by_kind = [(str(kind.label), counts.get(kind, 0)) for kind in Disposition]
    every = [("Disposed of", sum(counts.values()))]
    return table_of(
        "disposed",
        "Matches disposed of",
        ("How", "How many"),
        (by_kind if seen.psd else every) if counts else [],
        "None was disposed of." if seen.psd else "None that you may read was disposed of.",
    )


def rulings(force: Force, quarter: Quarter) -> Table:
    """What analysts said of names that look alike, in the whole department's list.

    Each that was said once counts once: two that are the same are merged with it, and a merge that is
    undone answers its suggestion with it.
    """
    department = Q(department=force.department_id)
    merges = Merge.objects.filter(department)
    undone = merges.filter(undone_at=OuterRef("ruled_at"), undone_reason=OuterRef("note"))
    different = MergeSuggestion.objects.filter(
        department, ~Exists(undone), quarter.at("ruled_at"), ruling=Ruling.DIFFERENT
    )
    return table_of(
        "rulings",
        "Rulings on organisations that look alike",
        ("Ruling", "How many"),
        [
            ("The same organisation: merged", merges.filter(quarter.at("merged_at")).count()),
            ("Different organisations", different.count()),
            ("Merge undone", merges.filter(quarter.at("undone_at")).count()),
        ],
        "",
        "Of every force that shares the department.",
    )


# --- purchases by card ---------------------------------------------------------------------------


def purchases_reviewed(force: Force, quarter: Quarter, reader: User) -> QuerySet[Purchase]:
    """What was reviewed, but for the reader's own and those of who reports to them."""
    return (
        Purchase.objects.filter(quarter.at("reviewed_at"), force=force)
        .exclude(card__holder=reader)
        .exclude(card__holder__line_manager=reader)
    )


def reviews(purchases: QuerySet[Purchase], seen: Sees) -> Table:
    """How reviews of purchases ended; what was referred is counted for PSD alone."""
    shown = [verdict for verdict in Verdict if seen.psd or verdict != Verdict.REFERRED]
    counts = dict(purchases.order_by().values_list("verdict").annotate(n=Count("pk")))
    return table_of(
        "reviews",
        "Purchases by card that were reviewed",
        ("Review", "How many"),
        [(str(verdict.label), counts.get(verdict, 0)) for verdict in shown],
        "",
    )


def not_right(purchases: QuerySet[Purchase]) -> Table:
    wrong = purchases.filter(verdict=Verdict.WRONG).select_related("card__holder__grade")
    return table_of(
        "not-right",
        "Purchases that were not right",
        ("Bought", "Merchant", "Holder", "Amount", "Remarks"),
        [
            (
                each.bought_on,
                each.merchant,
                each.card.holder.display if each.card.holder else each.card.holder_name,
                each.amount,
                each.remarks,
            )
            for each in wrong.order_by("bought_on", "pk")
        ],
        "Every purchase that was reviewed was right.",
    )
