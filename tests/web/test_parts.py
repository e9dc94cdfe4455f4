from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.web import parts
from quotes.web.parts import numbered

if TYPE_CHECKING:
    from starlette.testclient import TestClient


@pytest.fixture(autouse=True, scope="module")
def short() -> object:
    """Parts of 100 characters, so that the articles of the tests have some."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "LENGTH", 100)
        patch.setattr(parts, "_ROOM", 30)
        yield


def all_of(text: str) -> list[parts.Part]:
    return [numbered(text, number + 1) for number in range(numbered(text, 1).of)]


@given(st.text(alphabet="ab .\n\r", max_size=2_000))
def test_parts_are_the_text_in_order_and_hold_their_offsets(text: str) -> None:
    found = all_of(text)
    assert "".join(text[one.start : one.end] for one in found) == text
    assert all(one.end == other.start for one, other in pairwise(found))
    assert all(one.end - one.start <= 2 * 100 for one in found)
    for one in found:
        for offset in {one.start, (one.start + one.end) // 2, max(one.start, one.end - 1)}:
            assert parts.at(text, offset) == one
        assert all(one.start <= low < high <= one.end for low, high in parts.places(text, one))


def test_a_part_ends_with_a_paragraph_or_else_with_a_line_or_a_word() -> None:
    for end in ("\n\n", "\n", " "):
        text = "a" * 120 + end + "b" * 200
        assert numbered(text, 1).end == 120 + len(end)
    assert numbered("a" * 1_000, 1).end == 100


def test_no_number_and_one_too_large_lead_to_an_end() -> None:
    text = "a" * 1_000
    assert numbered(text, 0) == numbered(text, 1)
    assert numbered(text, 99) == all_of(text)[-1]


def test_every_quotation_of_a_long_source_stands_in_a_part(reader: TestClient) -> None:
    source = max(
        reader.get("/api/v1/sources").json()["sources"], key=lambda one: one["quotations"]
    )["id"]
    whole = reader.get(f"/api/v1/sources/{source}").json()
    numbers = [part.number for part in all_of(whole["text"])]
    pages = [reader.get(f"/sources/{source}?part={number}").text for number in numbers]
    assert len(pages) > 1
    assert f"Part 2 of {len(pages)}" in pages[1]
    shown = {id_ for page in pages for id_ in re.findall(r'id="(q_\w+)"', page)}
    assert shown == {one["id"] for one in whole["records"]}
    last = whole["records"][-1]
    chosen = reader.get(f"/sources/{source}?q={last['id']}").text
    assert f"Part {parts.at(whole['text'], last['content']['start']).number} of" in chosen
    assert f'data-panel="{last["id"]}"' in chosen


def test_a_quotation_of_a_long_source_is_edited_in_its_part(writer: TestClient) -> None:
    one = writer.get("/api/v1/quotations?limit=200").json()["quotations"][-1]
    page = writer.get(f"/quotations/{one['id']}/edit").text
    start = one["content"]["start"]
    assert f'data-at="{start}"' in page
    text = writer.get(f"/api/v1/sources/{one['document']['id']}").json()["text"]
    part = parts.at(text, start)
    offsets = [int(found) for found in re.findall(r'data-at="(\d+)"', page)]
    assert part.start <= min(offsets) <= max(offsets) < part.end
