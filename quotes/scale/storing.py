"""How many quotations a second are stored, in the way that an ingest stores them."""

from __future__ import annotations

import multiprocessing
import random
from itertools import accumulate, islice
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from quotes.documents.document import Document
from quotes.engines.engine import Found, Identity
from quotes.errors import BenchmarkError
from quotes.ingest import Ingest
from quotes.pipeline import Result
from quotes.quotation import Attribution, Evidence, Kind, Quotation, SpeakerKind
from quotes.scale.building import FEWEST, MOST, UNNAMED, Page, speakers_of
from quotes.scale.language import Language
from quotes.speakers.naming import Naming
from quotes.store import Store
from quotes.store.models import Document as DocumentRow
from quotes.store.models import Quotation as QuotationRow
from quotes.store.models import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quotes.engines.engine import Outcome, T
    from quotes.quotation import Notice
    from quotes.spans import Span
    from quotes.summary import Summary

_SEED: Final = 7
# So many documents are ready together, as from worker processes that are ahead of the writer.
_READY: Final = 32
_LOOK: Final = 0.01


def rate(url: str, size: int, *, writers: int) -> dict[str, Any]:
    """Store so many made-up quotations in an empty database, by so many processes at once.

    Returns the seconds from the first write to the last commit, and quotations a second. Raises
    BenchmarkError where the database has documents, or a writer fails.
    """
    with Store(url, create=True) as store, store.session() as session:
        if session.scalar(select(DocumentRow.id).limit(1)) is not None:
            raise BenchmarkError("the database has documents", hint="name an empty one with --db")
    spawn = multiprocessing.get_context("spawn")
    begin = spawn.Barrier(writers + 1)
    share = -(-size // writers)
    processes = [
        spawn.Process(target=_write, args=(url, share, writer, begin)) for writer in range(writers)
    ]
    for process in processes:
        process.start()
    while begin.n_waiting < writers and all(process.is_alive() for process in processes):
        sleep(_LOOK)
    begun = perf_counter()
    if begin.n_waiting < writers:
        begin.abort()
    else:
        begin.wait()
    for process in processes:
        process.join()
    seconds = perf_counter() - begun
    if any(process.exitcode for process in processes):
        raise BenchmarkError("a writer failed", hint="its error stands above")
    with Store(url) as store, store.session() as session:
        stored = session.scalar(select(func.count()).select_from(QuotationRow)) or 0
    return {
        "database": store.url.get_backend_name(),
        "writers": writers,
        "quotations": stored,
        "seconds": round(seconds, 2),
        "quotations_per_second": round(stored / seconds),
    }


def _write(url: str, size: int, writer: int, begin: Any) -> None:
    """Make documents, wait for the others, and store them."""
    coming = list(made(size, writer))
    with Store(url) as store:
        begin.wait()
        store_all(store, coming)


def store_all(store: Store, coming: Sequence[tuple[Document, Result]]) -> None:
    """Store documents of which it is known what they hold, as an ingest does.

    Raises BenchmarkError where one is not stored.
    """
    engine = _Told({document.text: result for document, result in coming})
    summary = Ingest(store, engine, listener=_Silent()).run(document for document, _ in coming)
    if summary.skipped:
        raise BenchmarkError(": ".join(summary.skipped[0]))


def made(size: int, writer: int) -> Iterator[tuple[Document, Result]]:
    """Yield documents with so many quotations together, each of 4 to 16, other ones a writer."""
    language = Language(_SEED)
    names = language.names(speakers_of(size))
    weights = list(accumulate(rank**-1.2 for rank in range(1, len(names) + 1)))
    chance = random.Random(_SEED + writer)
    number = 0
    while size > 0:
        number += 1
        named = dict.fromkeys(chance.choices(names, cum_weights=weights, k=3))
        sources = [Naming(kind=SpeakerKind.PERSON, name=name) for name in named]
        if chance.random() < 0.5:
            sources.append(Naming(kind=SpeakerKind.UNNAMED, name=chance.choice(UNNAMED)))
        page = Page(language.sentence(chance))
        found = []
        for _ in range(min(chance.randint(FEWEST, MOST), size)):
            page.write(language.sentence(chance) + ". ")
            source, direct = chance.choice(sources), chance.random() < 0.7
            spans = page.quote(language.sentence(chance), source.name, direct)
            found.append(quotation(spans, source, direct=direct))
        size -= len(found)
        yield (
            document(page, f"{writer}-{number:07}"),
            Result(text=page.text, quotations=tuple(found)),
        )


def quotation(spans: Mapping[Role, Span], naming: Naming, *, direct: bool) -> Quotation:
    """Return a made-up quotation of these spans by somebody whom its document names so."""
    source = spans[Role.SOURCE]
    step = Evidence(text=naming.name, start=source.start, end=source.end, relation="source")
    return Quotation(
        kind=Kind.DIRECT if direct else Kind.INDIRECT,
        content=(spans[Role.CONTENT],),
        cue=(spans[Role.CUE],),
        source=(source,),
        confidence=0.9,
        method="generated",
        attribution=Attribution(
            name=naming.name,
            kind=naming.kind,
            aliases=naming.aliases,
            method="name",
            confidence=0.9,
            evidence=(step,),
        ),
    )


def document(page: Page, name: str) -> Document:
    """Return a page as if it had been read."""
    return Document(
        uri=f"file:///generated/{name}.txt",
        path=f"generated/{name}.txt",
        raw=page.text.encode(),
        text=page.text,
        media_type="text/plain",
        reader="plain",
        reader_version="1",
        encoding="utf-8",
        encoding_choice="utf-8",
        title=page.title,
    )


class _Told:
    """An engine that knows what each text holds."""

    def __init__(self, results: Mapping[str, Result]) -> None:
        self._results = results

    def identity(self) -> Identity:
        """Return a name that no pipeline has."""
        return Identity(name="generated", version="1", models={})

    def run(self, tasks: Iterable[T]) -> Iterator[list[tuple[T, Outcome]]]:
        """Yield each task with what it holds, some together."""
        coming = iter(tasks)
        while some := list(islice(coming, _READY)):
            yield [(task, Found(result=self._results[task.text])) for task in some]

    def close(self) -> None:
        """Have nothing to let go of."""


class _Silent:
    """A listener that says nothing."""

    def progressed(self, summary: Summary) -> None:
        """Pass over what was done."""

    def skipped(self, path: str, reason: str) -> None:
        """Pass over what is in the summary too."""

    def noticed(self, path: str, text: str, notices: Sequence[Notice]) -> None:
        """Pass over what nobody has noticed."""

    def remarked(self, path: str, remark: str) -> None:
        """Pass over what is of no interest here."""
