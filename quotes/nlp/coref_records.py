"""Chains of a CoNLL-U corpus such as GUM (Zeldes, 2017), as Stanza's trainer reads them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from quotes.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# "(3-person-new-…" opens, "(3-person-new-…)" is one token's, "3)" closes.
_ENTITY: Final = re.compile(
    r"\((?P<open>[^-()]+)-(?P<kind>[^-()]+)[^()]*(?P<one>\))?|(?P<close>[^-()]+)\)"
)
_COLUMNS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceWords:
    """A sentence's words, the place of each one's head (None: root), its relation, and mentions.

    A mention is (entity, kind, first word, last word), places counted within the sentence.
    """

    words: list[str] = field(default_factory=list)
    heads: list[int | None] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    mentions: list[tuple[str, str, int, int]] = field(default_factory=list)


def coref_records(path: Path, *, kind: str | None = "person") -> list[dict[str, Any]]:
    """Return the texts of a file, or of all in a folder, that have a chain of a kind of entity.

    `kind` None takes every entity. Raises CorpusError where a file cannot be read, is no CoNLL-U,
    or its brackets do not match.
    """
    files = sorted(path.glob("*.conllu")) if path.is_dir() else [path]
    found = [
        coref_record(name, sentences, kind=kind)
        for file in files
        for name, sentences in read_words(file)
    ]
    return [record for record in found if record["word_clusters"]]


def read_words(path: Path) -> list[tuple[str, list[SentenceWords]]]:
    """Read the texts of one `.conllu` file, which begin at `# newdoc`, each with its name.

    Mentions are those of `Entity=` in the last column. Raises CorpusError as `coref_records` does.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read ({error})") from error
    texts: list[tuple[str, list[SentenceWords]]] = [(path.stem, [])]
    current = SentenceWords()
    opened: dict[str, list[tuple[int, str]]] = {}
    for number, line in enumerate([*lines, ""], start=1):
        if not line and current.words:
            texts[-1][1].append(current)
            current = SentenceWords()
        if line.startswith("# newdoc"):
            texts.append((line.partition("=")[2].strip() or f"{path.stem} {len(texts)}", []))
            opened = {}
        if not line or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != _COLUMNS:
            raise CorpusError(f"{path}:{number} has {len(columns)} columns, not {_COLUMNS}")
        identifier, form, *_, head, relation, _, misc = columns
        if not identifier.isdecimal():
            continue
        at = len(current.words)
        current.words.append(form)
        current.heads.append(int(head) - 1 if head.isdecimal() and head != "0" else None)
        current.relations.append(relation)
        for entity, of_kind, first in closed_entities(misc, at, opened, path):
            current.mentions.append((entity, of_kind, first, at))
    return [text for text in texts if text[1]]


def closed_entities(
    misc: str, at: int, opened: dict[str, list[tuple[int, str]]], path: Path
) -> Iterator[tuple[str, str, int]]:
    """Open in `opened` what opens at a word; yield entity, kind and place of what closes there."""
    marks = next((p for p in misc.split("|") if p.startswith("Entity=")), "")
    for mark in _ENTITY.finditer(marks.removeprefix("Entity=")):
        if mark["close"] is None:
            opened.setdefault(mark["open"], []).append((at, mark["kind"]))
        if mark["close"] is not None or mark["one"]:
            entity = mark["close"] or mark["open"]
            if not opened.get(entity):
                raise CorpusError(f"{path} closes entity {entity} that is not open")
            begin, kind = opened[entity].pop()
            yield entity, kind, begin


def coref_record(
    name: str, sentences: Iterable[SentenceWords], *, kind: str | None
) -> dict[str, Any]:
    """Return a text as the trainer reads it, with the chains of one kind of entity, or of all.

    A chain has two mentions or more. Of mentions with one head the longest is kept.
    """
    words: list[str] = []
    sent_id: list[int] = []
    heads: list[int | str] = []
    deprel: list[str] = []
    chains: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        base = len(words)
        words += sentence.words
        sent_id += [number] * len(sentence.words)
        heads += [base + head if head is not None else "null" for head in sentence.heads]
        deprel += sentence.relations
        for entity, of_kind, first, last in sentence.mentions:
            if kind is None or of_kind == kind:
                head = _head(sentence.heads, first, last)
                chains[entity].append((base + head, base + first, base + last + 1))
    kept = _kept(chains.values())
    return {
        "document_id": name,
        "cased_words": words,
        "sent_id": sent_id,
        "part_id": 0,
        "deprel": deprel,
        "head": heads,
        "span_clusters": [[[start, end] for _, start, end in chain] for chain in kept],
        "word_clusters": [[head for head, _, _ in chain] for chain in kept],
        "head2span": sorted([head, start, end] for chain in kept for head, start, end in chain),
        "lang": "en",
    }


def _kept(chains: Iterable[list[tuple[int, int, int]]]) -> list[list[tuple[int, int, int]]]:
    """Let each word lead one mention, the longest of its chain; leave out chains of one."""
    out = []
    taken: set[int] = set()
    for chain in chains:
        longest: dict[int, tuple[int, int]] = {}
        for head, start, end in chain:
            known = longest.get(head)
            if head not in taken and (known is None or end - start > known[1] - known[0]):
                longest[head] = (start, end)
        if len(longest) > 1:
            taken |= set(longest)
            out.append(sorted((head, *span) for head, span in longest.items()))
    return sorted(out)


def _head(heads: list[int | None], first: int, last: int) -> int:
    """Return the first word of a phrase whose own head lies outside it."""
    for at in range(first, last + 1):
        above = heads[at]
        if above is None or not first <= above <= last:
            return at
    return first
