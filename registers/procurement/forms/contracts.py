"""What narrows the list of contracts, and what is asked of outsourced services."""

from typing import Any

from django import forms

from integrity.ui.forms import GovukForm, Layout, MoneyField, RadioSelect
from registers.procurement.enums import AwardStatus, Stated
from registers.procurement.forms.parts import PersonForm, SearchForm
from registers.procurement.models import Contract

NOT_SAID = "not_said"
STATED = [(Stated.YES.value, "Yes"), (Stated.NO.value, "No"), (NOT_SAID, "Not stated")]


class ContractSearch(SearchForm):
    q = forms.CharField(label="Title or number", required=False, max_length=200)
    supplier = forms.CharField(label="Supplier", required=False, max_length=200)
    status = forms.ChoiceField(
        label="Status", choices=[("", "Any status"), *AwardStatus.choices], required=False
    )
    at_least = MoneyField(label="Worth at least", required=False)


class OutsourcingForm(GovukForm):
    """The three questions of a contract whose people do the force's work."""

    outsourced = forms.TypedChoiceField(
        label="Is this contract for outsourced services?",
        help_text="Its people do the force’s work.",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda chosen: chosen == "yes",
        widget=RadioSelect(
            conditional={"yes": ["staff_vetted", "standards_clause", "who_investigates"]}
        ),
    )
    staff_vetted = forms.ChoiceField(
        label="Are its people vetted?", choices=STATED, widget=RadioSelect(small=True)
    )
    standards_clause = forms.ChoiceField(
        label="Are the force’s standards of behaviour a clause?",
        choices=STATED,
        widget=RadioSelect(small=True),
    )
    who_investigates = forms.CharField(
        label="Who investigates its people?",
        help_text="Leave it empty where nobody has said.",
        max_length=200,
        required=False,
    )
    submit_label = "Save"

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            **self.initial,
            "outsourced": "yes" if contract.outsourced else "",
            "staff_vetted": contract.staff_vetted or NOT_SAID,
            "standards_clause": contract.standards_clause or NOT_SAID,
            "who_investigates": contract.who_investigates,
        }

    def get_layout(self) -> Layout:
        return Layout("outsourced")

    def answers(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "outsourced": data["outsourced"],
            "staff_vetted": self.stated("staff_vetted"),
            "standards_clause": self.stated("standards_clause"),
            "who_investigates": data.get("who_investigates") or "",
        }

    def stated(self, name: str) -> Stated:
        said = self.cleaned_data.get(name) or NOT_SAID
        return Stated.NOT_STATED if said == NOT_SAID else Stated(said)


class ContractorForm(PersonForm):
    """Somebody of the contractor who has an account."""

    submit_label = "Add"
