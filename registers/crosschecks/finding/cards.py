"""Purchases by card: split under the limit, and outside the framework."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from integrity.ui.templatetags.ui import day, money
from registers.crosschecks import scoring, words
from registers.crosschecks.enums import Check
from registers.crosschecks.finding.base import (
    Candidate,
    Ground,
    Lines,
    Row,
    alike_arrays,
    band,
    given,
    narrowed,
    rows,
)
from registers.crosschecks.scoring import Points
from registers.crosschecks.settings import Setting

# What was bought from a merchant whose name is known, with the card and its holder as the page says them.
PURCHASES = """
l AS (
  SELECT p.id, p.card_id, p.bought_on AS day, p.amount, p.category, p.merchant, p.reference,
         k.holder_id AS person_id, h.unit_id, k.single_limit, k.ending,
         coalesce(nullif(concat_ws(' ', g.short, nullif(h.number, ''), h.first_name, h.last_name), ''),
                  k.holder_name) AS who,
         o.name AS org_name, coalesce(o.merged_into_id, o.id) AS root
  FROM procurement_purchase p
  JOIN procurement_card k ON k.id = p.card_id
  JOIN organisations_organisation o ON o.id = p.organisation_id
  LEFT JOIN people_user h ON h.id = k.holder_id
  LEFT JOIN people_grade g ON g.id = h.grade_id
  WHERE p.force_id = %(force)s AND p.amount > 0 {only}
)"""
SHOWN = 10
MANY_CARDS = 5


def purchases(ground: Ground) -> str:
    return PURCHASES.format(only=narrowed(ground, "p.card_id = ANY(%(cards)s)"))


def splits(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """One card and merchant within days: each purchase within the card’s limit, together above it."""
    sql = f"""
        WITH {purchases(ground)},
        small AS (SELECT * FROM l WHERE amount <= single_limit),
        run AS (
          SELECT a.id, sum(b.amount) AS together, count(*) AS how_many, max(b.amount) AS largest,
                 max(b.day) AS last_day, array_agg(b.id ORDER BY b.day, b.id) AS ids,
                 string_agg(to_char(b.day, 'DD/MM/YYYY') || ': £' || b.amount, E'\\n' ORDER BY b.day, b.id)
                   AS said
          FROM small a JOIN small b ON b.card_id = a.card_id AND b.root = a.root
            AND b.day BETWEEN a.day AND a.day + %(window)s
          GROUP BY a.id, a.single_limit
          HAVING count(*) >= 2 AND sum(b.amount) > a.single_limit
        )
        SELECT l.*, r.together, r.how_many, r.largest, r.last_day, r.said, r.ids
        FROM run r JOIN l ON l.id = r.id
        ORDER BY l.card_id, l.root, l.day, l.id
    """  # noqa: S608 - the fragments are our own
    yield from (_split(row) for row in first_of_each(rows(sql, **given(ground, setting))))


def first_of_each(found: Iterator[Row]) -> Iterator[Row]:
    """Windows that overlap are one split: the first of them, which holds the others’ beginning."""
    until: dict[tuple[int, int], date] = {}
    for row in found:
        held = until.get((row["card_id"], row["root"]))
        if held is None or row["day"] > held:
            until[row["card_id"], row["root"]] = row["last_day"]
            yield row


def _split(row: Row) -> Candidate:
    gap = (row["last_day"] - row["day"]).days
    points: Points = [("Together above the limit", 30)]
    points += scoring.split_points(
        days=gap, largest=row["largest"], limit=row["single_limit"], purchases=row["how_many"]
    )
    when = (
        f"on {day(row['day'])}" if gap == 0 else f"within {words.days(gap)} from {day(row['day'])}"
    )
    sentence = (
        f"{row['who'] or words.SOMEBODY} bought from {row['org_name']} {row['how_many']} times {when}, "
        f"{money(row['together'])} together, each within the card’s limit of "
        f"{money(row['single_limit'])}."
    )
    return Candidate(
        check=Check.CARD_SPLIT,
        key=f"{row['card_id']}:{row['root']}:{row['day']}",
        sentence=sentence,
        points=points,
        happened_on=row["last_day"],
        one=card_lines(row),
        two=[
            ("Merchant", row["org_name"]), ("Purchases", first_lines(row["said"])),
            ("Together", money(row["together"])), ("Largest", money(row["largest"])),
        ],
        compared={"purchases": row["ids"], "together": row["together"]},
        links=card_links(row),
    )  # fmt: skip


def off_framework(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """A sort of goods that a framework covers, bought elsewhere: one for each card and merchant."""
    sql = f"""
        WITH {purchases(ground)},
        framework AS (
          SELECT k.id, k.title, lower(btrim(k.category)) AS sort,
                 coalesce(k.starts_on, k.awarded_on) AS begins_on, k.ends_on
          FROM procurement_contract k
          WHERE k.force_id = %(force)s AND k.framework AND k.status IN ('active', 'pending')
            AND btrim(k.category) <> ''
        ),
        on_it AS (
          SELECT f.sort, coalesce(o.merged_into_id, o.id) AS root
          FROM framework f JOIN procurement_contractsupplier s ON s.contract_id = f.id
          JOIN organisations_organisation o ON o.id = s.organisation_id
        ),
        allowed AS (
          SELECT sort, root FROM on_it
          UNION
          SELECT i.sort, a.other FROM on_it i
          JOIN unnest(%(alike_one)s::bigint[], %(alike_other)s::bigint[]) AS a (one, other)
            ON a.one = i.root
        ),
        outside AS (
          SELECT DISTINCT ON (l.id) l.*, f.id AS contract_id, f.title, f.sort
          FROM l JOIN framework f ON f.sort = lower(btrim(l.category))
          WHERE (f.begins_on IS NULL OR l.day >= f.begins_on)
            AND (f.ends_on IS NULL OR l.day <= f.ends_on)
            AND NOT EXISTS (SELECT FROM allowed a WHERE a.sort = f.sort AND a.root = l.root)
          ORDER BY l.id, f.begins_on DESC NULLS LAST
        )
        SELECT DISTINCT ON (card_id, root, sort) outside.*,
               sum(amount) OVER of_one AS spent, count(*) OVER of_one AS how_many,
               max(day) OVER of_one AS last_day
        FROM outside
        WINDOW of_one AS (PARTITION BY card_id, root, sort)
        ORDER BY card_id, root, sort, amount DESC, id
    """  # noqa: S608
    # What meets in somebody’s records says nothing of who is on the framework.
    sure = alike_arrays(ground, setting.minimum_likeness, for_all=True)
    asked = given(ground, setting) | sure
    found = [row for row in rows(sql, **asked) if row["spent"] >= setting.amount]
    cards_at = _cards_at({row["root"] for row in found}, ground)
    for row in found:
        points: Points = [("Outside the framework", 40), *_size(row["spent"])]
        points += [("Three times or more", 10)] if row["how_many"] >= 3 else []
        points += [("A merchant that many use", -25)] if cards_at[row["root"]] >= MANY_CARDS else []
        sentence = (
            f"{row['who'] or words.SOMEBODY} bought {words.within(row['category'])} from "
            f"{row['org_name']}, {words.several(row['how_many'], 'time', 'times')} for "
            f"{money(row['spent'])}, although the framework “{row['title']}” covers it and "
            f"{row['org_name']} is not on it."
        )
        yield Candidate(
            check=Check.CARD_OFF_FRAMEWORK,
            key=f"{row['card_id']}:{row['root']}:{row['sort']}"[:120],
            sentence=sentence,
            points=points,
            happened_on=row["last_day"],
            one=card_lines(row),
            two=[
                ("Merchant", row["org_name"]), ("Sort", row["category"]),
                ("Framework", row["title"]), ("Purchases", str(row["how_many"])),
                ("Together", money(row["spent"])),
                ("Largest", f"{money(row['amount'])}, {day(row['day'])}"),
            ],
            compared={
                "card": row["card_id"], "contract": row["contract_id"], "sort": row["sort"],
                "merchant": row["root"], "spent": band(row["spent"]),
            },
            links={**card_links(row), "contract_id": row["contract_id"]},
        )  # fmt: skip


def _cards_at(roots: set[int], ground: Ground) -> Mapping[int, int]:
    """With how many cards something was ever bought from each of these merchants."""
    sql = """
        SELECT coalesce(o.merged_into_id, o.id) AS root, count(DISTINCT p.card_id) AS cards
        FROM organisations_organisation o
        JOIN procurement_purchase p ON p.organisation_id = o.id AND p.force_id = %(force)s
        WHERE o.id = ANY(%(roots)s) OR o.merged_into_id = ANY(%(roots)s)
        GROUP BY 1
    """
    found = rows(sql, force=ground.force.pk, roots=sorted(roots))
    return {row["root"]: row["cards"] for row in found}


def _size(spent: Decimal) -> Points:
    for least, points in ((1_000, 20), (250, 15), (100, 10)):
        if spent >= least:
            return [(f"£{least:,} or more", points)]
    return [("Less than £100", -10)]


def card_lines(row: Row) -> Lines:
    limit = money(row["single_limit"]) or "Not said"
    return [
        ("Card", f"Ending {row['ending']}" if row["ending"] else "Number not said"),
        ("Holder", row["who"] or "Not known"),
        ("Limit for one purchase", limit),
    ]


def card_links(row: Row) -> dict[str, int | None]:
    return {
        "person_id": row["person_id"],
        "organisation_id": row["root"],
        "purchase_id": row["id"],
    }


def first_lines(said: str) -> str:
    lines = said.splitlines()
    more = f"\nand {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
    return "\n".join(lines[:SHOWN]) + more
