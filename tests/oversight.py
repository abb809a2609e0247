"""What tests of oversight share: counting within a transaction that never commits, and what is asked."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from integrity.people.models import Force
from registers.oversight.asking import Asked
from registers.oversight.spans import Period


def settle() -> None:
    """Count now what the transaction changed, as its commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS oversight_settled IMMEDIATE")
        cursor.execute("SET CONSTRAINTS oversight_settled DEFERRED")


def fold() -> int:
    """Fold what was counted into the tally, as the worker does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT oversight_fold()")
        (folded,) = cursor.fetchone()
    return int(folded)


def asked(force: Force, *more: Force, starts_on: date, ends_on: date, **narrowed: object) -> Asked:
    return Asked((force, *more), Period(starts_on, ends_on), **narrowed)


def reading(captured: CaptureQueriesContext) -> list[str]:
    """The statements of a page that ask for something; not those that begin, end or bound it."""
    found = [query["sql"] for query in captured.captured_queries]
    bounds = ("SAVEPOINT", "RELEASE", "SELECT set_config")
    return [statement for statement in found if not statement.startswith(bounds)]
