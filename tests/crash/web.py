"""The site's web server, as the demo starts it, which may be killed; and browsers that use it."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlencode

from integrity.demo_server import HOST, NOT_FOR_THE_SITE
from integrity.postgres_keeper import end_with_parent
from tests.crash.own_server import CHECKOUT

START_SECONDS = 60
ANSWER_SECONDS = 30
CSRF = "c" * 32  # a browser's own word, which the form repeats


class Web:
    """Granian with one worker and four threads."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = int(probe.getsockname()[1])
        self.environment = {k: v for k, v in environment.items() if k not in NOT_FOR_THE_SITE}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST),
                    *("--port", str(self.port), "--workers", "1", "--blocking-threads", "4"),
                    *("--log-level", "warning", "integrity.wsgi:application"),
                ],
                cwd=CHECKOUT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGTERM),
            )

    def wait(self) -> None:
        """Until it answers from its database."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process and self.process.poll() is None:
            with suppress(OSError, http.client.HTTPException), closing(self.connect()) as browser:
                browser.request("GET", "/readyz")
                if browser.getresponse().status == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(f"The web server does not answer.\n{self.log.read_text()[-4000:]}")

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(HOST, self.port, timeout=ANSWER_SECONDS)

    def kill(self) -> None:
        """The server and its worker, which share a session of their own."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass
class Write:
    """One form that somebody sends, and what they were told: where they were sent, once it stood."""

    session: str
    path: str
    typed: Mapping[str, str]
    done: re.Pattern[str]
    about: str  # the key of a declaration, the reference of what is decided
    told: str = ""
    status: int = 0
    refusals: ClassVar[tuple[int, ...]] = (409,)  # answers to what stands already, sent again

    @property
    def acknowledged(self) -> bool:
        return bool(self.told)

    def send(self, browser: http.client.HTTPConnection) -> str:
        """Where the answer leads if it says that the write stands, else nothing."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={CSRF}",
        }
        body = urlencode({**self.typed, "csrfmiddlewaretoken": CSRF})
        self.status = 0
        with suppress(OSError, http.client.HTTPException):
            browser.request("POST", self.path, body, headers)
            answer = browser.getresponse()
            self.status, address = answer.status, answer.getheader("Location", "")
            answer.read()
            if self.status == 302 and (found := self.done.fullmatch(address)):
                return found[1]
        return ""

    def retry(self, web: Web, seconds: float = 20) -> str:
        """Send it anew until the site gives an answer that is its own, not an outage's."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with closing(web.connect()) as browser:
                told = self.send(browser)
            if self.status in (302, 403, *self.refusals):
                return told
            time.sleep(0.1)
        raise AssertionError(f"{self.path} is answered {self.status} long after the restart.")


class Burst:
    """People who send one form after another until they are told to stop, or no answer comes."""

    def __init__(self, web: Web, people: Sequence[Callable[[], Write | None]]) -> None:
        self.web = web
        self.writes: list[Write] = []
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(next_write,)) for next_write in people
        ]

    def _work(self, next_write: Callable[[], Write | None]) -> None:
        with closing(self.web.connect()) as browser:
            while not self._stop.is_set() and (write := next_write()):
                self.writes.append(write)
                write.told = write.send(browser)
                if not write.acknowledged:
                    return

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def busy(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def end(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
