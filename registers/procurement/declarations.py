"""All that people declared about the bidders of tenders, out of the ledger.

The row of a part holds only what stands: who bids later makes everybody declare anew, and what is
declared again takes the place of what was said before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from integrity.audit.models import Event
from integrity.people.models import User
from registers.procurement.enums import Declared
from registers.procurement.models import Involvement, Tender

DECLARED = "interests in bidders declared"  # the event of a declaration


@dataclass(frozen=True, slots=True)
class Declaration:
    """What somebody said of the bidders there were, and when."""

    tender_id: int
    person_id: int
    declared: Declared
    words: str
    bidders: Sequence[str]
    at: datetime


def declarations(tenders: Iterable[int], *, by: User | None = None) -> list[Declaration]:
    """What was declared about these tenders, by one person or by everybody, oldest first."""
    said = Event.objects.filter(about="tender", about_id__in=list(tenders), name=DECLARED)
    if by is not None:
        said = said.filter(actor_id=by.pk)
    return [
        Declaration(
            tender_id=each.about_id or 0,
            person_id=each.actor_id or 0,
            declared=Declared(each.facts["declared"]),
            words=each.facts["declaration"],
            bidders=each.facts["bidders"],
            at=each.at,
        )
        for each in said.order_by("pk")
    ]


def last_declared(tender: Tender, person: User) -> Declared:
    """What somebody declared last, whether or not they were asked anew since."""
    said = declarations([tender.pk], by=person)
    return said[-1].declared if said else Declared.NOT_YET


def before(part: Involvement, said: Iterable[Declaration]) -> list[Declaration]:
    """What was declared by the person of a part before what stands of it, oldest first."""
    return [
        each
        for each in said
        if (each.tender_id, each.person_id) == (part.tender_id, part.person_id)
        and (part.declared_at is None or each.at < part.declared_at)
    ]
