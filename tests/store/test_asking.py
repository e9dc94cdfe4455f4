"""The language of searches, and what databases are asked in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from quotes.errors import MalformedQuery
from quotes.store.asking import AllOf, AnyOf, Query, Words, of_words, parse
from quotes.store.dialects.postgres import to_tsquery
from quotes.store.dialects.sqlite import to_fts5
from quotes.store.searching import search
from quotes.store.values import Filter
from quotes.store.wording import folded_word
from tests.store.builders import make_document, store_documents

if TYPE_CHECKING:
    from quotes.store import Store
    from quotes.store.values import Hit

TEXTS = (
    "“The harbour tolls will rise,” said Ada Moss.",
    "“Tolls at the harbour are high,” said Bo Lund.",
    "“The harbours of Åland are free, or nearly,” said Ada Moss.",
)
WORD = st.sampled_from(["harbour", "tolls", "free", "rise", "zebra", "harb*", '"the harbour"'])
OPERATOR = st.sampled_from(["AND", "OR", "NOT", "-", "(", ")", '"', "“", "*", "^", "NEAR", ":"])


@pytest.fixture
def filled(store: Store) -> Store:
    store_documents(store, *(make_document(one, name=f"{at}.txt") for at, one in enumerate(TEXTS)))
    return store


def hits(store: Store, asked: str, which: Filter | None = None) -> list[Hit]:
    with store.session() as session:
        return search(session, parse(asked), which=which)


def found(store: Store, asked: str) -> set[int]:
    said = {f"“{text.split('“')[1].split('”')[0]}”": at for at, text in enumerate(TEXTS)}
    return {said[hit.snippet] for hit in hits(store, asked) if hit.quotation}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("harbour tolls", {0, 1}),
        ('"harbour tolls"', {0}),
        ("“harbour tolls”", {0}),
        ("harb*", {0, 1, 2}),
        ('"the harb"*', {0, 1, 2}),
        ("rise OR free", {0, 2}),
        ("harbour -rise", {1}),
        ("harbour NOT rise", {1}),
        ("harbour AND NOT rise", {1}),
        ("tolls (rise OR high)", {0, 1}),
        ("tolls -(rise OR high)", set()),
        ("rise OR high -tolls", {0}),
        ("ALAND", {2}),
        ("free or nearly", {2}),
        ("near-ly", set()),
        ("NEAR harbour", set()),
        ("text:harbour", set()),
        ("^tolls", {0, 1}),
        ('"AND"', set()),
    ],
)
def test_what_is_found(filled: Store, asked: str, expected: set[int]) -> None:
    assert found(filled, asked) == expected


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ('"harbour', "a quotation mark is never closed"),
        ("harbour”", "a quotation mark closes nothing"),
        ("(harbour", "a “(” is never closed"),
        ("harbour)", "a “)” closes nothing"),
        ("harbour OR", "nothing stands behind OR"),
        ("AND harbour", "nothing stands before AND"),
        ("harbour AND OR rise", "nothing stands behind AND"),
        ("NOT NOT harbour", "nothing stands behind NOT"),
        ("harbour OR -rise", "the search only says what must not be there"),
        ("-harbour", "the search only says what must not be there"),
        ("(" * 30 + "a" + ")" * 30, "parentheses stand more than 20 deep"),
        ("a " * 1001, "the search has 2,002 characters, more than 2,000"),
    ],
)
def test_what_cannot_be_read(asked: str, message: str) -> None:
    with pytest.raises(MalformedQuery, match="^" + message.replace("(", r"\(").replace(")", r"\)")):
        parse(asked)


def test_the_tree() -> None:
    free = AllOf((Words("free"),), without=(Words("a b"),))
    assert parse('harb* OR free -"a b"') == AnyOf((Words("harb", prefix=True), free))
    assert parse("a (b c)") == AllOf((Words("a"), AllOf((Words("b"), Words("c")))))
    assert parse("“?!” -- ( & )") is None
    assert of_words("a OR b*") == AllOf((Words("a"), Words("OR"), Words("b*")))


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(st.one_of(WORD, OPERATOR), max_size=12).map(" ".join),
        st.lists(st.one_of(WORD, OPERATOR), max_size=12).map("".join),
    )
)
@example("harbour\0tolls")
@example("\ud800 harbour")
@example("a " * 999)
@example("'; DROP TABLE quotation; --")
@example("(" * 20 + "a" + ")" * 20)
@example("a\ud7ff*")
@example(":F*")
def test_any_text_is_answered_or_refused(filled: Store, asked: str) -> None:
    try:
        some = hits(filled, asked)
    except MalformedQuery:
        return
    query = parse(asked)
    for hit in some:
        assert query is not None
        for start, end in hit.marks:
            assert is_wanted(folded_word(hit.snippet[start:end]), query)


def is_wanted(word: str, query: Query) -> bool:
    """Tell whether a word is one of those that a search asks for."""
    if not isinstance(query, Words):
        return any(is_wanted(word, part) for part in query.parts)
    # Signs part words for the index, whatever they are.
    words = [folded_word(one) for one in re.split(r"\W+", query.text) if one]
    text = folded_word(query.text)
    return any(one in (word, *[word[: len(one)]] * query.prefix) for one in words) or word in text


def test_marks_are_the_words_and_a_phrase_only_where_it_is_whole(filled: Store) -> None:
    (hit,) = hits(filled, '"harbour tolls" OR zebra')
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["harbour", "tolls"]
    marked = {
        hit.snippet[a:b] for hit in hits(filled, 'harb* -"harbour tolls"') for a, b in hit.marks
    }
    assert marked == {"harbour", "harbours"}


def test_filters(filled: Store) -> None:
    which = Filter(speaker="Moss")
    assert {hit.speaker for hit in hits(filled, "harb*", which)} == {"Ada Moss"}
    assert len(hits(filled, "harb*", which)) == 2
    assert hits(filled, "harb*", Filter(kind="indirect")) == []
    assert {hit.path for hit in hits(filled, "harb*", Filter(source="1.txt"))} == {"articles/1.txt"}


def test_words_never_become_syntax() -> None:
    query = parse("a:b^ NEAR x' OR (c -d'e f\\*)")
    assert query is not None
    assert to_fts5(query) == ('(("a:b^" AND "NEAR" AND "x\'") OR (("c" AND "f\\" *) NOT ("d\'e")))')
    phrases = "('a' <-> 'b') | ('…' & 'a' & 'b')", "'near'", "'x'", "'c'", "'f':*", "('d' <-> 'e')"
    assert to_tsquery(query) == "(({}) & {} & {}) | ({} & {} & !{})".format(*phrases).join("()")


def test_the_syntax_of_each_database() -> None:
    query = parse('harb* "old quay" OR (free -toll)')
    assert query is not None
    assert to_fts5(query) == '(("harb" * AND "old quay") OR (("free") NOT ("toll")))'
    assert to_tsquery(query) == (
        "(('harb':* & (('old' <-> 'quay') | ('…' & 'old' & 'quay'))) | ('free' & !'toll'))"
    )
