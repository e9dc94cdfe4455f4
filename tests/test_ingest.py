"""Ingest: idempotent, whole documents or nothing, and one bad document spoils no other."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from quotes.batching import BATCH_DOCUMENTS
from quotes.documents.document import Document, Skipped
from quotes.errors import BusyDatabase, EmptyDocument, MissingModel
from quotes.ingest import Ingest
from quotes.quotation import Notice
from quotes.store import Store, queries
from quotes.store.audit import audit
from quotes.store.embeddings import coverage
from quotes.store.models import Run, RunVersion
from quotes.store.vectors import indexed
from quotes.vectors.encoder import Encoder
from tests.store.builders import ToyPipeline, make_document
from tests.vectors.made import made_vectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from quotes.engines.workshop import ReadingPipeline
    from quotes.pipeline import Result
    from quotes.summary import Summary


class Recorder:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.skips: list[tuple[str, str]] = []
        self.remarks: list[tuple[str, str]] = []
        self.notices: list[tuple[str, int]] = []

    def progressed(self, summary: Summary) -> None:
        pass

    def skipped(self, path: str, reason: str) -> None:
        self.skips.append((path, reason))

    def remarked(self, path: str, remark: str) -> None:
        self.remarks.append((path, remark))

    def noticed(self, path: str, text: str, notices: Sequence[Notice]) -> None:
        self.notices += [(path, notice.start) for notice in notices]


def ingest(
    store: Store,
    *items: Document | Skipped,
    pipeline: ReadingPipeline | None = None,
    reextract: bool = False,
    listener: Recorder | None = None,
) -> Summary:
    toy = pipeline or ToyPipeline()
    job = Ingest(store, lambda: toy, listener=listener or Recorder())
    return job.run(items, reextract=reextract)


def articles(number: int) -> list[Document]:
    return [
        make_document(f"“Word {n},” said Ada Moss. “No,” said Bo Lund.", name=f"{n}.txt")
        for n in range(number)
    ]


def texts(store: Store) -> list[str]:
    with store.session() as session:
        return [one.record["content"]["text"] for one in queries.quotations(session)]


def test_more_than_one_batch(store: Store) -> None:
    number = BATCH_DOCUMENTS * 2 + 3
    summary = ingest(store, *articles(number))
    assert (summary.read, summary.new, summary.quotations) == (number, number, number * 2)
    assert len(texts(store)) == number * 2
    with store.session() as session:
        (run,) = session.scalars(select(Run))
        assert (run.status, run.finished_at is not None) == ("done", True)


def test_again_nothing_is_done(store: Store) -> None:
    ingest(store, *articles(3))
    with store.session() as session:
        source = queries.source(session, "0.txt")
        (before,) = queries.versions(session, source.id)

    def load() -> ReadingPipeline:
        raise MissingModel("the model must not be needed")

    summary = Ingest(store, load, listener=Recorder()).run(articles(3))
    assert (summary.unchanged, summary.new, summary.run) == (3, 0, None)
    with store.session() as session:
        (after,) = queries.versions(session, source.id)
        assert len(list(session.scalars(select(Run)))) == 1
    assert after.seen_at > before.seen_at
    assert after.ingested_at == before.ingested_at


def test_changed_restored_and_copied(store: Store) -> None:
    old, new = make_document("“Old,” said Ada Moss."), make_document("“New,” said Ada Moss.")
    ingest(store, old)
    assert ingest(store, new).new_versions == 1
    assert texts(store) == ["“New,”"]
    assert ingest(store, old).unchanged == 1
    assert texts(store) == ["“Old,”"]
    listener = Recorder()
    copy = make_document("“Old,” said Ada Moss.", name="copy.txt")
    assert ingest(store, copy, listener=listener).copies == 1
    assert listener.remarks == [("articles/copy.txt", "a copy of articles/summit.txt")]
    assert texts(store) == ["“Old,”"]


def test_twins_within_one_batch(store: Store) -> None:
    one, two = (
        make_document("“Old,” said Ada Moss."),
        make_document("“Old,” said Ada Moss.", name="b"),
    )
    summary = ingest(store, one, two, one)
    assert (summary.read, summary.new, summary.copies, summary.unchanged) == (3, 1, 1, 1)


def test_skipped_and_broken_documents_do_not_stop_the_others(store: Store) -> None:
    listener = Recorder()
    good = articles(4)
    poisoned = make_document("arsenic “in,” said Ada Moss.", name="bad.txt")
    nul = make_document("a\0b", name="nul.txt")
    summary = ingest(
        store,
        Skipped(path="void.txt", error=EmptyDocument("it is empty")),
        *good[:2],
        poisoned,
        nul,
        *good[2:],
        pipeline=ToyPipeline(poison="arsenic"),
        listener=listener,
    )
    assert (summary.read, summary.new) == (6, 4)
    reasons = dict(listener.skips)
    assert list(reasons) == ["void.txt", "articles/bad.txt", "articles/nul.txt"]
    assert reasons["void.txt"] == "it is empty"
    assert "the parser fell over" in reasons["articles/bad.txt"]
    assert summary.skipped == listener.skips
    with store.session() as session:
        assert len(list(queries.sources(session))) == 4
    # Nothing of it was stored, so that it gets another chance.
    assert ingest(store, poisoned).new == 1


def test_a_bad_span_spoils_only_its_own_document(store: Store) -> None:
    class Lying(ToyPipeline):
        def run(self, texts: Iterable[str]) -> Iterator[Result]:
            for result in super().run(texts):
                yield replace(result, text="Word 2") if "Word 1," in result.text else result

    summary = ingest(store, *articles(3), pipeline=Lying())
    assert (summary.new, len(summary.skipped)) == (2, 1)
    assert list(audit(store)) == []


def test_notices_of_reader_and_pipeline(store: Store) -> None:
    listener = Recorder()
    document = make_document("A “start", notices=(Notice(message="odd byte", start=1),))
    ingest(store, document, listener=listener)
    assert listener.notices == [("articles/summit.txt", 1), ("articles/summit.txt", 2)]


def test_the_same_bytes_read_differently_are_remarked(store: Store) -> None:
    raw = "“Río,” said Ada Moss.".encode()
    ingest(store, make_document(raw.decode("latin-1"), raw=raw))
    listener = Recorder()
    assert ingest(store, make_document(raw.decode(), raw=raw), listener=listener).unchanged == 1
    assert "as it was read then" in listener.remarks[0][1]


class FussyEncoder(Encoder):
    """Gives any text a vector, and falls over where one holds `poison`."""

    name = "fussy"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if any("arsenic" in text for text in texts):
            raise RuntimeError("the encoder fell over")
        return made_vectors(len(texts), seed=1)


def test_a_document_comes_with_its_vectors_or_not_at_all(store: Store) -> None:
    poisoned = make_document("“With arsenic,” said Ada Moss.", name="bad.txt")
    job = Ingest(store, ToyPipeline, listener=Recorder(), encoder=FussyEncoder())
    summary = job.run([*articles(2), poisoned, make_document("", name="empty.txt")])
    assert (summary.new, len(summary.skipped)) == (3, 1)
    with store.session() as session:
        assert len(list(queries.sources(session))) == 3
        assert coverage(session).quotations_with == coverage(session).quotations == 4
        assert coverage(session).sentences_with == 4
        assert (indexed(session, "quotation"), indexed(session, "sentence")) == (4, 4)
    again = Ingest(store, ToyPipeline, listener=Recorder(), encoder=FussyEncoder())
    again.run(articles(2), reextract=True)
    with store.session() as session:
        assert coverage(session).missing == 1  # the empty document has no sentence to find
        assert (indexed(session, "quotation"), indexed(session, "sentence")) == (8, 4)
    assert list(audit(store)) == []


def test_reextract_makes_a_new_run_and_keeps_the_old_rows(store: Store) -> None:
    ingest(store, *articles(2))
    summary = ingest(store, *articles(3), reextract=True)
    assert (summary.unchanged, summary.new, summary.reextracted) == (2, 1, 2)
    assert len(texts(store)) == 6
    with store.session() as session:
        assert len(list(session.scalars(select(RunVersion)))) == 5


def test_reextract_reads_the_stored_text(store: Store) -> None:
    raw = "“Río,” said Ada Moss.".encode()
    wrong = raw.decode("latin-1")
    ingest(store, make_document(wrong, raw=raw))
    pipeline = ToyPipeline()
    ingest(store, make_document(raw.decode(), raw=raw), pipeline=pipeline, reextract=True)
    assert pipeline.ran == [wrong]


def test_reextract_everything(store: Store) -> None:
    ingest(store, *articles(BATCH_DOCUMENTS + 2))
    pipeline = ToyPipeline(poison="Word 3,")
    job = Ingest(store, lambda: pipeline, listener=Recorder())
    summary = job.reextract_all()
    assert summary.reextracted == BATCH_DOCUMENTS + 1
    assert len(summary.skipped) == 1
    # The one that failed shows what the run before found.
    assert len(texts(store)) == 2 * (BATCH_DOCUMENTS + 2)
    with store.session() as session:
        (failed,) = session.scalars(select(RunVersion).where(RunVersion.status == "failed"))
        assert "fell over" in (failed.reason or "")


def test_a_lock_is_waited_for_once(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = sqlite3.connect(tmp_path / "quotes.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Store(f"sqlite:///{tmp_path / 'quotes.db'}", busy_timeout=0.05) as hurried:
        job = Ingest(hurried, ToyPipeline, listener=Recorder())
        monkeypatch.setattr(job, "_finish", lambda status: pytest.fail("waited again"))
        with pytest.raises(BusyDatabase):
            job.run(articles(1))
    holder.close()


def test_an_interrupt_keeps_what_is_done(store: Store) -> None:
    def stream() -> Iterator[Document]:
        yield from articles(BATCH_DOCUMENTS + 1)
        raise KeyboardInterrupt

    job = Ingest(store, ToyPipeline, listener=Recorder())
    with pytest.raises(KeyboardInterrupt):
        job.run(stream())
    assert len(texts(store)) == (BATCH_DOCUMENTS + 1) * 2
    with store.session() as session:
        assert [run.status for run in session.scalars(select(Run))] == ["failed"]
    assert ingest(store, *articles(BATCH_DOCUMENTS + 2)).new == 1


VICTIM = """
import sys
from tests.test_ingest import Recorder, articles
from tests.store.builders import ToyPipeline
from quotes.ingest import Ingest
from quotes.store import Store
class Teller(Recorder):
    def progressed(self, summary):
        super().progressed(summary)
        print(summary.new, flush=True)
print("ready", flush=True)
with Store(sys.argv[1], create=True) as store:
    Ingest(store, ToyPipeline, listener=Teller()).run(articles(120))
"""


@pytest.mark.slow
def test_killed_at_any_moment_it_leaves_whole_documents(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'quotes.db'}"
    chance = random.Random(20261122)
    sizes = [0]
    for _ in range(12):
        victim = subprocess.Popen([sys.executable, "-c", VICTIM, address], stdout=subprocess.PIPE)
        assert victim.stdout is not None
        assert victim.stdout.readline() == b"ready\n"
        for _ in range(chance.randrange(30)):
            victim.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.02))
        victim.send_signal(signal.SIGKILL)
        victim.wait(20)
        victim.stdout.close()
        if not (tmp_path / "quotes.db").exists():
            continue
        with Store(address, create=True) as store:
            assert list(audit(store)) == []
            with store.session() as session:
                found = list(queries.sources(session))
            assert {one.quotations for one in found} <= {2}
            sizes.append(len(found))
    assert sizes == sorted(sizes)
    assert any(0 < size < 120 for size in sizes), "no kill came in the middle"
    with Store(address, create=True) as store:
        summary = ingest(store, *articles(120))
        assert (summary.new, summary.unchanged) == (120 - sizes[-1], sizes[-1])
        assert len(texts(store)) == 240
        assert list(audit(store)) == []


def test_a_run_left_open_by_a_kill_hides_nothing(store: Store) -> None:
    ingest(store, *articles(3))
    with store.session(write=True) as session:
        session.add(Run(pipeline="dead", pipeline_version="1", models={}, config={}))
    assert len(texts(store)) == 6
