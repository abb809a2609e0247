from __future__ import annotations

import pytest
from django import forms

from integrity.ui.forms import GovukForm, RadioSelect
from integrity.ui.wording import listed, noun_of
from tests.integrity.ui.sample import EveryField, ItemFormSet, drawn, posted


class Outcome(GovukForm):
    outcome = forms.ChoiceField(
        label="Outcome",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=RadioSelect(conditional={"no": ["why", "ways"]}),
    )
    why = forms.CharField(label="Why")
    ways = forms.MultipleChoiceField(label="Ways", choices=[("a", "A")], required=False)


@pytest.mark.parametrize(
    ("label", "noun"),
    [
        ("Date of the offer", "the date of the offer"),
        ("Your reason", "your reason"),
        ("PSD officer", "the PSD officer"),
        ("Why you declined it", "why you declined it"),
        ("A short note", "a short note"),
        ("Did you accept it?", None),
        ("", None),
    ],
)
def test_noun_of_a_label(label, noun):
    assert noun_of(label) == noun


def test_lists_are_words():
    assert listed(["a day", "a month", "a year"]) == "a day, a month and a year"
    assert listed(["a day"]) == "a day"


def test_errors_are_sentences_made_from_labels():
    form = EveryField(posted(outcome="no"))
    form.is_valid()
    assert form.errors["offered_on"] == ["Enter the date of the offer"]
    assert form.errors["amount"] == ["Enter the value of the gift"]
    assert form.errors["kind"] == ["Select the kind of offer"]
    assert form.errors["receipt"] == ["Choose the receipt"]
    assert form.errors["confirm"] == ["Tick the box ‘I confirm that this is true’"]
    assert form.errors["why"] == ["Enter why you declined it"]
    assert EveryField(posted()).errors["outcome"] == ["Answer ‘Did you accept it?’"]
    assert EveryField(posted(note="x" * 51)).errors["note"] == [
        "The note must be 50 characters or fewer"
    ]


def test_an_author_s_own_sentence_stands():
    class Own(GovukForm):
        why = forms.CharField(label="Why", error_messages={"required": "Say why"})

    assert Own({}).errors["why"] == ["Say why"]


def test_a_conditional_field_counts_only_under_its_option():
    assert Outcome({"outcome": "no"}).errors["why"] == ["Enter why"]
    form = Outcome({"outcome": "yes", "why": "left over", "ways": ["a"]})
    assert form.is_valid()
    assert form.cleaned_data == {"outcome": "yes", "why": "", "ways": []}


def test_a_conditional_field_is_drawn_once_under_its_option():
    page = drawn(Outcome())
    assert len(page.all("textarea", name="why") + page.all("input", name="why")) == 1
    assert page.one("input", id="id_outcome_1")["data-aria-controls"] == "id_outcome_1-reveals"
    assert "id_outcome_1-reveals" in page.ids


ROW = {"items-0-description": "Watch", "items-0-value": "20"}


def test_rows_are_part_of_the_form():
    form = EveryField(posted(**ROW))
    assert form.formsets["items"].is_valid()
    assert not EveryField(posted()).formsets["items"].is_valid()
    assert [entry["description"] for entry in form.formsets["items"].entries] == ["Watch"]


def test_blank_rows_after_the_first_are_left_out():
    form = EveryField(posted(**ROW, **{"items-TOTAL_FORMS": "2"}))
    assert form.formsets["items"].is_valid()
    assert len(form.formsets["items"].entries) == 1


def test_rows_that_came_from_a_draft_count_when_they_are_sent_unchanged():
    formset = ItemFormSet(
        posted(**ROW), prefix="items", initial=[{"description": "Watch", "value": 20}]
    )
    assert formset.is_valid()
    assert len(formset.entries) == 1


def test_a_form_cannot_be_sent_without_its_least_number_of_rows():
    formset = ItemFormSet(posted(**{"items-TOTAL_FORMS": "0"}), prefix="items")
    assert not formset.is_valid()
    assert formset.non_form_errors() == ["Enter at least 1 item"]


def test_add_another_keeps_what_was_typed_and_complains_of_nothing():
    form = EveryField(posted(**ROW, **{"items-ADD": "1"}))
    page = drawn(form)
    assert not form.is_valid()
    assert page.one("input", name="items-0-description")["value"] == "Watch"
    assert page.one("input", name="items-1-description")
    assert "Error" not in page.html
    assert page.summary_targets == []


def test_remove_moves_the_later_rows_up():
    rows = {f"items-{i}-description": name for i, name in enumerate(["Watch", "Pen", "Hat"])}
    page = drawn(EveryField(posted(**rows, **{"items-TOTAL_FORMS": "3", "items-REMOVE": "1"})))
    assert page.one("input", name="items-0-description")["value"] == "Watch"
    assert page.one("input", name="items-1-description")["value"] == "Hat"
    assert not page.all("input", name="items-2-description")


def test_no_more_rows_than_the_most():
    page = drawn(EveryField(posted(**{"items-TOTAL_FORMS": "3", "items-ADD": "1"})))
    assert page.all("input", name="items-2-description")
    assert not page.all("input", name="items-3-description")
    assert not page.all("button", name="items-ADD")


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "99999999", "1e9"])
def test_nonsense_in_the_row_buttons_breaks_nothing(nonsense):
    drawn(EveryField(posted(**{"items-REMOVE": nonsense})))
    drawn(EveryField(posted(**{"items-TOTAL_FORMS": nonsense, "items-ADD": nonsense})))
