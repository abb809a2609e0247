"""What the content security policy and the escaping rules ask of every template and script."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = settings.BASE_DIR
TEMPLATES = sorted(
    path
    for folder in ("templates", "integrity", "registers")
    for path in (ROOT / folder).rglob("*.html")
)
SCRIPTS = [
    path for path in sorted((ROOT / "static" / "ui").glob("*.js")) if ".min." not in path.name
]
FORBIDDEN = {
    "a style attribute": r"\sstyle\s*=",
    "a script in an attribute": r"\son[a-z]+\s*=\s*[\"']",
    "a script address": r"javascript:",
    "a style element": r"<style",
    "a script in the page": r"<script(?![^>]*\bsrc=)",
    "unescaped text": r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_is_clean(path):
    text = path.read_text()
    assert not [
        what for what, pattern in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)
    ]


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "templates").rglob("*.html")),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_template_compiles(path):
    get_template(str(path.relative_to(ROOT / "templates")))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_writes_neither_styles_nor_markup(path):
    text = path.read_text()
    assert not re.search(
        r"\.style\b|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text
    )


def test_stylesheet_bears_no_mark_of_gov_uk_and_fetches_nothing():
    text = (ROOT / "static" / "ui" / "govuk.css").read_text()
    rules = text.partition("*/")[2]
    assert rules.lstrip().startswith(":root")
    assert not re.search(r"GDS Transport|crown|crest|url\(", rules, re.IGNORECASE)
    assert "prefers-color-scheme: dark" in rules


def test_scripts_name_no_source_map_that_collectstatic_would_look_for():
    assert not [
        path.name
        for path in (ROOT / "static" / "ui").glob("*.js")
        if "sourceMappingURL" in path.read_text()
    ]
