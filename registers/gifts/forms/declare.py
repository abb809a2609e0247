"""The steps of a declaration: the offer, each item, the GIFT test."""

from typing import Any, cast

from django import forms
from django.urls import reverse_lazy

from integrity.people.models import User
from integrity.ui.forms import (
    CheckboxSelectMultiple,
    DateField,
    GovukForm,
    Layout,
    MoneyField,
    RadioSelect,
    SuggestInput,
)
from registers.gifts.enums import (
    Disposal,
    ItemDecision,
    ItemKind,
    ProviderKind,
    Purpose,
    ValueKind,
)
from registers.gifts.facts import GiftTest, ItemFacts, Value
from registers.gifts.models import GiftPolicy
from registers.organisations.telling import asks_facts

DECIDED_FIELDS = (
    "decision",
    "decline_reason",
    "accept_reason",
    "accepted_for",
    "disposal",
    "disposal_to",
)
YES_NO = [("yes", "Yes"), ("no", "No")]
PROVIDERS = [
    ("organisation", "An organisation"),
    ("person", "A person"),
    ("unknown", "I do not know"),
]


def blank_first(choices: Any, words: str = "Choose one") -> list[tuple[str, str]]:
    return [("", words), *choices]


class OfferForm(GovukForm):
    """Whose offer, when, from whom and why."""

    subject = forms.CharField(label="Their collar or staff number", max_length=20)
    whose = forms.ChoiceField(
        label="Who was the offer made to?",
        choices=[("me", "Me"), ("principal", "Somebody I act for")],
        widget=RadioSelect(conditional={"principal": ["subject"]}),
    )
    offered_on = DateField(label="When was it offered?", noun="the date of the offer")
    provider = forms.ChoiceField(
        label="Who made the offer?",
        choices=PROVIDERS,
        widget=RadioSelect(conditional={"organisation": ["organisation"], "person": ["person"]}),
    )
    organisation = forms.CharField(
        label="Name of the organisation",
        max_length=200,
        widget=SuggestInput(reverse_lazy("organisations:suggest"), asks_facts("gifts")),
    )
    person = forms.CharField(label="Name of the person", max_length=200)
    provider_kind = forms.ChoiceField(
        label="What are they to the force?", choices=blank_first(ProviderKind.choices)
    )
    circumstances = forms.CharField(
        label="Where and why was it offered?",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=4000,
    )
    late_reason = forms.CharField(
        label="Why is it reported late?",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )

    def __init__(self, *args: Any, by: User, purpose: str, late: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        ahead = purpose in (Purpose.SEEK_AUTHORISATION, Purpose.RECORD_OUTCOME)
        self.fields["offered_on"].past = not ahead  # type: ignore[attr-defined]
        if ahead:
            self.fields["offered_on"].label = "What day is it for?"
        if purpose in (Purpose.CORRECT, Purpose.RECORD_OUTCOME):
            del self.fields["whose"], self.fields["subject"]
        if not late:
            del self.fields["late_reason"]
        else:
            days = "day" if late == 1 else "days"
            self.fields["late_reason"].help_text = f"It is {late} {days} past your force’s limit."

    def clean_subject(self) -> User | None:
        number = self.cleaned_data.get("subject")
        if self.data.get(self.add_prefix("whose")) != "principal" or not number:
            return None
        found = User.objects.filter(
            force=self.by.force,
            oversight_body=self.by.oversight_body,
            number__iexact=number.strip(),
        ).select_related("grade", "force", "oversight_body", "unit", "line_manager")
        person = found.first()
        if person is None:
            raise forms.ValidationError("Nobody in your force has this number; check it.")
        return person


def value_of(data: dict[str, Any]) -> Value:
    """The value as one of its four kinds."""
    kind = data.get("value_kind") or ValueKind.UNKNOWN
    if kind == ValueKind.EXACT:
        return Value(kind, data["exact"], data["exact"])
    if kind == ValueKind.ESTIMATED:
        return Value(kind, data["estimate"], data["estimate"])
    if kind == ValueKind.RANGE:
        return Value(kind, data["low"], data["high"])
    return Value(ValueKind.UNKNOWN, words=data.get("unknown_reason") or "Not known")


class ItemForm(GovukForm):
    """One thing that was offered, and what was done with it; nothing is preselected."""

    description = forms.CharField(
        label="What was it?", max_length=500, help_text="For example, a bottle of wine"
    )
    kind = forms.ChoiceField(
        label="What kind of thing is it?", choices=blank_first(ItemKind.choices)
    )
    features = forms.MultipleChoiceField(
        label="Is it any of these?",
        choices=[
            ("light_refreshments", "Light refreshments: tea, coffee, a sandwich"),
            ("alcohol", "It is alcohol, or comes with it"),
        ],
        widget=CheckboxSelectMultiple(),
        required=False,
    )
    decision = forms.ChoiceField(
        label="What did you do?",
        choices=[
            (ItemDecision.DECLINED, "I declined it"),
            (ItemDecision.ACCEPTED, "I accepted it"),
        ],
        widget=RadioSelect(
            conditional={
                ItemDecision.DECLINED: ["decline_reason"],
                ItemDecision.ACCEPTED: ["accept_reason", "accepted_for", "disposal", "disposal_to"],
            }
        ),
    )
    decline_reason = forms.ChoiceField(label="Why did you decline? (optional)", required=False)
    accept_reason = forms.ChoiceField(label="Why did you accept?")
    accepted_for = forms.ChoiceField(
        label="For whom did you accept it?",
        choices=[
            (ItemDecision.ACCEPTED, "For myself"),
            (ItemDecision.ACCEPTED_FOR_FORCE, "On behalf of the force"),
        ],
        widget=RadioSelect(inline=True, small=True),
    )
    disposal = forms.ChoiceField(
        label="What has become of it? (optional)",
        help_text="You can say it later.",
        required=False,
    )
    disposal_to = forms.CharField(
        label="If it went to charity, which one?", required=False, max_length=200
    )
    reason_text = forms.CharField(
        label="Anything to add about the reason?",
        help_text="Needed where the list has no reason that fits.",
        required=False,
        max_length=2000,
    )
    value_kind = forms.ChoiceField(
        label="What is it worth?",
        choices=[
            (k, k.label)
            for k in (ValueKind.EXACT, ValueKind.ESTIMATED, ValueKind.RANGE, ValueKind.UNKNOWN)
        ],
        widget=RadioSelect(
            conditional={
                "exact": ["exact"],
                "estimated": ["estimate"],
                "range": ["low", "high"],
                "unknown": ["unknown_reason"],
            }
        ),
    )
    exact = MoneyField(label="Exact value", noun="the exact value")
    estimate = MoneyField(label="About how much?", noun="the estimate")
    low = MoneyField(label="From", noun="the lower amount")
    high = MoneyField(label="To", noun="the higher amount")
    unknown_reason = forms.CharField(label="Why is it not known?", max_length=200)

    def __init__(self, *args: Any, policy: GiftPolicy, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asking = purpose == Purpose.SEEK_AUTHORISATION
        if self.asking:
            for name in DECIDED_FIELDS:
                del self.fields[name]
            why = self.fields["reason_text"]
            why.label, why.required, why.help_text = "Why do you want to accept it?", True, ""
            return
        listed = list(policy.reasons.all())
        for name, side in (
            ("decline_reason", ItemDecision.DECLINED),
            ("accept_reason", ItemDecision.ACCEPTED),
        ):
            reasons = [(str(r.pk), r.text) for r in listed if r.decision == side]
            self._offer(name, blank_first([*reasons, ("other", "Something else")]))
        self._offer("disposal", blank_first(Disposal.choices, "Not yet known"))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def get_layout(self) -> Layout:
        decided = () if self.asking else ("decision",)
        return Layout("description", "kind", "features", *decided, "reason_text", "value_kind")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        low, high = data.get("low"), data.get("high")
        is_range = data.get("value_kind") == ValueKind.RANGE
        if is_range and low is not None and high is not None and high <= low:
            self.add_error("high", "The higher amount must be more than the lower amount.")
        if self._reason(data) == "other" and not data.get("reason_text"):
            self.add_error("reason_text", "Say what the reason was.")
        if data.get("disposal") == Disposal.DONATED and not data.get("disposal_to"):
            self.add_error("disposal_to", "Say which charity it was given to.")
        return data

    @staticmethod
    def _reason(data: dict[str, Any]) -> str:
        return data.get("accept_reason") or data.get("decline_reason") or ""

    def facts(self) -> ItemFacts:
        data = self.cleaned_data
        reason = self._reason(data)
        return ItemFacts(
            description=data["description"],
            kind=data["kind"],
            decision=ItemDecision(
                data.get("accepted_for") or data.get("decision") or ItemDecision.UNDECIDED
            ),
            value=value_of(data),
            light_refreshments="light_refreshments" in data["features"],
            alcohol="alcohol" in data["features"],
            reason_id=int(reason) if reason.isdigit() else None,
            reason_text=data["reason_text"],
            disposal=data.get("disposal") or "",
            disposal_to=data.get("disposal_to") or "",
        )


def question(label: str, hint: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=hint, choices=YES_NO, widget=RadioSelect(inline=True)
    )


class GiftTestForm(GovukForm):
    """The four questions, each with one line of help (RULES, Gifts 2)."""

    genuine = question(
        "Genuine: is it offered for reasons of courtesy or gratitude alone?",
        "Answer no if you think it is meant to influence somebody.",
    )
    independent = question(
        "Independent: would a reasonable bystander be confident you could stay independent?",
        "Think of who they are to the force: a supplier, a bidder, somebody you deal with.",
    )
    free = question(
        "Free: could you accept it without feeling obliged to do anything in return?",
        "Answer no if you would find it harder to say no to them afterwards.",
    )
    transparent = question(
        "Transparent: are you comfortable with everybody knowing of it?",
        "It is in the register, which your colleagues and the public may see.",
    )
    note = forms.CharField(
        label="If any answer is no, why was it accepted?",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        failed = "no" in [data.get(q) for q in ("genuine", "independent", "free", "transparent")]
        if failed and not data.get("note"):
            self.add_error("note", "Say why it was accepted although an answer is no.")
        return data

    def facts(self) -> GiftTest:
        data = self.cleaned_data
        return GiftTest(
            genuine=data["genuine"] == "yes",
            independent=data["independent"] == "yes",
            free=data["free"] == "yes",
            transparent=data["transparent"] == "yes",
            note=data["note"],
        )


class SubmitForm(GovukForm):
    """The button on the page where the answers are checked.

    Where a draft restates an entry, it says which, by what verb, and what version was seen.
    """

    reference = forms.CharField(required=False, widget=forms.HiddenInput)
    verb = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    submit_label = "Submit"


class CorrectionForm(SubmitForm):
    reason = forms.CharField(
        label="What was wrong?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    submit_label = "Save the correction"
