"""The URLs with text fragments in a real Chromium: it scrolls to the passage, and to no other."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import pytest

from quotes.links import with_text_fragment
from quotes.spans import Span
from tests.chromium import chromium, needs_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.slow, needs_chromium]

FILLER = "\n".join(
    f"On day {n} the ferry sailed at noon, and nobody said a word." for n in range(150)
)
SAID = {
    "plain": "“The bridge opens in May,” the harbour master said.",
    "signs": "“50 % – or more-than-half, & a comma,” wrote Brandt; “#1: ‘yes’?”",
    "accents": "« Ce n’est pas vrai », déclara Zoë Ångström à 10 % près.",
    "script": "「橋は五月に開きます」と港長は言った。",
    "markup": "<b>“No <i>tolls</i>,”</b> the sign read &amp; the mayor repeated.",
    "long": " ".join(
        f"“We counted boat {n},” she said, and went on to the next one." for n in range(12)
    ),
}
TWICE = "“Yes,” said the captain."
TEXT = "\n".join(
    [
        "The clerk agreed with the mayor. " + TWICE,
        FILLER,
        *(part for said in SAID.values() for part in (said, FILLER)),
        "The boatmen agreed with the clerk. " + TWICE,
        FILLER,
    ]
)
# What of the page is in the window, as the lines that are.
IN_SIGHT = """() => [...document.querySelectorAll("p")].flatMap((line, number) => {
    const box = line.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight ? [number] : [];
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an article whose lines are its paragraphs."""
    path: Path = tmp_path_factory.mktemp("fragments") / "article.html"
    lines = "\n".join(f"<p>{html.escape(line)}</p>" for line in TEXT.split("\n"))
    path.write_text(f"<!doctype html><meta charset=utf-8><title>Ferry</title>\n{lines}\n")
    return path.as_uri()


def in_sight(browser: Browser, address: str) -> list[int]:
    """Return the numbers of the lines that are in the window once the page is open."""
    with browser.new_page(viewport={"width": 900, "height": 500}) as opened:
        opened.goto(address)
        opened.wait_for_function("() => window.scrollY > 0")
        seen: Any = opened.evaluate(IN_SIGHT)
    return list(seen)


def line_of(offset: int) -> int:
    return TEXT.count("\n", 0, offset)


@pytest.mark.parametrize("name", SAID)
def test_it_scrolls_to_the_passage(browser: Browser, page: str, name: str) -> None:
    start = TEXT.index(SAID[name])
    address = with_text_fragment(page, TEXT, (Span(start, start + len(SAID[name])),))
    assert line_of(start) in in_sight(browser, address)


def test_of_two_passages_in_the_same_words_it_takes_the_right_one(
    browser: Browser, page: str
) -> None:
    start = TEXT.rindex(TWICE)
    address = with_text_fragment(page, TEXT, (Span(start, start + len("“Yes,”")),))
    assert line_of(start) in in_sight(browser, address)


def test_a_part_of_a_line_and_one_over_several_lines(browser: Browser, page: str) -> None:
    start = TEXT.index("opens in May")
    address = with_text_fragment(page, TEXT, (Span(start, start + len("opens in May")),))
    assert line_of(start) in in_sight(browser, address)
    over = TEXT.index("the harbour master said.")
    address = with_text_fragment(page, TEXT, (Span(over, over + 120),))
    assert line_of(over) in in_sight(browser, address)
