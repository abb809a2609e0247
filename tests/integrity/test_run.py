"""./run: what it says, what it installs, and what it hands on."""

import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
TOOLS = "cat cksum dirname env flock id mktemp rm sh tail".split()
# Stands in for uv: makes an environment whose Python tells what it was called with.
UV = """#!/bin/sh
echo "uv $*" >>"$CALLS"
mkdir -p "$UV_PROJECT_ENVIRONMENT/bin"
cat >"$UV_PROJECT_ENVIRONMENT/bin/python" <<'TEXT'
#!/bin/sh
echo "$INTEGRITY_SETUP|$PWD|$*"
TEXT
chmod +x "$UV_PROJECT_ENVIRONMENT/bin/python"
"""


class Checkout:
    """A folder with our script in it, on a machine that has what we say it has."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a checkout"
        self.programs = folder / "programs"
        self.calls = folder / "calls"
        self.programs.mkdir()
        self.folder.mkdir()
        for name in ("run", "uv.lock", "pyproject.toml", "requirements-uv.txt"):
            shutil.copy(CHECKOUT / name, self.folder)
        for tool in (*TOOLS, "chmod", "mkdir"):
            if found := shutil.which(tool):
                (self.programs / tool).symlink_to(found)

    def has(self, name: str, script: str) -> None:
        program = self.programs / name
        program.unlink(missing_ok=True)
        program.write_text(script)
        program.chmod(0o755)

    def run(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.folder / "run", *arguments],
            cwd=cwd or self.folder,
            env={
                "PATH": str(self.programs),
                "HOME": str(self.folder),
                "CALLS": str(self.calls),
                "TMPDIR": str(self.folder),
            },
            capture_output=True,
            text=True,
            timeout=30,
        )


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


@pytest.fixture
def installed(checkout: Checkout) -> Checkout:
    checkout.has("uv", UV)
    return checkout


def test_it_is_plain_sh() -> None:
    assert (CHECKOUT / "run").read_text().startswith("#!/bin/sh\n")
    subprocess.run(["sh", "-n", CHECKOUT / "run"], check=True)


def test_without_a_command_it_says_what_there_is(checkout: Checkout) -> None:
    done = checkout.run()
    assert done.returncode == 2
    for command in ("./run demo", "./run test", "./run check", "./run manage"):
        assert command in done.stderr


def test_without_a_python_it_says_so_in_one_sentence(checkout: Checkout) -> None:
    checkout.has("python3", "#!/bin/sh\nexit 1\n")  # one that is too old
    done = checkout.run("demo")
    assert done.returncode == 1
    assert "No Python 3.12 or newer" in done.stderr.splitlines()[-1]


def test_it_installs_once_and_again_when_the_lock_changes(installed: Checkout) -> None:
    for _ in range(2):
        installed.run("manage", "check")
    assert installed.calls.read_text().count("uv sync") == 1
    with (installed.folder / "uv.lock").open("a") as lock:
        lock.write("\n")
    installed.run("manage", "check")
    assert installed.calls.read_text().count("uv sync") == 2


def test_a_copied_checkout_gets_an_environment_of_its_own(installed: Checkout) -> None:
    installed.run("manage", "check")
    installed.folder = installed.folder.rename(installed.folder.with_name("copy"))
    (installed.folder / ".venv" / "old").touch()
    installed.run("manage", "check")
    assert installed.calls.read_text().count("uv sync") == 2
    assert not (installed.folder / ".venv" / "old").exists()


def test_a_failed_installation_is_tried_again(installed: Checkout) -> None:
    installed.has("uv", "#!/bin/sh\nexit 1\n")
    done = installed.run("demo")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("The packages could not be installed")
    installed.has("uv", UV)
    assert installed.run("demo").returncode == 0


def test_arguments_and_folder_are_handed_on(installed: Checkout, tmp_path: Path) -> None:
    manage = f"demo|{tmp_path}|{installed.folder}/manage.py"
    done = installed.run("manage", "import_register", "gifts", "a file.csv", cwd=tmp_path)
    assert done.stdout == f"{manage} import_register gifts a file.csv\n"
    done = installed.run("demo", "--no-serve", "--port", "1", cwd=tmp_path)
    assert done.stdout == f"{manage} demo --no-serve --port 1\n"


def test_the_tests_run_in_the_checkout(installed: Checkout, tmp_path: Path) -> None:
    installed.has("chromium", "#!/bin/sh\n")
    done = installed.run("test", "-k", "money", cwd=tmp_path)
    assert done.stdout == f"|{installed.folder}|-m pytest -k money\n"
    assert "Chromium" not in done.stderr


def test_root_gets_debians_browser(installed: Checkout) -> None:
    installed.has("id", "#!/bin/sh\necho 0\n")
    installed.has("apt-get", '#!/bin/sh\necho "apt-get $*" >>"$CALLS"\n')
    installed.run("test")
    calls = [line for line in installed.calls.read_text().splitlines() if "apt-get" in line]
    assert calls[0] == "apt-get update"
    assert " chromium " in calls[1]


def test_who_may_not_install_a_browser_is_told(installed: Checkout) -> None:
    installed.has("id", "#!/bin/sh\necho 1000\n")
    installed.has("sudo", "#!/bin/sh\nexit 1\n")
    installed.has("apt-get", '#!/bin/sh\necho "apt-get" >>"$CALLS"\n')
    done = installed.run("test")
    assert done.returncode == 0
    assert "apt-get install chromium" in done.stderr.splitlines()[-1]
    assert "apt-get" not in installed.calls.read_text()
