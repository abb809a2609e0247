"""An independent count of what oversight counts, in SQL over the registers' own tables.

Written from the words of docs/figures.md and of the registers' rules, not from sql/facts.sql, with
which it shares no line: each measure is one statement that begins at the records counted, and
groups them for a reader. A key's parts are an array. ``%(…)s`` are the filters, the same for all.
"""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from registers.oversight.enums import Measure

type Found = dict[tuple[str, tuple[str, ...]], tuple[int, Decimal]]

LONDON = "timezone('Europe/London', {})::date"
# the day of a declaration: what its author says; else when it came
DECLARED = f"COALESCE(k.claimed_on, {LONDON.format('k.received_at')})"
ALIVE = "k.phase NOT IN ('withdrawn')"

# an offer as one row: what its standing items come to
OFFERS = """
  casework_case k
  JOIN gifts_offer o ON o.case_id = k.id AND k.phase NOT IN ('withdrawn')
  LEFT JOIN (
    SELECT offer_id,
           count(*) AS things,
           count(*) FILTER (WHERE kind = 'hospitality') AS dinners,
           count(*) FILTER (WHERE kind = 'hospitality_given') AS dinners_given,
           count(*) FILTER (WHERE decision LIKE 'accepted%%') AS taken,
           count(*) FILTER (WHERE decision = 'declined') AS refused,
           sum(GREATEST(value_from, value_to)) AS worth
    FROM gifts_item WHERE struck IS FALSE GROUP BY offer_id
  ) g ON g.offer_id = o.id
"""
KIND = """CASE WHEN g.things = g.dinners_given THEN 'given'
               WHEN g.dinners > 0 THEN 'hospitality' ELSE 'gratuity' END"""
ANSWER = """CASE WHEN g.taken > 0 THEN 'accepted'
                 WHEN g.refused = g.things THEN 'declined' ELSE 'undecided' END"""
BANDS = """(ARRAY['0','10','25','50','100','500'])[
  width_bucket(GREATEST(i.value_from, i.value_to), ARRAY[0,10,25,50,100,500]::numeric[])]"""

# an interest as one row: what became of the application first, and on which day
APPLICATIONS = """
  casework_case k
  JOIN business_interests_interest b ON b.case_id = k.id
  LEFT JOIN (
    SELECT DISTINCT ON (interest_id) interest_id, outcome, given_at
    FROM business_interests_writtennotice ORDER BY interest_id, id
  ) w ON w.interest_id = b.id
  CROSS JOIN LATERAL (
    -- a legacy register's approval stays one, though it was revoked or has ended here
    SELECT k.source = 'imported' AND COALESCE(w.outcome, b.status) = 'revoked'
           OR k.source = 'imported' AND w.outcome IS NULL AND b.status = 'ceased' AS was_approved
  ) legacy
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN legacy.was_approved THEN 'approved'
      WHEN w.outcome IS NOT NULL THEN w.outcome
      WHEN b.status = 'withdrawn' THEN b.status
      WHEN k.source = 'imported'
           AND b.status = ANY ('{approved,approved_with_conditions,refused}') THEN b.status
      ELSE 'pending' END AS became
  ) x
"""
GROUPS = """CASE WHEN v.outcome IN ('resigned','retired','dismissed') THEN 'left'
                 WHEN v.status = 'closed' THEN v.outcome ELSE v.status END"""
INTEREST = "casework_case k JOIN business_interests_interest b ON b.case_id = k.id"
INVESTIGATION = "casework_case k JOIN investigations_investigation v ON v.case_id = k.id"
PUNCTUAL = "CASE WHEN {} > 0 THEN 'late' ELSE 'in_time' END"
FIRST_DAY = f"""CASE WHEN w.given_at IS NULL OR legacy.was_approved
                     THEN COALESCE(b.approved_on, {DECLARED})
                     ELSE {LONDON.format("w.given_at")} END"""

# of each measure: its tables, the day on which it counts, the key's parts, the pounds, what is left out
COUNTS: Mapping[Measure, tuple[str, str, tuple[str, ...], str, str]] = {
    Measure.ENTRIES: ("casework_case k", DECLARED, ("k.register",), "0", "NOT k.confidential"),
    Measure.WITHDRAWN: (
        "casework_case k",
        DECLARED,
        ("k.register",),
        "0",
        "k.phase = 'withdrawn' AND NOT k.confidential",
    ),
    Measure.OFFERS: (
        OFFERS,
        DECLARED,
        (KIND, ANSWER, PUNCTUAL.format("o.days_late"), "k.source"),
        "g.worth",
        "true",
    ),
    Measure.ITEMS: (
        f"casework_case k JOIN gifts_offer o ON o.case_id = k.id AND {ALIVE}"
        " JOIN gifts_item i ON i.offer_id = o.id",
        DECLARED,
        ("i.kind", "i.decision", f"COALESCE({BANDS}, 'unknown')"),
        "GREATEST(i.value_from, i.value_to)",
        "i.struck IS FALSE",
    ),
    Measure.PROVIDER_KINDS: (
        OFFERS,
        DECLARED,
        ("CASE o.known_as WHEN '' THEN o.provider_kind ELSE o.known_as END", ANSWER),
        "g.worth",
        "true",
    ),
    Measure.PROVIDERS: (
        OFFERS,
        DECLARED,
        ("o.provider_organisation_id::text", ANSWER),
        "g.worth",
        "o.provider_organisation_id > 0",
    ),
    Measure.PEER_REVIEWS: (
        f"casework_case k JOIN gifts_offer o ON o.case_id = k.id AND {ALIVE}"
        " JOIN gifts_peerreview p ON p.offer_id = o.id",
        LONDON.format("p.reviewed_at"),
        ("p.view",),
        "0",
        "true",
    ),
    Measure.GIFT_DECISIONS: (
        "casework_case k JOIN casework_decision d ON d.case_id = k.id",
        LONDON.format("d.decided_at"),
        ("d.stage", "d.outcome"),
        "0",
        f"k.register = 'gifts' AND {ALIVE}",
    ),
    Measure.APPLICATIONS: (APPLICATIONS, DECLARED, ("x.became", "b.category"), "0", "true"),
    Measure.DECIDED: (
        APPLICATIONS,
        FIRST_DAY,
        ("x.became",),
        "0",
        "x.became NOT IN ('pending', 'withdrawn')",
    ),
    Measure.AGAINST_GUIDANCE: (
        APPLICATIONS,
        f"COALESCE(b.approved_on, {LONDON.format('w.given_at')}, {DECLARED})",
        ("COALESCE(b.listed_id::text, '')",),
        "0",
        "b.against_guidance IS TRUE",
    ),
    Measure.CEASED: (
        INTEREST,
        "b.ceased_on",
        ("b.ceased_because",),
        "0",
        "b.status = 'ceased'",
    ),
    Measure.REVIEWS: (
        f"{INTEREST} JOIN business_interests_review r ON r.interest_id = b.id",
        LONDON.format("r.closed_at"),
        (
            "r.outcome",
            f"CASE WHEN r.due_on < {LONDON.format('r.closed_at')} THEN 'late' ELSE 'in_time' END",
        ),
        "0",
        "r.outcome <> ''",
    ),
    Measure.CHECKS: (
        f"{INTEREST} JOIN business_interests_condition c ON c.interest_id = b.id"
        " JOIN business_interests_conditioncheck h ON h.condition_id = c.id",
        LONDON.format("h.checked_at"),
        ("h.outcome",),
        "0",
        "true",
    ),
    Measure.FOLLOW_UPS: (
        f"{INTEREST} JOIN business_interests_followup f ON f.interest_id = b.id",
        LONDON.format("f.done_at"),
        ("f.outcome",),
        "0",
        "f.outcome <> ''",
    ),
    Measure.APPEALS: (
        f"{INTEREST} JOIN business_interests_appeal a ON a.interest_id = b.id",
        LONDON.format("a.made_at"),
        ("CASE a.outcome WHEN '' THEN 'open' ELSE a.outcome END",),
        "0",
        "true",
    ),
    Measure.CONTACTS: (
        "casework_case k JOIN media_contacts_contact m ON m.case_id = k.id",
        DECLARED,
        (
            "CASE WHEN m.status = 'acknowledged' OR m.acknowledged_by_id > 0"
            " THEN 'acknowledged' ELSE 'waiting' END",
            "COALESCE(CASE WHEN m.press_office_told THEN 'told'"
            " WHEN NOT m.press_office_told THEN 'not_told' END, 'not_said')",
            "CASE m.basis WHEN '' THEN 'not_said' ELSE m.basis END",
            PUNCTUAL.format("m.days_late"),
        ),
        "0",
        "m.status = ANY ('{logged,queried,acknowledged}')",
    ),
    Measure.CHALLENGES: (
        "casework_case k JOIN casework_challenge q ON q.case_id = k.id",
        LONDON.format("q.made_at"),
        (
            "k.register",
            "CASE WHEN q.answered_at IS NULL THEN 'open'"
            " WHEN q.disposal IN ('', 'referred') THEN 'with_psd' ELSE q.disposal END",
        ),
        "0",
        "q.silent IS FALSE",
    ),
    Measure.INVESTIGATIONS: (
        INVESTIGATION,
        LONDON.format("v.opened_at"),
        ("v.category", "v.sub_category", GROUPS, "v.outcome"),
        "0",
        "true",
    ),
    Measure.CLOSED: (INVESTIGATION, "v.outcome_on", ("v.category",), "0", "v.outcome_on > '-infinity'"),
    Measure.RESTRICTIONS: (
        f"{INVESTIGATION} JOIN investigations_restriction s ON s.investigation_id = v.id",
        "s.from_on",
        (
            "s.kind",
            "v.category",
            "v.sub_category",
            "CASE WHEN s.to_on IS NULL THEN 'running' ELSE 'ended' END",
        ),
        "0",
        "true",
    ),
    Measure.EXTERNAL: (
        f"{INVESTIGATION} JOIN investigations_externalreferral e ON e.investigation_id = v.id",
        "e.referred_on",
        ("v.category", "v.sub_category"),
        "0",
        "true",
    ),
}  # fmt: skip
NARROWED = """
  (k.force_id = ANY (%(forces)s) OR k.oversight_body_id = ANY (%(bodies)s))
  AND (%(unit)s::bigint IS NULL OR k.subject_unit_id = %(unit)s)
  AND (%(band)s::text IS NULL OR k.subject_band = %(band)s)
"""


def statement(measure: Measure) -> str:
    """SQL that counts one measure over the base tables."""
    tables, day, key, pounds, which = COUNTS[measure]
    parts = ", ".join(f"({part})::text" for part in key)
    return f"""
        SELECT '{measure}', ARRAY[{parts}], count(*), COALESCE(sum({pounds}), 0)
        FROM {tables}
        WHERE ({which}) AND {NARROWED} AND {day} BETWEEN %(first)s AND %(last)s
        GROUP BY 1, 2
    """  # noqa: S608


def recount(
    measures: Collection[Measure],
    *,
    forces: Collection[int],
    first: date,
    last: date,
    bodies: Collection[int] = (),
    unit: int | None = None,
    band: str | None = None,
) -> Found:
    """How many of each measure and key, and how many pounds, as the records say now."""
    given: dict[str, Any] = {
        "forces": list(forces), "bodies": list(bodies), "first": first, "last": last,
        "unit": unit, "band": band,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(map(statement, measures)), given)
        return {
            (measure, tuple(key)): (int(n), Decimal(pounds))
            for measure, key, n, pounds in cursor.fetchall()
        }
