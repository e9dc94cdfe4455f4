"""How SQLite goes about what is asked of large tables: by the few keys that are given, not by all.

A database of ours has no statistics, so that SQLite goes by the shape of a query alone; what it
does with an empty table it does with a large one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from quotes.quotation import SpeakerKind
from quotes.speakers.naming import Naming
from quotes.store import Store, leading, tellings, unjoined, vectors
from quotes.store.embeddings import enter_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

_KEYS = range(1, 400)
_ADA = Naming(kind=SpeakerKind.PERSON, name="Ada B. Moss", aliases=("Moss",))
QUESTIONS: dict[str, Callable[[Session], object]] = {
    "vectors of quotations by key": lambda s: tellings.packed_vectors(s, _KEYS),
    "vectors of quotations by id": lambda s: vectors.vectors_of(s, [f"q_{n}" for n in _KEYS]),
    "vectors of a speaker": lambda s: list(tellings.vectors(s, 1)),
    "texts of a speaker": lambda s: list(tellings.texts(s, 1)),
    "tellings of speakers": lambda s: tellings.tellings(s, speakers=_KEYS),
    "tellings by key": lambda s: tellings.tellings(s, quotations=_KEYS),
    "whose quotations are": lambda s: tellings.given(s, _KEYS),
    "what speakers are given": lambda s: unjoined.changes_by(s, _KEYS),
    "where a name leads": lambda s: leading.settle(s, [_ADA]),
}


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{tmp_path / 'quotes.db'}", create=True) as opened:
        yield opened


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_is_read_but_by_the_keys_that_are_given(file: Store, question: str) -> None:
    asked: list[tuple[str, object]] = []
    with file.session(write=True) as session:
        enter_model(session, "toy")
        connection = session.connection()
        event.listen(
            connection, "before_cursor_execute", lambda *given: asked.append((given[2], given[3]))
        )
        QUESTIONS[question](session)
        plans = [
            str(row[3])
            for sql, values in list(asked)
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)  # type: ignore[arg-type]  # as they were executed
        ]
    steps = [one for one in plans if one.startswith(("SCAN", "SEARCH"))]
    assert steps
    tables = {"quotation", "attribution", "embedding", "speaker", "document", "naming"}
    assert not [one for one in steps if one.startswith("SCAN") and one.split()[1] in tables]
    assert not [one for one in steps if "ix_embedding_model_id" in one]
    assert not [one for one in steps if "ix_speaker_document_id" in one]
