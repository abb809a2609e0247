"""A small reader of HTML: what is on the page, by id and by attribute."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            attrs
            for name, attrs in self.elements
            if name == tag and all(attrs.get(key) == value for key, value in wanted.items())
        ]

    def one(self, tag: str, **wanted: str) -> dict[str, str]:
        [found] = self.all(tag, **wanted)
        return found

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.elements if "id" in attrs]

    @property
    def summary_targets(self) -> list[str]:
        return [
            attrs["href"][1:] for attrs in self.all("a") if attrs.get("href", "").startswith("#")
        ]

    @property
    def described_by(self) -> list[str]:
        return [
            name for _, attrs in self.elements for name in attrs.get("aria-describedby", "").split()
        ]
