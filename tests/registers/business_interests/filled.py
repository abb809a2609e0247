"""A form of a page as a browser would send it: what is on it, with what somebody chose instead."""

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any


class Typed(HTMLParser):
    """What the fields of a page's forms hold before anybody touches them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.data: dict[str, Any] = {}
        self.names: set[str] = set()
        self._text = self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        said = dict(attrs)
        name = said.get("name") or ""
        if name and tag in ("input", "textarea", "select"):
            self.names.add(name)
        match tag:
            case "input":
                self._input(name, said)
            case "textarea":
                self._text = name
                self.data[name] = ""
            case "select":
                self._select = name
            case "option" if self._select and "selected" in said:
                self.data[self._select] = said.get("value", "")

    def _input(self, name: str, said: Mapping[str, Any]) -> None:
        kind = said.get("type", "text")
        if not name or kind in ("file", "submit", "button"):
            return
        if kind not in ("radio", "checkbox"):
            self.data[name] = said.get("value") or ""
        elif "checked" in said:
            value = said.get("value", "on")
            several = [*self.data.get(name, []), value]
            self.data[name] = several if kind == "checkbox" else value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""
        if tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.data[self._text] += data.removeprefix("\n")


def filled(html: str, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """What is sent. Fails for a name that is on no form of the page."""
    typed = Typed(html)
    unknown = set(chosen) - typed.names
    assert not unknown, f"no such field: {sorted(unknown)} among {sorted(typed.names)}"
    typed.data.pop("csrfmiddlewaretoken", None)
    return {**typed.data, **chosen}
