"""docker-compose.yml: each service is given what it needs and no more."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
COMPOSE = CHECKOUT / "docker-compose.yml"
# Who may know what; `proxy` is given nothing of ours.
KNOWN_TO = {
    "POSTGRES_PASSWORD": {"db", "prepare"},
    "DATABASE_ADMIN_URL": {"prepare"},
    "DATABASE_OWNER_PASSWORD": {"prepare", "migrate"},
    "DATABASE_OWNER_URL": {"prepare", "migrate"},
    "DATABASE_PASSWORD": {"prepare", "migrate", "web", "worker"},
    "DATABASE_AUDITOR_URL": {"prepare"},
    "SECRET_KEY": {"web", "worker"},
    "LEDGER_VERIFIER_KEY": {"web", "worker"},
    "LEDGER_KEY_FOLDER": {"worker"},
    "ledger:/ledger": {"worker"},
    "media:/media": {"web", "worker"},
    "database:/var/lib/postgresql": {"db"},
}


def services() -> dict[str, str]:
    """The text of each service, with what its aliases stand for."""
    text = re.sub(r"^\s*#.*\n", "", COMPOSE.read_text(), flags=re.M)
    blocks = dict(re.findall(r"^x-[\w-]+: &(\w+)\n((?: +.*\n)+)", text, flags=re.M))
    anchors = blocks | dict(re.findall(r"&(\w+) (\S+)$", text, flags=re.M))
    body = text.partition("\nservices:\n")[2].partition("\nvolumes:\n")[0]
    found = dict(re.findall(r"^  (\w+):\n((?: {4}.*\n|\n)+)", body + "\n", flags=re.M))

    def whole(part: str) -> str:
        return re.sub(r"\*(\w+)$", lambda alias: whole(anchors[alias[1]]), part, flags=re.M)

    return {name: whole(part) for name, part in found.items()}


def test_every_service_is_read() -> None:
    assert set(services()) == {"db", "prepare", "migrate", "web", "worker", "proxy"}
    assert "postgres://app:" in services()["web"], "aliases are followed"


@pytest.mark.parametrize("what", KNOWN_TO)
def test_it_is_known_to_those_who_need_it_alone(what: str) -> None:
    named = re.compile(rf"(?<![\w]){re.escape(what)}\b")
    assert {name for name, text in services().items() if named.search(text)} == KNOWN_TO[what]


def test_every_value_of_env_is_in_the_example() -> None:
    taken = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text()))
    example = set(re.findall(r"^(\w+)=", (CHECKOUT / ".env.example").read_text(), flags=re.M))
    assert example - taken == {"EMAIL_OPTIONS"}, "which is passed on without a value"
    assert taken - example == {"EMAIL_BACKEND", "LOG_LEVEL"}, "which have good defaults"


def test_every_setting_is_in_the_operators_guide() -> None:
    """What the code and Compose read from the environment has its row in the table."""
    guide = (CHECKOUT / "docs" / "operators.md").read_text()
    settings = (CHECKOUT / "integrity" / "settings.py").read_text()
    read = set(re.findall(r"env(?:\.\w+)?\(\s*\"(\w+)\"", settings)) - {"TEST_DATABASE_NAME"}
    taken = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text()))
    named = set(re.findall(r"`([A-Z_]+)`", guide))
    assert not (read | taken | {name for name in KNOWN_TO if name.isupper()}) - named


def test_compose_reads_it() -> None:
    for compose in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(compose[0]) and subprocess.run([*compose, "version"]).returncode == 0:
            done = subprocess.run(
                [*compose, "--file", str(COMPOSE), "config", "--quiet"],
                capture_output=True,
                text=True,
            )
            assert (done.returncode, done.stderr) == (0, "")
            return
    pytest.skip("no Compose on this machine")
