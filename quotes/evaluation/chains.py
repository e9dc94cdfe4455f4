"""Texts with coreference chains: GUM's CoNLL-U (Zeldes, 2017) and LitBank's brat standoff."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotes.errors import CorpusError
from quotes.nlp.coref_records import closed_entities

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KINDS: Final = {"PER": "person", "ORG": "organization", "LOC": "place", "GPE": "place"}
# Genres whose licence lets what is trained on them be shipped (CC BY, CC BY-SA, public domain).
FREE_GENRES: Final = frozenset(
    {"academic", "bio", "court", "interview", "news", "speech", "textbook", "voyage", "vlog"}
)


@dataclass(frozen=True, slots=True)
class GoldMention:
    """Words `[start, end)`, in code points, that refer to an entity of a kind such as `person`."""

    start: int
    end: int
    entity: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainedDocument:
    """A text with its mentions, in order."""

    name: str
    text: str
    mentions: tuple[GoldMention, ...]


def read_gum(path: Path) -> ChainedDocument:
    """Read one `.conllu` file; raises CorpusError where its brackets do not match."""
    text: list[str] = []
    size = 0
    tokens: dict[str, tuple[int, int]] = {}
    found: list[GoldMention] = []
    opened: dict[str, list[tuple[int, str]]] = {}
    gap = ""
    joined: list[str] = []
    for line in _lines(path):
        if line.startswith("# newpar"):
            gap = "\n\n" if text else ""
        elif line.startswith("# text ="):
            gap = gap or (" " if text else "")
        if not line or line.startswith("#"):
            continue
        number, form, *_, misc = line.split("\t")
        if "." in number:
            continue
        if "-" in number:
            first, last = map(int, number.split("-"))
            joined = [str(i) for i in range(first, last + 1)]
            text += [gap, form]
            size += len(gap) + len(form)
            tokens[joined[0]] = (size - len(form), size)
            gap = "" if "SpaceAfter=No" in misc else " "
            continue
        if number in joined:
            start, end = _part_of(tokens, joined, number, form)
        else:
            text += [gap, form]
            start, end = size + len(gap), size + len(gap) + len(form)
            size = end
            gap = "" if "SpaceAfter=No" in misc else " "
            joined = []
        tokens[number] = (start, end)
        for entity, kind, begin in closed_entities(misc, start, opened, path):
            found.append(GoldMention(begin, end, entity, kind))
    found.sort(key=lambda m: (m.start, -m.end))
    return ChainedDocument(name=path.stem, text="".join(text), mentions=tuple(found))


def _lines(path: Path) -> Iterator[str]:
    try:
        yield from path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read ({error})") from error


def _part_of(
    tokens: dict[str, tuple[int, int]], joined: list[str], number: str, form: str
) -> tuple[int, int]:
    """Return where a word stands inside a longer token such as "didn't"."""
    start, end = tokens[joined[0]]
    if number != joined[0]:
        start = tokens[joined[joined.index(number) - 1]][1]
        return start, max(start, end)
    return start, min(start + len(form), end)


def read_litbank(annotation: Path) -> ChainedDocument:
    """Read one `.ann` file of LitBank's coref/tsv with the `.txt` beside it.

    A line of the text is a sentence, its tokens stand apart by spaces.
    """
    lines = list(_lines(annotation.with_suffix(".txt")))
    places: list[list[tuple[int, int]]] = []
    at = 0
    for line in lines:
        places.append([(at + m.start(), at + m.end()) for m in re.finditer(r"\S+", line)])
        at += len(line) + 1
    spans: dict[str, tuple[int, int, str]] = {}
    chains: dict[str, str] = {}
    for line in _lines(annotation):
        parts = line.split("\t")
        if parts[0] == "MENTION":
            first_line, first, last_line, last = map(int, parts[2:6])
            span = places[first_line][first][0], places[last_line][last][1]
            spans[parts[1]] = (*span, _KINDS.get(parts[7], parts[7].lower()))
        elif parts[0] == "COREF":
            chains[parts[1]] = parts[2]
    found = [
        GoldMention(start, end, chains[key], kind)
        for key, (start, end, kind) in spans.items()
        if key in chains
    ]
    found.sort(key=lambda m: (m.start, -m.end))
    return ChainedDocument(name=annotation.stem, text="\n".join(lines), mentions=tuple(found))
