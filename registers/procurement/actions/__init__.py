"""Every write of procurement."""

from registers.procurement.actions.outsourcing import (
    add_contractor,
    end_contractor,
    set_outsourcing,
)
from registers.procurement.actions.purchases import justify, review
from registers.procurement.actions.tenders import (
    add_bidder,
    ask_again,
    declare_interests,
    end_involvement,
    involve,
)

__all__ = [
    "add_bidder",
    "add_contractor",
    "ask_again",
    "declare_interests",
    "end_contractor",
    "end_involvement",
    "involve",
    "justify",
    "review",
    "set_outsourcing",
]
