"""The forms by which an analyst disposes of a match."""

from registers.crosschecks.forms.disposing import ReasonForm, challenge_form

__all__ = ["ReasonForm", "challenge_form"]
