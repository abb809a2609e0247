"""A draft of several steps: the raw answers of each, and the forms that show and judge them."""

from datetime import date
from typing import Any

from django.http import QueryDict

from integrity.casework.models import Draft
from integrity.people.models import User
from integrity.ui.forms import GovukForm


class StepDraft:
    """A draft as its writer fills it in; a register says which form each step has."""

    def __init__(self, draft: Draft, *, by: User, today: date) -> None:
        self.draft, self.by, self.today = draft, by, today

    def make_form(self, step: str, data: QueryDict | None, **kwargs: Any) -> Any:
        """The form of a step, bound to this data or to none."""
        raise NotImplementedError

    def values(self, step: str) -> QueryDict | None:
        """The raw answers of a step, as a browser posted them."""
        if step not in self.draft.data:
            return None
        answers = QueryDict(mutable=True)
        for name, values in self.draft.data[step].items():
            answers.setlist(name, values)
        return answers

    def form(self, step: str, data: QueryDict | None = None) -> GovukForm:
        """A step's form: bound to what is posted, or showing what is saved, without its errors."""
        saved = self.values(step)
        if data is None and saved is not None:
            form = self.make_form(step, saved)
            if form.is_valid():
                return form
            return self.make_form(step, None, initial=_initial(form, saved))
        return self.make_form(step, data)

    def saved_form(self, step: str) -> Any:
        """A step's form bound to what is saved, to be judged."""
        return self.make_form(step, self.values(step) or QueryDict())


def errors_of(form: GovukForm) -> list[str]:
    """Every sentence about what is wrong with a form."""
    return [] if form.is_valid() else [str(e) for errors in form.errors.values() for e in errors]


def _initial(form: GovukForm, saved: QueryDict) -> dict[str, Any]:
    """What an unfinished step shows when it is opened again: everything typed so far."""
    return {
        name: field.widget.value_from_datadict(saved, {}, name)
        for name, field in form.fields.items()
    }
