"""A real browser against a real server, with axe on every page that a journey draws."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    ViewportSize,
    sync_playwright,
)

from integrity.people.models import User
from tests import builders

PASSWORD = "correct horse battery staple"
PHONE: ViewportSize = {"width": 375, "height": 667}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()

# axe findings that are known upstream, by rule and selector; docs/decisions/0002 has the reasons.
ALLOWED = {
    ("aria-allowed-attr", "input[type=radio][aria-expanded]"),
    ("aria-prohibited-attr", ".help-tooltip.search-label-icon"),
}


def browser_path() -> str | None:
    """The system's own Chromium; Playwright's downloads are not used."""
    return (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The journeys' own, ended with them: its event loop would keep the worker's from running."""
    path = browser_path()
    if path is None:
        reason = "no Chromium is installed; `apt-get install chromium` mends it"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Django would otherwise refuse to work in a thread with an event loop.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def world(transactional_db: None) -> builders.World:
    return builders.world()


@dataclass
class Visitor:
    """Somebody at a browser, signed in."""

    page: Page
    base: str

    def open(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.look()

    def press(self, name: str) -> None:
        """Press a button or follow a link, and look at the page that comes."""
        role = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("link", name=name, exact=True)
        self.follow(role if role.count() else link)

    def follow(self, way: Locator) -> None:
        """Look at the page to which the first of these leads, once it has come.

        A click returns before the page does: what looked at once would look at the page before.
        """
        with self.page.expect_navigation():
            way.first.click()
        self.look()

    def choose(self, question: str, option: str) -> None:
        self.page.get_by_role("group", name=question).get_by_label(option, exact=True).check()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def reads(self, text: str) -> bool:
        return text in self.page.inner_text("main")

    def look(self) -> None:
        """axe finds nothing here but what is on the list."""
        findings = [
            f"{violation['id']} at {node['target']} on {self.page.url}: {node['html'][:120]}"
            for violation in Axe().run(self.page).response["violations"]
            for node in violation["nodes"]
            if not self._allowed(violation["id"], node["target"][0])
        ]
        assert not findings, "\n".join(findings)

    def _allowed(self, rule: str, target: str) -> bool:
        element = self.page.query_selector(target)
        return any(
            rule == allowed
            and element is not None
            and element.evaluate("(e, s) => e.matches(s)", selector)
            for allowed, selector in ALLOWED
        )


SignIn = Callable[..., Visitor]


@pytest.fixture
def sign_in(browser: Browser, live_server: Any) -> Iterator[SignIn]:
    """Signs somebody in through the page, in a browser of their own."""
    contexts: list[BrowserContext] = []

    def enter(user: User, *, viewport: ViewportSize = DESKTOP, script: bool = True) -> Visitor:
        if not user.has_usable_password() or not user.check_password(PASSWORD):
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
        context = browser.new_context(viewport=viewport, java_script_enabled=script)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(live_server.url + "/sign-in/")
        page.get_by_label("Sign-in name", exact=True).fill(user.username)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(live_server.url + "/")
        visitor = Visitor(page, live_server.url)
        if script:
            visitor.look()
        return visitor

    yield enter
    for context in contexts:
        context.close()
