"""Chief officers' quarters: which are over and not stated, and what happened in them."""

from dataclasses import dataclass
from datetime import date, timedelta

from integrity.casework.clocks import add_months
from integrity.people.models import User
from registers.media_contacts.compliance import contacts_of
from registers.media_contacts.models import ChiefStatement, Contact
from registers.media_contacts.policies import end_of_quarter, quarter_of


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of one chief officer, with the contacts in which they took part."""

    starts_on: date
    contacts: tuple[Contact, ...]

    @property
    def ends_on(self) -> date:
        return end_of_quarter(self.starts_on)

    @property
    def words(self) -> str:
        return f"{self.starts_on:%B} to {self.ends_on:%B %Y}"


def unstated(officer: User, today: date) -> list[date]:
    """The quarters that are over and that a chief officer has not stated, the last one first.

    The last that is over, and any before it since their first statement, as far as they served.
    """
    if officer.force_id is None or not officer.is_chief_officer:
        return []
    last = quarter_of(quarter_of(today) - timedelta(days=1))
    stated = set(ChiefStatement.objects.filter(officer=officer).values_list("quarter", flat=True))
    found, quarter = [], last
    while quarter >= min([last, *stated]) and end_of_quarter(quarter) >= officer.starts_on:
        if quarter not in stated:
            found.append(quarter)
        quarter = add_months(quarter, -3)
    return found


def quarter_with_contacts(officer: User, quarter: date) -> Quarter:
    contacts = contacts_of(officer, quarter, end_of_quarter(quarter)).with_all()
    return Quarter(quarter, tuple(contacts.order_by("contacted_on", "pk")))
