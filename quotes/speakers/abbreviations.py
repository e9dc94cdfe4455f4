"""Abbreviations that a text introduces.

In parentheses, after Schwartz and Hearst (2003), or by "or".
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_INTRODUCTION: Final = re.compile(r"\((?:the )?[“\"']?([A-Z][A-Za-z0-9&.]{1,9})[”\"']?\)")
# "the Norland Farmers' Union, or NFU,": the words say so, whatever the letters stand for. No word
# has more than forty letters; without that, a run of capitals would take the square of its length.
_OR: Final = re.compile(
    r"(?P<long>(?:[A-Z][\w’'&.-]{0,40}\s(?:of\s|for\s|the\s|and\s|in\s)*){1,6}"
    r"[A-Z][\w’'-]{0,40}),\s"
    r"(?:or|known as|abbreviated as)\s(?:the\s)?[“\"']?(?P<short>[A-Z][A-Za-z0-9&.]{1,9})"
    r"[”\"']?(?=[,.;)])"
)
_WORD: Final = re.compile(r"\S+")


class Abbreviation(NamedTuple):
    """A short form with its own offsets and those of the long form before it."""

    short: str
    start: int
    end: int
    long_start: int
    long_end: int


def find_abbreviations(text: str) -> list[Abbreviation]:
    """Return the abbreviations that the text introduces, in order."""
    found = []
    for match in _INTRODUCTION.finditer(text):
        short = match.group(1).rstrip(".")
        if sum(letter.isupper() for letter in short) < 2:
            continue
        start = _long_form_start(text, match.start(), short.replace(".", "").replace("&", ""))
        if start is not None:
            end = match.start() - 1
            while text[end].isspace():
                end -= 1
            end += 1
            span = match.span(1)
            found.append(Abbreviation(short, span[0], span[0] + len(short), start, end))
    for match in _OR.finditer(text):
        short = match["short"].rstrip(".")
        if sum(letter.isupper() for letter in short) >= 2:
            at = match.start("short")
            found.append(Abbreviation(short, at, at + len(short), *match.span("long")))
    return sorted(found, key=lambda one: one.start)


def _long_form_start(text: str, paren: int, short: str) -> int | None:
    """Return where the words begin that the letters stand for, or None where they do not fit."""
    room = min(len(short) + 5, len(short) * 2)
    line = text.rfind("\n", 0, paren) + 1
    line = max(line, paren - 40 * room)
    words = list(_WORD.finditer(text, line, paren))[-room:]
    if not words:
        return None
    low, position = words[0].start(), paren - 1
    for number in range(len(short) - 1, -1, -1):
        letter = short[number].lower()
        while position >= low and not (
            text[position].lower() == letter
            and (number > 0 or position == low or not text[position - 1].isalnum())
        ):
            position -= 1
        if position < low:
            return None
        position -= 1
    return position + 1
