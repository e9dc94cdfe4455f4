"""The same commands on both databases print the same; what a server refuses is one clear line."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import make_url

from quotes.store import Store
from quotes.store.vectors import has_own_index
from tests.cli.archive import build, fill
from tests.store.builders import make_document
from tests.store.meant import store_with_vectors

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run
    from tests.postgres import Databases

pytestmark = pytest.mark.postgres

READING = (
    "list",
    "list --speaker Lindqvist --format jsonl",
    "list --contains TOLLS --format jsonl",
    "list --contains ’",
    "search gift",
    "search --json bridge OR toll*",
    'search "raise the tolls" -gift',
    "search ferry",
    "search --speaker Mara bridge",
    "speakers list",
    "speakers show Lindqvist",
    "source list",
    "source show harbour.txt",
    "verify --speaker Lindqvist We will not raise the tolls.",
    "verify --json --speaker Lindqvist We will certainly raise the tolls.",
    "verify --speaker Brandt The bridge opens in May",
    "verify --speaker Brandt nobody ever wrote such words here",
    "export --format jsonl",
    "export --format csv",
    "export --format webannotation",
    "audit",
    "db current",
    "db check",
)
WRITING = (
    "review reject {id} --by Kim --note unheard",
    "list",
    "review undo {id} --by Kim",
    "review confirm {id} --by Lou",
    "list --status confirmed",
    "review log --json",
    "show --json {id}",
    "speakers alias Brandt Brandt-the-Elder --by Kim",
    "verify --speaker Brandt-the-Elder It is a gift to shipping",
    "utterances list",
    "audit",
)
CHANGING = re.compile(r"\d{4}-\d\d-\d\dT[\d:.%A]+(?:Z|\+00:00)|\d{4}-\d\d-\d\d \d\d:\d\d")


@pytest.fixture
def both(databases: Databases, tmp_path: Path) -> tuple[str, str]:
    """The same articles in a database of either kind."""
    url = databases.filled()
    fill(url)
    return build(tmp_path), url


def words(command: str) -> list[str]:
    """Return the arguments of a command: a text that follows two of them is one."""
    parts = command.split(" ")
    at = {"search": 1, "verify": parts.index("--speaker") + 2 if "--speaker" in parts else 1}
    if parts[0] not in at:
        return parts
    start = at[parts[0]]
    while start < len(parts) and parts[start].startswith("--"):
        start += 1 if parts[start] == "--json" else 2
    return [*parts[:start], "--", " ".join(parts[start:])]


@pytest.mark.parametrize("command", READING)
def test_reading_commands_print_the_same(both: tuple[str, str], run: Run, command: str) -> None:
    lite, server = (run(*words(command), db=db) for db in both)
    told = [CHANGING.sub("…", one.out + one.err) for one in (lite, server)]
    assert told[0] == told[1]
    assert lite.status == server.status
    assert lite.status in (0, 3), lite.err


def test_writing_commands_print_the_same(both: tuple[str, str], run: Run) -> None:
    told = []
    for db in both:
        with Store(db) as store, store.session() as session:
            from quotes.store import queries

            id_ = next(iter(queries.quotations(session))).record["id"]
        ran = [run(*words(one.format(id=id_)), db=db) for one in WRITING]
        assert [one for one in ran if one.status not in (0, 3)] == []
        told.append([CHANGING.sub("…", one.out + one.err) for one in ran])
    assert told[0] == told[1]


def test_passwords_are_never_printed(run: Run, databases: Databases) -> None:
    good = databases.server.address
    secret = str(good.password)
    empty = databases.empty()
    asked = {
        empty: "db upgrade",
        databases.server.url("no_such_database"): "createdb",
        databases.server.url("x").replace(secret, secret + "x"): "password",
        good.set(port=1).render_as_string(hide_password=False): "no PostgreSQL server answers",
        good.set(host="no.such.host.invalid").render_as_string(hide_password=False): "answers",
        f"postgresql://ann:{secret}@host:port/press": "not a database URL",
        f"postgresql://ann:{secret}@x@host/press": "%40",
        f"postgresql://ann:{secret}@host/x@y": "%40",
        f"postgresql+pg8000://ann:{secret}@host/press": "psycopg",
        f"oracle://ann:{secret}@host/press": "oracle",
        f"postgresql://{good.host}:1/press?user=ann&password={secret}": "answers",
        f"postgresql://{good.host}:1/press?nonsense=1&password={secret}": "nonsense",
    }
    for url, expected in asked.items():
        for debug in ((), ("--debug",)):
            ran = run(*debug, "list", db=url)
            assert ran.status == 1
            assert secret not in ran.out + ran.err, expected
            told = ran.err.strip().splitlines()[-1]
            assert expected in told
            assert "; " in told, "it does not say what to do next"
            assert debug or ran.err.count("\n") == 1


def test_without_the_driver_the_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    ran = run("list", db="postgresql://ann@127.0.0.1/press")
    assert ran.status == 1
    assert "pip install 'quotes[postgres]'" in ran.err
    assert ran.err.count("\n") == 1


def test_a_query_that_takes_too_long_is_given_up(run: Run, both: tuple[str, str]) -> None:
    url = make_url(both[1]).update_query_dict({"options": "-cstatement_timeout=1ms"})
    with Store(both[1]) as store, store.session(write=True) as holder:
        from sqlalchemy import text

        holder.execute(text("LOCK TABLE quotation"))
        ran = run("list", db=url.render_as_string(hide_password=False))
    assert ran.status == 1
    assert "statement timeout" in ran.err
    assert "statement_timeout%3D600s" in ran.err


@pytest.mark.model
def test_search_by_meaning_says_once_where_the_server_has_no_pgvector(
    run: Run, databases: Databases
) -> None:
    url = databases.filled()
    said = "“The ferry sails at noon,” said Ada Moss. “Fares will rise,” said Bo Lund."
    with Store(url) as store:
        store_with_vectors(store, make_document(said))
        with store.session() as session:
            expected = 0 if has_own_index(session) else 1
    for words in (("search", "--semantic", "boats leave at midday"), ("index", "status")):
        ran = run(*words, db=url)
        assert ran.status == 0, ran.err
        told = [line for line in ran.err.splitlines() if "pgvector" in line]
        assert len(told) == expected
        assert all("quotes index rebuild" in line for line in told)
    assert "pgvector" not in run("search", "ferry", db=url).err
