"""Text of a source made fit to be shown: nothing in it steers a terminal or a page."""

from __future__ import annotations


def printable(text: str) -> str:
    """Return the text on one line, control characters and terminal escapes made visible."""
    return visible(" ".join(text.split()))


def visible(text: str, *, keep: str = "") -> str:
    """Return the text with control characters made visible, except those in `keep`."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in keep else _shown(c) for c in text)


def _shown(character: str) -> str:
    return " " if character.isspace() else f"\\x{ord(character):02x}"
