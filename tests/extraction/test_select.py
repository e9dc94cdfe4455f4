"""Choosing among candidates for the same words: hand-built ones, in any order."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.candidates import Candidate
from quotes.extraction.select import Scored, select
from quotes.spans import Span


def candidate(
    *content: tuple[int, int],
    cue: tuple[int, int] | None = None,
    source: tuple[int, int] | None = None,
    pattern: str = "ccomp",
    lemma: str = "say",
) -> Candidate:
    return Candidate(
        pattern=pattern,
        lemma=lemma,
        content=tuple(Span(*pair) for pair in content),
        cue=(Span(*cue),) if cue else (),
        source=(Span(*source),) if source else (),
        cue_at=cue[0] if cue else content[0][0],
    )


def kept(*scored: tuple[float, Candidate], threshold: float = 0.5) -> list[Candidate]:
    chosen = select([Scored(c, p, p) for p, c in scored], threshold=threshold)
    return [found for _, found in chosen]


def test_what_is_below_the_threshold_goes() -> None:
    one = candidate((0, 10), cue=(11, 15))
    assert kept((0.49, one)) == []
    assert kept((0.5, one)) == [one]


def test_the_likelier_of_two_rivals_stays() -> None:
    long, short = candidate((0, 20), cue=(21, 25)), candidate((5, 20), cue=(30, 34))
    assert kept((0.6, long), (0.9, short)) == [short]
    assert kept((0.9, long), (0.6, short)) == [long]


def test_one_cue_reports_once() -> None:
    one, other = candidate((0, 10), cue=(11, 15)), candidate((16, 30), cue=(11, 15))
    assert kept((0.8, one), (0.9, other)) == [other]


def test_candidates_without_a_cue_are_no_rivals_for_it() -> None:
    one, other = candidate((0, 10)), candidate((20, 30))
    assert set(kept((0.8, one), (0.9, other))) == {one, other}


def test_contents_that_only_touch_both_stay() -> None:
    one, other = candidate((0, 10), cue=(40, 44)), candidate((10, 20), cue=(50, 54))
    assert set(kept((0.8, one), (0.9, other))) == {one, other}


def test_a_gap_in_a_content_is_free() -> None:
    split = candidate((0, 10), (20, 30), cue=(31, 35))
    between = candidate((11, 19), cue=(40, 44))
    assert set(kept((0.8, split), (0.9, between))) == {split, between}


OUTER = candidate((10, 60), cue=(5, 9), source=(0, 4), lemma="report")
INNER = candidate((30, 60), cue=(25, 29), source=(15, 24))


def test_a_report_inside_a_report_is_kept_with_it() -> None:
    assert set(kept((0.9, OUTER), (0.8, INNER))) == {OUTER, INNER}


@pytest.mark.parametrize(
    "inner",
    [
        replace(INNER, source=()),
        replace(INNER, source=OUTER.source),
        replace(INNER, lemma="fear"),
        replace(INNER, cue=(Span(70, 74),)),
        replace(INNER, content=(Span(30, 65),)),
    ],
    ids=["no source", "the same source", "a thought", "a cue outside", "a content that runs out"],
)
def test_what_only_overlaps_a_report_is_not_nested(inner: Candidate) -> None:
    assert kept((0.9, OUTER), (0.8, inner)) == [OUTER]


def test_nothing_is_nested_in_direct_speech() -> None:
    direct = replace(OUTER, pattern="direct-after")
    assert kept((0.9, direct), (0.8, INNER)) == [direct]


@pytest.mark.parametrize("far", [0, 500, 511, 512, 1023, 100_000])
def test_rivals_meet_wherever_they_stand(far: int) -> None:
    one = candidate((far, far + 20), cue=(far + 21, far + 25))
    other = candidate((far + 19, far + 700), cue=(far + 701, far + 705))
    assert kept((0.9, one), (0.8, other)) == [one]


SPANS = st.builds(
    lambda start, length: (start, start + length),
    st.integers(min_value=0, max_value=60),
    st.integers(min_value=1, max_value=25),
)
CANDIDATES = st.builds(
    lambda content, cue, source, pattern, lemma: candidate(
        content, cue=cue, source=source, pattern=pattern, lemma=lemma
    ),
    SPANS,
    st.none() | SPANS,
    st.none() | SPANS,
    st.sampled_from(["ccomp", "ccomp-before", "direct-after", "dobj"]),
    st.sampled_from(["say", "report", "fear"]),
)
SCORED = st.builds(
    Scored,
    CANDIDATES,
    st.sampled_from([0.2, 0.4, 0.6, 0.8]),
    st.sampled_from([0.2, 0.4, 0.6, 0.8]),
)


def contains(outer: Candidate, inner: Candidate) -> bool:
    return all(any(part.within(span) for span in outer.content) for part in inner.content)


@given(st.lists(SCORED, max_size=12))
def test_no_word_in_two_contents_unless_nested_and_no_cue_twice(scored: list[Scored]) -> None:
    chosen = [found for _, found in select(scored, threshold=0.4)]
    for one, other in combinations(chosen, 2):
        shared = any(a.overlaps(b) for a in one.content for b in other.content)
        assert not shared or contains(one, other) or contains(other, one)
        assert not one.cue or one.cue != other.cue
    pool = [item.candidate for item in scored]
    assert all(found in pool for found in chosen)


@given(st.lists(SCORED, max_size=12))
def test_whatever_is_left_out_has_a_reason(scored: list[Scored]) -> None:
    """What is likely enough and in nobody's way is kept."""
    chosen = [found for _, found in select(scored, threshold=0.4)]
    cues = {found.cue for found in chosen if found.cue}
    for item in scored:
        in_the_way = item.candidate.cue in cues or any(
            a.overlaps(b) for found in chosen for a in found.content for b in item.candidate.content
        )
        assert item.candidate in chosen or item.probability < 0.4 or in_the_way


@given(st.data())
def test_the_order_of_the_candidates_makes_no_difference(data: st.DataObject) -> None:
    scored = data.draw(
        st.lists(
            SCORED,
            max_size=10,
            # Two candidates that agree in all of this are one proposal made twice.
            unique_by=lambda s: (s.candidate.hull, s.candidate.pattern, s.candidate.lemma),
        )
    )
    shuffled = data.draw(st.permutations(scored))
    assert select(shuffled, threshold=0.4) == select(scored, threshold=0.4)
