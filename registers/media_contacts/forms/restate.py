"""A stored contact stated again: what came of a request, and a correction."""

from typing import Any

from django import forms
from django.utils import timezone

from registers.media_contacts.facts import ContactFacts, Speaker
from registers.media_contacts.forms.log import ContactForm
from registers.media_contacts.forms.parts import few_lines
from registers.media_contacts.models import Contact


class CompleteForm(ContactForm):
    """A stored contact stated again: the request that an officer answers, with what is known."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    submit_label = "Log it"

    def __init__(self, *args: Any, contact: Contact, stated: ContactFacts, **kwargs: Any) -> None:
        initial = {"version": contact.case.version, **self.starts_from(stated)}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["about"].widget = forms.Textarea({"rows": 3})
        self.kept = stated.agreement

    def starts_from(self, stated: ContactFacts) -> dict[str, Any]:
        """What the press office wrote of a request; the rest is the officer's to say."""
        first = stated.speakers[0] if stated.speakers else Speaker()
        return {"journalist": first.journalist, "outlet": first.outlet, "about": stated.about}

    def arguments(self) -> dict[str, Any]:
        """What the action is called with, besides who and when."""
        return {"facts": self.facts(), "version": self.cleaned_data["version"]}


class CorrectForm(CompleteForm):
    """A contact as it is stated now, and what was wrong."""

    reason = few_lines("What was wrong?", required=True)
    submit_label = "Save the correction"
    last = ("reason",)

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, contact=contact, **kwargs)
        if contact.agreement:
            kept = f"{contact.agreement.name} is kept. Choose a file only to replace it."
            self.fields["agreement"].help_text = kept

    def starts_from(self, stated: ContactFacts) -> dict[str, Any]:
        until = timezone.localtime(stated.embargo_until) if stated.embargo_until else None
        why = stated.explanation
        return {
            **super().starts_from(stated),
            "others": stated.speakers[1:],
            "when": "earlier",
            "contacted_on": stated.contacted_on,
            "contacted_at": stated.contacted_at,
            "channel": stated.channel,
            "basis": stated.basis,
            "embargo_day": until.date() if until else None,
            "embargo_time": until.time() if until else None,
            "responsible": said(stated.responsible),
            "policing_purpose": said(stated.policing_purpose),
            "not_responsible_why": why if stated.responsible is False else "",
            "no_purpose_why": why if stated.responsible else "",
            "press_card": stated.press_card,
            "press_card_reason": stated.press_card_reason,
            "press_office_told": said(stated.press_office_told),
            "late_reason": stated.late_reason,
            "off_record": [stated.off_record] if stated.off_record else [],
            "hospitality": ["yes"] if stated.hospitality else [],
            "officers": stated.officers,
            "place": stated.place,
        }

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "reason": self.cleaned_data["reason"]}


def said(answer: bool | None) -> str:
    """A stored answer as its radio button; a legacy log may have none."""
    return "" if answer is None else "yes" if answer else "no"
