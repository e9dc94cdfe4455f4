"""Annotations as targets, and windows of articles."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.learned.decoding import (
    BEGIN_CONTENT,
    BEGIN_CUE,
    BEGIN_SOURCE,
    CONTENT,
    EMITS,
    FOLLOWS,
    SOURCE,
    STARTS,
    runs,
)
from quotes.extraction.learned.pieces import WINDOW
from quotes.training.data import Article, batches, cut, path_of
from tests.extraction.learned.made import tokens_of
from tests.training.made import FERRY, FERRY_GOLD, TOLLS, TOLLS_GOLD, article_of

SPLIT = "“The ferry,” said Mara today, “sails in May,” and praised the crew."


def labelled(item: Article, begin: int) -> list[str]:
    """Return the spans that the labels tell, in words."""
    spans: list[list[str]] = []
    for word, label in zip(item.tokens.words, item.labels, strict=True):
        if label == begin:
            spans.append([word])
        elif label == begin + 1:
            spans[-1].append(word)
    return [" ".join(span) for span in spans]


def of_role(item: Article, cue: int, role: int) -> list[str]:
    """Return the runs of tokens that are a role to a cue, in words."""
    words = item.tokens.words
    return [" ".join(words[a:b]) for a, b in runs(np.equal(item.roles[cue], role))]


class TestArticle:
    """Spans to labels and roles."""

    def test_labels_tell_the_annotated_spans(self) -> None:
        item = article_of(FERRY, FERRY_GOLD)
        assert labelled(item, BEGIN_CUE) == ["said", "told"]
        assert labelled(item, BEGIN_SOURCE) == ["Mara Lindqvist", "The pilots"]
        assert labelled(item, BEGIN_CONTENT) == ["that the ferry sails", "that the fog will stay"]

    def test_roles_tell_them_for_each_cue(self) -> None:
        item = article_of(FERRY, FERRY_GOLD[::-1])
        assert [" ".join(item.tokens.words[a:b]) for a, b in item.cues] == ["said", "told"]
        assert of_role(item, 0, SOURCE) == ["Mara Lindqvist"]
        assert of_role(item, 0, CONTENT) == ["that the ferry sails"]
        assert of_role(item, 1, SOURCE) == ["The pilots"]
        assert of_role(item, 1, CONTENT) == ["that the fog will stay"]

    def test_a_content_in_two_parts(self) -> None:
        item = article_of(SPLIT, [("“The ferry,”…“sails in May,”", "said", "Mara")])
        assert of_role(item, 0, CONTENT) == ["“ The ferry , ”", "“ sails in May , ”"]
        assert labelled(item, BEGIN_CONTENT) == of_role(item, 0, CONTENT)

    def test_a_source_of_two_cues_is_each_one_s(self) -> None:
        item = article_of(
            SPLIT, [("“The ferry,”", "said", "Mara"), ("the crew", "praised", "Mara")]
        )
        assert of_role(item, 0, SOURCE) == of_role(item, 1, SOURCE) == ["Mara"]
        assert of_role(item, 1, CONTENT) == ["the crew"]
        assert labelled(item, BEGIN_SOURCE) == ["Mara"]

    def test_spans_that_touch_stay_two(self) -> None:
        item = article_of("The ferry sails today", [("The ferry… sails", "today", "")])
        assert labelled(item, BEGIN_CONTENT) == ["The ferry", "sails"]

    def test_of_a_source_in_two_parts_the_first_counts(self) -> None:
        item = article_of(SPLIT, [("“The ferry,”", "said", "Mara…the crew")])
        assert of_role(item, 0, SOURCE) == ["Mara"]

    def test_the_cue_s_own_tokens_have_no_role(self) -> None:
        item = article_of(FERRY, [("said that the ferry", "said", "")])
        assert of_role(item, 0, CONTENT) == ["that the ferry"]

    def test_a_cue_in_two_parts_reaches_from_the_first_to_the_last(self) -> None:
        item = article_of(SPLIT, [("sails in May", "said…praised", "")])
        ((start, end),) = item.cues
        assert (item.tokens.words[start], item.tokens.words[end - 1]) == ("said", "praised")

    def test_a_quotation_without_a_cue_is_none(self) -> None:
        item = article_of(FERRY, [("that the ferry sails", "", "Mara Lindqvist")])
        assert item.cues == ()
        assert item.roles.shape == (0, len(item.tokens))
        assert not item.labels.any()

    def test_a_span_that_cuts_a_token_takes_it_whole(self) -> None:
        item = article_of(FERRY, [("at the ferry sai", "said", "")])
        assert of_role(item, 0, CONTENT) == ["that the ferry sails"]

    def test_a_word_without_pieces_is_unknown(self) -> None:
        item = article_of("🐟 said so", [("so", "said", "")])
        assert item.pieces[0] == (3,)


@given(st.lists(st.integers(0, 2), min_size=1, max_size=40))
def test_a_path_never_leaves_the_automaton(roles: list[int]) -> None:
    path = path_of(np.array(roles, np.int8)).tolist()
    assert path[0] in STARTS
    assert all(after in FOLLOWS[before] for before, after in pairwise(path))


@given(
    st.lists(st.sampled_from([0, 2]), max_size=12),
    st.integers(0, 4),
    st.lists(st.sampled_from([0, 2]), max_size=12),
)
def test_with_one_source_a_path_emits_its_roles(
    before: list[int], source: int, after: list[int]
) -> None:
    roles = [*before, *[SOURCE] * source, *after]
    path = path_of(np.array(roles, np.int8))
    assert [EMITS[state] for state in path] == roles


def made(lengths: list[int]) -> Article:
    """Return an article of tokens with so many pieces, a sentence of each ten."""
    size = len(lengths)
    return replace(
        article_of("Nobody", []),
        tokens=tokens_of(list(range(size)), sentence=[i // 10 for i in range(size)]),
        pieces=tuple((4,) * n for n in lengths),
        labels=np.zeros(size, np.int64),
        roles=np.zeros((0, size), np.int8),
    )


ARTICLES = st.lists(st.lists(st.integers(1, 8), max_size=400).map(made), min_size=1, max_size=3)


@given(ARTICLES, st.integers(0, 99))
def test_windows_cover_every_article_of_two_tokens(articles: list[Article], seed: int) -> None:
    parts = cut(articles, np.random.default_rng(seed))
    for item in articles:
        own = [part.stretch for part in parts if part.article is item]
        covered = {token for one in own for token in range(one.start, one.end)}
        assert covered == set(range(len(item.pieces))) or len(item.pieces) < 2
        assert all(0 < one.size <= WINDOW for one in own)


@given(ARTICLES, st.integers(1, 5), st.integers(0, 99))
def test_a_batch_takes_each_window_once(articles: list[Article], rows: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    parts = cut(articles, random)
    groups = list(batches(parts, rows=rows, random=random))
    assert Counter(id(part) for group in groups for part in group) == Counter(map(id, parts))
    assert all(0 < len(group) <= rows for group in groups)


def test_one_long_sentence_is_cut_without_going_back_to_its_start() -> None:
    item = article_of("very " * 400, [])
    starts = [part.stretch.start for part in cut([item], np.random.default_rng(0))]
    assert starts.count(0) == 1
    assert len(starts) > 1


def test_windows_lie_elsewhere_each_time_but_the_same_for_a_seed() -> None:
    item = made([1] * 900)
    starts = {
        seed: [part.stretch.start for part in cut([item], np.random.default_rng(seed))]
        for seed in (1, 2)
    }
    assert starts[1] != starts[2]
    again = [part.stretch.start for part in cut([item], np.random.default_rng(1))]
    assert again == starts[1]


def test_a_window_has_the_cues_that_lie_in_it() -> None:
    item = article_of(TOLLS, TOLLS_GOLD)
    (part, *_) = cut([item], np.random.default_rng(0))
    for end, cues in ((len(item.tokens), [0, 1]), (5, [0]), (1, [])):
        assert replace(part, stretch=replace(part.stretch, start=0, end=end)).cues == cues
