from __future__ import annotations

from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string

from integrity.ui.forms import GovukForm, RadioSelect
from integrity.ui.rendering import error_links
from tests.integrity.ui.page import Page
from tests.integrity.ui.sample import NASTY, EveryField, drawn, posted


def test_every_link_of_the_error_summary_goes_to_something_that_is_there():
    page = drawn(EveryField(posted(outcome="no")))
    assert len(page.summary_targets) == 11
    assert set(page.summary_targets) <= set(page.ids)
    assert {"id_offered_on_0", "id_tests_0", "id_why", "id_items-0-value"} <= set(
        page.summary_targets
    )


def test_radios_are_linked_by_their_first_option_although_the_blank_one_is_not_drawn():
    page = drawn(EveryField(posted()))
    assert "id_outcome_1" in page.summary_targets
    assert [radio["value"] for radio in page.all("input", name="outcome")] == ["yes", "no"]


def test_errors_come_in_the_order_of_the_page():
    targets = drawn(EveryField(posted(outcome="no"))).summary_targets
    assert targets.index("id_why") < targets.index("id_tests_0") < targets.index("id_items-0-value")
    assert targets[-1] == "id_confirm"


def test_every_description_is_there_and_every_id_is_used_once():
    for form in (EveryField(), EveryField(posted(outcome="no"))):
        page = drawn(form)
        assert page.described_by
        assert set(page.described_by) <= set(page.ids)
        assert len(page.ids) == len(set(page.ids))


def test_every_label_names_an_input_that_is_there():
    page = drawn(EveryField())
    inputs = {
        attrs.get("id") for name, attrs in page.elements if name in {"input", "select", "textarea"}
    }
    assert {label["for"] for label in page.all("label")} <= inputs


def test_labels_hints_legends_and_options_are_escaped():
    page = drawn(EveryField(posted()))
    assert not page.all("script")
    assert page.html.count("&lt;script&gt;") >= 6
    assert "{{ 1 }}" in page.html
    assert NASTY not in page.html


def test_nothing_is_chosen_before_a_person_chooses():
    page = drawn(EveryField())
    assert not [attrs for _, attrs in page.elements if "checked" in attrs]
    assert "Error" not in page.html


def test_an_answer_survives_an_error():
    page = drawn(
        EveryField(posted(outcome="no", tests=["free"], amount="12.5x", offered_on_month="March"))
    )
    assert "checked" in page.one("input", name="outcome", value="no")
    assert "checked" in page.one("input", name="tests", value="free")
    assert page.one("input", name="amount")["value"] == "12.5x"
    assert page.one("input", name="offered_on_month")["value"] == "March"


def test_only_the_wrong_box_of_a_date_is_marked():
    page = drawn(EveryField(posted(offered_on_day="3", offered_on_year="2026")))
    assert page.one("input", name="offered_on_month")["aria-invalid"] == "true"
    assert "aria-invalid" not in page.one("input", name="offered_on_day")
    assert "id_offered_on_1" in page.summary_targets


def test_form_element():
    page = drawn(EveryField())
    form = page.one("form")
    assert form["method"] == "post"
    assert "novalidate" in form
    assert form["enctype"] == "multipart/form-data"
    assert page.one("input", name="csrfmiddlewaretoken")["value"] == "token"
    assert page.one("input", name="amount")["inputmode"] == "decimal"
    assert page.one("input", name="provider")["data-suggest-url"] == "/suggest/"
    assert page.one("input", name="draft")["type"] == "hidden"
    assert not [attrs for _, attrs in page.elements if "required" in attrs]


def test_enter_presses_neither_remove_nor_add_another():
    first = drawn(EveryField()).all("button")[0]
    assert "name" not in first
    assert first["aria-hidden"] == "true"


def test_optional_fields_say_so_and_conditional_ones_do_not():
    html = drawn(EveryField()).html
    assert "Email address (optional)" in html
    assert "Why you declined it (optional)" not in html


def test_a_new_password_is_not_called_optional():
    class Password(GovukForm):
        new = forms.CharField(label="New password", required=False, widget=forms.PasswordInput)

    assert "(optional)" not in drawn(Password()).html


def test_a_get_form_has_no_token():
    class Search(GovukForm):
        q = forms.CharField(label="Search")
        form_method = "get"

    page = drawn(Search())
    assert page.one("form")["method"] == "get"
    assert not page.all("input", name="csrfmiddlewaretoken")


def test_a_form_that_is_not_ours_is_drawn_too():
    class Plain(forms.Form):
        name = forms.CharField(label=NASTY)
        side = forms.ChoiceField(choices=[("l", "Left")], widget=forms.RadioSelect)

    page = drawn(Plain({}))
    assert page.summary_targets == ["id_name", "id_side_0"]
    assert set(page.summary_targets) | set(page.described_by) <= set(page.ids)
    assert not page.all("script")


def test_a_choice_with_no_options_can_still_be_linked_to():
    class Empty(GovukForm):
        officer = forms.ChoiceField(label="Officer", choices=[], widget=RadioSelect)

    page = drawn(Empty({}))
    assert page.summary_targets == ["id_officer"]
    assert "id_officer" in page.ids


def test_a_page_says_error_in_its_title_and_shows_one_summary():
    source = """{% extends 'base.html' %}{% load crispy_forms_tags %}
    {% block content %}{% crispy question %}{% endblock %}"""
    html = Template(source).render(Context({"question": EveryField(posted())}))
    assert "<title>Error: Integrity Register" in html
    assert html.count("There is a problem") == 1
    assert html.index("There is a problem") < html.index("<form")


def test_an_untouched_page_says_nothing_of_errors():
    html = Template("{% extends 'base.html' %}").render(Context({"form": EveryField()}))
    assert "Error" not in html
    assert "There is a problem" not in html


def test_errors_of_the_whole_form_have_no_link():
    class Whole(GovukForm):
        def clean(self):
            raise forms.ValidationError("The case is closed.")

    [link] = error_links(Whole({}))
    assert (link.text, link.href) == ("The case is closed.", "")


def test_error_pages_need_no_request():
    for path in sorted((settings.BASE_DIR / "templates").glob("[45][0-9][0-9].html")):
        page = Page(render_to_string(path.name))
        assert len(page.all("h1")) == 1, path.name
        assert page.one("main")["id"] == "main-content"
