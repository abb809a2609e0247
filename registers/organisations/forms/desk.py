"""Merging and un-merging, names, parents and notes, as analysts type them."""

from typing import Any, cast

from django import forms
from django.urls import reverse_lazy

from integrity.ui.forms import DateField, GovukForm, RadioSelect, SuggestInput
from registers.organisations.enums import NameKind
from registers.organisations.models import Organisation


def few_lines(label: str, hint: str = "", *, required: bool = True) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, help_text=hint, widget=box, max_length=2000, required=required
    )


class SearchForm(GovukForm):
    """Which other record; what it is called, or its number."""

    q = forms.CharField(label="Name or number of the other record", max_length=200, required=False)
    form_method = "get"
    submit_label = "Search"
    submit_style = "secondary"
    mark_optional = False

    @property
    def words(self) -> str:
        return " ".join(self.data.get("q", "").split())[:200].replace("\0", "")


class MergeForm(GovukForm):
    """Two records beside each other: which goes on, and why they are one."""

    stays = forms.TypedChoiceField(
        label="Which record do they go on as?",
        help_text="The other one keeps what points to it, and is read with this one.",
        coerce=int,
        widget=RadioSelect(small=True),
    )
    reason = few_lines("Why are they one organisation?", "It is kept with the merge.")
    submit_label = "Merge them"

    def __init__(self, *args: Any, pair: tuple[Organisation, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.pk, each.name) for each in pair]
        cast(forms.ChoiceField, self.fields["stays"]).choices = choices


class UnmergeForm(GovukForm):
    reason = few_lines("Why are they two organisations?", "It is kept with the merge.")
    submit_label = "Un-merge them"


class NameForm(GovukForm):
    name = forms.CharField(label="Name", max_length=200)
    kind = forms.ChoiceField(
        label="What sort of name is it?", choices=NameKind, widget=RadioSelect(small=True)
    )
    starts_on = DateField(label="From", noun="the first day of the name", required=False)
    ends_on = DateField(label="Until", noun="the last day of the name", required=False)
    submit_label = "Add the name"


class ParentForm(GovukForm):
    parent = forms.CharField(
        label="The company or body that it belongs to",
        help_text="Leave it empty if it belongs to none.",
        max_length=200,
        required=False,
        widget=SuggestInput(reverse_lazy("organisations:suggest")),
    )
    submit_label = "Save"
    mark_optional = False


class NoteForm(GovukForm):
    text = few_lines("Note", "PSD alone reads it.")
    submit_label = "Keep the note"
