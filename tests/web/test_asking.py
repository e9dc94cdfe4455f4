from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from quotes.errors import MalformedQuery
from quotes.store.values import Filter
from quotes.web.asking import cursor_of, filter_of, limit_of, number_of, text_of


def test_nothing_asked_is_no_filter() -> None:
    asked = filter_of(QueryParams("speaker=&kind=&since="))
    assert asked.which == Filter()
    assert not asked.is_filtered


def test_every_filter_of_list_is_read() -> None:
    asked = filter_of(
        QueryParams(
            "speaker=Marsh&via=Buoy&kind=mixed&act=speech&act=thought&status=rejected&source=ferry"
            "&since=2025-02-01&until=2025-02-03&contains=wet&min_confidence=0.5"
        )
    )
    assert asked.which == Filter(
        speaker="Marsh",
        via="Buoy",
        kind="mixed",
        act=("speech", "thought"),
        status=("rejected",),
        source="ferry",
        since=datetime(2025, 2, 1, tzinfo=UTC),
        until=datetime(2025, 2, 4, tzinfo=UTC),
        contains="wet",
        min_confidence=0.5,
    )


@pytest.mark.parametrize(
    "query",
    [
        "kind=shouted",
        "act=speech&act=sung",
        "status=lost",
        "since=yesterday",
        "until=2025-13-01",
        "min_confidence=2",
        "min_confidence=nan",
        "min_confidence=x",
        "speaker=" + "a" * 501,
    ],
)
def test_what_is_no_filter_is_refused_in_one_line(query: str) -> None:
    with pytest.raises(MalformedQuery) as refused:
        filter_of(QueryParams(query))
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("limit", ["0", "-1", "201", "1e3", "٣", "9" * 400])
def test_a_limit_is_a_small_number(limit: str) -> None:
    with pytest.raises(MalformedQuery):
        limit_of(QueryParams({"limit": limit}), 50)


def test_what_no_database_keeps_is_left_out() -> None:
    assert text_of(QueryParams({"q": "a\0b\ud800c"}), "q") == "abc"


@given(st.text())
def test_any_text_is_a_place_or_is_refused(text: str) -> None:
    params = QueryParams({"after": text, "limit": text})
    for read in (cursor_of, lambda asked: limit_of(asked, 50), lambda a: number_of(a, "after")):
        with suppress(MalformedQuery):
            read(params)
