"""A PostgreSQL server that can be stopped and started again, and a line to it that can be cut."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import URL, make_url

from quotes.store import migrate
from tests.postgres import (
    NoServer,
    Server,
    as_other_user,
    binaries,
    free_port,
    initialised,
    wait_for,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETTINGS = {
    # A commit that was acknowledged outlives the server here, as it does where people use one.
    "synchronous_commit": "on",
    # It need not outlive the machine.
    "fsync": "off",
    "max_connections": "20",
    "shared_buffers": "32MB",
}
FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT


class Restartable:
    """A server of our own, at an address that stays the same."""

    def __init__(self, folder: Path, programs: Path, *words: str) -> None:
        self._folder = folder
        self._programs = programs
        self._user = as_other_user(folder)
        self._port = free_port()
        password = "between-us"
        (folder / "password").write_text(password)
        initialised(programs, folder, self._user, *words)
        address = URL.create(
            "postgresql+psycopg", "quotes", password, "127.0.0.1", self._port, "postgres"
        )
        self.server = Server(address=address)
        self._process: subprocess.Popen[bytes] | None = None
        self.start()
        self._made = 0

    def new(self, *, shelf: str = "pg_default") -> str:
        """Return the address of a new database with every table, all of them in one tablespace."""
        self._made += 1
        name = f"archive{self._made}"
        self.server.run(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' TABLESPACE {shelf}"
        )
        url = self.server.url(name)
        migrate.upgrade(url)
        return url

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = {
            **_SETTINGS,
            "listen_addresses": "127.0.0.1",
            "port": str(self._port),
            "unix_socket_directories": str(self._folder),
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        log = self._folder / "log"
        with log.open("ab") as told:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._folder / "data", *words],
                stdout=told,
                stderr=told,
                **self._user,
            )
        wait_for(self._process, self.server, log)

    def stop(self, how: signal.Signals) -> None:
        """Stop it: FAST ends what is open in order, IMMEDIATE is as if it had been killed."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(60)
            self._process = None


@contextmanager
def restartable(*words: str) -> Iterator[Restartable]:
    """Yield a server of one's own, made with these words for initdb.

    Raises NoServer where there can be none.
    """
    found = next(binaries(), None)
    if found is None:
        raise NoServer("no PostgreSQL is installed; apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="quotes-faults-"))
    server: Restartable | None = None
    try:
        server = Restartable(folder, found, *words)
        yield server
    finally:
        if server is not None:
            server.stop(IMMEDIATE)
        shutil.rmtree(folder, ignore_errors=True)


class Line:
    """A relay to a server that can be cut once, beside the commit of a writing transaction."""

    def __init__(self, address: str) -> None:
        url = make_url(address)
        self._target = (str(url.host), int(url.port or 5432))
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = url.set(port=self._door.getsockname()[1]).render_as_string(hide_password=False)
        self._left = 0
        self._sent = False
        self._silent = False
        #: How often it was cut.
        self.cuts = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def cut_at(self, commit: int, *, sent: bool, silent: bool = False) -> None:
        """Cut the line at this commit from now on: after it was `sent` and done, or before.

        Where it is `silent` the server hears of no end, as when a cable is drawn.
        """
        self._left, self._sent, self._silent = commit, sent, silent

    def close(self) -> None:
        self._door.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                server = socket.create_connection(self._target)
                threading.Thread(target=self._outwards, args=(client, server), daemon=True).start()

    def _outwards(self, client: socket.socket, server: socket.socket) -> None:
        """Carry what the client says, and begin a thread for the answers."""
        deaf = threading.Event()
        back = threading.Thread(target=self._homewards, args=(client, server, deaf), daemon=True)
        back.start()
        with suppress(OSError):
            self._carry(client, server, deaf, back)
        for end in (client,) if self._silent else (client, server):
            # Closing alone would not wake whoever waits for an answer.
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _carry(
        self,
        client: socket.socket,
        server: socket.socket,
        deaf: threading.Event,
        back: threading.Thread,
    ) -> None:
        writing = False
        while data := client.recv(1 << 16):
            writing = writing or b"pg_advisory_xact_lock" in data
            if writing and b"COMMIT" in data:
                writing = False
                self._left -= 1
                if self._left == 0:
                    self.cuts += 1
                    if self._sent:
                        # The server's word that it is done is the last it says, to nobody.
                        deaf.set()
                        server.sendall(data)
                        back.join()
                    return
            server.sendall(data)

    def _homewards(
        self, client: socket.socket, server: socket.socket, deaf: threading.Event
    ) -> None:
        with suppress(OSError):
            while data := server.recv(1 << 16):
                if deaf.is_set():
                    return
                client.sendall(data)
        with suppress(OSError):
            client.shutdown(socket.SHUT_WR)


def terminate(server: Server, database: str) -> int:
    """End every connection to a database from outside; returns how many there were."""
    import psycopg

    url = server.url("postgres").replace("+psycopg", "")
    asked = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(url, autocommit=True) as connection:
        answers: list[Any] = connection.execute(asked, (database,)).fetchall()
    return len(answers)
