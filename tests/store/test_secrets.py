"""Passwords in the addresses of databases: shown nowhere, whatever is wrong with the address."""

from __future__ import annotations

import sys
import traceback

import pytest
from sqlalchemy.engine import make_url

from quotes.cli.main import main, without_passwords
from quotes.errors import StoreError
from quotes.store import Store
from quotes.store.secrets import masked, shown, without_secrets

SECRET = "s3cr3t-pw"
ADDRESSES = (
    f"user:{SECRET}@host/db",
    f"postgresql://u:{SECRET}@h:port/db",
    f"postgresql://u:{SECRET}:x@h/db",
    f"postgresql://u:{SECRET}@[::1/db",
    f"postgresql://u:a@{SECRET}@[::1/db",
    f"postgresql+nope://u:{SECRET}@h/db",
    f"mysql://u:{SECRET}@h/db",
    f"sqlite://u:{SECRET}@h/db",
    f"sqlite:///a.db?key={SECRET}",
    f"postgresql:/u:{SECRET}@h/db",
    f"://u:{SECRET}@h/db",
    f"u:{SECRET}@host/archive.db",
    f"postgresql://u:{SECRET}@127.0.0.1:1/db",
    f"postgresql://u@127.0.0.1:1/db?password={SECRET}",
    f"postgresql://u:{SECRET}@127.0.0.1:1/db?nonsense=1",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_error_shows_a_password(address: str) -> None:
    with pytest.raises(StoreError) as refused:
        Store(address)
    told = "".join(traceback.format_exception(refused.value))
    assert SECRET not in str(refused.value)
    assert SECRET not in told


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("debug", [(), ("--debug",)], ids=["plain", "debug"])
@pytest.mark.parametrize(
    "command", [("list",), ("db", "current"), ("serve", "--help"), ("--help",)]
)
def test_no_command_prints_one(
    address: str,
    debug: tuple[str, ...],
    command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["quotes", *debug, *command])
    monkeypatch.setenv("QUOTES_DB", address)
    with pytest.raises(SystemExit):
        main()
    said = capfd.readouterr()
    assert SECRET not in said.out + said.err
    assert said.out or said.err


def test_what_is_shown_says_where_and_who() -> None:
    assert masked("postgresql://u:p@h:x/db") == "postgresql://u:***@h:x/db"
    assert masked("articles.db") == "articles.db"
    assert masked("postgresql://u@h/db?password=p") == "postgresql://u@h/db?***"
    url = make_url("postgresql+psycopg://u:p@h/db?sslmode=require&sslpassword=q")
    assert shown(url) == "postgresql+psycopg://u:***@h/db?sslmode=require&sslpassword=***"
    assert without_secrets("no such user p, q or u", url) == "no such user ***, *** or u"


def test_a_text_from_elsewhere_loses_its_passwords() -> None:
    told = "connect('postgresql://u:p@h/db') failed; see https://example.org/a:b"
    assert without_passwords(told) == (
        "connect('postgresql://u:***@h/db') failed; see https://example.org/a:b"
    )
