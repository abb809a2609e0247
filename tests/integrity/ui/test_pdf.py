"""Papers: what somebody typed is text and stays text, and the same paper has the same bytes."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst
from django.conf import LazySettings

from integrity.ui import pdf

AT = datetime(2026, 6, 15, 11, 0, tzinfo=UTC)
HOSTILE = """#read("/etc/passwd") #import "@preview/x:1.0.0": * $x^2$ *bold* _it_ = Heading
- item @ref <label> \\ #sys.inputs `raw` // gone /* gone */ "quoted" [content]"""
TITLE = "Decision on your business interest"
LETTER = {
    "title": TITLE,
    "sender": "Northmoor Police",
    "to": ["Ann Ash"],
    "facts": [["Reference", "BI-2026-000001"]],
    "decision": ["Your application is refused."],
    "reasons": "It conflicts with the role.",
    "by": "Bo Birch, for PSD",
    "conditions": [],
    "appeal": [],
    "remember": ["You may not do it."],
}


def letter(**said: object) -> bytes:
    return pdf.render("notice.typ", {**LETTER, **said}, made_at=AT)


def text_of(**said: object) -> str:
    """The text of the reasons as typst sets it, piece by piece."""
    data = json.dumps(pdf.showable({**LETTER, **said}))
    found = typst.query(
        pdf.folder() / "notice.typ",
        "<reasons>",
        root=pdf.folder(),
        ignore_system_fonts=True,
        sys_inputs={"data": data, "dated": ""},
    )
    return "".join(pieces(json.loads(found)))


def pieces(content: object) -> list[str]:
    match content:
        case {"func": "linebreak"}:
            return ["\n"]
        case {"func": "space"}:
            return [" "]
        case {"func": "text", "text": str(text)}:
            return [text]
        case dict():
            return [text for part in content.values() for text in pieces(part)]
        case list():
            return [text for part in content for text in pieces(part)]
    return []


def test_a_paper_is_a_tagged_pdf_in_british_english_with_a_title() -> None:
    made = letter()
    assert made.startswith(b"%PDF-1.7")
    for part in (b"/MarkInfo", b"/StructTreeRoot", b"en-GB", b"pdfuaid:part", b"DisplayDocTitle"):
        assert part in made, part
    assert TITLE.encode() in made


def test_the_same_paper_has_the_same_bytes() -> None:
    assert letter() == letter()
    assert letter() != letter(reasons="Other reasons.")


def test_what_somebody_typed_is_shown_and_never_runs() -> None:
    assert text_of(reasons=HOSTILE) == HOSTILE
    assert letter(reasons=HOSTILE, decision=[HOSTILE], to=[HOSTILE], conditions=[HOSTILE])


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("x" * 3000, "x" * 3000),
        ("Łódź, café, naïve – “£5”… ≤ 40 → □", "Łódź, café, naïve – “£5”… ≤ 40 → □"),
        ("Well done 😀", "Well done [grinning face]"),
        ("cafe\u0301\x00\x07 \u202eright", "café right"),
        ("one\r\ntwo\tthree", "one\ntwo three"),
        ("中", "[cjk unified ideograph-4e2d]"),
    ],
)
def test_characters_that_the_fonts_lack_are_named(typed: str, shown: str) -> None:
    assert text_of(reasons=typed) == shown
    assert letter(reasons=typed)


def test_every_character_that_is_let_through_can_be_set() -> None:
    every = [chr(code) for code in range(0x11000) if not 0xD800 <= code < 0xE000]
    kept = [character for character in every if pdf.showable(character) == character]
    assert len(kept) > 1500
    assert letter(reasons=" ".join(kept), decision=["".join(kept)])


def test_no_text_breaks_a_paper() -> None:
    chance = random.Random(5)  # noqa: S311
    for _ in range(100):
        codes = [chance.choice((0x100, 0x3000, 0x1FFFF)) for _ in range(chance.randrange(200))]
        text = "".join(chr(chance.randrange(most)) for most in codes)
        assert letter(reasons=text, by=text, conditions=[text])


def test_a_template_reads_nothing_outside_its_folder(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.BASE_DIR = tmp_path
    pdf.folder().mkdir(parents=True)
    (pdf.folder() / "bad.typ").write_text('#set document(title: "Bad")\n#read("/etc/passwd")')
    with pytest.raises(typst.TypstError, match="file not found"):
        pdf.render("bad.typ", {})
