"""Papers as PDF: tagged (PDF/UA-1), in the fonts that typst brings, and without any network.

``render("notice.typ", {...})`` draws templates/typst/notice.typ. The data reach it as JSON and never as
markup, so that nothing somebody typed can run; the template reads them with
``#import "paper.typ": data, lines, paper``.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

# What the fonts have: Latin, Greek, Cyrillic, punctuation, currencies, arrows, mathematics, boxes.
SHOWN = re.compile(
    r"[\n -~\u00a0-\u024f\u0370-\u04ff\u1e00-\u1eff\u2010-\u2040\u20a0-\u20bf™"
    r"\u2190-\u21ff\u2200-\u226f\u2500-\u25ff]"
)
# what is left out where it stands alone: controls, and marks that belong to another character
LEFT_OUT = ("C", "M")


def folder() -> Path:
    """Where the templates of papers are; they can read nothing outside it."""
    return Path(settings.BASE_DIR) / "templates" / "typst"


def render(template: str, data: Mapping[str, Any], *, made_at: datetime | None = None) -> bytes:
    """A paper as the bytes of its PDF; the same data and time give the same bytes."""
    inputs = {"data": json.dumps(showable(data)), "dated": "yes" if made_at else ""}
    pdf: bytes = typst.compile(
        folder() / template,
        root=folder(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int(made_at.timestamp()) if made_at else None,
        sys_inputs=inputs,
    )
    return pdf


def showable(value: Any) -> Any:
    """The same data with the name of a character where the fonts lack it: typst refuses it, or worse."""
    match value:
        case str():
            text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\t", " ")
            return "".join(_shown(character) for character in text)
        case Mapping():
            return {name: showable(part) for name, part in value.items()}
        case list() | tuple():
            return [showable(part) for part in value]
    return value


def _shown(character: str) -> str:
    if character == "\n":
        return character
    if unicodedata.category(character)[0] in LEFT_OUT:
        return ""
    if SHOWN.match(character):
        return character
    return f"[{unicodedata.name(character, 'unknown character').lower()}]"
