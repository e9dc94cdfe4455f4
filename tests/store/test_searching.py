"""Search by words, with the user's text as data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from quotes.spans import Span
from quotes.store import Store, queries, searching
from quotes.store.asking import of_words
from quotes.store.marking import Marker
from quotes.store.searching import best_window, snippet
from quotes.store.values import Filter
from tests.store.builders import make_document, store_documents

if TYPE_CHECKING:
    from quotes.store.values import Hit

DOCUMENT = make_document(
    "The ferry to Åland was late.\n“The harbour can’t wait,” said Zoë Kovács.\n"
    + "Nothing happened for a while. " * 30
    + "At last the harbour opened its café again.",
)


def window(text: str, words: str) -> Span:
    query = of_words(words)
    assert query is not None
    return best_window(text, Marker(query))


def search(store: Store, words: str, limit: int = 20) -> list[Hit]:
    with store.session() as session:
        return queries.search(session, words, limit=limit)


def test_quotations_come_before_passages(store: Store) -> None:
    store_documents(store, DOCUMENT)
    said, passage = search(store, "harbour") + search(store, "cafe")
    assert said.quotation is not None
    assert (said.speaker, said.snippet) == ("Zoë Kovács", "“The harbour can’t wait,”")
    assert passage.quotation is None
    assert DOCUMENT.text[passage.start : passage.end] == "café"
    assert "harbour opened its café" in passage.snippet


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("HARBOUR wait", 1),
        ("aland", 1),
        ("can’t", 1),
        ("can't", 1),
        ("Kovacs", 1),
        ("harbour ferries", 0),
        ("harb", 0),
        ("", 0),
        ("?!", 0),
    ],
)
def test_words(store: Store, words: str, found: int) -> None:
    store_documents(store, DOCUMENT)
    assert len(search(store, words)) == found


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=30))
@example('harbour" OR "x')
@example("harbour NEAR(wait) AND NOT")
@example("text:harbour* ^a -b (")
@example("a\0b")
@example("''; DROP TABLE quotation; --")
@example("²³½ ͏ \u3164")
def test_no_text_is_a_syntax_error(store: Store, words: str) -> None:
    store_documents(store, DOCUMENT)
    search(store, words)


def test_operators_are_words(store: Store) -> None:
    store_documents(store, make_document("“Ships or ferries,” said Ada Moss."))
    assert len(search(store, "ships OR ferries")) == 1
    assert search(store, "ships OR planes") == []
    assert search(store, "ship*") == []


def test_old_versions_are_not_searched(store: Store) -> None:
    store_documents(store, make_document("“Old,” said Ada Moss."))
    store_documents(store, make_document("“New,” said Ada Moss."))
    assert search(store, "old") == []
    assert [hit.snippet for hit in search(store, "new")] == ["“New,”"]


def test_limit(store: Store) -> None:
    store_documents(
        store, *(make_document(f"“Rain {n},” said Ada Moss.", name=f"{n}.txt") for n in range(5))
    )
    assert len(search(store, "rain", limit=2)) <= 4


@pytest.mark.parametrize("narrowed", [False, True])
@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (Filter(), ["“Rain, rain,” said Ada Marsh.", "“Rain again,” said Olaf Brandt."]),
        (Filter(speaker="Marsh"), ["“Rain, rain,” said Ada Marsh."]),
        (Filter(speaker="Brandt"), ["“Rain again,” said Olaf Brandt."]),
        (Filter(speaker="Nobody"), []),
        (Filter(via="Brandt"), []),
        (Filter(source="b.txt"), ["“Rain again,” said Olaf Brandt."]),
        (Filter(source="b.txt", speaker="Marsh"), []),
    ],
)
def test_common_words_are_held_to_what_passes_the_filter(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    which: Filter,
    expected: list[str],
    narrowed: bool,
) -> None:
    store_documents(
        store,
        make_document("“Rain, rain,” said Ada Marsh.", name="a.txt"),
        make_document("“Rain again,” said Olaf Brandt.", name="b.txt"),
    )
    monkeypatch.setattr(searching, "_MANY", 0 if narrowed else 1_000)
    with store.session() as session:
        hits = searching.search(session, "rain", which=which)
    said = [hit.snippet for hit in hits if hit.quotation]
    assert len(said) == len(expected)
    assert all(any(words in text for text in expected) for words in said)


def test_the_window_with_most_of_the_words_wins() -> None:
    text = "alpha " + "x " * 300 + "beta alpha gamma"
    span = window(text, "Alpha beta")
    assert text[span.start : span.end] == "beta alpha"


def test_the_window_is_the_shortest_there_is() -> None:
    text = "Beta of alpha, alpha of alpha; beta of. " + "x" * 400 + " alpha"
    span = window(text, "alpha of beta")
    assert text[span.start : span.end] == "Beta of alpha"
    span = window(text, "of beta")
    assert text[span.start : span.end] == "Beta of"
    span = window(text, "x" * 400)
    assert len(span) == 400


@given(st.lists(st.sampled_from(["a", "b", "c", "d" * 200, "e"]), min_size=1, max_size=12))
def test_no_other_window_holds_more_or_is_shorter(words: list[str]) -> None:
    text = " ".join(words)
    wanted = {"a", "b", "d" * 200} & set(words)
    if not wanted:
        return
    edges = [m.span() for m in re.finditer(r"\S+", text)]
    windows = [
        (-len(wanted & set(text[first:last].split())), last - first)
        for first, _ in edges
        for _, last in edges
        if first < last <= first + 300
    ]
    span = window(text, " ".join(wanted))
    held = len(wanted & set(text[span.start : span.end].split()))
    assert (-held, len(span)) == min(windows)


@given(st.text(min_size=1), st.data())
def test_a_snippet_holds_its_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert text[start:end].strip() in snippet(text, Span(start, end))
