"""Meetings: when and where, the agenda, papers, decisions, and a note on a chief officer's entry."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.urls import Resolver404, resolve

from integrity.casework.forms import UploadField
from integrity.ui.forms import DateField, GovukForm, RadioSelect
from registers.governance.forms.parts import ItemField, long_text
from registers.governance.models import Meeting


class MeetingForm(GovukForm):
    held_on = DateField(label="Date of the meeting")
    place = forms.CharField(label="Place", help_text="A room, or how to join.", max_length=200)
    submit_label = "Save"


class ChangeMeetingForm(MeetingForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class HoldForm(GovukForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    submit_label = "Record that it was held"


class AgendaForm(GovukForm):
    title = forms.CharField(label="Title", max_length=200)
    note = long_text("Note", required=False)
    submit_label = "Add to the agenda"


class ChangeAgendaForm(AgendaForm):
    position = forms.IntegerField(
        label="Place on the agenda",
        min_value=1,
        max_value=999,
        widget=forms.NumberInput({"class": "govuk-input--width-3"}),
    )
    submit_label = "Save"


class NoteForm(GovukForm):
    """Which meeting takes up an entry, and why."""

    meeting = forms.ModelChoiceField(
        label="At which meeting?", queryset=Meeting.objects.none(), widget=RadioSelect()
    )
    note = long_text(
        "Why should the board take it up?",
        help_text="The members of the board and whoever reads its agenda see this.",
    )
    submit_label = "Put it on the agenda"

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["meeting"]).queryset = meetings


class PaperForm(GovukForm):
    """A file or a page of this site, for the meeting or one item of its agenda."""

    title = forms.CharField(label="Title", max_length=200)
    item = ItemField()
    kind = forms.ChoiceField(
        label="What is it?",
        choices=[("file", "A file"), ("page", "A page of this site")],
        widget=RadioSelect(conditional={"file": ["file"], "page": ["path"]}),
    )
    file = UploadField(label="File", help_text="Served as a download, whatever it is.")
    path = forms.CharField(
        label="Address of the page",
        help_text="What follows the name of the site, such as /governance/.",
        max_length=500,
    )
    submit_label = "Add the paper"

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(ItemField, self.fields["item"]).queryset = meeting.agenda.all()

    def clean_path(self) -> str:
        path: str = self.cleaned_data["path"].strip()
        try:
            resolve(path.partition("?")[0].partition("#")[0])
        except Resolver404:
            raise forms.ValidationError("This site has no such page; check the address.") from None
        return path

    def arguments(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        kind = said.pop("kind")
        said["file"] = said["file"] if kind == "file" else None
        said["path"] = said["path"] if kind == "page" else ""
        return said


class DecisionForm(GovukForm):
    item = ItemField()
    what = long_text("What was decided?")
    submit_label = "Record the decision"

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(ItemField, self.fields["item"]).queryset = meeting.agenda.all()
