"""What the import of a legacy register of business interests finds in it."""

import datetime as dt
from dataclasses import dataclass

from registers.business_interests.import_hours import Hours


@dataclass(frozen=True, slots=True)
class InterestRow:
    """One entry of a legacy register.

    `number` is the row as the spreadsheet shows it, `cells` the row as it stood, by heading.
    `status` is a Status and `category` a Category; `conditions` are the clauses of what it was
    approved subject to. `decided_on` is the application's own day where the register has no
    other. Texts are '' where the register is silent.
    """

    where: str
    sheet: str
    number: int
    cells: dict[str, str]
    fingerprint: str
    status: str
    category: str
    hours: Hours
    conditions: tuple[str, ...]
    applied_on: dt.date
    decided_on: dt.date
    approved_on: dt.date | None
    starts_on: dt.date | None
    review_on: dt.date | None
    ceased_on: dt.date | None
    reference: str
    person: str
    person_number: str
    rank: str
    unit: str
    occupation: str
    organisation: str
    description: str
    relative: str
    decision: str
    conditions_text: str
    decided_by: str
    reason: str
    comments: str
