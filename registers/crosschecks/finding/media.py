"""Media contacts beside offers from those who were briefed: the outlet, or the journalist by name."""

from collections.abc import Iterator

from integrity.ui.templatetags.ui import day
from registers.crosschecks import scoring, words
from registers.crosschecks.enums import Check
from registers.crosschecks.finding.base import (
    MEMBERS,
    Candidate,
    Ground,
    given,
    happened,
    pair_points,
    rows,
)
from registers.crosschecks.finding.offered import RECIPIENT, offer_lines, offers, points_of
from registers.crosschecks.scoring import Points
from registers.crosschecks.settings import Setting


def hospitality(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """An offer from an outlet or a journalist to an officer who spoke to them; the nearest contact.

    By the journalist’s name only within the force, and only of the officer’s own contacts.
    """
    sql = f"""
        WITH {offers(ground, by_person=True)}, {MEMBERS},
        spoke AS (
          SELECT t.id, t.case_id, c.reference, t.contacted_on, t.about, t.hospitality, c.subject_id AS officer
          FROM media_contacts_contact t JOIN casework_case c ON c.id = t.case_id
          WHERE c.force_id = %(force)s AND t.status NOT IN ('withdrawn', 'no_contact')
          UNION ALL
          SELECT t.id, t.case_id, c.reference, t.contacted_on, t.about, t.hospitality, x.officer_id
          FROM media_contacts_otherofficer x
          JOIN media_contacts_contact t ON t.id = x.contact_id
          JOIN casework_case c ON c.id = t.case_id
          WHERE c.force_id = %(force)s AND NOT x.struck AND t.status NOT IN ('withdrawn', 'no_contact')
        ),
        met AS (
          SELECT l.id AS offer, s.*, m.other, m.org_name, m.likeness, j.name AS journalist
          FROM l JOIN spoke s ON s.officer = l.person_id
          JOIN media_contacts_contactspeaker p ON p.contact_id = s.id AND NOT p.struck
          JOIN member m ON m.root = l.root AND m.org = p.outlet_id
          LEFT JOIN media_contacts_journalist j ON j.id = p.journalist_id
          WHERE abs(s.contacted_on - l.day) <= %(window)s
          UNION ALL
          SELECT l.id, s.*, NULL, j.name, 100, j.name
          FROM l JOIN spoke s ON s.officer = l.person_id AND l.person_key <> ''
          JOIN media_contacts_contactspeaker p ON p.contact_id = s.id AND NOT p.struck
          JOIN media_contacts_journalist j ON j.id = p.journalist_id AND j.key = l.person_key
          WHERE abs(s.contacted_on - l.day) <= %(window)s
        )
        SELECT DISTINCT ON (l.id) {RECIPIENT}, m.case_id AS contact_case,
               m.reference AS contact_reference, m.contacted_on, m.about, m.hospitality, m.other,
               m.org_name, m.likeness, m.journalist,
               count(*) OVER (PARTITION BY l.id) AS contacts,
               EXISTS (SELECT FROM casework_caselink k
                       WHERE (k.case_id, k.other_id) IN ((l.case_id, m.case_id), (m.case_id, l.case_id)))
                 AS linked
        FROM met m JOIN l ON l.id = m.offer
        ORDER BY l.id, m.likeness DESC, abs(m.contacted_on - l.day), m.case_id
    """  # noqa: S608 - the fragments are our own
    for row in rows(sql, **given(ground, setting)):
        points: Points = [("From an outlet that was briefed", 45), *points_of(row)]
        gap = (row["contacted_on"] - row["day"]).days
        points += scoring.nearness(gap, (14, 15), (45, 10)) + pair_points(row)
        if row["linked"]:
            points.append(("Declared with the contact", -25))
        elif not row["hospitality"]:
            points.append(("Not mentioned in the contact", 5))
        sentence = (
            f"{words.offered(row)}, {words.apart(row['day'], row['contacted_on'])} they spoke to "
            f"{row['org_name']} about “{' '.join(row['about'].split())[:80]}”."
        )
        pair = ground.alike.get((row["root"], row["other"])) if row["other"] else None
        yield Candidate(
            check=Check.MEDIA_HOSPITALITY,
            key=str(row["case_id"]),
            sentence=sentence + words.read_as_one(row["provider"], row["org_name"], pair),
            points=points,
            likeness=row["likeness"],
            happened_on=happened(ground, row["day"], row["contacted_on"]),
            gap=abs(gap),
            one=offer_lines(row),
            two=[
                ("Entry", row["contact_reference"]), ("Outlet or journalist", row["org_name"]),
                ("Journalist", row["journalist"] or "Not named"), ("On", day(row["contacted_on"])),
                ("About", row["about"]), ("Contacts within the days", str(row["contacts"])),
                ("Offer linked to the contact", "Yes" if row["linked"] else "No"),
            ],
            compared={
                "offer": row["case_id"], "contact": row["contact_case"], "value": row["value"],
                "accepted": row["accepted"], "linked": row["linked"],
            },
            links={
                "person_id": row["person_id"], "case_id": row["case_id"],
                "other_case_id": row["contact_case"], "organisation_id": row["root"],
                "other_organisation_id": row["other"] if row["other"] != row["root"] else None,
            },
        )  # fmt: skip
