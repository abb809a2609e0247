"""Offers beside awards, tenders, payments, purchases by card, parts in procurement and each other."""

from collections.abc import Iterator
from decimal import Decimal

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
    paid,
    pair_points,
    rows,
)
from registers.crosschecks.finding.offered import RECIPIENT, offer_beside, offers, points_of
from registers.crosschecks.scoring import Points
from registers.crosschecks.settings import Setting


def before_award(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """An offer, then a contract to its provider."""
    sql = f"""
        WITH {offers(ground)}, {MEMBERS}, {PAYEES},
        award AS (
          SELECT DISTINCT ON (l.id, m.other) l.id AS offer, m.other, m.org_name, m.likeness,
                 k.id AS contract_id, k.title, k.amount, k.awarded_on,
                 count(*) OVER (PARTITION BY l.id, m.other) AS awards
          FROM l JOIN member m ON m.root = l.root
          JOIN procurement_contractsupplier s ON s.organisation_id = m.org AND s.left_on IS NULL
          JOIN procurement_contract k ON k.id = s.contract_id AND k.force_id = %(force)s
          WHERE k.status IN ('active', 'pending') AND coalesce(k.amount, %(amount)s) >= %(amount)s
            AND k.awarded_on BETWEEN l.day AND l.day + %(window)s
          ORDER BY l.id, m.other, k.amount DESC NULLS LAST, k.awarded_on
        )
        SELECT {RECIPIENT}, a.*, coalesce(y.payments, 0) AS payments, coalesce(y.months, 0) AS months
        FROM award a JOIN l ON l.id = a.offer LEFT JOIN payee y ON y.other = a.other
    """  # noqa: S608 - the fragments are our own
    for row in rows(sql, **given(ground, setting)):
        gap = (row["awarded_on"] - row["day"]).days
        points: Points = [("An offer, then a contract", 40), *points_of(row)]
        points += scoring.nearness(gap, (30, 15), (90, 10), (180, 5))
        points += scoring.contract_points(row["amount"]) + pair_points(row)
        if paid(row, ground).by_everybody:
            points.append(("Paid in most months", -30))
        more = row["awards"] - 1
        sentence = (
            f"{words.offered(row)}, {words.apart(row['day'], row['awarded_on'])} {row['org_name']} "
            f"was awarded {words.awarded(row['title'], row['amount'])}"
            + (f" and {words.several(more, 'other contract', 'other contracts')}." if more else ".")
        )
        yield offer_beside(
            Check.OFFER_BEFORE_AWARD, ground, row, sentence, points, row["awarded_on"],
            two=[
                ("Contract", row["title"]), ("Awarded to", row["org_name"]),
                ("Awarded on", day(row["awarded_on"])), ("Amount", money(row["amount"]) or "Not said"),
                ("Contracts awarded after the offer", f"{row['awards']:,}"),
            ],
            contract=row["contract_id"], amount=row["amount"], on=row["awarded_on"],
        )  # fmt: skip


def in_tender(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """An offer by a bidder, or by whoever won, while the tender was open."""
    sql = f"""
        WITH {offers(ground)}, {MEMBERS},
        entrant AS (
          SELECT m.root, m.other, m.org_name, m.likeness, b.tender_id
          FROM member m JOIN procurement_bidder b ON b.organisation_id = m.org
          WHERE b.force_id = %(force)s
          UNION
          SELECT m.root, m.other, m.org_name, m.likeness, k.tender_id
          FROM member m JOIN procurement_contractsupplier s ON s.organisation_id = m.org
          JOIN procurement_contract k ON k.id = s.contract_id
          WHERE k.force_id = %(force)s AND k.tender_id IS NOT NULL AND s.left_on IS NULL
        ),
        open AS (
          SELECT id, title, amount, closes_on,
                 coalesce(opens_on, closes_on - %(window)s) AS opens_on,
                 coalesce(closes_on, CASE WHEN status = 'active' THEN %(today)s END) AS until
          FROM procurement_tender
          WHERE force_id = %(force)s AND status NOT IN ('planning', 'planned', 'cancelled', 'withdrawn')
        )
        SELECT {RECIPIENT}, e.other, e.org_name, e.likeness, t.id AS tender_id, t.title, t.amount,
               t.opens_on, t.closes_on,
               EXISTS (SELECT FROM procurement_involvement v
                       WHERE v.tender_id = t.id AND v.person_id = l.person_id) AS has_part
        FROM l JOIN entrant e ON e.root = l.root JOIN open t ON t.id = e.tender_id
        WHERE l.day BETWEEN t.opens_on AND t.until
    """  # noqa: S608
    for row in rows(sql, **given(ground, setting)):
        points: Points = [("While a tender was open", 50), *points_of(row)]
        if row["has_part"]:
            points.append(("The recipient has a part in the tender", 25))
        points += scoring.contract_points(row["amount"]) + pair_points(row)
        closes = day(row["closes_on"]) or "it is still open"
        sentence = (
            f"{words.offered(row)}, while {words.awarded(row['title'], row['amount'])} was open to "
            f"tender ({day(row['opens_on'])} to {closes}), for which {row['org_name']} bid."
        )
        yield offer_beside(
            Check.OFFER_IN_TENDER, ground, row, sentence, points, row["day"],
            two=[
                ("Tender", row["title"]), ("Bidder", row["org_name"]),
                ("Open", f"{day(row['opens_on'])} to {closes}"),
                ("Part of the recipient in it", "Yes" if row["has_part"] else "None recorded"),
            ],
            tender=row["tender_id"], part=row["has_part"], on=row["closes_on"],
        )  # fmt: skip


def near_payment(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """An offer around a payment to its provider: the largest is shown, the others counted."""
    sql = f"""
        WITH {offers(ground)}, {MEMBERS}, {PAYEES},
        near AS (
          SELECT DISTINCT ON (l.id, m.other) l.id AS offer, m.other, m.org_name, m.likeness,
                 p.id AS payment_id, p.amount, p.paid_on, p.description,
                 count(*) OVER (PARTITION BY l.id, m.other) AS near_payments,
                 min(abs(p.paid_on - l.day)) OVER (PARTITION BY l.id, m.other) AS nearest
          FROM l JOIN member m ON m.root = l.root
          JOIN procurement_payment p ON p.organisation_id = m.org AND p.force_id = %(force)s
          WHERE p.amount >= %(amount)s
            AND p.paid_on BETWEEN l.day - %(window)s AND l.day + %(window)s
          ORDER BY l.id, m.other, p.amount DESC, abs(p.paid_on - l.day), p.id
        )
        SELECT {RECIPIENT}, n.*, y.payments, y.months
        FROM near n JOIN l ON l.id = n.offer LEFT JOIN payee y ON y.other = n.other
    """  # noqa: S608
    for row in rows(sql, **given(ground, setting)):
        points: Points = [("An offer around a payment", 20), *points_of(row)]
        points += scoring.nearness(row["nearest"], (14, 15), (30, 10), (setting.window_days, 5))
        points += scoring.spend_points(row["amount"]) + pair_points(row)
        points += scoring.payee_points(paid(row, ground))
        others = row["near_payments"] - 1
        sentence = (
            f"{words.offered(row)}, {words.apart(row['day'], row['paid_on'])} {row['org_name']} "
            f"was paid {money(row['amount'])}"
            + (f"; {words.several(others, 'other payment', 'other payments')} came near it." if others
               else ".")
        )  # fmt: skip
        yield offer_beside(
            Check.OFFER_NEAR_PAYMENT, ground, row, sentence, points, row["paid_on"],
            two=[
                ("Paid to", row["org_name"]), ("Amount", money(row["amount"])),
                ("Paid on", day(row["paid_on"])), ("For", row["description"] or "Not said"),
                ("Payments within the days", f"{row['near_payments']:,}"),
                ("Months in which it is paid", f"{row['months']} of {ground.months_of_spend}"),
            ],
            payment=row["payment_id"], amount=row["amount"], how_many=band(row["near_payments"]),
        )  # fmt: skip


def from_merchant(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """An offer by a merchant where somebody buys with the force’s card, the recipient above all."""
    sql = f"""
        WITH {offers(ground)}, {MEMBERS},
        used AS (
          SELECT x.other, count(*) AS purchases, count(DISTINCT p.card_id) AS cards,
                 count(DISTINCT date_trunc('month', p.bought_on)) AS months
          FROM (SELECT DISTINCT other, org FROM member) x
          JOIN procurement_purchase p ON p.organisation_id = x.org AND p.force_id = %(force)s
          GROUP BY 1
        ),
        bought AS (
          SELECT DISTINCT ON (l.id, m.other) l.id AS offer, m.other, m.org_name, m.likeness,
                 p.id AS purchase_id, p.amount, p.bought_on, p.category,
                 k.holder_id, coalesce(h.first_name || ' ' || h.last_name, k.holder_name) AS holder,
                 (k.holder_id = l.person_id) IS TRUE AS own_card,
                 (h.unit_id = l.unit_id) IS TRUE AS same_unit,
                 sum(p.amount) OVER (PARTITION BY l.id, m.other, k.holder_id) AS spent,
                 count(*) OVER (PARTITION BY l.id, m.other, k.holder_id) AS of_holder
          FROM l JOIN member m ON m.root = l.root
          JOIN procurement_purchase p ON p.organisation_id = m.org AND p.force_id = %(force)s
          JOIN procurement_card k ON k.id = p.card_id
          LEFT JOIN people_user h ON h.id = k.holder_id
          WHERE p.amount > 0 AND p.amount >= %(amount)s
            AND p.bought_on BETWEEN l.day - %(window)s AND l.day + %(window)s
          ORDER BY l.id, m.other, (k.holder_id = l.person_id) IS TRUE DESC,
                   (h.unit_id = l.unit_id) IS TRUE DESC, p.amount DESC, p.id
        )
        SELECT {RECIPIENT}, b.*, u.purchases, u.cards, u.months AS months_used
        FROM bought b JOIN l ON l.id = b.offer JOIN used u ON u.other = b.other
    """  # noqa: S608
    for row in rows(sql, **given(ground, setting)):
        points = [*_merchant_points(row), *points_of(row), *pair_points(row)]
        gap = (row["bought_on"] - row["day"]).days
        points += scoring.nearness(gap, (30, 10), (90, 5))
        whose = "the recipient’s own card" if row["own_card"] else f"the card of {row['holder']}"
        sentence = (
            f"{words.offered(row)}; {whose} paid {row['org_name']} {money(row['amount'])} on "
            f"{day(row['bought_on'])}, {words.several(row['of_holder'], 'purchase', 'purchases')} "
            f"of {money(row['spent'])} in all."
        )
        yield offer_beside(
            Check.OFFER_FROM_MERCHANT, ground, row, sentence, points, row["bought_on"],
            two=[
                ("Merchant", row["org_name"]), ("Card of", row["holder"]),
                ("Largest purchase", f"{money(row['amount'])}, {day(row['bought_on'])}"),
                ("Sort", row["category"] or "Not said"),
                ("Purchases with this card", f"{row['of_holder']}, {money(row['spent'])}"),
                ("Purchases of the whole force", f"{row['purchases']} with {row['cards']} cards"),
            ],
            purchase=row["purchase_id"], own=row["own_card"], how_many=band(row["of_holder"]),
        )  # fmt: skip


def _merchant_points(row: Row) -> Points:
    """The recipient’s own card weighs most; a merchant where everybody buys says nothing."""
    if row["own_card"]:
        return [("The recipient’s own card", 40)]
    found: Points = [("A colleague’s card", 20)] if row["same_unit"] else [("Somebody’s card", 5)]
    if row["purchases"] <= 3 and row["spent"] >= Decimal(100):
        found.append(("A merchant that is hardly used", 20))
    elif row["cards"] >= 4 or row["months_used"] >= 6:
        found.append(("A merchant that many use", -25))
    return found
