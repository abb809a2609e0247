"""The forms of an import at the desk: the file, and which of its columns is which field."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from integrity.casework.forms import UploadField
from integrity.casework.importing.feed import Feed
from integrity.casework.importing.importer import Importer
from integrity.casework.importing.mapping import Layout, Mapping, MappingError, find_layout
from integrity.casework.importing.rows import as_text
from integrity.casework.importing.sheets import Sheet
from integrity.casework.models import ImportMapping
from integrity.people.models import Force
from integrity.ui.forms import GovukForm

NOT_IN_FILE = ("", "Not in the file")


class SavedMappingField(forms.ModelChoiceField):
    def label_from_instance(self, obj: ImportMapping) -> str:
        return f"{obj.name} ({obj.force})"


class UploadForm(GovukForm):
    file = UploadField(label="File", help_text="A CSV, XLSX or ODS file, of 10 MB at most.")
    force = forms.ModelChoiceField(Force.objects.none(), label="Force", empty_label=None)
    saved = SavedMappingField(
        ImportMapping.objects.none(),
        label="Which column is which",
        required=False,
        empty_label="Guess from the headings",
        help_text="You can correct it before anything is imported.",
    )
    submit_label = "Look at the file"
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        forces: QuerySet[Force],
        saved: QuerySet[ImportMapping],
        accepts: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if accepts:
            self.fields["file"].help_text = accepts
        force = cast(forms.ModelChoiceField, self.fields["force"])
        force.queryset = forces
        if len(forces) > 1:
            # Entries of the wrong force cannot be taken back: somebody must choose it.
            force.empty_label = "Choose a force"
        cast(forms.ModelChoiceField, self.fields["saved"]).queryset = saved.select_related("force")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        force, saved = data.get("force"), data.get("saved")
        if force and saved and saved.force_id != force.pk:
            self.add_error("saved", f"“{saved.name}” is for {saved.force}. Choose one for {force}.")
        return data

    def mapping(self) -> Mapping:
        saved = self.cleaned_data["saved"]
        return Mapping(**saved.mapping) if saved else Mapping()


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings of a file, those guessed for fields, and those now used, by field."""

    headings: Sequence[str]
    guessed: dict[str, str]
    used: dict[str, str]
    sheets: Sequence[str]


def columns_of(sheets: Sequence[Sheet], importer: Importer | Feed, mapping: Mapping) -> Columns:
    visible = [sheet for sheet in sheets if sheet.rows and not sheet.hidden]
    chosen = [sheet for sheet in visible if mapping.sheet in (None, sheet.name)]
    guesses = _layouts(chosen, importer, replace(mapping, columns={}))
    used = _layouts(chosen, importer, mapping) or guesses
    found = {heading: None for layout in guesses for heading in layout.headings if heading}
    told = {name: heading or "" for name, heading in mapping.columns.items()}
    return Columns(
        headings=list(found) or _first_row(chosen, mapping),
        guessed=_headings_by_field(guesses),
        used=_headings_by_field(used) | told,
        sheets=[sheet.name for sheet in visible],
    )


def _layouts(sheets: Sequence[Sheet], importer: Importer | Feed, mapping: Mapping) -> list[Layout]:
    found = []
    for sheet in sheets:
        try:
            found.append(find_layout(sheet, importer.fields, mapping))
        except MappingError:
            continue
    return found


def _headings_by_field(layouts: Sequence[Layout]) -> dict[str, str]:
    """The first sheet that has a field says its heading."""
    return {name: layout.heading(name) for layout in reversed(layouts) for name in layout.columns}


def _first_row(sheets: Sequence[Sheet], mapping: Mapping) -> list[str]:
    """Where no row looks like headings, the row that is said to hold them, or the first."""
    for sheet in sheets:
        for row in sheet.rows:
            texts = [" ".join(as_text(cell).split()) for cell in row.cells]
            if mapping.heading_row in (None, row.number) and any(texts):
                return list(dict.fromkeys(filter(None, texts)))
    return []


class ColumnsForm(GovukForm):
    """Each field with the heading it is read from; read again after a change."""

    submit_label = "Read the file again"
    submit_style = "secondary"
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        importer: Importer | Feed,
        columns: Columns,
        mapping: Mapping,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.importer, self.columns, self.before = importer, columns, mapping
        headings = [NOT_IN_FILE, *((heading, heading) for heading in columns.headings)]
        for name, label in importer.labels.items():
            self._add_select(name, label, headings, columns.used.get(name, ""))
        for name, choices in importer.defaults.items():
            label = f"{importer.labels[name]}, where the file does not say"
            chosen = mapping.defaults.get(name, "")
            self._add_select(f"default_{name}", label, [("", "Nothing"), *choices], chosen)
        days = [("day", "Day first, as 3/12/2026"), ("month", "Month first, as 12/3/2026")]
        self._add_select("dates", "Dates", days, "day" if mapping.day_first else "month")
        if len(columns.sheets) > 1:
            sheets = [("", "All that are not hidden"), *((name, name) for name in columns.sheets)]
            self._add_select("sheet", "Sheet", sheets, mapping.sheet or "")
        self._add_texts()

    def _add_select(
        self, name: str, label: str, choices: Sequence[tuple[str, str]], initial: str
    ) -> None:
        """A select that also offers what is chosen, should the file not have it any more."""
        known = [*choices] if initial in dict(choices) else [*choices, (initial, initial)]
        self.fields[name] = forms.ChoiceField(
            label=label, choices=known, initial=initial, required=False
        )

    def _add_texts(self) -> None:
        self.fields["heading_row"] = forms.IntegerField(
            label="Row of the headings",
            help_text="Leave it empty to have it found.",
            initial=self.before.heading_row,
            required=False,
            min_value=1,
        )
        self.fields["save_as"] = forms.CharField(
            label="Save these columns as",
            help_text="A name, to use them for the next file.",
            required=False,
            max_length=60,
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        fields: dict[str, str] = {}
        for name in self.importer.fields:
            if (heading := data.get(name)) and heading in fields:
                other = self.importer.labels[fields[heading]].lower()
                self.add_error(name, f"The column “{heading}” is already used for the {other}.")
            elif heading:
                fields[heading] = name
        return data

    def mapping(self) -> Mapping:
        """What was chosen, but for what is guessed anyhow.

        Another sheet or row of headings has other columns: those are then guessed anew.
        """
        data = self.cleaned_data
        sheet, heading_row = data.get("sheet") or None, data["heading_row"]
        elsewhere = (sheet, heading_row) != (self.before.sheet, self.before.heading_row)
        told = {name: data[name] or None for name in self.importer.fields}
        guessed = self.columns.guessed
        return Mapping(
            columns={}
            if elsewhere
            else {n: h for n, h in told.items() if h is None or h != guessed.get(n)},
            sheet=sheet,
            heading_row=heading_row,
            day_first=data["dates"] != "month",
            defaults=self._defaults(),
        )

    def _defaults(self) -> dict[str, str]:
        """Those of the form, and those of a mapping file that the form does not ask for."""
        chosen = {name: self.cleaned_data[f"default_{name}"] for name in self.importer.defaults}
        return {name: value for name, value in (self.before.defaults | chosen).items() if value}
