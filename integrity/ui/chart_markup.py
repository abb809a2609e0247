"""The markup of a drawing: what the content security policy lets through, patterns, and its words.

Of what Vega draws only elements and attributes of a list are kept, so that no style, script, link or
picture can be among them, whatever a label says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SVG = "http://www.w3.org/2000/svg"
ELEMENTS = {"svg", "g", "path", "rect", "line", "text", "tspan"}
ATTRIBUTES = {
    *("d", "transform", "x", "y", "x2", "y2", "dx", "dy", "width", "height", "viewBox"),
    *("fill", "fill-opacity", "opacity", "stroke", "stroke-width", "stroke-dasharray"),
    *("stroke-linejoin", "stroke-linecap", "stroke-miterlimit", "stroke-opacity"),
    *("font-family", "font-size", "font-weight", "text-anchor"),
}
PLAIN = re.compile(r"[\w\s.,#()+\-%']*")
NOTHING_DRAWN = {"", "M0,0h0v0h0Z"}

DARK, MID, PALE, WHITE = "#1f3b63", "#6f9bcb", "#dbe7f3", "#ffffff"
# What fills each series, from dark to light and back: its ground, and what is drawn on it.
FILLS = [
    (DARK, ""),
    (PALE, "M-2,2L2,-2M0,8L8,0M6,10L10,6"),
    (MID, ""),
    (WHITE, "M2,2h2v2h-2ZM6,6h2v2h-2Z"),
    (WHITE, "M0,4h8M4,0v8"),
    (PALE, "M0,2h8M0,6h8"),
]
MOST_SERIES = len(FILLS)
# Vega draws in these colours; the patterns take their place.
STANDINS = [f"#0000{number:02x}" for number in range(1, MOST_SERIES + 1)]


def fills(series: int) -> list[str]:
    """The colours in which Vega draws the bars of so many series."""
    return [STANDINS[at] if drawn else ground for at, (ground, drawn) in enumerate(FILLS[:series])]


def cleaned(drawing: str, *, ids: str, title: str, description: str, series: int) -> SafeString:
    """The drawing as one svg element with a title and a description; ``ids`` begin its ids."""
    root = ElementTree.fromstring(drawing)  # noqa: S314 - Vega's own, every label escaped
    kept = _kept(root)
    if kept is None:
        raise ValueError("The drawing is no SVG.")
    patterns = {
        STANDINS[at]: f"{ids}-{at}" for at, (_, drawn) in enumerate(FILLS[:series]) if drawn
    }
    used = {
        stand_in for stand_in in patterns if any(e.get("fill") == stand_in for e in kept.iter())
    }
    for element in kept.iter():
        if element.get("fill") in used:
            element.set("fill", f"url(#{patterns[element.attrib['fill']]})")
    words = _words({f"{ids}-title": ("title", title), f"{ids}-desc": ("desc", description)})
    definitions = Element("defs")
    definitions.extend(
        _pattern(patterns[each], *FILLS[STANDINS.index(each)]) for each in sorted(used)
    )
    kept[:0] = [*words, *([definitions] if used else [])]
    kept.attrib.update(
        {
            "xmlns": SVG,
            "class": "ir-chart__drawing",
            "role": "img",
            "aria-labelledby": f"{ids}-title",
            "aria-describedby": f"{ids}-desc",
        }
    )
    return _written(kept)


def _written(element: Element) -> SafeString:
    """The element as markup, every text and attribute of it escaped."""
    within = format_html_join("", "{}", ((_written(each),) for each in element))
    return format_html(
        "<{0}{1}>{2}{3}</{0}>", element.tag, flatatt(element.attrib), element.text or "", within
    )


def _kept(element: Element) -> Element | None:
    """A copy with what is on the lists; none where nothing would be drawn."""
    name = element.tag.removeprefix(f"{{{SVG}}}")
    if name not in ELEMENTS or (name == "path" and element.get("d", "") in NOTHING_DRAWN):
        return None
    copy = Element(name, {k: v for k, v in element.attrib.items() if k in ATTRIBUTES})
    if any(not PLAIN.fullmatch(value) for value in copy.attrib.values()):
        raise ValueError("The drawing has an attribute that no drawing needs.")
    copy.text = element.text
    copy.extend(found for found in map(_kept, element) if found is not None)
    return None if name == "g" and len(copy) == 0 else copy


def _words(said: dict[str, tuple[str, str]]) -> Iterable[Element]:
    for name, (tag, text) in said.items():
        element = Element(tag, {"id": name})
        element.text = writable(text)
        yield element


def _pattern(name: str, ground: str, drawn: str) -> Element:
    square = {"width": "8", "height": "8"}
    pattern = Element("pattern", {"id": name, "patternUnits": "userSpaceOnUse", **square})
    SubElement(pattern, "rect", {**square, "fill": ground})
    SubElement(pattern, "path", {"d": drawn, "fill": "none", "stroke": DARK, "stroke-width": "1.5"})
    return pattern


def writable(text: str) -> str:
    """The text without what XML cannot hold: controls and halves of characters."""
    return re.sub(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
