"""The short ways: the quick log, the guide, the monthly count."""

from datetime import date, timedelta
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.urls import reverse_lazy

from integrity.ui.forms import DateField, GovukForm, MoneyField, RadioSelect, SuggestInput
from registers.gifts.enums import ItemDecision, ItemKind, ProviderKind, ValueKind
from registers.gifts.facts import ItemFacts, OfferFacts, Value
from registers.gifts.forms.declare import blank_first
from registers.organisations.telling import asks_facts

GUIDE_KINDS = [
    ("refreshments", "Light refreshments: tea, coffee, a sandwich"),
    (ItemKind.GIFT, "A gift"),
    (ItemKind.HOSPITALITY, "A meal, a ticket or an event"),
    (ItemKind.DISCOUNT, "A discount or concession"),
    (ItemKind.CASH, "Cash or vouchers"),
]


class QuickForm(GovukForm):
    """One item, declined or light refreshments, on one screen of a phone."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.CharField(label="What was offered?", max_length=500)
    provider = forms.CharField(
        label="Who offered it?",
        max_length=200,
        widget=SuggestInput(reverse_lazy("organisations:suggest"), asks_facts("gifts")),
    )
    provider_is = forms.ChoiceField(
        label="They are",
        choices=[("organisation", "An organisation"), ("person", "A person")],
        widget=RadioSelect(inline=True, small=True),
        error_messages={"required": "Say whether they are an organisation or a person"},
    )
    decision = forms.ChoiceField(
        label="What did you do?",
        choices=[("declined", "Declined"), ("refreshments", "Had light refreshments")],
        widget=RadioSelect(inline=True, small=True),
    )
    value = MoneyField(label="Worth about", noun="the value", required=False)
    when = forms.ChoiceField(
        label="When?",
        choices=[("today", "Today"), ("yesterday", "Yesterday"), ("earlier", "Earlier")],
        widget=RadioSelect(inline=True, small=True, conditional={"earlier": ["offered_on"]}),
    )
    offered_on = DateField(label="Date", noun="the date of the offer", past=True)
    submit_label = "Log it"
    mark_optional = True

    def __init__(self, *args: Any, today: date, worth: str = "", **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": uuid4(), "value": worth}, **kwargs)
        self.today = today

    def organisation_typed(self) -> str:
        """The organisation that was named, once the form was sent; a person is none."""
        is_person = self.data.get("provider_is") == "person"
        return "" if is_person else str(self.data.get("provider", ""))

    def for_draft(self) -> dict[str, dict[str, list[str]]]:
        """The answers as the steps of a declaration hold them."""
        data, facts = self.cleaned_data, self.facts()
        (item,) = facts.items
        offer = {
            "whose": ["me"],
            "offered_on": [facts.offered_on.isoformat()],
            "provider": [data["provider_is"]],
            data["provider_is"]: [data["provider"]],
            "provider_kind": [facts.provider_kind],
        }
        worth = item.value.ceiling
        described = {
            "description": [item.description],
            "kind": [item.kind],
            "features": ["light_refreshments"] if item.light_refreshments else [],
            "decision": [item.decision],
            "accepted_for": [item.decision] if item.accepted else [],
            "accept_reason": ["other"] if item.accepted else [],
            "reason_text": [item.reason_text],
            "value_kind": [item.value.kind],
            "estimate": [str(worth)] if worth is not None else [],
            "unknown_reason": [item.value.words],
        }
        return {"offer": offer, "items/1": described}

    def facts(self) -> OfferFacts:
        data = self.cleaned_data
        value, declined = data["value"], data["decision"] == "declined"
        day = {"today": self.today, "yesterday": self.today - timedelta(days=1)}
        person = data["provider_is"] == "person"
        item = ItemFacts(
            description=data["what"],
            kind=ItemKind.GIFT if declined else ItemKind.HOSPITALITY,
            decision=ItemDecision.DECLINED if declined else ItemDecision.ACCEPTED,
            value=Value(ValueKind.UNKNOWN, words="Not given")
            if value is None
            else Value(ValueKind.ESTIMATED, value, value),
            light_refreshments=not declined,
            reason_text="" if declined else "Light refreshments",
            disposal="" if declined else "consumed",
        )
        return OfferFacts(
            offered_on=day.get(data["when"]) or data["offered_on"],
            provider_kind=ProviderKind.PUBLIC if person else ProviderKind.UNKNOWN,
            organisation="" if person else data["provider"],
            person=data["provider"] if person else "",
            items=(item,),
        )


class GuideForm(GovukForm):
    """Three questions: what, from whom, worth how much."""

    kind = forms.ChoiceField(
        label="What are you offered?", choices=GUIDE_KINDS, widget=RadioSelect()
    )
    provider_kind = forms.ChoiceField(
        label="Who offers it?", choices=blank_first(ProviderKind.choices)
    )
    worth = MoneyField(
        label="About how much is it worth?",
        help_text="Leave it empty if you cannot tell.",
        noun="the value",
        required=False,
    )
    form_method = "get"
    submit_label = "Can I accept it?"

    def value(self) -> Value:
        worth = self.cleaned_data["worth"]
        if worth is None:
            return Value(ValueKind.UNKNOWN, words="Not known")
        return Value(ValueKind.ESTIMATED, worth, worth)

    def for_draft(self) -> dict[str, dict[str, list[str]]]:
        """The answers as the steps of a declaration hold them, so that nothing is typed twice."""
        data = self.cleaned_data
        light = data["kind"] == "refreshments"
        item = {
            "kind": [ItemKind.HOSPITALITY if light else data["kind"]],
            "features": ["light_refreshments"] if light else [],
        }
        if data["worth"] is not None:
            item |= {"value_kind": [ValueKind.ESTIMATED], "estimate": [str(data["worth"])]}
        return {"offer": {"provider_kind": [data["provider_kind"]]}, "items/1": item}


class RefreshmentsForm(GovukForm):
    """How often, in which month."""

    month = forms.ChoiceField(label="Which month?", widget=RadioSelect(inline=True))
    times = forms.IntegerField(
        label="How often did you have light refreshments?",
        min_value=0,
        max_value=500,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )
    submit_label = "Save the count"

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = today.replace(day=1)
        last = (this - timedelta(days=1)).replace(day=1)
        cast(forms.ChoiceField, self.fields["month"]).choices = [
            (d.isoformat(), f"{d:%B %Y}") for d in (last, this)
        ]

    def clean_month(self) -> date:
        return date.fromisoformat(self.cleaned_data["month"])
