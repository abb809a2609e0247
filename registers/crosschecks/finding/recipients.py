"""Who was offered something: people with a part in procurement, and the same person again and again."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from integrity.ui.templatetags.ui import day, money
from registers.crosschecks import scoring, words
from registers.crosschecks.enums import Check
from registers.crosschecks.finding.base import (
    MEMBERS,
    Candidate,
    Ground,
    Row,
    given,
    pair_points,
    rows,
)
from registers.crosschecks.finding.offered import RECIPIENT, offer_beside, offers, points_of
from registers.crosschecks.scoring import Points
from registers.crosschecks.settings import Setting
from registers.procurement.enums import Part

SHOWN = 10


def in_procurement(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """An offer by a bidder or supplier to somebody with a part in it, or who works in procurement."""
    sql = f"""
        WITH {offers(ground)}, {MEMBERS},
        deal AS (
          SELECT m.root, m.other, m.org_name, m.likeness, k.id AS contract_id,
                 NULL::bigint AS tender_id, k.title, k.amount,
                 coalesce(k.awarded_on, k.starts_on) AS begins_on, k.ends_on
          FROM member m JOIN procurement_contractsupplier s ON s.organisation_id = m.org
          JOIN procurement_contract k ON k.id = s.contract_id
          WHERE k.force_id = %(force)s AND s.left_on IS NULL AND k.status IN ('active', 'pending')
          UNION ALL
          SELECT m.root, m.other, m.org_name, m.likeness, NULL, t.id, t.title, t.amount,
                 t.opens_on, t.closes_on
          FROM member m JOIN procurement_bidder b ON b.organisation_id = m.org
          JOIN procurement_tender t ON t.id = b.tender_id
          WHERE t.force_id = %(force)s
        )
        SELECT {RECIPIENT}, d.*, v.part, v.starts_on AS part_from, v.declared
        FROM l JOIN deal d ON d.root = l.root
        LEFT JOIN LATERAL (
          SELECT i.* FROM procurement_involvement i
          WHERE i.person_id = l.person_id
            AND (i.contract_id = d.contract_id OR i.tender_id = d.tender_id
                 OR i.tender_id = (SELECT tender_id FROM procurement_contract WHERE id = d.contract_id))
            AND i.starts_on <= l.day + %(window)s
            AND coalesce(i.ends_on, l.day) >= l.day - %(window)s
          ORDER BY i.id LIMIT 1
        ) v ON true
        WHERE v.part IS NOT NULL
           OR (coalesce(d.begins_on, l.day) <= l.day + %(window)s
               AND coalesce(d.ends_on, l.day) >= l.day - %(window)s
               AND EXISTS (SELECT FROM people_rolegrant g
                           WHERE g.user_id = l.person_id AND g.role = 'procurement'
                             AND g.starts_on <= l.day
                             AND (g.ends_on IS NULL OR g.ends_on >= l.day)))
    """  # noqa: S608 - the fragments are our own
    for row in rows(sql, **given(ground, setting)):
        part = Part(row["part"]).label if row["part"] else "Works in procurement"
        deal = words.awarded(row["title"], row["amount"])
        points: Points = [("A part in procurement", 60 if row["part"] else 35), *points_of(row)]
        points += scoring.contract_points(row["amount"]) + pair_points(row)
        stands = "supplies" if row["contract_id"] else "bid for"
        role = f"{words.within(part)} there" if row["part"] else "works in procurement"
        sentence = f"{words.offered(row)}; {row['org_name']} {stands} {deal}, and the recipient {_has(role)}."
        yield offer_beside(
            Check.RECIPIENT_IN_PROCUREMENT, ground, row, sentence, points,
            row["part_from"] or row["day"],
            two=[
                ("Contract" if row["contract_id"] else "Tender", row["title"]),
                ("Supplier or bidder", row["org_name"]),
                ("Amount", money(row["amount"]) or "Not said"),
                ("Part of the recipient", part),
                ("Since", day(row["part_from"]) or "Not said"),
            ],
            contract=row["contract_id"], tender=row["tender_id"], part=row["part"],
        )  # fmt: skip


def _has(role: str) -> str:
    return role if role.startswith("works") else f"has a part in it ({role.removesuffix(' there')})"


def repeat(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """The same provider, an organisation or a person, and the same recipient, within some days."""
    sql = f"""
        WITH {offers(ground, by_person=True)},
        counted AS (
          SELECT l.*, coalesce(l.root::text, l.person_key) AS host FROM l
          WHERE l.person_id IS NOT NULL AND NOT l.light
            AND (l.root IS NOT NULL OR l.person_key <> '')
            AND (l.value IS NULL OR l.value >= {scoring.TRIVIAL})
        ),
        near AS (
          SELECT DISTINCT host, host AS other FROM counted
          UNION
          SELECT one::text, other::text
          FROM unnest(%(alike_one)s::bigint[], %(alike_other)s::bigint[]) AS a (one, other)
        ),
        run AS (
          SELECT a.id AS first, min(b.host) AS first_host, count(*) AS times,
                 count(*) FILTER (WHERE b.accepted) AS taken,
                 sum(b.value) FILTER (WHERE b.accepted) AS worth, max(b.day) AS last_day,
                 string_agg(b.reference || ', ' || to_char(b.day, 'DD/MM/YYYY') || ': ' || b.what,
                            E'\\n' ORDER BY b.day, b.id) AS said,
                 array_agg(b.case_id ORDER BY b.day, b.id) AS case_ids,
                 count(DISTINCT b.provider) AS spellings
          FROM counted a JOIN near n ON n.host = a.host
          JOIN counted b ON b.person_id = a.person_id AND b.host = n.other
            AND b.day BETWEEN a.day AND a.day + %(window)s
          GROUP BY a.id
          HAVING count(*) >= %(times)s
        )
        SELECT c.*, r.* FROM run r JOIN counted c ON c.id = r.first
        ORDER BY c.person_id, r.times DESC, c.day DESC, c.id
    """  # noqa: S608
    for row in longest_of_each(rows(sql, **given(ground, setting))):
        yield _repeat(row, setting)


def longest_of_each(found: Iterable[Row]) -> Iterator[Row]:
    """Of runs that share an offer, or are of one host, the longest: it comes first."""
    told: set[int] = set()
    hosts: set[tuple[int, str]] = set()
    for row in found:
        host = (row["person_id"], row["first_host"])
        if host not in hosts and told.isdisjoint(row["case_ids"]):
            yield row
        told.update(row["case_ids"])
        hosts.add(host)


def _repeat(row: Row, setting: Setting) -> Candidate:
    points: Points = [("Again and again", 30)]
    extra = min(25, 5 * (row["times"] - setting.times))
    points += [("More than the least number", extra)] if extra else []
    points += _taken_points(row["taken"], row["worth"] or Decimal(0))
    if scoring.is_public(row["provider"], row["kind"]):
        points.append(("A public body or a charity", -25))
    if row["chief_officer"]:
        points.append(("Chief officer", 5))
    first: date = row["day"]
    sentence = (
        f"{row['provider']} made {row['who']} {row['times']} offers between {day(first)} and "
        f"{day(row['last_day'])}, of which {row['taken']} were accepted{words.worth(row['worth'])}"
        + (
            f", under {row['spellings']} names that are read as one."
            if row["spellings"] > 1
            else "."
        )
    )
    cases = row["case_ids"]
    return Candidate(
        check=Check.REPEAT_PROVIDER,
        key=f"{row['person_id']}:{row['first_host']}"[:120],
        sentence=sentence,
        points=points,
        happened_on=row["last_day"],
        one=[
            ("Recipient", row["who"]), ("Provider", row["provider"]),
            ("Offers", str(row["times"])), ("Accepted", str(row["taken"])),
            ("Worth of what was accepted", money(row["worth"]) or "Not known"),
        ],
        two=[("Offers", "\n".join(row["said"].splitlines()[:SHOWN]))],
        compared={"person": row["person_id"], "offers": cases, "taken": row["taken"]},
        links={
            "person_id": row["person_id"], "organisation_id": row["root"],
            "case_id": cases[0], "other_case_id": cases[-1],
        },
    )  # fmt: skip


def _taken_points(taken: int, worth: Decimal) -> Points:
    """IPCC: regular, substantial."""
    if not taken:
        return [("All declined", -30)]
    if taken == 1:
        return [("All but one declined", -10)]
    if worth >= 100:
        return [("Accepted, worth £100 or more", 25)]
    return [("Accepted, worth £50 or more", 15)] if worth >= 50 else [("Accepted", 5)]
