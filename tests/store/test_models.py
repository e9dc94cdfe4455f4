"""The column types, and what importing the store does not import."""

from __future__ import annotations

import subprocess
import sys
import zlib
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import StatementError

from quotes.store.folding import fold
from quotes.store.models import Utterance, base
from quotes.store.models.base import CompressedBytes, UtcDateTime

if TYPE_CHECKING:
    from quotes.store import Store

SERVER = postgresql.dialect()  # type: ignore[no-untyped-call] # SQLAlchemy leaves it untyped
HERE = timezone(timedelta(hours=9))


def test_times_come_back_as_the_same_moment_in_utc(store: Store) -> None:
    at = datetime(2025, 3, 1, 8, 30, 0, 5, tzinfo=HERE)
    with store.session(write=True) as session:
        session.add(Utterance(method="x", created_at=at))
    with store.session() as session:
        found = session.scalars(select(Utterance.created_at)).one()
    assert found == at
    assert found.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    naive = datetime(2025, 3, 1)  # noqa: DTZ001 - the very thing that is refused
    row = insert(Utterance).values(method="x", created_at=naive)
    with store.session() as session, pytest.raises(StatementError, match="names no time zone"):
        session.execute(row)


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(HERE)),  # noqa: DTZ001 - bounds
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
)
def test_stored_times_sort_as_moments(one: datetime, other: datetime) -> None:
    kind = UtcDateTime()
    stored = [kind.process_bind_param(at, sqlite.dialect()) for at in (one, other)]
    assert stored[0] is not None
    assert stored[1] is not None
    assert (stored[0] < stored[1]) == (one < other)
    assert kind.process_bind_param(one, SERVER) == one


@given(st.binary())
def test_bytes_come_back(raw: bytes) -> None:
    kind = CompressedBytes()
    packed = kind.process_bind_param(raw, sqlite.dialect())
    assert kind.process_result_value(packed, sqlite.dialect()) == raw


@pytest.mark.parametrize(
    ("one", "other"),
    [("It’s “on”", 'it\'s "ON"'), ("Café\n  noir", "cafe noir"), ("1995–96", "1995-96")],
)
def test_what_folds_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_the_store_knows_nothing_of_spacy_and_reads_without_alembic() -> None:
    code = (
        "import sys, quotes.store.queries, quotes.store.audit, quotes.store.writer;"
        "import quotes.cli.db, quotes.cli.audit, quotes.cli.source, quotes.cli.ingest;"
        "print([m for m in ('spacy', 'alembic', 'trafilatura', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_what_unpacks_to_too_much_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "MOST_RAW", 1_000)
    assert base.unpacked(zlib.compress(b"a" * 1_000)) == b"a" * 1_000
    for packed in (zlib.compress(b"a" * 1_001), zlib.compress(b"a" * 10)[:-3], b"", b"no"):
        with pytest.raises(zlib.error):
            base.unpacked(packed)
