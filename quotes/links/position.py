"""Lines and columns of offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text, both numbers from 1, the column in code points."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


def position(text: str, offset: int) -> Position:
    """Return the line and column of an offset; lines end with LF, CR LF or CR."""
    line, start = 1, 0
    for match in LINE_END.finditer(text):
        if match.end() > offset:
            break
        line, start = line + 1, match.end()
    return Position(line, offset - start + 1)
