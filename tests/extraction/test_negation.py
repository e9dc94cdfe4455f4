"""What was not said, or not yet, is no quotation; what was denied is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.extraction.conftest import Tell

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        "Ada Marsh declined to comment.",
        "Ada Marsh declined to comment on the ferry's future.",
        "Ada Marsh did not say whether the ferry would sail.",
        "Ada Marsh has not said when the ferry will sail.",
        "Ada Marsh would not say when the ferry would sail.",
        "Ada Marsh refused to say when the ferry would sail.",
        "Ada Marsh never said that the ferry was safe.",
        "Ada Marsh will say on Friday whether the ferry sails.",
        "Ada Marsh could not be reached for comment.",
        "Ada Marsh has yet to say whether the ferry will sail.",
        "Ada Marsh is expected to announce that the ferry will be sold.",
        "Nobody said that the ferry was safe.",
    ],
)
def test_what_was_not_said(tell: Tell, text: str) -> None:
    assert tell(text) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ada Marsh denied that the ferry was late.", "that the ferry was late"),
        ("Ada Marsh said that the ferry would not sail.", "that the ferry would not sail"),
        ("Ada Marsh does not believe that the ferry is safe.", "that the ferry is safe"),
    ],
)
def test_what_was_said_of_what_is_not(tell: Tell, text: str, content: str) -> None:
    (told,) = tell(text)
    assert told.content == (content,)
