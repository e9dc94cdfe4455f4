"""`quotes serve` as a process: what it prints, what it refuses, and how it stops."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from quotes.store import migrate
from tests.modules import clean_environment, modules_after

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Run


@contextmanager
def serving(db: str, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve a database on a free port; yields the process and the address that it printed."""
    started = subprocess.Popen(
        [sys.executable, "-m", "quotes", "--db", db, "serve", "--port", "0", *options],
        env=clean_environment(),
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stderr is not None
    try:
        line = started.stderr.readline()
        found = re.search(r"http://\S+", line)
        assert found is not None, line
        yield started, found[0]
    finally:
        started.kill()
        started.communicate()


def test_it_prints_an_address_with_a_token_and_stops_when_asked(archive: str) -> None:
    with serving(archive) as (process, address):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32}", address)
        page = urlopen(address.partition("?")[0], timeout=60).read().decode()
        assert "Who said what" in page
        with pytest.raises(HTTPError) as refused:
            urlopen(address[:-1] + "!", timeout=60)
        assert refused.value.code == 403
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "", "stopped\n")


def test_a_port_that_is_taken_is_said(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ran = run("serve", "--port", port)
    assert ran.status == 1
    assert ran.err == (
        f"quotes: 127.0.0.1, port {port} is taken; name another with --port or --host; "
        "--port 0 takes a free one\n"
    )


def test_a_host_that_is_not_this_machine_is_said(run: Run) -> None:
    ran = run("serve", "--host", "192.0.2.1", "--port", "0")
    assert ran.status == 1
    assert "cannot be listened on" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_database_that_is_missing_or_old_is_said_first(run: Run, tmp_path: Path) -> None:
    missing = run("serve", "--port", "0", db=f"sqlite:///{tmp_path / 'none.db'}")
    assert (missing.status, missing.out) == (1, "")
    assert missing.err.startswith("quotes: there is no database at")
    old = f"sqlite:///{tmp_path / 'old.db'}"
    migrate.upgrade(old)
    migrate.downgrade(old, "0005")
    outdated = run("serve", "--port", "0", db=old)
    assert outdated.status == 1
    assert "run `quotes db upgrade`" in outdated.err


def test_help_loads_no_server(tmp_path: Path) -> None:
    loaded = modules_after(sys.executable, tmp_path, "serve", "--help")
    assert not {"starlette", "uvicorn", "jinja2", "sqlalchemy"} & loaded
