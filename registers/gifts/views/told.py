"""What a declarant is told of whoever made an offer, and what the provider counts as on the last page."""

from django.utils import timezone

from integrity.people.models import User
from registers.gifts.actions.declare import REGISTER
from registers.gifts.drafts import OfferDraft
from registers.gifts.facts import OfferFacts
from registers.gifts.known import Known, known_provider
from registers.organisations.telling import told


def known_to_force(draft: OfferDraft, facts: OfferFacts) -> Known:
    """What the provider counts as besides what was ticked, as the action will find it."""
    case = draft.draft.case
    return known_provider(
        facts,
        force=case.force if case else draft.subject.force,
        received_on=draft.received_on,
        before=case.offer if case else None,
    )


def told_while_checking(draft: OfferDraft, facts: OfferFacts) -> list[str]:
    """The facts, and advice to whoever would accept; an entry that there is stays as it was judged."""
    taken = bool(facts.accepted_items) or facts.undecided
    judged_so = draft.draft.case is None or bool(facts.known_as)
    return told_of(draft.by, facts.organisation, advise=taken and judged_so)


def told_of(user: User, organisation: str, *, advise: bool = True) -> list[str]:
    """What a declarant should know of whoever made the offer; nothing where that is no organisation."""
    if not organisation.strip():
        return []
    return told(user, organisation, register=REGISTER, today=timezone.localdate(), advise=advise)
