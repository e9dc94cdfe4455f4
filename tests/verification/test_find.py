from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.verification.find import find, find_loosely, joints, read_claim, read_passage

SOURCE = "“We will open the\n long-term berth, and in the U.S. it can't cost 1,000.50 more — ever.”"


def found(claim: str, source: str = SOURCE) -> list[str]:
    passage = read_passage([(0, source)])
    places = find(read_claim(claim), passage)
    return [
        source[span.start : span.end] for span in (passage.span(p.first, p.count) for p in places)
    ]


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("open the long-term berth", "open the\n long-term berth"),
        ("“Open the long‐term berth.”", "open the\n long-term berth"),
        ("long-term berth, and in the U.S.", "long-term berth, and in the U.S"),
        ("can’t cost 1,000.50 more -- ever!", "can't cost 1,000.50 more — ever"),
        ("WE will", ""),
        ("we will open", "We will open"),
    ],
)
def test_words_are_found_whatever_their_typography(claim: str, words: str) -> None:
    assert found(claim) == ([words] if words else [])


@pytest.mark.parametrize(
    "claim",
    [
        "term berth",
        "it can cost",
        "it can",
        "000.50 more",
        "cost 1",
        "cost 1,000",
        "in the U",
        "pen the",
        "long-term berth and in",
        "open The long-term",
        "more, ever",
        "we will not open",
        "",
        "…",
    ],
)
def test_parts_of_words_and_other_words_are_not_found(claim: str) -> None:
    assert found(claim) == []


@pytest.mark.parametrize("claim", ["We sail at noon", "We sail, at noon", "we sail. At noon"])
def test_a_claim_runs_across_the_joint_of_two_spans(claim: str) -> None:
    passage = read_passage([(0, "“We sail,”"), (20, "“at noon,”"), (40, "“or never.”")])
    (place,) = find(read_claim(claim.replace("At", "at")), passage)
    assert joints(passage, place) == 1
    span = passage.span(place.first, place.count)
    assert (span.start, span.end) == (1, 28)


def test_loosely_case_and_punctuation_do_not_count() -> None:
    passage = read_passage([(0, "Yes, we CAN.")])
    assert not list(find(read_claim("yes we can"), passage))
    assert list(find_loosely(read_claim("yes we can"), passage))
    assert not list(find_loosely(read_claim("yes we can not"), passage))


def test_every_occurrence_is_found() -> None:
    assert found("no", "No, no and no.") == ["No", "no", "no"]


WORDS = st.lists(
    st.sampled_from(
        ["the", "bridge", "won't", "U.S.", "5%", "re-open", "“may”", "it,", "—", "1.5"]
    ),
    min_size=1,
    max_size=12,
)


@given(WORDS, st.data())
def test_any_run_of_words_is_found_where_it_stands(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    claim = " ".join(words[first : last + 1])
    source = " \n".join(words)
    if read_claim(claim).words:
        assert found(claim, source)


def test_signs_of_currency_belong_to_the_figure_behind_them() -> None:
    assert [word.text for word in read_claim("It was -$5 or US$7, not $" + "$" * 50_000).words] == [
        "It",
        "was",
        "-$5",
        "or",
        "US",
        "7",
        "not",
    ]
