"""What is asked of whoever sends a concern without a name, and of PSD that answers."""

from typing import Any

from django import forms

from integrity.ui.forms import GovukForm
from registers.investigations import codes
from registers.investigations.policies import CONCERN_LENGTH

# A browser offers none of it again, and asks no service of its maker's how it is spelt.
UNKEPT = {"autocomplete": "off", "spellcheck": "false"}
WRITTEN_SINCE = (
    "A message came since this page was drawn: read it below, then send your reply again."
)
TOO_MUCH = f"Write no more than {CONCERN_LENGTH:,} characters; you can send a second message."
LOST = "This page was out of date. Your words are still here: send them again."


def words(label: str, *, rows: int, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={**UNKEPT, "rows": rows, "data-maxlength": CONCERN_LENGTH}),
        max_length=CONCERN_LENGTH,
        error_messages={"required": "Write what you want to say.", "max_length": TOO_MUCH},
    )


class ConcernForm(GovukForm):
    """A concern, and the key of the page it is written on."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    text = words(
        "What are you concerned about?",
        rows=12,
        hint="What happened, when, and how you know. Leave out what would tell who you are.",
    )
    submit_label = "Send"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"key": codes.fresh_key()}, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A key that is not ours gives way to a fresh one, and nothing is sent yet."""
        if not codes.is_ours(self.cleaned_data.get("key", "")):
            self.data = {**dict(self.data.items()), "key": codes.fresh_key()}
            self.add_error(None, LOST)
        return self.cleaned_data


class CodeForm(GovukForm):
    code = forms.CharField(
        label="Your code",
        help_text="Four groups of five letters and digits. It was shown once, when you sent.",
        widget=forms.TextInput(attrs={**UNKEPT, "class": "govuk-input--width-20"}),
        max_length=60,
    )
    submit_label = "Read"


class MoreForm(GovukForm):
    """More about a concern, from whoever has its code."""

    code = forms.CharField(widget=forms.HiddenInput)
    text = words("Write more", rows=6)
    submit_label = "Send"


class ReplyForm(GovukForm):
    """PSD’s answer, which the sender reads with the code, and how many messages its page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    text = words(
        "Reply", rows=6, hint="The sender reads it with their code. Your name is not shown."
    )
    submit_label = "Send the reply"

    def __init__(self, *args: Any, written: int, **kwargs: Any) -> None:
        self.written = written
        super().__init__(*args, initial={"seen": written}, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A reply to what was not read yet, or sent twice, is not sent; the page shows what came."""
        if self.cleaned_data.get("seen") != self.written:
            self.data = {**dict(self.data.items()), "seen": self.written}
            self.add_error(None, WRITTEN_SINCE)
        return self.cleaned_data
