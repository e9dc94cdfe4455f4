from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from quotes.errors import RefusedImport
from quotes.spans import Span
from quotes.store import Store, queries
from quotes.store.importing import Incoming, Named, take_in
from tests.store.builders import make_document, store_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.spans import Spans

TEXT = "“No,\r\nnever,” said Ada Moss to the council. “Yes,” said Bo Lund. It rained\nall day.\n"
HASH = hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(database, create=True) as opened:
        store_documents(opened, make_document(TEXT))
        yield opened


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def note(content: Spans, speaker: str | None = None, line: int = 1) -> Incoming:
    return Incoming(
        line=line,
        text_sha256=HASH,
        spans={"content": content},
        speaker=Named(name=speaker) if speaker else None,
        leaves_speaker=speaker is None,
    )


def taken(store: Store, *notes: Incoming) -> dict[str, int]:
    with store.session(write=True) as session:
        return dict(take_in(session, notes, by="Kim").counts)


def spans(store: Store) -> list[list[list[int]]]:
    with store.session() as session:
        return [one.record["content"]["spans"] for one in queries.quotations(session)]


@pytest.mark.parametrize(
    "content",
    [
        (place("“No,\r\nnever,”"),),
        (place("“No,"), place("never,”")),
        (place("“No,\r\nnever,” "),),
        (place("“No"), place(",\r\nnever,”")),
    ],
)
def test_the_same_words_are_the_same_quotation_however_their_spans_are_cut(
    store: Store, content: Spans
) -> None:
    assert taken(store, note(content)) == {"confirmed": 1}
    assert len(spans(store)) == 2


def test_lines_of_a_new_quotation_are_one_span(store: Store) -> None:
    assert taken(store, note((place("It rained"), place("all day")))) == {"added": 1}
    assert spans(store)[-1] == [[place("It").start, place("day").end]]


def test_pieces_with_words_between_stay_apart(store: Store) -> None:
    content = (place("It"), place("all day"))
    taken(store, note(content))
    assert spans(store)[-1] == [[s.start, s.end] for s in content]


def test_the_same_annotation_twice_counts_once(store: Store) -> None:
    one = note((place("“Yes,”"),), "Bo Lund")
    assert taken(store, one, one) == {"confirmed": 1, "unchanged": 1}


def test_every_problem_is_told_and_nothing_is_kept(store: Store) -> None:
    good = note((place("“Yes,”"),), line=1)
    late = note((Span(5, 9_999),), line=2)
    blank = note((Span(TEXT.index("\r"), TEXT.index("\r") + 2),), line=3)
    with pytest.raises(RefusedImport) as refused:
        taken(store, good, late, blank)
    assert [line for line, _ in refused.value.problems] == [2, 3]
    with store.session() as session:
        assert {one.record["status"] for one in queries.quotations(session)} == {"machine"}


def test_a_text_that_two_sources_have_needs_the_source_named(store: Store) -> None:
    other = make_document(TEXT, name="copy.txt", raw=TEXT.encode("utf-16"))
    store_documents(store, other)
    one = note((place("“Yes,”"),))
    with pytest.raises(RefusedImport, match="do not fit") as refused:
        taken(store, one)
    assert "several sources have this text" in refused.value.problems[0][1]
