"""Gifts and hospitality: what was offered, and what became of it (HMIC 2012, p. 24)."""

from integrity.casework.enums import Stage
from integrity.ui.tables import Column, Table
from registers.gifts.enums import ItemKind, PeerView, ProviderKind
from registers.oversight.enums import Measure
from registers.oversight.sections.section import (
    Section,
    chart,
    named,
    numeric,
    rows_of,
    share,
    when,
)
from registers.oversight.seen import Seen
from registers.oversight.words import VALUE_BANDS, said

KINDS = (("Gifts and gratuities", "gratuity"), ("Hospitality", "hospitality"))
GIVEN = ("Hospitality we gave", "given")
DECISIONS = (("Accepted", "accepted"), ("Declined", "declined"), ("Not decided yet", "undecided"))
TAKEN = ("accepted", "accepted_for_force")
STAGES = (Stage.SUPERVISOR, Stage.AUTHORISATION, Stage.PSD)


def section(seen: Seen) -> Section:
    tables = [
        by_time(seen), by_kind(seen), by_item(seen), by_value(seen), by_provider(seen), decided(seen),
        peer_reviewed(seen),
    ]  # fmt: skip
    return Section("gifts", "Gifts and hospitality", tables)


def by_time(seen: Seen) -> Table:
    along = [
        (label, seen.along(Measure.OFFERS, {kind for _, kind in KINDS}, {decision}))
        for label, decision in DECISIONS
    ]
    rows = [named(at, *(cells[n] for _, cells in along)) for n, at in enumerate(when(seen))]
    return Table(
        "gifts-by-time",
        "Offers, accepted and declined",
        [Column("When"), *numeric(*(label for label, _ in DECISIONS))],
        rows,
        definition=(
            "An offer counts in the month in which it was made. It is accepted where any of its items "
            "was, declined where all were. Offers withdrawn and hospitality we gave are left out."
        ),
        chart=chart(seen, "stacked", "Offers, accepted and declined", along),
    )


def by_kind(seen: Seen) -> Table:
    rows = []
    for label, kind in (*KINDS, GIVEN):
        cells = [seen.count(Measure.OFFERS, {kind}, {decision}) for _, decision in DECISIONS]
        late = (Measure.OFFERS, {kind}, None, {"late"})
        cells += [seen.count(Measure.OFFERS, {kind}), seen.count(*late)]
        rows.append(
            named(label, *cells, share(seen.whole(*late), seen.whole(Measure.OFFERS, {kind})))
        )
    labels = [*(label for label, _ in DECISIONS), "All", "of which late", "Share late"]
    return Table(
        "gifts-by-kind",
        "Gratuities and hospitality",
        [Column("Kind"), *numeric(*labels)],
        rows,
        definition=(
            "An offer with any hospitality in it is hospitality; one of nothing but hospitality that "
            "the force gave is that; every other is a gift or gratuity. It is late where it was "
            "entered after the days that the force allows."
        ),
    )


def by_item(seen: Seen) -> Table:
    labels = [(value, str(label)) for value, label in ItemKind.choices]
    return Table(
        "gifts-by-item",
        "Items by what they were",
        [Column("Kind of item"), *numeric("Accepted", "Declined", "All")],
        rows_of(seen, Measure.ITEMS, labels, [TAKEN], [("declined",)], []),
        definition=(
            "Items are counted, not offers: one offer may hold several. An item taken on behalf of "
            "the force is accepted."
        ),
    )


def by_value(seen: Seen) -> Table:
    rows = [
        named(
            label,
            seen.count(Measure.ITEMS, None, TAKEN, {band}),
            seen.count(Measure.ITEMS, None, {"declined"}, {band}),
            seen.pounds(Measure.ITEMS, None, None, {band}),
        )
        for band, label in VALUE_BANDS.items()
    ]
    return Table(
        "gifts-by-value",
        "Items by the most that they may be worth",
        [Column("Value"), *numeric("Accepted", "Declined", "Pounds in all")],
        rows,
        definition=(
            "Items are counted, not offers: one offer may hold several. Where a value is a range its "
            "upper end counts; the pounds are of all items, also of those not decided yet."
        ),
    )


def by_provider(seen: Seen) -> Table:
    labels = [(value, str(label)) for value, label in ProviderKind.choices]
    return Table(
        "gifts-by-provider",
        "Offers by the kind of provider",
        [Column("Provider"), *numeric(*(label for label, _ in DECISIONS), "All")],
        rows_of(
            seen, Measure.PROVIDER_KINDS, labels, *([{value}] for _, value in DECISIONS), []
        ),
        definition=(
            "The kind is what the force’s own records know of the provider, and otherwise what was "
            "declared. Hospitality we gave counts here too."
        ),
    )  # fmt: skip


def decided(seen: Seen) -> Table:
    found = sorted({row.key[1] for row in seen.figures.of(Measure.GIFT_DECISIONS)}, key=said)
    rows = [
        named(
            said(outcome),
            *(seen.count(Measure.GIFT_DECISIONS, {stage}, {outcome}) for stage in STAGES),
        )
        for outcome in found
    ]
    return Table(
        "gifts-decided",
        "Decisions about offers",
        [Column("Decision"), *numeric(*(str(stage.label) for stage in STAGES))],
        rows,
        nothing="Nobody has decided about an offer in this period.",
        definition=(
            "Decisions count on the day on which they were made, by who made them. An offer that "
            "was reopened may have several; one that the policy only has recorded has none."
        ),
    )


def peer_reviewed(seen: Seen) -> Table:
    labels = [(value, str(label)) for value, label in PeerView.choices]
    return Table(
        "gifts-peer-reviews",
        "Views of chief officers on offers to colleagues",
        [Column("View"), *numeric("Reviews")],
        rows_of(seen, Measure.PEER_REVIEWS, labels, []),
        definition="Each view counts on the day on which it was given; one offer may have several.",
    )
