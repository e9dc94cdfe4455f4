"""What differs between two texts: in colour on a terminal, else in brackets, as wdiff has it."""

from __future__ import annotations

import os
import sys
from typing import Final

import click

ONLY_FIRST: Final = ("[-", "-]")
ONLY_SECOND: Final = ("{+", "+}")


def shows_colour() -> bool:
    """Tell whether stdout is a terminal that has colours and whose user wants them.

    See no-color.org; a terminal that calls itself dumb has none.
    """
    has_colours = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return has_colours and not os.environ.get("NO_COLOR")


def coloured(text: str, colour: str) -> str:
    """Return a word in bold and in this colour, as it stands where there are no colours."""
    return click.style(text, fg=colour, bold=True) if shows_colour() else text


def emphasised(
    text: str, brackets: tuple[str, str], colour: str, *, is_struck: bool = False
) -> str:
    """Return words underlined, or struck out, in this colour, or else in brackets."""
    if not shows_colour():
        return brackets[0] + text + brackets[1]
    style = {"strikethrough" if is_struck else "underline": True}
    return click.style(text, fg=colour, **style)
