"""The interests that checks look at, and what one looks like beside something of its organisation."""

from datetime import date

from integrity.ui.templatetags.ui import day
from registers.business_interests.enums import Category, Status
from registers.crosschecks import words
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
from registers.crosschecks.scoring import Points

# Interests in an organisation, of the person or of a relative, and how long they were held.
INTERESTS = """
l AS (
  SELECT i.id, i.case_id, c.subject_id AS person_id, c.subject_name AS who, c.reference,
         c.subject_is_chief_officer AS chief_officer,
         coalesce(i.starts_on, c.claimed_on, (c.received_at AT TIME ZONE 'Europe/London')::date)
           AS day,
         i.ceased_on AS until, i.holder = 'relative' AS of_relative, i.relative, i.category,
         i.occupation, i.status IN ('refused', 'revoked') OR i.stood_at IN ('refused', 'revoked')
           AS refused, i.status, i.supplies_force,
         o.name AS provider, coalesce(o.merged_into_id, o.id) AS root
  FROM business_interests_interest i
  JOIN casework_case c ON c.id = i.case_id
  JOIN organisations_organisation o ON o.id = i.organisation_id
  WHERE c.force_id = %(force)s AND i.status <> 'withdrawn' {only}
)"""
HOLDER = f"l.*, {WORKS_IN_PROCUREMENT} AS in_procurement"


def interests(ground: Ground) -> str:
    return INTERESTS.format(only=narrowed(ground, "c.id = ANY(%(cases)s)"))


def interest_lines(row: Row) -> Lines:
    """The interest as its side of the page says it."""
    return [
        ("Entry", row["reference"]),
        ("Whose", f"{row['who']}: {row['relative']}" if row["of_relative"] else row["who"]),
        ("Organisation", row["provider"] or "None"),
        ("What", f"{row['occupation']} ({Category(row['category']).label.lower()})"),
        ("Since", day(row["day"])),
        ("Until", day(row["until"]) or "It has not ended"),
        ("Status", str(Status(row["status"]).label)),
    ]


def interest_beside(
    check: Check,
    ground: Ground,
    row: Row,
    sentence: str,
    points: Points,
    other_day: date,
    *,
    two: Lines,
    key: str = "",
    contract: int | None = None,
    tender: int | None = None,
    payment: int | None = None,
    purchase: int | None = None,
    other_case: int | None = None,
    **compared: object,
) -> Candidate:
    pair = ground.alike.get((row["root"], row["other"]))
    return Candidate(
        check=check,
        key=key or str(row["case_id"]),
        sentence=sentence + words.read_as_one(row["provider"], row["org_name"], pair),
        points=points,
        likeness=row["likeness"],
        happened_on=happened(ground, row["day"], other_day),
        gap=abs((other_day - row["day"]).days),
        one=interest_lines(row),
        two=two,
        compared={
            "interest": row["case_id"],
            "refused": row["refused"],
            "of_relative": row["of_relative"],
            "ended": row["until"] is not None,
            "contract": contract,
            "tender": tender,
            "offer": other_case,
            **compared,
        },
        links={
            "person_id": row["person_id"],
            "case_id": row["case_id"],
            "other_case_id": other_case,
            "organisation_id": row["root"],
            "other_organisation_id": row["other"] if row["other"] != row["root"] else None,
            "contract_id": contract,
            "tender_id": tender,
            "payment_id": payment,
            "purchase_id": purchase,
        },
    )
