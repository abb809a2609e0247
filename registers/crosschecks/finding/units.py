"""Units that declare nothing, although the rest of the force does."""

from collections.abc import Iterator
from datetime import timedelta

from integrity.ui.templatetags.ui import day
from registers.crosschecks import scoring, words
from registers.crosschecks.enums import Check
from registers.crosschecks.finding.base import Candidate, Ground, given, rows
from registers.crosschecks.scoring import Points
from registers.crosschecks.settings import Setting

SQL = """
WITH staff AS (
  SELECT u.unit_id, count(*) AS heads, max(u.starts_on) AS all_from FROM people_user u
  WHERE u.force_id = %(force)s AND u.unit_id IS NOT NULL
    AND u.starts_on <= %(since)s AND (u.leaves_on IS NULL OR u.leaves_on >= %(today)s)
  GROUP BY 1
),
entry AS (
  SELECT coalesce(c.subject_unit_id, u.unit_id) AS unit_id,
         (c.received_at AT TIME ZONE 'Europe/London')::date AS day
  FROM casework_case c LEFT JOIN people_user u ON u.id = c.subject_id
  WHERE c.force_id = %(force)s AND NOT c.confidential AND c.phase <> 'withdrawn'
),
said AS (
  SELECT coalesce(n.unit_id, u.unit_id) AS unit_id FROM casework_nilreturn n
  LEFT JOIN people_user u ON u.id = n.person_id
  WHERE n.force_id = %(force)s AND n.withdrawn_at IS NULL
    AND coalesce(n.ends_on, (n.stated_at AT TIME ZONE 'Europe/London')::date) > %(since)s
),
rate AS (
  SELECT (SELECT count(*) FROM entry WHERE day > %(since)s AND unit_id IN (SELECT unit_id FROM staff))
           / nullif((SELECT sum(heads) FROM staff), 0)::float AS each_person
)
SELECT s.unit_id, s.heads, s.all_from, t.name, r.each_person * s.heads AS expected,
       (SELECT max(day) FROM entry e WHERE e.unit_id = s.unit_id) AS last_day
FROM staff s JOIN people_unit t ON t.id = s.unit_id CROSS JOIN rate r
WHERE s.heads >= %(times)s
  AND NOT EXISTS (SELECT FROM entry e WHERE e.unit_id = s.unit_id AND e.day > %(since)s)
  AND NOT EXISTS (SELECT FROM said n WHERE n.unit_id = s.unit_id)
"""


def silent(ground: Ground, setting: Setting) -> Iterator[Candidate]:
    """Enough people, no entry and no nil return in so many days. No change can begin it: time does."""
    if ground.only is not None:
        return
    since = ground.today - timedelta(days=setting.window_days)
    for row in rows(SQL, **given(ground, setting, since=since)):
        expected = row["expected"] or 0.0
        points: Points = [("No entry and no nil return", 30)]
        points += scoring.silence_points(expected=expected)
        last = f"since {day(row['last_day'])}" if row["last_day"] else "ever"
        sentence = (
            f"{row['name']} ({words.several(row['heads'], 'person', 'people')}) has declared nothing "
            f"{last} and returned no nil; as often as the rest of the force it would have declared "
            f"about {words.several(max(1, round(expected)), 'entry', 'entries')} in "
            f"{words.days(setting.window_days)}."
        )
        yield Candidate(
            check=Check.SILENT_UNIT,
            key=str(row["unit_id"]),
            sentence=sentence,
            points=points,
            happened_on=row["last_day"] or row["all_from"],
            one=[("Unit", row["name"]), ("People", str(row["heads"]))],
            two=[
                ("Last entry", day(row["last_day"]) or "Never"), ("Nil returns", "None"),
                ("Entries expected", f"{expected:.1f}"),
            ],
            compared={"unit": row["unit_id"], "silent_since": row["last_day"]},
            links={"unit_id": row["unit_id"]},
        )  # fmt: skip
