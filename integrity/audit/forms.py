"""What the public gives the ledger to check."""

from typing import Any

from django import forms

from integrity.ui.forms import GovukForm

MOST_BYTES = 100_000
TOO_LARGE = "A receipt is smaller than 100 kB: this is something else."


class CheckForm(GovukForm):
    """A receipt, as a file or as its text. It is read where it is, and kept nowhere."""

    file = forms.FileField(
        label="The receipt’s file", help_text="It ends in .json.", required=False
    )
    text = forms.CharField(
        label="Or paste its text",
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        required=False,
        strip=False,
    )
    submit_label = "Check the receipt"
    mark_optional = False

    def clean_file(self) -> str:
        """The text in the file; none where there is no file."""
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        if file.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        try:
            return str(file.read().decode())
        except UnicodeDecodeError:
            raise forms.ValidationError(
                "This file is not text. Choose the .json file you downloaded."
            ) from None

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if len(text.encode(errors="replace")) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        given = [name for name in ("file", "text") if data.get(name, "").strip()]
        if not self.errors and len(given) != 1:
            both = "Give the file or its text, not both." if given else "Choose the receipt’s file."
            self.add_error("file", both)
        return data

    @property
    def receipt(self) -> str:
        return str(self.cleaned_data["file"] or self.cleaned_data["text"])
