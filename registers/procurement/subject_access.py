"""What procurement holds about a person, for that person (UK GDPR, Article 15).

A purchase that was referred to PSD reads as one that waits for review, as it does on its holder's own
page. What the cross-checks make of purchases, parts and declarations is PSD's and procurement's, and
not here.
"""

from collections.abc import Mapping
from typing import Any

from integrity.people.models import User
from registers.procurement.declarations import Declaration, declarations
from registers.procurement.enums import State
from registers.procurement.models import Involvement, Purchase
from registers.procurement.policies import state_besides
from registers.procurement.reads import own_purchases


def holds(user: User) -> Mapping[str, Any]:
    """Their cards and purchases, their parts and declarations, and the contracts they were sent under."""
    parts = list(user.involvements.select_related("tender", "contract"))
    titles = {each.tender.pk: each.tender.title for each in parts if each.tender}
    return {
        "cards": [
            {
                "card": str(each),
                "limit_of_one_purchase": each.single_limit,
                "limit_of_a_month": each.monthly_limit,
                "opened_on": each.opened_on,
                "closed_on": each.closed_on,
            }
            for each in user.cards.all()
        ],
        "card_purchases": [purchase(each) for each in own_purchases(user)],
        "parts": [part(each) for each in parts],
        "declarations_about_bidders": [
            declaration(each, titles[each.tender_id]) for each in declarations(titles, by=user)
        ],
        "works_under": [
            {
                "contract": each.contract.title,
                "starts_on": each.starts_on,
                "ends_on": each.ends_on,
            }
            for each in user.contractor_of.select_related("contract")
        ],
    }


def purchase(each: Purchase) -> dict[str, Any]:
    """One purchase, what its holder says of it, and what was found where somebody judged it."""
    state = state_besides(each)
    judged = state in (State.RIGHT, State.WRONG)
    return {
        "card": str(each.card),
        "bought_on": each.bought_on,
        "merchant": each.merchant,
        "amount": each.amount,
        "category": each.category,
        "description": each.description,
        "justification": each.justification,
        "justified_at": each.justified_at,
        "status": state.label,
        "remarks": each.remarks if judged else "",
        "judged_at": each.reviewed_at if judged else None,
    }


def part(each: Involvement) -> dict[str, Any]:
    """A part in a tender or a contract, and what stands declared of the bidders now."""
    return {
        "tender": each.tender.title if each.tender else "",
        "contract": each.contract.title if each.contract else "",
        "part": each.get_part_display(),
        "starts_on": each.starts_on,
        "ends_on": each.ends_on,
        "declared": each.get_declared_display() if each.tender else "",
        "declaration": each.declaration,
        "declared_at": each.declared_at,
    }


def declaration(each: Declaration, tender: str) -> dict[str, Any]:
    """One of all their declarations: who bids later makes everybody declare anew."""
    return {
        "tender": tender,
        "declared": each.declared.label,
        "declaration": each.words,
        "bidders": each.bidders,
        "declared_at": each.at,
    }
