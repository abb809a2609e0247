"""Conditions of an approval beside what happened since: an organisation named, hours exceeded."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from rapidfuzz import fuzz

from integrity.ui.templatetags.ui import day, money
from registers.crosschecks import words
from registers.crosschecks.enums import Check
from registers.crosschecks.finding.base import (
    Candidate,
    Ground,
    Row,
    given,
    happened,
    narrowed,
    rows,
)
from registers.crosschecks.finding.naming import NEARLY, Named, members_of, named_in
from registers.crosschecks.scoring import Points, is_public, likeness_points
from registers.crosschecks.settings import Setting
from registers.organisations.names import name_key

STANDING = """
SELECT n.id AS condition_id, n.text, (n.set_at AT TIME ZONE 'Europe/London')::date AS set_on,
       n.hours, i.id AS interest_id, i.case_id, c.reference, c.subject_id AS person_id,
       c.subject_name AS who, i.occupation, i.hours_a_week, o.name AS employer, o.id AS org_id,
       coalesce(o.merged_into_id, o.id) AS root
FROM business_interests_condition n
JOIN business_interests_interest i ON i.id = n.interest_id
JOIN casework_case c ON c.id = i.case_id
LEFT JOIN organisations_organisation o ON o.id = i.organisation_id
WHERE c.force_id = %(force)s AND n.ended_at IS NULL AND n.kind = %(kind)s
  AND i.status NOT IN ('withdrawn', 'ceased', 'refused', 'revoked') {only}
"""
# Where an organisation appears beside these people, and among those that the force pays.
APPEARANCES = """
SELECT 'provider' AS how, c.subject_id AS person_id, r.id AS org, coalesce(r.merged_into_id, r.id) AS root,
       r.name, r.key, o.offered_on AS day, o.case_id, c.reference,
       NULL::bigint AS contract_id, NULL::bigint AS payment_id, NULL::bigint AS purchase_id,
       NULL::numeric AS amount
FROM gifts_offer o JOIN casework_case c ON c.id = o.case_id
JOIN organisations_organisation r ON r.id = o.provider_organisation_id
WHERE c.subject_id = ANY(%(holders)s) AND o.status <> 'withdrawn'
UNION ALL
SELECT 'interest', c.subject_id, r.id, coalesce(r.merged_into_id, r.id), r.name, r.key,
       coalesce(i.starts_on, (c.received_at AT TIME ZONE 'Europe/London')::date), i.case_id, c.reference,
       NULL, NULL, NULL, NULL
FROM business_interests_interest i JOIN casework_case c ON c.id = i.case_id
JOIN organisations_organisation r ON r.id = i.organisation_id
WHERE c.subject_id = ANY(%(holders)s) AND i.status <> 'withdrawn'
UNION ALL
SELECT 'outlet', c.subject_id, r.id, coalesce(r.merged_into_id, r.id), r.name, r.key,
       t.contacted_on, t.case_id, c.reference, NULL, NULL, NULL, NULL
FROM media_contacts_contact t JOIN casework_case c ON c.id = t.case_id
JOIN media_contacts_contactspeaker p ON p.contact_id = t.id AND NOT p.struck
JOIN organisations_organisation r ON r.id = p.outlet_id
WHERE c.subject_id = ANY(%(holders)s) AND t.status <> 'withdrawn'
UNION ALL
SELECT 'merchant', k.holder_id, r.id, coalesce(r.merged_into_id, r.id), r.name, r.key,
       p.bought_on, NULL, '', NULL, NULL, p.id, p.amount
FROM procurement_purchase p JOIN procurement_card k ON k.id = p.card_id
JOIN organisations_organisation r ON r.id = p.organisation_id
WHERE k.holder_id = ANY(%(holders)s)
UNION ALL
SELECT 'supplier', NULL, r.id, coalesce(r.merged_into_id, r.id), r.name, r.key,
       k.awarded_on, NULL, '', k.id, NULL, NULL, k.amount
FROM procurement_contractsupplier s JOIN procurement_contract k ON k.id = s.contract_id
JOIN organisations_organisation r ON r.id = s.organisation_id
WHERE k.force_id = %(force)s AND s.left_on IS NULL AND k.status IN ('active', 'pending')
  AND k.awarded_on IS NOT NULL AND r.id = ANY(%(named)s)
UNION ALL
SELECT * FROM (
  SELECT DISTINCT ON (r.id) 'payee', NULL::bigint, r.id, coalesce(r.merged_into_id, r.id), r.name, r.key,
         p.paid_on, NULL::bigint, '', NULL::bigint, p.id, NULL::bigint, p.amount
  FROM procurement_payment p JOIN organisations_organisation r ON r.id = p.organisation_id
  WHERE p.force_id = %(force)s AND r.id = ANY(%(named)s)
  ORDER BY r.id, p.paid_on, p.id
) first
"""
WEIGHS = {"interest": 80, "outlet": 75, "provider": 75, "merchant": 65, "supplier": 55, "payee": 50}


def broken(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """A condition names an organisation, which then appears: as provider, outlet, merchant, supplier."""
    standing = list(
        rows(
            STANDING.format(only=narrowed(ground, "(c.id = ANY(%(cases)s) OR c.subject_id = ANY(%(people)s))")),
            **given(ground, setting, kind="not_for"),
        )
    )  # fmt: skip
    named = named_in(standing, ground, setting)
    holders = sorted({row["person_id"] for row in standing if row["person_id"]})
    members = members_of({each.root for found in named.values() for each in found})
    seen = list(rows(APPEARANCES, **given(ground, setting, holders=holders, named=sorted(members))))
    of_person: dict[int | None, list[Row]] = defaultdict(list)
    for each in seen:
        of_person[each["person_id"]].append(each)
    for row in standing:
        for appearance in [*of_person[row["person_id"]], *of_person[None]]:
            found = _is_named(row, appearance, named[row["condition_id"]], setting)
            if found is not None:
                yield _broken(ground, row, appearance, found)


def _is_named(row: Row, seen: Row, named: list[Named], setting: Setting) -> Named | None:
    """The organisation of an appearance, where the condition names it and it came afterwards."""
    since = (seen["day"] - row["set_on"]).days
    if seen["case_id"] == row["case_id"] or not 0 <= since <= setting.window_days:
        return None
    for each in named:
        if each.root == seen["root"]:
            return each
    if seen["person_id"] is None or len(seen["key"].split()) < 2:
        return None
    likeness = int(fuzz.partial_ratio(seen["key"], name_key(row["text"])))
    if likeness >= max(NEARLY, setting.minimum_likeness):
        return Named(seen["root"], seen["name"], likeness)
    return None


def _broken(ground: Ground, row: Row, seen: Row, named: Named) -> Candidate:
    how, where = seen["how"], words.worth(seen["amount"])
    said = {
        "interest": f"they declared an interest in {seen['name']}",
        "outlet": f"they spoke to {seen['name']}",
        "provider": f"{seen['name']} made them an offer",
        "merchant": f"they paid {seen['name']} by card{where}",
        "supplier": f"the force awarded {seen['name']} a contract{where}",
        "payee": f"the force paid {seen['name']} for the first time{where}",
    }[how]
    points: Points = [("A condition that names it", WEIGHS[how]), *likeness_points(named.likeness)]
    if how in ("supplier", "payee") and is_public(seen["name"]):
        points.append(("A public body or a charity", -25))
    sentence = (
        f"{row['who']} may go on with “{' '.join(row['occupation'].split())}” on the condition “"
        f"{' '.join(row['text'].split())}”; on {day(seen['day'])} {said}."
    )
    return Candidate(
        check=Check.CONDITION_BROKEN,
        key=f"{row['condition_id']}:{how}",
        sentence=sentence,
        points=points,
        likeness=named.likeness,
        happened_on=happened(ground, row["set_on"], seen["day"]),
        gap=abs((seen["day"] - row["set_on"]).days),
        one=_condition_lines(row),
        two=[
            ("Organisation", seen["name"]),
            ("Appears as", how.capitalize()),
            ("On", day(seen["day"])),
            ("Entry", seen["reference"] or "None of a person"),
            ("Amount", money(seen["amount"]) or "None"),
        ],
        compared={
            "condition": row["condition_id"],
            "case": seen["case_id"],
            "contract": seen["contract_id"],
            "payment": seen["payment_id"],
            "purchase": seen["purchase_id"],
        },
        links={
            "person_id": row["person_id"],
            "case_id": row["case_id"],
            "other_case_id": seen["case_id"],
            "organisation_id": seen["root"],
            "contract_id": seen["contract_id"],
            "payment_id": seen["payment_id"],
            "purchase_id": seen["purchase_id"],
        },
    )


def _condition_lines(row: Row) -> list[tuple[str, str]]:
    return [
        ("Entry", row["reference"]),
        ("Person", row["who"]),
        ("Interest", f"{row['occupation']}, {row['employer'] or 'nobody’s employment'}"),
        ("Condition", row["text"]),
        ("Set on", day(row["set_on"])),
    ]


def hours(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """More hours a week stated, at a review or in the entry, than a condition allows."""
    sql = f"""
        WITH standing AS ({STANDING.format(only=narrowed(ground, "c.id = ANY(%(cases)s)"))})
        SELECT s.*, r.hours_a_week AS at_review,
               (r.answered_at AT TIME ZONE 'Europe/London')::date AS answered_on
        FROM standing s
        LEFT JOIN LATERAL (
          SELECT * FROM business_interests_review v
          WHERE v.interest_id = s.interest_id AND v.hours_a_week IS NOT NULL
            AND v.answered_at IS NOT NULL
            AND (v.answered_at AT TIME ZONE 'Europe/London')::date >= s.set_on
          ORDER BY v.answered_at DESC LIMIT 1
        ) r ON true
        WHERE coalesce(r.hours_a_week, s.hours_a_week) > s.hours
    """  # noqa: S608 - the fragments are our own
    for row in rows(sql, **given(ground, setting, kind="hours")):
        stated: Any = row["at_review"] if row["at_review"] is not None else row["hours_a_week"]
        where = "a review" if row["at_review"] is not None else "the entry"
        points: Points = [("More hours than allowed", 60 if row["at_review"] is not None else 50)]
        if stated >= row["hours"] * 2:
            points.append(("Twice as many or more", 15))
        elif stated - row["hours"] >= 5:
            points.append(("Five hours more or more", 10))
        sentence = (
            f"{row['who']} may work {row['hours'].normalize():f} hours a week for "
            f"“{' '.join(row['occupation'].split())}”; {where} states {stated.normalize():f}."
        )
        yield Candidate(
            check=Check.CONDITION_HOURS,
            key=str(row["condition_id"]),
            sentence=sentence,
            points=points,
            happened_on=row["answered_on"] or row["set_on"],
            one=_condition_lines(row),
            two=[
                ("Allowed", f"{row['hours'].normalize():f} hours a week"),
                ("Stated", f"{stated.normalize():f} hours a week, in {where}"),
                ("On", day(row["answered_on"]) or "With the application"),
            ],
            compared={"condition": row["condition_id"], "allowed": row["hours"], "stated": stated},
            links={
                "person_id": row["person_id"], "case_id": row["case_id"],
                "organisation_id": row["root"],
            },
        )  # fmt: skip
