"""Where a tender stands by its dates, and when an interest is withdrawn."""

from datetime import date
from itertools import product

import pytest

from registers.procurement.enums import Declared, TenderStatus
from registers.procurement.models import Tender
from registers.procurement.policies import is_open, tender_in_a_word, tender_stands_at, withdraws

TODAY = date(2026, 6, 15)
BEFORE, AFTER = date(2026, 6, 14), date(2026, 6, 16)
ACTIVE = TenderStatus.ACTIVE


@pytest.mark.parametrize(
    ("status", "opens", "closes", "awarded", "expected", "still_open"),
    [
        (ACTIVE, BEFORE, AFTER, False, "Open", True),
        (ACTIVE, None, None, False, "Open", True),
        (ACTIVE, TODAY, TODAY, False, "Open", True),
        (ACTIVE, AFTER, None, False, "Opens on 16 June 2026", True),
        (ACTIVE, None, BEFORE, False, "Closed on 14 June 2026; not awarded", False),
        (ACTIVE, None, BEFORE, True, "Closed on 14 June 2026; awarded", False),
        (ACTIVE, BEFORE, AFTER, True, "Open", True),  # a framework takes on suppliers as it runs
        (ACTIVE, None, None, True, "Awarded", True),
        (TenderStatus.COMPLETE, BEFORE, AFTER, True, "Complete", False),
        (TenderStatus.CANCELLED, None, BEFORE, False, "Cancelled", False),
    ],
)
def test_where_a_tender_stands(
    status: TenderStatus,
    opens: date | None,
    closes: date | None,
    awarded: bool,
    expected: str,
    still_open: bool,
) -> None:
    tender = Tender(status=status, opens_on=opens, closes_on=closes)
    assert tender_stands_at(tender, TODAY, awarded=awarded) == expected
    assert is_open(tender, TODAY) == still_open
    assert (tender_in_a_word(tender, TODAY) == "Closed") == expected.startswith("Closed")


def test_only_an_interest_is_withdrawn_and_only_by_having_none() -> None:
    said = {pair for pair in product(Declared, Declared) if withdraws(*pair)}
    assert said == {(Declared.NONE, Declared.INTEREST)}
