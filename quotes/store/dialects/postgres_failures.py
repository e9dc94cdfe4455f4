"""What a PostgreSQL server complains of, by its codes, and before it is reached by its words."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from quotes.errors import BrokenDatabase, BusyDatabase, MissingDatabase, StoreError
from quotes.store.dialects.complaints import Complaint, error_of
from quotes.store.secrets import without_secrets

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

_UNREACHED: Final = (
    "connection refused",
    "resolve host",
    "translate host",
    "timeout expired",
    "no such file or directory",
    "no route to host",
    "network is unreachable",
    "name or service not known",
)
_LOST: Final = (
    "terminating connection",
    "server closed the connection",
    "connection reset",
    "connection is lost",
    "connection is closed",
    "broken pipe",
    "eof detected",
    "ssl syscall error",
)
_STARTING: Final = ("the database system is", "too many clients", "connection slots")
_CODES: Final = {
    "55P03": Complaint.BUSY,
    **dict.fromkeys(("40P01", "40001"), Complaint.OVERTAKEN),
    **dict.fromkeys(("42P01", "42703", "42883"), Complaint.ABSENT),
    **dict.fromkeys(("53100", "53200"), Complaint.FULL),
    **dict.fromkeys(("25006", "42501"), Complaint.SHUT),
}


def error_for(cause: BaseException | None, name: str, url: URL) -> StoreError:
    """Return the error that says what is wrong, and what to do next, for one of psycopg's."""
    text = without_secrets(_reason(str(cause)), url)
    low = text.lower()
    if (found := _by_code(getattr(cause, "sqlstate", None) or "", text, name)) is not None:
        return found
    if "database" in low and "does not exist" in low:
        return MissingDatabase(
            f"there is no database {url.database!r} on the server at {_server(url)}",
            hint=f"make one with `{_createdb(url)}`, or name another with --db",
        )
    if "password" in low or "authentication" in low or "pg_hba.conf" in low or "role" in low:
        return StoreError(
            f"the server at {_server(url)} does not let {url.username or 'this user'} in: {text}",
            hint="check the user and the password in --db or QUOTES_DB, or in ~/.pgpass",
        )
    if any(word in low for word in _STARTING):
        return BusyDatabase(
            f"the server at {_server(url)} takes no connection now: {text}",
            hint="wait a moment, and try again",
        )
    if any(word in low for word in _LOST):
        return StoreError(
            f"the connection to {name} was lost: {text}",
            hint="what was reported as stored is kept; try again",
        )
    if any(word in low for word in _UNREACHED):
        return StoreError(
            f"no PostgreSQL server answers at {_server(url)}: {text}",
            hint="start it, or check the host and the port in --db",
        )
    return StoreError(f"{name}: {text}", hint="check --db and that the database can be reached")


def _by_code(code: str, text: str, name: str) -> StoreError | None:
    if code in _CODES:
        return error_of(_CODES[code], name, text)
    if code == "57014":
        return StoreError(
            f"{name} gave up: {text}",
            hint="ask for less, or give it longer: add ?options=-cstatement_timeout%3D600s to --db",
        )
    if code.startswith("XX"):
        return BrokenDatabase(f"{name} is damaged: {text}", hint="restore a backup")
    return None


def _reason(text: str) -> str:
    """Return what a driver says in one line, the last of several tries to connect."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    told = next((line for line in reversed(lines) if "FATAL:" in line or "failed:" in line), None)
    if told is None:
        return lines[0] if lines else "no reason given"
    return told.split("failed:")[-1].split("FATAL:")[-1].strip()


def _server(url: URL) -> str:
    host = url.host or url.query.get("host") or "the local socket"
    return f"{host}:{url.port}" if url.port else str(host)


def _createdb(url: URL) -> str:
    """Return the command that makes a database of this name; it asks for the password."""
    asked = (("-h", url.host), ("-p", url.port), ("-U", url.username))
    words = [word for letter, value in asked if value for word in (letter, str(value))]
    return shlex.join(["createdb", *words, str(url.database)])
