"""Fills a database of the real schema with generated documents, as rows and in bulk."""

from __future__ import annotations

import hashlib
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, bindparam, update

from quotes.documents.document import document_id
from quotes.quotation import Kind, SpeakerKind
from quotes.quotation import Quotation as Found
from quotes.records import quotation_id, speaker_id
from quotes.scale.language import Language
from quotes.spans import Span
from quotes.speakers.names import name_key
from quotes.speakers.naming import Naming, person_key
from quotes.store import migrate
from quotes.store.bulk import put_rows
from quotes.store.engine import database_url, open_engine
from quotes.store.models import (
    Appearance,
    Attribution,
    Base,
    Document,
    DocumentVersion,
    NamingHandle,
    Quotation,
    QuotationSpan,
    Role,
    Run,
    RunVersion,
    Speaker,
    SpeakerAlias,
    SpeakerMerge,
)
from quotes.store.models import Naming as NamingRow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TOLD: Final = 200  # documents at a time
FEWEST, MOST = 4, 16
_BEGAN: Final = datetime(2020, 1, 1, tzinfo=UTC)
UNNAMED: Final = ["an official", "a spokesman", "a diplomat", "two aides", "a former minister"]


@dataclass
class _Rows:
    """Rows by table, written in an order in which each finds what it refers to."""

    tables: defaultdict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, table: type[Base], **values: Any) -> None:
        self.tables[table.__tablename__].append(values)

    def write(self, connection: Connection) -> None:
        for table in Base.metadata.sorted_tables:
            if rows := self.tables.pop(table.name, None):
                put_rows(connection, table, rows)


class Builder:
    """Writes documents one after the other; the numbers of the rows are its own."""

    def __init__(self, size: int, seed: int) -> None:
        self.size = size
        self.language = Language(seed)
        self.names = self.language.names(speakers_of(size))
        self._chance = random.Random(seed + 2)
        # Steeper than words: of a million quotations the first has 200,000, the last a few.
        self._weights = list(accumulate(r**-1.2 for r in range(1, len(self.names) + 1)))
        self._rows = _Rows()
        self._quotations = self._documents = self._appearances = 0
        self._used: Counter[int] = Counter()
        self._speakers = len(self.names)

    def build(self, url: str, tell: Callable[[int], None]) -> None:
        """Make the database; `tell` hears how many quotations it has by now."""
        migrate.upgrade(url)
        engine = open_engine(database_url(url))
        with engine.execution_options(write=True).begin() as connection:
            self._begin()
            self._rows.write(connection)
        while self._quotations < self.size:
            with engine.execution_options(write=True).begin() as connection:
                for _ in range(_TOLD):
                    if self._quotations < self.size:
                        self._document()
                self._rows.write(connection)
            tell(self._quotations)
        with engine.execution_options(write=True).begin() as connection:
            uses = [
                {"naming": one, "uses": self._used[one]} for one in range(1, len(self.names) + 1)
            ]
            told = update(NamingRow).where(NamingRow.id == bindparam("naming"))
            connection.execute(told.values(documents=bindparam("uses")), uses)
        engine.dispose()

    def _begin(self) -> None:
        self._rows.add(
            Run,
            id=1,
            pipeline="generated",
            pipeline_version="1",
            models={},
            config={},
            started_at=_BEGAN,
            finished_at=_BEGAN,
            status="done",
        )
        for number, name in enumerate(self.names, 1):
            kind = SpeakerKind.PERSON
            self._speaker(number, name, kind, None)
            surname = name.split()[-1]
            self._rows.add(SpeakerAlias, speaker_id=number, alias=surname, key=name_key(surname))
            naming = Naming(kind=kind, name=name, aliases=(surname,))
            self._rows.add(
                NamingRow,
                id=number,
                form=hashlib.sha256(name.encode()).hexdigest()[:32],
                kind=str(kind),
                key=naming.key,
                name=name,
                aliases=[surname],
                listed=False,
                documents=0,
                speaker_id=number,
                reason="same-name",
                because=[],
            )
            for grip, text in sorted(naming.handles):
                self._rows.add(NamingHandle, handle=text, grip=str(grip), naming_id=number)

    def _speaker(self, number: int, name: str, kind: SpeakerKind, document: int | None) -> None:
        within = "" if document is None else document_id(_uri(document))
        self._rows.add(
            Speaker,
            id=number,
            public_id=speaker_id(name, kind, within=within),
            name=name,
            kind=str(kind),
            document_id=document,
            created_at=_BEGAN,
        )
        self._rows.add(SpeakerAlias, speaker_id=number, alias=name, key=name_key(name))

    def _document(self) -> None:
        """Write one document of 4 to 16 quotations, by up to three named speakers and others."""
        chance = self._chance
        self._documents += 1
        number = self._documents
        sources = self._named(number)
        if chance.random() < 0.5:
            sources.append(self._unnamed(number))
        page = Page(self.language.sentence(chance))
        quoted = []
        for _ in range(min(chance.randint(FEWEST, MOST), self.size - self._quotations)):
            if chance.random() < 0.5:
                page.write(self.language.sentence(chance) + ". ")
            source = chance.choice(sources)
            direct = chance.random() < 0.7
            quoted.append(
                (source, direct, page.quote(self.language.sentence(chance), source.name, direct))
            )
        sha256 = self._source(number, page)
        for source, direct, spans in quoted:
            self._quotations += 1
            self._quotation(number, sha256, page.text, direct, spans)
            # Some are of nobody that the text lets one know.
            if chance.random() < 0.96:
                self._attribution(source, spans)

    def _source(self, number: int, page: Page) -> str:
        """Write a document and its version; returns the hash of its bytes."""
        raw = page.text.encode()
        sha256 = hashlib.sha256(raw).hexdigest()
        at = _BEGAN + timedelta(minutes=17 * number)
        self._rows.add(
            Document,
            id=number,
            public_id=document_id(_uri(number)),
            uri=_uri(number),
            path=f"generated/{number:07}.txt",
            title=page.title,
            author=None,
            publisher=None,
            url=None,
            language="en",
            published_at=at,
            created_at=at,
        )
        self._rows.add(
            DocumentVersion,
            id=number,
            document_id=number,
            sha256=sha256,
            text_sha256=sha256,
            media_type="text/plain",
            reader="plain",
            reader_version="1",
            encoding="utf-8",
            encoding_choice="utf-8",
            ingested_at=at,
            seen_at=at,
            text=page.text,
            raw=raw,
        )
        self._rows.add(RunVersion, run_id=1, version_id=number, status="done", finished_at=at)
        return sha256

    def _named(self, document: int) -> list[Source]:
        drawn = self._chance.choices(range(len(self.names)), cum_weights=self._weights, k=3)
        return [self._appearance(document, place + 1) for place in dict.fromkeys(drawn)]

    def _appearance(self, document: int, speaker: int) -> Source:
        self._appearances += 1
        self._used[speaker] += 1
        name = self.names[speaker - 1]
        self._rows.add(
            Appearance,
            id=self._appearances,
            document_id=document,
            kind=str(SpeakerKind.PERSON),
            key=person_key(name),
            naming_id=speaker,
            speaker_id=speaker,
            current=True,
            decision_id=None,
        )
        self._rows.add(
            SpeakerMerge,
            appearance_id=self._appearances,
            speaker_id=speaker,
            reason="same-name",
            because=[],
            created_at=_BEGAN,
        )
        return Source(name, speaker, self._appearances)

    def _unnamed(self, document: int) -> Source:
        name = self._chance.choice(UNNAMED)
        self._speakers += 1
        self._speaker(self._speakers, name, SpeakerKind.UNNAMED, document)
        return Source(name, self._speakers, None)

    def _quotation(
        self, version: int, sha256: str, text: str, direct: bool, spans: Mapping[Role, Span]
    ) -> None:
        content = spans[Role.CONTENT]
        found = Found(
            kind=Kind.DIRECT if direct else Kind.INDIRECT,
            content=(content,),
            cue=(spans[Role.CUE],),
            source=(spans[Role.SOURCE],),
        )
        self._rows.add(
            Quotation,
            id=self._quotations,
            public_id=quotation_id(sha256, found),
            run_id=1,
            version_id=version,
            kind="direct" if direct else "indirect",
            act="speech" if self._chance.random() < 0.9 else "thought",
            start=content.start,
            end=content.end,
            text=text[content.start : content.end],
            confidence=round(self._chance.uniform(0.5, 1), 3),
            method="generated",
        )
        for role, span in spans.items():
            self._rows.add(
                QuotationSpan,
                quotation_id=self._quotations,
                role=str(role),
                ordinal=0,
                start=span.start,
                end=span.end,
                text=text[span.start : span.end],
            )

    def _attribution(self, source: Source, spans: Mapping[Role, Span]) -> None:
        span = spans[Role.SOURCE]
        step = {"text": source.name, "start": span.start, "end": span.end, "relation": "source"}
        self._rows.add(
            Attribution,
            quotation_id=self._quotations,
            speaker_id=source.speaker,
            appearance_id=source.appearance,
            method="name",
            evidence=[step],
            confidence=0.9,
            created_at=_BEGAN,
        )


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody in a document, with the keys of the speaker and of the appearance."""

    name: str
    speaker: int
    appearance: int | None


class Page:
    """A text in the making."""

    def __init__(self, title: str) -> None:
        self.title = title
        self._parts = [title + "\n\n"]
        self._length = len(title) + 2

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    def write(self, text: str) -> Span:
        """Write on; returns where that stands."""
        self._parts.append(text)
        self._length += len(text)
        return Span(self._length - len(text), self._length)

    def quote(self, words: str, name: str, direct: bool) -> dict[Role, Span]:
        """Write a quotation, in marks or reported, and return the spans of its parts."""
        if direct:
            content = self.write(f"“{words},”")
            self.write(" ")
            cue = self.write("said")
            self.write(" ")
            source = self.write(name)
        else:
            source = self.write(name)
            self.write(" ")
            cue = self.write("said")
            self.write(" ")
            content = self.write("that " + words[0].lower() + words[1:])
        self.write(".\n\n")
        return {Role.CONTENT: content, Role.CUE: cue, Role.SOURCE: source}


def speakers_of(size: int) -> int:
    """Return how many named speakers so many quotations have: 5,000 for a million."""
    return min(5_000, max(20, size // 50))


def _uri(document: int) -> str:
    return f"file:///generated/{document:07}.txt"
