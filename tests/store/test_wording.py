"""The forms of words by which a claim is found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.store.wording import STOP_WORDS, content_words, forms, stem


@pytest.mark.parametrize(
    "words",
    [
        "raise raises raised raising",
        "deny denies denied denying",
        "stop stops stopped stopping",
        "tell tells telling",
        "pass passes passed passing",
        "tax taxes taxed taxing",
        "policy policies",
        "watch watches watched watching",
        "agree agrees agreed agreeing",
        "tie ties tied",
    ],
)
def test_the_forms_of_a_word_share_their_stem(words: str) -> None:
    some = words.split()
    assert len({stem(word) for word in some}) == 1
    assert all(set(some) <= set(forms(word)) for word in some)


@pytest.mark.parametrize(
    "words", ["war ward warm", "crisis crises", "united unity", "1984 198", "bus bush"]
)
def test_different_words_keep_apart(words: str) -> None:
    some = words.split()
    assert len({stem(word) for word in some}) == len(some)


@given(st.text(alphabet="abcdeginsxyz", min_size=1, max_size=9))
def test_every_form_has_the_stem_of_its_word(word: str) -> None:
    assert word in forms(word)
    assert {stem(form) for form in forms(word)} == {stem(word)}


def test_content_words_are_those_that_tell_a_claim() -> None:
    claim = "He said that the Zürich bridge, and other bridges, won’t close before 5 May."
    assert content_words(claim) == ["zurich", "bridge", "close", "5"]
    assert content_words("We will not, and they can’t.") == []


def test_common_words_are_written_as_the_index_has_them() -> None:
    assert all(word.isalpha() and word == word.lower() for word in STOP_WORDS)
