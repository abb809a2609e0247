"""What the database holds of each case, counted table by table as the superuser, in one snapshot."""

from dataclasses import dataclass

import psycopg
from django.db.models import ForeignKey
from psycopg.rows import dict_row

from integrity.audit.guard import tables
from integrity.casework.models import Case
from registers.gifts.models import Offer
from tests.crash.own_server import DATABASE, OwnServer

# How many notices of a case wait to be e-mailed, how often each.
MAILS = """
    SELECT n.case_id, count(*) AS sent, count(DISTINCT n.id) AS once
    FROM procrastinate_jobs j CROSS JOIN jsonb_array_elements_text(j.args -> 'notice_ids') AS told
    JOIN casework_notice n ON n.id = told::bigint
    WHERE j.task_name = 'send_notices' GROUP BY 1
"""
EVENTS = """
    SELECT about_id AS case_id, string_agg(name, ', ' ORDER BY id) AS names
    FROM audit_payload WHERE about = 'case' AND kind = 'event' GROUP BY 1
"""


@dataclass(frozen=True)
class Held:
    """One case: what it is known by, and its shape, which all whole cases of its kind share."""

    reference: str
    key: str
    author: int
    offer: int
    version: int
    status: str
    decisions: int
    shape: tuple[tuple[str, object], ...]


def parts() -> list[tuple[str, str, str]]:
    """Every table whose rows belong to a case or to its offer, with the column that says which."""
    found = []
    for table in tables():
        for field in table.model._meta.local_fields:
            if isinstance(field, ForeignKey) and field.related_model in (Case, Offer):
                of = "c.id" if field.related_model is Case else "o.id"
                found.append((table.name, field.column, of))
    return found


def census(server: OwnServer) -> list[Held]:
    counts = [
        f"(SELECT count(*) FROM {table} WHERE {table}.{column} = {of}) AS {table}__{column}"  # noqa: S608
        for table, column, of in parts()
    ]
    query = f"""
        WITH mails AS ({MAILS}), events AS ({EVENTS})
        SELECT c.reference, c.idempotency_key, c.author_id, o.id AS offer, c.version, c.phase,
               o.status, m.sent, m.once, e.names,
               (SELECT count(*) FROM casework_deadline d
                WHERE d.case_id = c.id AND d.met_at IS NULL) AS waits,
               {", ".join(counts)}
        FROM casework_case c LEFT JOIN gifts_offer o ON o.case_id = c.id
        LEFT JOIN mails m ON m.case_id = c.id LEFT JOIN events e ON e.case_id = c.id
        ORDER BY c.id
    """  # noqa: S608
    with psycopg.connect(**server.admin, dbname=DATABASE, row_factory=dict_row) as connection:
        return [_held(row) for row in connection.execute(query.encode())]


def _held(row: dict[str, object]) -> Held:
    own = {"reference", "idempotency_key", "author_id", "offer"}
    return Held(
        reference=str(row["reference"]),
        key=str(row["idempotency_key"]),
        author=int(str(row["author_id"])),
        offer=int(str(row["offer"] or 0)),
        version=int(str(row["version"])),
        status=str(row["status"]),
        decisions=int(str(row["casework_decision__case_id"])),
        shape=tuple((name, value) for name, value in row.items() if name not in own),
    )
