"""Universal Dependencies treebanks (CoNLL-U), read and laid out as Stanza's trainers want them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_NAMED = {"person": "PERSON", "organization": "ORG", "place": "GPE"}
# GUM opens a mention with "(7-person-…" and closes it with "7)"; "(7-person-…)" does both.
_BRACKET = re.compile(r"\((\d+)-([a-z]+)[^()]*(\))?|(\d+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TreebankWord:
    """One syntactic word: its ten columns, and its entity tag (BIO, O for none)."""

    columns: tuple[str, ...]
    entity: str = "O"

    @property
    def form(self) -> str:
        return self.columns[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreebankToken:
    """One token of the text; several words where it is a multi-word token such as "didn't"."""

    form: str
    words: tuple[TreebankWord, ...]
    space_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TreebankSentence:
    """One sentence; `opens` where a paragraph or a document begins with it."""

    tokens: tuple[TreebankToken, ...]
    opens: bool = False

    @property
    def words(self) -> list[TreebankWord]:
        return [word for token in self.tokens for word in token.words]


@dataclass(slots=True)
class _Open:
    """A sentence that is being read."""

    rows: list[list[str]] = field(default_factory=list)
    opens: bool = False


def read_treebank(path: Path) -> list[TreebankSentence]:
    """Read a CoNLL-U file, or every one in a folder in the order of their names.

    Entities are read from `NER=` in the last column (BIO or BIOES); where a text has none, from
    GUM's `Entity=`, of which the names of people, organisations and places are kept. Raises
    CorpusError where nothing is there or a line is not CoNLL-U.
    """
    files = sorted(path.glob("*.conllu")) if path.is_dir() else [path]
    if not files:
        raise CorpusError(
            f"there are no .conllu files in {path}", hint="name a folder that has some"
        )
    sentences: list[TreebankSentence] = []
    for file in files:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or error
            raise CorpusError(
                f"{file} cannot be read ({reason})", hint="see that it is there"
            ) from error
        sentences.extend(_sentences(file, text))
    if not sentences:
        raise CorpusError(f"{path} holds no sentence", hint="a treebank in CoNLL-U is needed")
    return sentences


def _sentences(file: Path, text: str) -> Iterator[TreebankSentence]:
    current = _Open(opens=True)
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.startswith(("# newpar", "# newdoc")):
            current.opens = True
        elif line and not line.startswith("#"):
            row = line.split("\t")
            if len(row) != 10:
                raise CorpusError(
                    f"{file}, line {number}, has {len(row)} columns and not 10",
                    hint="CoNLL-U has ten, divided by tabs",
                )
            if "." not in row[0]:
                current.rows.append(row)
        elif not line and current.rows:
            try:
                yield TreebankSentence(tokens=tuple(_tokens(current.rows)), opens=current.opens)
            except (ValueError, IndexError) as error:
                raise CorpusError(
                    f"{file}: the sentence before line {number} has odd numbers ({error})",
                    hint="words are numbered from 1, multi-word tokens as 1-2",
                ) from error
            current = _Open()


def _tokens(rows: Sequence[list[str]]) -> Iterator[TreebankToken]:
    plain = [row for row in rows if "-" not in row[0]]
    if [int(row[0]) for row in plain] != list(range(1, len(plain) + 1)):
        raise ValueError("not 1, 2, 3 …")
    if any(not 0 <= int(row[6]) <= len(plain) for row in plain):
        raise ValueError("a head outside")
    entities = _entities(plain)
    words = [
        TreebankWord(columns=(*row[:8], "_", "_"), entity=entity)
        for row, entity in zip(plain, entities, strict=True)
    ]
    last = 0
    for row in rows:
        first, _, end = row[0].partition("-")
        if int(first) <= last:
            continue
        last = int(end or first)
        yield TreebankToken(
            form=row[1],
            words=tuple(words[int(first) - 1 : last]),
            space_after="SpaceAfter=No" not in row[9].split("|"),
        )


def _entities(rows: Sequence[list[str]]) -> list[str]:
    marked = [_misc(row, "NER") or "O" for row in rows]
    if any(mark != "O" for mark in marked):
        return [re.sub("^S-", "B-", re.sub("^E-", "I-", mark)) for mark in marked]
    tags = ["O"] * len(rows)
    for first, last, kind in _mentions(rows):
        inside = range(first, last + 1)
        heads = [at for at in inside if not first <= int(rows[at][6]) - 1 <= last]
        if kind not in _NAMED or not heads or rows[heads[0]][3] != "PROPN":
            continue
        start = end = heads[0]
        while start > first and rows[start - 1][3] == "PROPN":
            start -= 1
        while end < last and rows[end + 1][3] == "PROPN":
            end += 1
        if all(tag == "O" for tag in tags[start : end + 1]):
            tags[start : end + 1] = [f"B-{_NAMED[kind]}", *[f"I-{_NAMED[kind]}"] * (end - start)]
    return tags


def _mentions(rows: Sequence[list[str]]) -> list[tuple[int, int, str]]:
    """Return GUM's mentions as first and last word with their kind, the longest first."""
    found = []
    open_: dict[str, list[tuple[int, str]]] = {}
    for at, row in enumerate(rows):
        for number, kind, whole, closing in _BRACKET.findall(_misc(row, "Entity")):
            if whole:
                found.append((at, at, kind))
            elif kind:
                open_.setdefault(number, []).append((at, kind))
            elif open_.get(closing):
                first, kind = open_[closing].pop()
                found.append((first, at, kind))
    return sorted(found, key=lambda one: one[0] - one[1])


def _misc(row: Sequence[str], key: str) -> str:
    values = (item.partition("=") for item in row[9].split("|"))
    return next((value for name, _, value in values if name == key), "")


def as_conllu(sentences: Iterable[TreebankSentence]) -> str:
    """Return the sentences as CoNLL-U, without comments and the last two columns."""
    lines: list[str] = []
    for sentence in sentences:
        number = 1
        for token in sentence.tokens:
            if len(token.words) > 1:
                span = f"{number}-{number + len(token.words) - 1}"
                lines.append("\t".join((span, token.form, *"________")))
            lines.extend("\t".join(word.columns) for word in token.words)
            number += len(token.words)
        lines.append("")
    return "\n".join(lines) + "\n"


def as_characters(sentences: Iterable[TreebankSentence]) -> tuple[str, str]:
    """Return the running text, and what ends at each of its characters as Stanza numbers it.

    0 nothing, 1 a token, 2 a sentence, 3 a multi-word token, 4 a sentence with one.
    """
    text: list[str] = []
    labels: list[str] = []
    for sentence in sentences:
        if text:
            gap = "\n\n" if sentence.opens else " "
            text.append(gap)
            labels.append("\n\n" if sentence.opens else "0")
        for at, token in enumerate(sentence.tokens):
            last = at == len(sentence.tokens) - 1
            end = (3 if len(token.words) > 1 else 1) + last
            space = " " if token.space_after and not last else ""
            text.append(token.form + space)
            labels.append("0" * (len(token.form) - 1) + str(end) + "0" * len(space))
    return "".join(text) + "\n", "".join(labels) + "\n"


def multiwords(sentences: Iterable[TreebankSentence]) -> list[list[object]]:
    """Return each multi-word token with its words and how often it stands so."""
    counts = Counter(
        (token.form, tuple(word.form for word in token.words))
        for sentence in sentences
        for token in sentence.tokens
        if len(token.words) > 1
    )
    return [[[form, list(words)], count] for (form, words), count in counts.items()]


def entity_rows(sentences: Iterable[TreebankSentence]) -> list[list[dict[str, str]]]:
    """Return the words with their entity tags, sentence by sentence."""
    return [
        [{"text": word.form, "ner": word.entity} for word in sentence.words]
        for sentence in sentences
    ]
