"""What the network is told of each token, and the texts that try to confuse it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.learned.features import (
    LAYOUT,
    MARKS,
    SHAPES,
    Tokens,
    Vocabulary,
    read_tokens,
    shape_of,
)
from quotes.extraction.reading import Reading
from tests.extraction.learned.made import doc_of, reading_of

WORDS = Vocabulary({}, {"dep": 3})
PIECES = (
    *("word", "Mara", "NATO", "3rd", " ", "  ", "\n", "\n\n", "\t", "“", "”", '"', "‘", "’"),
    *("«", "»", "(", "—", ".", ":", "Q:", "🐟", "👩‍🚀", "e\u0301", "\u00a0", "\u200b", "\u2028"),
)
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def told(text: str) -> Tokens:
    return read_tokens(reading_of(text), WORDS)


def by_word(text: str, row: str) -> dict[str, int]:
    tokens = told(text)
    assert len(set(tokens.words)) == len(tokens.words)
    return dict(zip(tokens.words, getattr(tokens, row).tolist(), strict=True))


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("harbour", 1),
        ("Harbour", 2),
        ("I", 2),
        ("NATO", 3),
        ("iPhone", 4),
        ("日本", 4),
        ("3rd", 5),
        ("1,200", 5),
        ("٣", 5),
        ("“", 0),
        ("—", 0),
        ("🐟", 0),
        ("", 0),
        ("n't", 1),
        ("McAda", 2),
    ],
)
def test_shape(word: str, shape: int) -> None:
    assert shape_of(word) == shape


@given(st.text())
def test_every_word_has_a_shape(word: str) -> None:
    assert 0 <= shape_of(word) < SHAPES


def test_marks_open_and_close_around_what_is_inside() -> None:
    found = by_word("He wrote “we shall mend every pier” again", "marks")
    assert [word for word, state in found.items() if state == 0] == ["He", "wrote", "again"]
    assert (found["“"], found["”"]) == (1, 3)
    assert {found[word] for word in ("we", "shall", "mend", "every", "pier")} == {2}


def test_a_short_passage_is_told_from_a_long_one() -> None:
    assert by_word("He called it “a gift” twice", "marks")["gift"] == 6


def test_single_marks_are_told_from_double_ones() -> None:
    assert by_word("He wrote ‘we shall mend every pier’ again", "marks")["mend"] == 4


def test_an_unclosed_passage_ends_with_its_paragraph() -> None:
    found = by_word("He wrote “we shall mend\n\nNobody came", "marks")
    assert (found["“"], found["mend"], found["Nobody"]) == (1, 5, 0)


def test_passages_are_numbered_in_order() -> None:
    tokens = told("“Go now,” he wrote; “stay here”")
    assert tokens.passage.tolist() == [0, 0, 0, 0, 0, -1, -1, -1, 1, 1, 1, 1]


def test_layout_tells_the_starts_of_paragraphs_and_sentences() -> None:
    text = "Ships wait. Boats sail.\n\nNobody pays."
    words = ["Ships", "wait", ".", "Boats", "sail", ".", "\n\n", "Nobody", "pays", "."]
    doc = doc_of(text, heads=[1, 1, 1, 4, 4, 4, 4, 8, 8, 8])
    assert [token.text for token in doc] == words
    tokens = read_tokens(Reading(doc), WORDS)
    assert tokens.layout.tolist() == [2, 0, 0, 1, 0, 0, 2, 0, 0]
    assert tokens.sentence.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert tokens.paragraph.tolist() == [0, 0, 0, 0, 0, 0, 1, 1, 1]


def test_furniture_is_told() -> None:
    text = (
        "The council met on Monday. It met on Tuesday too. It voted. It will meet on Friday."
        "\n\nSubscribe to our newsletter.\n\nNobody expects that the council agrees."
    )
    tokens = told(text)
    furniture = [w for w, state in zip(tokens.words, tokens.layout, strict=True) if state >= 3]
    assert furniture == ["Subscribe", "to", "our", "newsletter", "."]


class TestHeads:
    """Heads are places among the kept tokens."""

    def test_places_shift_where_white_space_is_dropped(self) -> None:
        doc = doc_of("A  dog\n\nbarks loudly", heads=[2, 0, 4, 2, 4, 4])
        assert [token.text for token in doc] == ["A", " ", "dog", "\n\n", "barks", "loudly"]
        tokens = read_tokens(Reading(doc), WORDS)
        assert tokens.words == ("A", "dog", "barks", "loudly")
        assert tokens.head.tolist() == [1, 2, 2, 2]
        assert tokens.dependency.tolist() == [3, 3, 3, 3]

    def test_white_space_passes_on_its_own_head(self) -> None:
        tokens = read_tokens(Reading(doc_of("A  dog barks", heads=[1, 3, 3, 3])), WORDS)
        assert tokens.head.tolist() == [2, 2, 2]

    def test_what_hangs_from_white_space_alone_is_its_own_head(self) -> None:
        tokens = read_tokens(Reading(doc_of("A  dog barks", heads=[1, 1, 1, 2])), WORDS)
        assert tokens.head.tolist() == [0, 1, 1]


def test_what_the_vocabulary_lacks_is_zero() -> None:
    tokens = read_tokens(Reading(doc_of("A dog", heads=[1, 1])), Vocabulary({}, {}))
    assert tokens.dependency.tolist() == [0, 0]
    assert tokens.tag.tolist() == [0, 0]


@pytest.mark.parametrize("text", ["", " ", "\n\n\t ", "\u00a0\u2003"])
def test_a_text_without_words_has_no_tokens(text: str) -> None:
    tokens = told(text)
    assert len(tokens) == 0
    assert tokens.told.shape == (0, 5)


@pytest.mark.parametrize("text", ["🐟🐟", "“", "””", '"', "“ ‘ «", "👩‍🚀 “👩‍🚀"])
def test_signs_alone_are_tokens(text: str) -> None:
    assert "".join(told(text).words) == text.replace(" ", "")


@given(HOSTILE)
def test_any_text_is_told_within_the_embeddings_it_has(text: str) -> None:
    tokens = told(text)
    size = len(tokens)
    assert [text[a:b] for a, b in zip(tokens.start, tokens.end, strict=True)] == list(tokens.words)
    assert tokens.told.shape == (size, 5)
    for row, limit in ((tokens.shape, SHAPES), (tokens.marks, MARKS), (tokens.layout, LAYOUT)):
        assert len(row) == size
        assert np.all((row >= 0) & (row < limit))
    assert np.all((tokens.head >= 0) & (tokens.head < max(1, size)))
    assert np.all(np.diff(tokens.sentence) >= 0)
    assert np.all(np.diff(tokens.paragraph) >= 0)
    # Outside marks and in a passage are one thing, told twice.
    assert np.array_equal(tokens.marks == 0, tokens.passage < 0)
