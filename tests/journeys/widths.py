"""A page as a wide window and a phone draw it: axe finds nothing, and nothing is cut off."""

import os
from pathlib import Path

from tests.journeys.conftest import DESKTOP, PHONE, Visitor

PICTURES = os.environ.get("PICTURES", "")
TALL = 2600  # pixels of a page that a picture shows


def shown(visitor: Visitor, name: str = "") -> None:
    """Look at both; with PICTURES=docs/pictures a page with a name is photographed too."""
    for viewport in (PHONE, DESKTOP):
        visitor.page.set_viewport_size(viewport)
        visitor.look()
        width = visitor.page.evaluate("document.documentElement.scrollWidth")
        assert width <= viewport["width"], f"{visitor.page.url} is {width} wide"
        if PICTURES and name:
            path = Path(PICTURES) / f"{name}-{viewport['width']}.png"
            visitor.page.set_viewport_size({**viewport, "height": TALL})
            visitor.page.screenshot(path=path)
    visitor.page.set_viewport_size(DESKTOP)
