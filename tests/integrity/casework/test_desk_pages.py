"""What pages of the desk do with a form and a long list."""

import pytest
from django import forms
from django.test import RequestFactory

from integrity.casework.views.desk_pages import attempt, paged, posted
from integrity.casework.workflow import Denied
from integrity.ui.forms import GovukForm


class Note(GovukForm):
    text = forms.CharField(label="Note")


def denied(*, for_them: bool) -> str:
    raise Denied("It is closed.", for_them=for_them)


def test_a_form_is_bound_to_what_was_sent_and_to_nothing_before() -> None:
    asked, sent = RequestFactory().get("/?text=Seen"), RequestFactory().post("/", {"text": "Seen"})
    assert not Note(posted(asked)).is_bound
    assert attempt(form := Note(posted(sent)), lambda: form.cleaned_data["text"]) == "Seen"


def test_nothing_is_done_before_a_form_is_sent_and_right() -> None:
    done: list[str] = []
    for form in (Note(), Note({"text": ""})):
        assert attempt(form, lambda: done.append("done")) is None
    assert not done


def test_a_refusal_becomes_the_form_s_own_sentence() -> None:
    form = Note({"text": "Seen"})
    assert attempt(form, lambda: denied(for_them=True)) is None
    assert form.non_field_errors() == ["It is closed."]
    assert form["text"].value() == "Seen", "nothing typed is lost"


def test_what_is_no_part_of_theirs_is_refused_as_a_page() -> None:
    with pytest.raises(Denied):
        attempt(Note({"text": "Seen"}), lambda: denied(for_them=False))


def test_a_list_shows_the_page_asked_for_and_the_last_past_its_end() -> None:
    for asked, first in (("", 1), ("2", 51), ("9", 101), ("x", 1)):
        shown = paged(RequestFactory().get(f"/?page={asked}"), range(1, 121))
        assert shown.object_list[0] == first
