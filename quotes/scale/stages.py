"""The stages of a text's way, each with what it is given and what it makes of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache, partial
from html import escape
from typing import TYPE_CHECKING, Any, Final

from quotes.anchoring import anchor
from quotes.documents.document import Document, Input
from quotes.documents.reading import read_source
from quotes.exports import FORMATS, load_exporter
from quotes.exports.exporter import Setting
from quotes.extraction import load_extractor
from quotes.extraction.layout import furniture_starts
from quotes.extraction.marks import marked_passages
from quotes.extraction.turns import turns
from quotes.nlp.copied import copied
from quotes.nlp.paragraphs import paragraphs
from quotes.nlp.pieces import pieces_of
from quotes.pipeline import Result, load
from quotes.scale.shapes import BLOCK, NAMES, turned
from quotes.speakers import DEFAULT_RESOLVER, load_resolver
from quotes.store import Store, queries
from quotes.store.models import RunStatus
from quotes.store.paging import of_version
from quotes.store.speaker_book import SpeakerBook
from quotes.store.writer import finish_run, save, start_run
from quotes.vectors.sentences import sentences
from quotes.verification.verify import verify
from quotes.web import parts
from quotes.web.highlight import marked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import TracebackType

    from spacy.tokens import Doc

    from quotes.documents.document import Skipped
    from quotes.nlp.parser import Parser
    from quotes.quotation import Quotation
    from quotes.scale.shapes import Shape
    from quotes.spans import Span, Spans
    from quotes.verification.verdict import Verdict


class NotTried(Exception):
    """A stage before this one made nothing at this size."""


@dataclass(slots=True, kw_only=True)
class Case:
    """A text of one shape and size, and by the stage's name what stages made of it so far."""

    shape: Shape
    size: int
    text: str
    folder: Path
    made: dict[str, Any] = field(default_factory=dict)
    _store: Store | None = None

    @classmethod
    def of(cls, shape: Shape, size: int, folder: Path) -> Case:
        return cls(shape=shape, size=size, text=shape.text(size), folder=folder)

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._store is not None:
            self._store.close()
            for path in self.folder.glob("growth.db*"):
                path.unlink()

    def of_stage(self, name: str) -> Any:
        """Return what a stage made; raises NotTried where it made nothing."""
        if name not in self.made:
            raise NotTried(name)
        return self.made[name]

    def doc(self) -> Doc:
        """Return the text's parse; that of a long one is its block's again and again."""
        if "doc" not in self.made:
            self.made["doc"] = self._parsed()
        doc: Doc = self.made["doc"]
        return doc

    def store(self) -> Store:
        """Return a new database."""
        if self._store is None:
            self._store = Store(f"sqlite:///{self.folder / 'growth.db'}", create=True)
        return self._store

    def _parsed(self) -> Doc:
        parser = load_parser()
        if self.size <= BLOCK:
            return parser.parse(self.text)
        block = parser.parse(self.shape.block())
        return copied(block, range(self.shape.copies(self.size)), self._renamed)

    def _renamed(self, word: str, number: int) -> str:
        return turned(word, number) if self.shape.people and word in NAMES else word


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: `given` is made before the clock runs, `run` is what is timed."""

    name: str
    run: Callable[[Any], Any]
    given: Callable[[Case], Any] = lambda case: case.text


@cache
def load_parser() -> Parser:
    """Return the parser, loaded once."""
    return load("spacy").parser


def _as_text(case: Case) -> Input:
    return Input(path="a.txt", uri="file:///a.txt", raw=case.text.encode())


def _as_html(case: Case) -> Input:
    """Return a page with the text in it, each paragraph an element."""
    parts = case.text.split("\n\n")
    body = "".join(f"<p>{escape(part)}</p>\n" for part in parts)
    page = (
        f"<html><head><title>It rained</title></head><body><article>{body}</article></body></html>"
    )
    return Input(path="a.html", uri="file:///a.html", raw=page.encode())


def _as_nested(case: Case) -> Input:
    """Return a page in which every paragraph stands inside the one before it."""
    parts = case.text.split("\n\n")
    body = "".join(f"<div>{escape(part)}\n" for part in parts)
    page = f"<html><body><article>{body}</article></body></html>"
    return Input(path="a.html", uri="file:///a.html", raw=page.encode())


def _as_lines(case: Case) -> Input:
    """Return JSON Lines with a document for each thousand characters."""
    parts = (case.text[at : at + 1_000] for at in range(0, len(case.text), 1_000))
    lines = "\n".join(json.dumps({"id": n, "text": part}) for n, part in enumerate(parts))
    return Input(path="a.jsonl", uri="file:///a.jsonl", raw=lines.encode())


def _read(source: Input) -> list[Document | Skipped]:
    return list(read_source(source))


def _in_paragraphs(case: Case) -> tuple[str, list[Span]]:
    return case.text, paragraphs(case.text)


def _document(case: Case) -> tuple[Store, Document, Result]:
    (document,) = read_source(_as_text(case))
    if not isinstance(document, Document):
        raise NotTried("read")
    found = case.of_stage("speakers")
    return case.store(), document, Result(text=case.text, quotations=found)


def _save(given: tuple[Store, Document, Result]) -> int:
    store, document, result = given
    with store.session(write=True) as session:
        run = start_run(session, pipeline="growth", version="0", models={}, config={})
        count = save(session, document, result, run, SpeakerBook()).quotations
        finish_run(session, run, RunStatus.DONE)
        return count


def _stored(case: Case) -> Store:
    case.of_stage("store")
    return case.store()


def _claims(case: Case) -> tuple[Store, list[str]]:
    """Return words as they stand, words with one changed, and 10,000 characters."""
    middle = case.text[len(case.text) // 2 :][:200].strip() or "it rained"
    altered = middle.replace(" the ", " an ", 1) + " seventeen"
    return _stored(case), [middle, altered, case.text[:10_000]]


def _verify(given: tuple[Store, list[str]]) -> list[Verdict]:
    store, claims = given
    with store.session() as session:
        return [verify(session, speaker=None, claim=claim) for claim in claims]


def _changed(case: Case) -> tuple[str, str, list[Mapping[str, Spans]]]:
    """Return the text, the same with words put in and its ends cut, and the quotations."""
    parts = case.text.split(" ")
    parts[50::200] = ["again " + part for part in parts[50::200]]
    return (
        case.text,
        " ".join(parts)[100:-100],
        [dict(one.roles()) for one in case.of_stage("speakers")],
    )


def _export(name: str, store: Store) -> int:
    with store.session() as session:
        setting = Setting(passages=partial(queries.passage, session))
        found = queries.quotations(session, by_speaker=FORMATS[name].grouped)
        return sum(map(len, load_exporter(name, setting).chunks(found)))


def _page(given: tuple[Store, str]) -> int:
    """Show the source, all its parts; returns how many letters of HTML they are."""
    store, text = given
    length = 0
    with store.session() as session:
        ((version, _),) = queries.current_versions(session)
        part = parts.numbered(text, 1)
        while True:
            found = of_version(session, version, start=part.start, end=part.end)
            records = [one.record for one in found]
            colours = dict.fromkeys((record["id"] for record in records), "s0")
            places = parts.places(text, part)
            length += len(marked(text, records, places=places, colours=colours, address="?q="))
            if part.number == part.of:
                return length
            part = parts.numbered(text, part.number + 1)


def _extract(name: str, doc: Doc) -> tuple[Quotation, ...]:
    return load_extractor(name).extract(doc).quotations


def _resolve(given: tuple[Doc, tuple[Quotation, ...]]) -> tuple[Quotation, ...]:
    return load_resolver(DEFAULT_RESOLVER).resolve(*given)


STAGES: Final = (
    Stage("read text", _read, _as_text),
    Stage("read HTML", _read, _as_html),
    Stage("read nested HTML", _read, _as_nested),
    Stage("read JSON Lines", _read, _as_lines),
    Stage("paragraphs", paragraphs),
    Stage("pieces", lambda text: list(pieces_of([text]))),
    Stage("sentences", sentences),
    Stage("marks", lambda given: marked_passages(*given), _in_paragraphs),
    Stage("turns", lambda given: turns(*given), _in_paragraphs),
    Stage("layout", lambda given: furniture_starts(*given), _in_paragraphs),
    Stage("parse", lambda text: load_parser().parse(text)),
    Stage("learned extractor", partial(_extract, "learned"), Case.doc),
    Stage("rules", partial(_extract, "rules"), Case.doc),
    Stage("speakers", _resolve, lambda case: (case.doc(), case.of_stage("rules"))),
    Stage("store", _save, _document),
    Stage("verify", _verify, _claims),
    Stage("anchor", lambda given: anchor(*given), _changed),
    Stage("page", _page, lambda case: (_stored(case), case.text)),
    *(Stage(f"export {name}", partial(_export, name), _stored) for name in FORMATS),
)
