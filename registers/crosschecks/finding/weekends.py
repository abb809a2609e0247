"""Purchases by card when nobody works, but for units that do."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from integrity.casework.clocks import is_working_day
from integrity.ui.templatetags.ui import day, money
from registers.crosschecks import scoring, words
from registers.crosschecks.enums import Check
from registers.crosschecks.finding.base import Candidate, Ground, Row, band, given, rows
from registers.crosschecks.finding.cards import (
    SHOWN,
    card_lines,
    card_links,
    first_lines,
    purchases,
)
from registers.crosschecks.scoring import Points
from registers.crosschecks.settings import Setting

ON_DUTY = 3  # colleagues with two weekend days or more: the unit works at weekends
ENOUGH = 10  # purchases at other times, before they say what is usual


def weekends(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """Of one card, the days on which most was bought when nobody works."""
    sql = f"""
        WITH {purchases(ground)}
        SELECT * FROM l ORDER BY card_id, day, id
    """  # noqa: S608
    cards: dict[int, list[Row]] = defaultdict(list)
    for row in rows(sql, **given(ground, setting)):
        cards[row["card_id"]].append(row)
    colleagues = weekend_days(ground, {bought[0]["unit_id"] for bought in cards.values()})
    for bought in cards.values():
        if found := _weekends(bought, setting, colleagues[bought[0]["unit_id"]]):
            yield found


def weekend_days(
    ground: Ground, units: set[int | None]
) -> Mapping[int | None, Mapping[int, list[date]]]:
    """On which weekend days each card of these units was used."""
    sql = """
        SELECT DISTINCT h.unit_id, p.card_id, p.bought_on AS day
        FROM procurement_purchase p JOIN procurement_card k ON k.id = p.card_id
        JOIN people_user h ON h.id = k.holder_id
        WHERE p.force_id = %(force)s AND h.unit_id = ANY(%(units)s)
          AND extract(isodow FROM p.bought_on) >= 6
    """
    found: dict[int | None, dict[int, list[date]]] = defaultdict(lambda: defaultdict(list))
    for row in rows(sql, force=ground.force.pk, units=[unit for unit in units if unit]):
        found[row["unit_id"]][row["card_id"]].append(row["day"])
    return found


def _weekends(
    bought: list[Row], setting: Setting, of_unit: Mapping[int, list[date]]
) -> Candidate | None:
    """The densest window; none where there are fewer than the least number."""
    off = [row for row in bought if not is_working_day(row["day"])]
    window = _densest(off, timedelta(days=setting.window_days))
    if len(window) < setting.times:
        return None
    begins, ends = window[0]["day"], window[-1]["day"]
    then = [row for row in bought if begins <= row["day"] <= ends]
    otherwise = len(bought) - len(then)
    spent = sum((row["amount"] for row in window), Decimal(0))
    points: Points = [("At weekends and on bank holidays", 30)]
    points += scoring.weekend_points(
        weekend=len(window),
        of=len(then),
        usually=(len(off) - len(window)) / otherwise if otherwise >= ENOUGH else None,
        times=setting.times,
        amount=spent,
    )
    row = window[0]
    on_duty = sum(
        card != row["card_id"] and sum(begins <= each <= ends for each in days) >= 2
        for card, days in of_unit.items()
    )
    if on_duty >= ON_DUTY:
        points.append((f"{on_duty} colleagues of the unit bought at weekends too", -35))
    sentence = (
        f"{row['who'] or words.SOMEBODY} made {words.several(len(window), 'purchase', 'purchases')} "
        f"by card at weekends or on bank holidays between {day(begins)} and {day(ends)}, {money(spent)} together."
    )
    merchants = sorted({each["org_name"] for each in window})
    sorts = sorted({each["category"].strip() or "not said" for each in window})
    return Candidate(
        check=Check.CARD_WEEKEND,
        key=str(row["card_id"]),
        sentence=sentence,
        points=points,
        happened_on=ends,
        one=card_lines(row),
        two=[
            ("Merchants", ", ".join(merchants[:SHOWN])), ("Sorts", ", ".join(sorts[:SHOWN])),
            ("Purchases", first_lines("\n".join(f"{day(e['day'])}: {money(e['amount'])}" for e in window))),
            ("Of all purchases then", f"{len(window)} of {len(then)}"),
            ("Of all purchases at other times", f"{len(off) - len(window)} of {otherwise}"),
        ],
        compared={
            "card": row["card_id"], "from": begins,
            "how_many": min(len(window), 10) // 2, "spent": band(spent),
        },
        links={**card_links(row), "organisation_id": row["root"] if len(merchants) == 1 else None},
    )  # fmt: skip


def _densest(off: list[Row], length: timedelta) -> list[Row]:
    """The most that came within some days of each other, the earliest of several; by day before."""
    best: list[Row] = []
    start = 0
    for end, row in enumerate(off):
        while row["day"] > off[start]["day"] + length:
            start += 1
        if end + 1 - start > len(best):
            best = off[start : end + 1]
    return best
