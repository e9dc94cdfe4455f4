"""What the database finds folded, against folding both texts here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Text, literal, select

from quotes.store.engine import database_url, open_engine
from quotes.store.folding import contains, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

WORDS = st.sampled_from(
    ["Boat", "boat", "BÖAT", "boa", "t", " ", "  ", "\t", "“", '"', "it’s", "it's", "ﬁ", "fi", "%",
     "_", "/", "İ", "ß", "ss", "Σ", "ς", "\u0301", "\x1c"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=5).map("".join)


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    with open_engine(database_url("sqlite://"), create=True).connect() as opened:
        yield opened


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(text=TEXTS, part=TEXTS)
def test_the_shorter_way_finds_what_folding_finds(
    connection: Connection, text: str, part: str
) -> None:
    found = connection.scalar(select(contains(literal(text, Text()), part)))
    assert bool(found) == ((fold(part) or "") in (fold(text) or ""))
