"""Business interests beside contracts, spend, offers and tenders."""

from collections.abc import Iterator

from integrity.ui.templatetags.ui import day, money
from registers.crosschecks import scoring, words
from registers.crosschecks.enums import Check
from registers.crosschecks.finding.base import (
    MEMBERS,
    PAYEES,
    Candidate,
    Ground,
    Row,
    band,
    given,
    narrowed,
    paid,
    pair_points,
    rows,
)
from registers.crosschecks.finding.held import HOLDER, INTERESTS, interest_beside, interests
from registers.crosschecks.finding.offered import OFFERS
from registers.crosschecks.scoring import Points
from registers.crosschecks.settings import Setting
from registers.procurement.enums import Declared, Part


def in_supplier(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """An interest in an organisation that holds or held a contract: one, however many contracts."""
    sql = f"""
        WITH {interests(ground)}, {MEMBERS}, {PAYEES},
        held AS (
          SELECT DISTINCT ON (l.id, m.other) l.id AS interest, m.other, m.org_name, m.likeness,
                 k.id AS contract_id, k.title, k.amount, k.awarded_on, k.starts_on, k.ends_on,
                 count(*) OVER (PARTITION BY l.id, m.other) AS contracts,
                 sum(k.amount) OVER (PARTITION BY l.id, m.other) AS worth
          FROM l JOIN member m ON m.root = l.root
          JOIN procurement_contractsupplier s ON s.organisation_id = m.org AND s.left_on IS NULL
          JOIN procurement_contract k ON k.id = s.contract_id AND k.force_id = %(force)s
          WHERE k.status IN ('active', 'pending') AND coalesce(k.amount, %(amount)s) >= %(amount)s
            AND coalesce(k.ends_on, k.awarded_on, k.starts_on, l.day) >= l.day - %(window)s
            AND (l.until IS NULL
                 OR coalesce(k.awarded_on, k.starts_on, l.day) <= l.until + %(window)s)
          ORDER BY l.id, m.other, k.amount DESC NULLS LAST, k.awarded_on DESC NULLS LAST, k.id
        )
        SELECT {HOLDER}, h.*, coalesce(y.payments, 0) AS payments, coalesce(y.months, 0) AS months
        FROM held h JOIN l ON l.id = h.interest LEFT JOIN payee y ON y.other = h.other
    """  # noqa: S608 - the fragments are our own
    for row in rows(sql, **given(ground, setting)):
        points: Points = [("An interest in a supplier", 55), *_points(row, ground)]
        points += scoring.contract_points(row["worth"]) + pair_points(row)
        on = row["awarded_on"] or row["starts_on"]
        when = f" on {day(on)}" if on else ""
        more = row["contracts"] - 1
        sentence = (
            f"{words.interest(row)}; {row['org_name']} was awarded "
            f"{words.awarded(row['title'], row['amount'])}{when}"
            + (f" and {words.several(more, 'other contract', 'other contracts')}." if more else ".")
        )
        yield interest_beside(
            Check.INTEREST_IN_SUPPLIER, ground, row, sentence, points, on or row["day"],
            two=[
                ("Supplier", row["org_name"]), ("Largest contract", row["title"]),
                ("Awarded on", day(on) or "Not said"), ("Until", day(row["ends_on"]) or "Not said"),
                ("Amount", money(row["amount"]) or "Not said"),
                ("Contracts", f"{row['contracts']}, {money(row['worth']) or 'amounts not said'}"),
            ],
            contract=row["contract_id"], amount=band(row["worth"]),
        )  # fmt: skip


def in_payee(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """An interest in an organisation that is paid without a contract, or by card: one in all."""
    sql = f"""
        WITH {interests(ground)}, {MEMBERS}, {PAYEES},
        contracted AS (
          SELECT DISTINCT m.other FROM member m
          JOIN procurement_contractsupplier s ON s.organisation_id = m.org
          WHERE s.force_id = %(force)s AND s.left_on IS NULL
        ),
        spent AS (
          SELECT organisation_id, id AS payment_id, NULL::bigint AS purchase_id, amount, paid_on,
                 NULL::bigint AS holder_id
          FROM procurement_payment WHERE force_id = %(force)s
          UNION ALL
          SELECT u.organisation_id, NULL, u.id, u.amount, u.bought_on, k.holder_id
          FROM procurement_purchase u JOIN procurement_card k ON k.id = u.card_id
          WHERE u.force_id = %(force)s
        ),
        got AS (
          SELECT DISTINCT ON (l.id, m.other) l.id AS interest, m.other, m.org_name, m.likeness,
                 p.payment_id, p.purchase_id, p.amount, p.paid_on,
                 count(*) OVER of_one AS lines, sum(p.amount) OVER of_one AS total,
                 count(*) FILTER (WHERE p.holder_id = l.person_id) OVER of_one AS own_card
          FROM l JOIN member m ON m.root = l.root
          JOIN spent p ON p.organisation_id = m.org
          WHERE m.other NOT IN (SELECT other FROM contracted)
            AND p.paid_on >= l.day - %(window)s
            AND (l.until IS NULL OR p.paid_on <= l.until + %(window)s)
          WINDOW of_one AS (PARTITION BY l.id, m.other)
          ORDER BY l.id, m.other, p.amount DESC, p.paid_on, p.payment_id, p.purchase_id
        )
        SELECT {HOLDER}, g.*, y.payments, y.months
        FROM got g JOIN l ON l.id = g.interest LEFT JOIN payee y ON y.other = g.other
        WHERE g.total >= %(amount)s OR g.own_card > 0
    """  # noqa: S608
    for row in rows(sql, **given(ground, setting)):
        points: Points = [("An interest in an organisation that is paid", 45)]
        points += _points(row, ground) + pair_points(row)
        if row["own_card"]:
            points.append(("Bought with their own card", 20))
        else:
            points += scoring.spend_points(row["total"])
        sentence = (
            f"{words.interest(row)}; {row['org_name']} was paid {money(row['total'])} in "
            f"{words.several(row['lines'], 'payment', 'payments')}, the largest "
            f"{money(row['amount'])} on {day(row['paid_on'])}"
            + (f", {_own_card(row)}." if row["own_card"] else ".")
        )
        yield interest_beside(
            Check.INTEREST_IN_PAYEE, ground, row, sentence, points, row["paid_on"],
            two=[
                ("Paid to", row["org_name"]), ("In all", money(row["total"])),
                ("Payments and purchases by card", f"{row['lines']:,}"),
                ("With the person’s own card", f"{row['own_card']:,}"),
                ("Largest", f"{money(row['amount'])}, {day(row['paid_on'])}"),
            ],
            payment=row["payment_id"],
            purchase=row["purchase_id"], amount=band(row["total"]), own=row["own_card"] > 0,
        )  # fmt: skip


def _own_card(row: Row) -> str:
    if row["own_card"] == row["lines"]:
        return "with their own card"
    return f"{row['own_card']} of them with their own card"


def and_offer(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """Somebody’s own provider: an offer from an organisation in which they have an interest."""
    given_offers = OFFERS.replace("l AS (", "offer AS (", 1).format(
        only=narrowed(ground, "c.subject_id = ANY(%(people)s)")
    )
    touched = narrowed(ground, "c.subject_id = ANY(%(people)s)")
    sql = f"""
        WITH {INTERESTS.format(only=touched)}, {MEMBERS}, {given_offers}
        SELECT {HOLDER}, m.other, m.org_name, m.likeness, f.case_id AS offer_case, f.day AS offered,
               f.reference AS offer_reference, f.what, f.items, f.value, f.accepted, f.undecided,
               f.light, f.provider AS host,
               count(*) OVER (PARTITION BY l.id) AS offers
        FROM l JOIN (SELECT DISTINCT root, other, org_name, likeness FROM member) m ON m.root = l.root
        JOIN offer f ON f.root = m.other AND f.person_id = l.person_id
        WHERE f.day >= l.day - %(window)s AND (l.until IS NULL OR f.day <= l.until + %(window)s)
    """  # noqa: S608
    for row in rows(sql, **given(ground, setting)):
        points: Points = [("From an organisation of one’s own", 65), *pair_points(row)]
        points += [] if row["accepted"] else [("Declined", -15)]
        if row["light"] or (row["value"] is not None and row["value"] < scoring.TRIVIAL):
            points.append(("A trifle", -30))
        offer = {**row, "day": row["offered"], "provider": row["host"]}
        sentence = f"{words.interest(row)}; {words.offered(offer)}."
        yield interest_beside(
            Check.INTEREST_AND_OFFER, ground, row, sentence, points, row["offered"],
            two=[
                ("Entry", row["offer_reference"]), ("Provider", row["host"]),
                ("Offered", row["what"]), ("Worth", money(row["value"]) or "Not known"),
                ("Answer", words.did(row).capitalize()), ("On", day(row["offered"])),
                ("Offers from it", str(row["offers"])),
            ],
            other_case=row["offer_case"], how_many=band(row["offers"]),
        )  # fmt: skip


def involved(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """Somebody with a part in a tender or contract, and an interest in who bid or supplies."""
    sql = f"""
        WITH {interests(ground)}, {MEMBERS},
        dealt AS (
          SELECT v.id, v.person_id, v.part, v.declared, v.starts_on, v.ends_on, v.tender_id,
                 v.contract_id, b.organisation_id, t.title, t.amount
          FROM procurement_involvement v JOIN procurement_tender t ON t.id = v.tender_id
          JOIN procurement_bidder b ON b.tender_id = t.id
          WHERE v.force_id = %(force)s
          UNION ALL
          SELECT v.id, v.person_id, v.part, v.declared, v.starts_on, v.ends_on, k.tender_id,
                 k.id, s.organisation_id, k.title, k.amount
          FROM procurement_involvement v
          JOIN procurement_contract k ON k.id = v.contract_id OR k.tender_id = v.tender_id
          JOIN procurement_contractsupplier s ON s.contract_id = k.id AND s.left_on IS NULL
          WHERE v.force_id = %(force)s
        )
        SELECT DISTINCT ON (l.id, d.id) {HOLDER}, m.other, m.org_name, m.likeness,
               d.id AS involvement, d.part, d.declared, d.starts_on AS part_from, d.tender_id,
               d.contract_id, d.title, d.amount
        FROM l JOIN member m ON m.root = l.root
        JOIN dealt d ON d.organisation_id = m.org AND d.person_id = l.person_id
        WHERE (l.until IS NULL OR l.until >= d.starts_on)
          AND (d.ends_on IS NULL OR d.ends_on >= l.day)
        ORDER BY l.id, d.id, m.likeness DESC, d.contract_id
    """  # noqa: S608
    for row in rows(sql, **given(ground, setting)):
        points: Points = [
            ("An interest, and a part in the tender", 70),
            *_declared(row["declared"]),
        ]
        points += scoring.contract_points(row["amount"]) + pair_points(row)
        part = Part(row["part"]).label
        sentence = (
            f"{words.interest(row)}; {row['org_name']} is in “{row['title']}”, in which they have a "
            f"part ({words.within(part)}) since {day(row['part_from'])}."
        )
        yield interest_beside(
            Check.INVOLVED_WITH_INTEREST, ground, row, sentence, points, row["part_from"],
            two=[
                ("Contract" if row["contract_id"] else "Tender", row["title"]),
                ("Bidder or supplier", row["org_name"]), ("Part", part),
                ("Since", day(row["part_from"])),
                ("What they declared there", Declared(row["declared"]).label),
            ],
            contract=row["contract_id"], tender=row["tender_id"], declared=row["declared"],
            key=f"{row['case_id']}:{row['involvement']}",
        )  # fmt: skip


def _declared(said: str) -> Points:
    if said == Declared.NONE:
        return [("They declared that they have none", 20)]
    return [("They declared it there", -20)] if said == Declared.INTEREST else []


def _points(row: Row, ground: Ground) -> Points:
    return [
        *scoring.interest_points(
            category=row["category"],
            of_relative=row["of_relative"],
            refused=bool(row["refused"]),
            in_procurement=row["in_procurement"],
            chief_officer=row["chief_officer"],
        ),
        *scoring.employer_points(paid(row, ground), category=row["category"], name=row["provider"]),
    ]
