"""Speakers decided by reading: one line for each source mention of a corpus."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from quotes.errors import CorpusError

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ["document", "start", "end", "mention", "speaker", "names"]
NOBODY = "-"


class MentionType(StrEnum):
    """What a source mention is, by its head."""

    FULL = "full"
    PART = "part"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"
    RELATIVE = "relative"


class Sort(StrEnum):
    """What speaks: beside the kinds of speakers, a thing such as a report or a poll."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    UNNAMED = "unnamed"
    THING = "thing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who speaks where a source mention `[start, end)` stands.

    `names` holds a tuple for each speaker, several where they speak together; each has the forms
    of the name that are right, the fullest of the text first. It is empty where the text names
    nobody.
    """

    document: str
    start: int
    end: int
    mention: MentionType
    sort: Sort
    names: tuple[tuple[str, ...], ...]


def read_decisions(path: Path) -> list[Decision]:
    """Return the decisions of a file; raises CorpusError with the line that is none.

    Names that speak together are joined by `&`, forms of one name by `|`; `-` is nobody.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read ({error})") from error
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if rows.fieldnames != COLUMNS:
        raise CorpusError(f"{path} has other columns", hint="begin it with " + ", ".join(COLUMNS))
    decisions = []
    for number, row in enumerate(rows, 2):
        try:
            decisions.append(_decision(row))
        except (AttributeError, TypeError, ValueError) as error:
            raise CorpusError(f"{path}, line {number}: {error}") from error
    return decisions


def _decision(row: dict[str, str]) -> Decision:
    names = row["names"]
    if not names:
        raise ValueError("it has no name; write - where the text names nobody")
    together = () if names == NOBODY else tuple(tuple(n.split("|")) for n in names.split("&"))
    return Decision(
        document=row["document"],
        start=int(row["start"]),
        end=int(row["end"]),
        mention=MentionType(row["mention"]),
        sort=Sort(row["speaker"]),
        names=together,
    )
