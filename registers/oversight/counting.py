"""What the worker does for the figures, and the check that they say what the records say."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from integrity.audit import scope

# What the records say now, beside what is kept; in either but not in both.
STRAYS = """
WITH now AS (SELECT * FROM oversight_facts_of((SELECT array_agg(id) FROM casework_case))),
     kept AS (
       SELECT case_id, force_id, oversight_body_id, unit_id, band::text, confidential, counted_on,
              measure::text, key::text, n, pounds
       FROM oversight_fact
     )
SELECT count(*) FROM (
  (SELECT * FROM now EXCEPT ALL SELECT * FROM kept)
  UNION ALL
  (SELECT * FROM kept EXCEPT ALL SELECT * FROM now)
) strays
"""
UNEQUAL = """
SELECT count(*) FROM (
  SELECT force_id, oversight_body_id, band, measure, key, sum(n), sum(pounds) FROM (
    SELECT force_id, oversight_body_id, band, measure, key, n, pounds FROM oversight_fact
    WHERE oversight_is_summed(measure)
    UNION ALL
    SELECT force_id, oversight_body_id, band, measure, key, -n, -pounds
    FROM oversight_tally WHERE grain = 'year' AND band <> '*'
    UNION ALL
    SELECT force_id, oversight_body_id, band, measure, key, -n, -pounds FROM oversight_change
  ) both_sides
  GROUP BY 1, 2, 3, 4, 5 HAVING sum(n) <> 0 OR sum(pounds) <> 0
) unequal
"""


def fold_changes(now: datetime) -> Mapping[str, int]:
    """Fold what changed into the tally, so that figures stay quick to read; how many changes it was."""
    with scope.everywhere(), connection.cursor() as cursor:
        cursor.execute("SELECT oversight_fold()")
        (folded,) = cursor.fetchone()
    return {"changes folded": folded}


def strays() -> tuple[int, int]:
    """How many facts differ from what the records say, and how many sums from the facts."""
    with scope.everywhere(), connection.cursor() as cursor:
        found = []
        for statement in (STRAYS, UNEQUAL):
            cursor.execute(statement)
            found.append(cursor.fetchone()[0])
    return found[0], found[1]


def recount() -> None:
    """Count everything anew."""
    with scope.everywhere(), connection.cursor() as cursor:
        cursor.execute("SELECT oversight_rebuild()")
