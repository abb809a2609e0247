"""The last page of an application: its papers, and the button."""

from typing import Any

from django import forms

from integrity.ui.forms import GovukForm
from registers.business_interests.forms.parts import FilesField

MOST_PAPERS = 10


class SendForm(GovukForm):
    """A draft holds no files, so they are chosen as it is sent."""

    papers = FilesField(
        label="Papers",
        help_text=(
            "An offer letter, an agent’s agreement. You can choose several. Files are not saved "
            "with a draft: choose them here, just before you send."
        ),
        required=False,
    )
    submit_label = "Send the application"

    def clean_papers(self) -> list[Any]:
        papers: list[Any] = self.cleaned_data["papers"]
        if len(papers) > MOST_PAPERS:
            raise forms.ValidationError(
                f"Choose {MOST_PAPERS} files at most; you can add others to the application later."
            )
        return papers
