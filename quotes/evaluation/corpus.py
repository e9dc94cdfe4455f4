"""Annotated corpora in PolNeAR's layout: `text/BASE.txt` with `attributions/BASE_xxxx.ann`.

A folder of brat, which has `BASE.txt` and `BASE.ann` side by side, is read as well.
Beyond PolNeAR, an annotation may say more of an event `E1`: its kind (`A1<tab>Kind E1 direct`), its
act (`A2<tab>Act E1 speech`) and its speaker (`#1<tab>Speaker E1<tab>Ishiba Shigeru`). In a corpus
that names any speaker, an event without one is an attribution whose speaker cannot be known.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from quotes.errors import CorpusError
from quotes.evaluation.brat import Event, parse_standoff
from quotes.quotation import Act, Kind

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.spans import Spans

LAYOUT = (
    "a corpus folder holds text/*.txt and attributions/*_xxxx.ann, as PolNeAR does, "
    "or *.txt and *.ann, as brat does"
)
ANNOTATOR = re.compile(r"(?P<base>.+)_....", re.DOTALL)

Choice = TypeVar("Choice", Kind, Act)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuotation:
    """One annotated attribution; `kind`, `act` and `speaker` are None where not annotated."""

    content: Spans
    cue: Spans = ()
    source: Spans = ()
    kind: Kind | None = None
    act: Act | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """One text with its annotations."""

    name: str
    text: str
    quotations: tuple[GoldQuotation, ...]

    @property
    def words(self) -> int:
        """The number of words between white space."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Annotated documents by name, and the digest of the files they were read from."""

    path: Path
    documents: tuple[GoldDocument, ...]
    digest: str
    names_speakers: bool


def read_corpus(path: Path, *, limit: int | None = None) -> Corpus:
    """Read the first `limit` documents in the order of their names, or all.

    Where a text has several annotators, the first by file name counts. Raises CorpusError.
    """
    if not path.is_dir():
        raise CorpusError(f"{path} is no folder", hint=LAYOUT)
    if any(path.glob("*.ann")):
        texts = annotations = path
        by_base = {found.stem: found for found in path.glob("*.ann")}
    else:
        texts, annotations = path / "text", path / "attributions"
        if not texts.is_dir() or not annotations.is_dir():
            raise CorpusError(f"{path} is not laid out as a corpus", hint=LAYOUT)
        by_base = _annotations_by_base(annotations)
    chosen = sorted(texts.glob("*.txt"), key=str)[:limit]
    if not chosen:
        raise CorpusError(f"{texts} holds no .txt files", hint=LAYOUT)
    digest = hashlib.sha256()
    documents = []
    for text in chosen:
        if text.stem not in by_base:
            raise CorpusError(f"{text} has no annotations in {annotations}", hint=LAYOUT)
        documents.append(read_annotation(text, by_base[text.stem], digest))
    return Corpus(
        path=path,
        documents=tuple(documents),
        digest="sha256:" + digest.hexdigest(),
        names_speakers=any(q.speaker for d in documents for q in d.quotations),
    )


def _annotations_by_base(folder: Path) -> dict[str, Path]:
    first: dict[str, Path] = {}
    for path in sorted(folder.glob("*.ann"), key=str):
        if match := ANNOTATOR.fullmatch(path.stem):
            first.setdefault(match["base"], path)
    return first


def read_annotation(text: Path, annotation: Path, digest: hashlib._Hash) -> GoldDocument:
    decoded = []
    for path in (text, annotation):
        try:
            raw = path.read_bytes()
            decoded.append(raw.decode("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(f"{path} cannot be read ({error})") from error
        # Name and length keep two corpora apart whose files only flow together the same.
        digest.update(f"{path.name}\n{len(raw)}\n".encode())
        digest.update(raw)
    lines = re.split("\r\n|\r|\n", decoded[1])
    events = parse_standoff(lines, name=str(annotation))
    quotations = [_gold(event, name=str(annotation)) for event in events if _has_content(event)]
    return GoldDocument(name=text.stem, text=decoded[0], quotations=tuple(quotations))


def _has_content(event: Event) -> bool:
    return bool(event.roles.get("Content"))


def _gold(event: Event, *, name: str) -> GoldQuotation:
    return GoldQuotation(
        content=event.roles["Content"],
        cue=event.roles.get("Cue", ()),
        source=event.roles.get("Source", ()),
        kind=_choice(Kind, event.attributes.get("Kind"), name=name),
        act=_choice(Act, event.attributes.get("Act"), name=name),
        speaker=event.notes.get("Speaker") or None,
    )


def _choice(choices: type[Choice], value: str | None, *, name: str) -> Choice | None:
    if value is None:
        return None
    try:
        return choices(value)
    except ValueError as error:
        known = ", ".join(choices)
        raise CorpusError(
            f"{name} has {choices.__name__} {value!r}", hint=f"use {known}"
        ) from error
