"""A draft of an offer: the raw answers of each step, and the facts they make once they are whole."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from integrity.casework.drafting import StepDraft, errors_of
from integrity.casework.models import Draft
from integrity.people.models import User
from registers.gifts.enums import ItemDecision, Purpose, ValueKind
from registers.gifts.facts import OfferFacts
from registers.gifts.forms.declare import GiftTestForm, ItemForm, OfferForm
from registers.gifts.models import GiftPolicy, Item, Offer
from registers.gifts.policies import Problem, days_late, needs_gift_test, problems

MOST_ITEMS = 20


class OfferDraft(StepDraft):
    """A draft read with the policy that binds its subject."""

    def __init__(self, draft: Draft, policy: GiftPolicy, *, by: User, today: date) -> None:
        super().__init__(draft, by=by, today=today)
        self.policy = policy

    @property
    def purpose(self) -> Purpose:
        return Purpose(self.draft.purpose)

    @property
    def item_steps(self) -> list[str]:
        """The items in order; a removed one leaves no gap that matters."""
        numbers = sorted(
            int(name.split("/")[1]) for name in self.draft.data if name.startswith("items/")
        )
        return [f"items/{n}" for n in numbers]

    def next_item(self) -> str:
        last = self.item_steps[-1].split("/")[1] if self.item_steps else "0"
        return f"items/{int(last) + 1}"

    def make_form(self, step: str, data: QueryDict | None, **kwargs: Any) -> Any:
        if step == "offer":
            return OfferForm(
                data, by=self.by, purpose=self.purpose, late=self._late(data), **kwargs
            )
        if step == "gift-test":
            return GiftTestForm(data, **kwargs)
        return ItemForm(data, policy=self.policy, purpose=self.purpose, **kwargs)

    def _late(self, data: QueryDict | None) -> int:
        """How late the offer would be by the date given so far, so that the form asks why."""
        answers = data if data is not None else self.values("offer")
        field = OfferForm.base_fields["offered_on"]
        try:
            given = field.widget.value_from_datadict(answers or QueryDict(), {}, "offered_on")
            offered_on = field.clean(given)
        except ValidationError:
            return 0
        return days_late(self.policy, offered_on=offered_on, received_on=self.received_on)

    @property
    def received_on(self) -> date:
        """The day that lateness is counted to: what is stated later keeps that of the entry."""
        case = self.draft.case
        return timezone.localdate(case.received_at) if case else self.today

    def facts(self) -> OfferFacts | None:
        """The offer as stated, or None while a step is missing or wrong."""
        offer = self.saved_form("offer")
        items = [self.saved_form(step) for step in self.item_steps]
        if not offer.is_valid() or not items or not all(item.is_valid() for item in items):
            return None
        said = offer.cleaned_data
        facts = OfferFacts(
            offered_on=said["offered_on"],
            provider_kind=said["provider_kind"],
            organisation=said["organisation"] or "",
            person=said["person"] or "",
            circumstances=said["circumstances"],
            items=tuple(item.facts() for item in items),
            late_reason=said.get("late_reason", ""),
        )
        if not needs_gift_test(self.policy, facts):
            return facts
        test = self.saved_form("gift-test")
        return replace(facts, gift_test=test.facts()) if test.is_valid() else facts

    @property
    def asked_before(self) -> bool:
        """Whether the offer was asked about before it was decided."""
        return self.draft.case is not None and self.draft.case.offer.was_authorised is not None

    @property
    def subject(self) -> User:
        """Whose offer it is: the writer's, unless they act for a principal."""
        if self.draft.case is not None and self.draft.case.subject is not None:
            return self.draft.case.subject
        offer = self.saved_form("offer")
        principal = offer.cleaned_data.get("subject") if offer.is_valid() else None
        return principal or self.by

    def problems(self) -> list[Problem]:
        """What is missing, each with the step where it is put right."""
        steps = ["offer", *self.item_steps]
        found = [
            Problem(step, "", f"{_title(step)}: {sentences[0]}")
            for step in steps
            if (sentences := errors_of(self.saved_form(step)))
        ]
        if not self.item_steps:
            found.append(Problem("items/1", "", "Add what was offered."))
        facts = self.facts()
        if found or facts is None:
            return found
        return problems(
            self.policy,
            facts,
            received_on=self.received_on,
            today=self.today,
            authorisation=self.purpose == Purpose.SEEK_AUTHORISATION,
            asked_before=self.asked_before,
        )

    def asks_gift_test(self) -> bool:
        facts = self.facts()
        return facts is not None and needs_gift_test(self.policy, facts)


def _title(step: str) -> str:
    return f"Item {step.split('/')[1]}" if step.startswith("items/") else "The offer"


def data_of(offer: Offer) -> dict[str, Mapping[str, list[str]]]:
    """The steps of a draft that restates an offer, for a correction or an outcome."""
    steps: dict[str, Mapping[str, list[str]]] = {"offer": _offer_data(offer)}
    for item in offer.items.all():
        steps[f"items/{item.position}"] = _item_data(item)
    if offer.genuine is not None:
        steps["gift-test"] = {
            **{name: ["yes" if value else "no"] for name, value in offer.gift_test.items()},
            "note": [offer.gift_test_note],
        }
    return steps


def _offer_data(offer: Offer) -> dict[str, list[str]]:
    day = offer.offered_on
    kind = (
        "organisation"
        if offer.provider_organisation
        else "person"
        if offer.provider_person
        else "unknown"
    )
    return {
        "offered_on_day": [str(day.day)],
        "offered_on_month": [str(day.month)],
        "offered_on_year": [str(day.year)],
        "provider": [kind],
        kind: [offer.provider],
        "provider_kind": [offer.provider_kind],
        "circumstances": [offer.circumstances],
        "late_reason": [offer.late_reason],
    }


def _item_data(item: Item) -> dict[str, list[str]]:
    features = [name for name in ("light_refreshments", "alcohol") if getattr(item, name)]
    data = {
        "description": [item.description],
        "kind": [item.kind],
        "features": features,
        "reason_text": [item.reason_text],
        "value_kind": [item.value_kind],
        "disposal": [item.disposal],
        "disposal_to": [item.disposal_to],
    }
    reason = [str(item.reason_id or ("other" if item.reason_text else ""))]
    if item.accepted:
        data |= {"accept_reason": reason, "accepted_for": [item.decision]}
        data["decision"] = [ItemDecision.ACCEPTED]
    elif item.decision == ItemDecision.DECLINED:
        data |= {"decline_reason": reason, "decision": [item.decision]}
    amounts = {
        ValueKind.EXACT: {"exact": item.value_from},
        ValueKind.ESTIMATED: {"estimate": item.value_from},
        ValueKind.RANGE: {"low": item.value_from, "high": item.value_to},
    }.get(ValueKind(item.value_kind), {})
    if not amounts:
        data["value_kind"] = [ValueKind.UNKNOWN]
        data["unknown_reason"] = [item.value_words]
    return data | {name: [str(amount)] for name, amount in amounts.items()}
