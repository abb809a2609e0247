"""The offers that checks look at, and what one looks like beside something of its provider."""

from datetime import date

from integrity.ui.templatetags.ui import day, money
from registers.crosschecks import scoring, words
from registers.crosschecks.enums import Check
from registers.crosschecks.finding.base import (
    WORKS_IN_PROCUREMENT,
    Candidate,
    Ground,
    Lines,
    Row,
    happened,
    narrowed,
)
from registers.crosschecks.scoring import OfferSeen, Points

# What was offered to people of the force, item by item added up; what the force itself gave is not.
OFFERS = """
l AS (
  SELECT o.id, o.case_id, c.subject_id AS person_id, c.subject_name AS who, c.reference,
         c.subject_is_chief_officer AS chief_officer, c.subject_unit_id AS unit_id,
         o.offered_on AS day, o.provider_kind AS kind, o.provider_organisation_id AS org_id,
         coalesce(p.merged_into_id, p.id) AS root,
         coalesce(p.name, o.provider_person) AS provider, o.provider_person_key AS person_key,
         i.accepted, i.undecided, i.light, i.what, i.items,
         CASE WHEN i.accepted THEN i.taken ELSE i.offered END AS value
  FROM gifts_offer o
  JOIN casework_case c ON c.id = o.case_id
  LEFT JOIN organisations_organisation p ON p.id = o.provider_organisation_id
  CROSS JOIN LATERAL (
    SELECT bool_or(t.decision IN ('accepted', 'accepted_for_force')) AS accepted,
           bool_or(t.decision = 'undecided') AS undecided,
           bool_and(t.light_refreshments) AS light,
           sum(coalesce(t.value_to, t.value_from)) AS offered,
           sum(coalesce(t.value_to, t.value_from))
             FILTER (WHERE t.decision IN ('accepted', 'accepted_for_force')) AS taken,
           (array_agg(t.description ORDER BY t.decision LIKE 'accepted%%' DESC, t.position))[1]
             AS what,
           count(*) AS items
    FROM gifts_item t
    WHERE t.offer_id = o.id AND NOT t.struck AND t.kind <> 'hospitality_given'
  ) i
  WHERE c.force_id = %(force)s AND o.status <> 'withdrawn' AND i.items > 0 {only}
)"""
TIMES = """(
  SELECT count(*) FROM gifts_offer o2 JOIN casework_case c2 ON c2.id = o2.case_id
  WHERE c2.subject_id = l.person_id AND o2.provider_organisation_id = l.org_id
    AND o2.status <> 'withdrawn'
    AND o2.offered_on BETWEEN l.day - 365 AND l.day + 365) AS times"""
# How many of the force the provider offered something on that day: many at an open event, few at a dinner.
GUESTS = """(
  SELECT count(DISTINCT c3.subject_id) FROM gifts_offer o3 JOIN casework_case c3 ON c3.id = o3.case_id
  WHERE o3.provider_organisation_id = l.org_id AND o3.status <> 'withdrawn'
    AND c3.force_id = %(force)s AND o3.offered_on BETWEEN l.day - 1 AND l.day + 1) AS guests"""
RECIPIENT = f"l.*, {TIMES}, {GUESTS}, {WORKS_IN_PROCUREMENT} AS in_procurement"


def offers(ground: Ground, *, by_person: bool = False) -> str:
    """The offers that a run looks at."""
    touched = "c.subject_id = ANY(%(people)s)" if by_person else "c.id = ANY(%(cases)s)"
    return OFFERS.format(only=narrowed(ground, touched))


def seen(row: Row) -> OfferSeen:
    return OfferSeen(
        accepted=bool(row["accepted"]),
        value=row["value"],
        light_refreshments=bool(row["light"]),
        kind=row["kind"],
        provider=row["provider"] or "",
        chief_officer=row["chief_officer"],
        in_procurement=row["in_procurement"],
        times=row["times"],
        guests=row["guests"],
    )


def points_of(row: Row) -> Points:
    return scoring.offer_points(seen(row))


def offer_lines(row: Row) -> Lines:
    """The offer as its side of the page says it."""
    more = f" and {row['items'] - 1} more" if row["items"] > 1 else ""
    return [
        ("Entry", row["reference"]),
        ("Recipient", words.who(row)),
        ("Offered", f"{row['what']}{more}"),
        ("Worth", money(row["value"]) or "Not known"),
        ("Answer", words.did(row).capitalize()),
        ("By", row["provider"] or "Not known"),
        ("On", day(row["day"])),
    ]


def offer_beside(
    check: Check,
    ground: Ground,
    row: Row,
    sentence: str,
    points: Points,
    other_day: date,
    *,
    two: Lines,
    contract: int | None = None,
    tender: int | None = None,
    payment: int | None = None,
    purchase: int | None = None,
    **compared: object,
) -> Candidate:
    """An offer beside something of its provider on another day; of several what weighs most is kept.

    What is compared names no organisation, so that a merge of two alike asks nobody again.
    """
    pair = ground.alike.get((row["root"], row["other"]))
    return Candidate(
        check=check,
        key=str(row["case_id"]),
        sentence=sentence + words.read_as_one(row["provider"], row["org_name"], pair),
        points=points,
        likeness=row["likeness"],
        happened_on=happened(ground, row["day"], other_day),
        gap=abs((other_day - row["day"]).days),
        one=offer_lines(row),
        two=two,
        compared={
            "offer": row["case_id"],
            "accepted": row["accepted"],
            "value": row["value"],
            "day": row["day"],
            "contract": contract,
            "tender": tender,
            "payment": payment,
            "purchase": purchase,
            **compared,
        },
        links={
            "person_id": row["person_id"],
            "case_id": row["case_id"],
            "organisation_id": row["root"],
            "other_organisation_id": row["other"] if row["other"] != row["root"] else None,
            "contract_id": contract,
            "tender_id": tender,
            "payment_id": payment,
            "purchase_id": purchase,
        },
    )
