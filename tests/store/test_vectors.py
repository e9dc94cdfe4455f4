"""What is near: by the table and the index as by comparing everything that counts."""

from __future__ import annotations

import os
import random
import sqlite3
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sqlalchemy import delete, select

from quotes.store import Store
from quotes.store.embeddings import (
    coverage,
    forget_other_models,
    has_sentences,
    texts_wanting,
    wanting,
)
from quotes.store.models import Embedding, EmbeddingModel, Quotation
from quotes.store.queries import passage
from quotes.store.vectors import What, has_vectors, indexed, nearest, refreshed
from quotes.vectors.packing import unpack
from tests.store.builders import make_document, store_documents
from tests.store.meant import add_vectors, store_with_vectors, vector_of
from tests.vectors.made import beside

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

KINDS: tuple[What, ...] = ("quotation", "sentence")


def article(number: int) -> str:
    return f"“Word {number},” said Ada Moss. Then rain {number} fell on Larkspur."


def found(store: Store, text: str, what: What, limit: int = 1) -> list[str]:
    with store.session() as session:
        near = nearest(session, beside(vector_of(text), seed=1), limit=limit, what=what)
        assert [one.score for one in near] == sorted((one.score for one in near), reverse=True)
        assert all((one.quotation_id is None) == (what == "sentence") for one in near)
        return [passage(session, one.version_id)[one.start : one.end] for one in near]


def test_offsets_are_those_of_the_sentence_and_of_the_quotation(store: Store) -> None:
    store_with_vectors(store, *(make_document(article(n), name=f"{n}.txt") for n in range(9)))
    assert found(store, "“Word 4,”", "quotation") == ["“Word 4,”"]
    sentence = "Then rain 7 fell on Larkspur."
    assert found(store, sentence, "sentence") == [sentence]
    assert len(found(store, sentence, "sentence", limit=50)) == 18


def test_without_vectors_nothing_is_near(store: Store) -> None:
    store_documents(store, make_document(article(1)))
    assert found(store, "“Word 1,”", "quotation") == []
    with store.session() as session:
        assert not has_vectors(session)
        assert indexed(session, "quotation") == 0


def test_an_older_version_does_not_count(store: Store) -> None:
    old = article(1)
    store_with_vectors(store, make_document(old), make_document("“New,” said Ada Moss."))
    assert found(store, "“Word 1,”", "quotation", limit=5) == ["“New,”"]
    # It is found again with what it said before: then that counts.
    store_documents(store, make_document(old))
    assert found(store, "“Word 1,”", "quotation", limit=5) == ["“Word 1,”"]


def test_an_older_run_does_not_count(store: Store) -> None:
    from quotes.ingest import Ingest
    from tests.store.builders import ToyPipeline
    from tests.test_ingest import Recorder

    (version,) = store_with_vectors(store, make_document(article(1)))
    Ingest(store, ToyPipeline, listener=Recorder()).reextract_all()
    assert found(store, "“Word 1,”", "quotation", limit=5) == []
    assert add_vectors(store, version) == 1
    assert found(store, "“Word 1,”", "quotation", limit=5) == ["“Word 1,”"]
    with store.session() as session:
        assert indexed(session, "quotation") == 2


def test_what_is_deleted_takes_its_vectors_along(store: Store) -> None:
    store_with_vectors(store, make_document(article(1)), make_document(article(2), name="2"))
    assert found(store, "“Word 1,”", "quotation") == ["“Word 1,”"]
    with store.session(write=True) as session:
        session.execute(delete(Quotation).where(Quotation.text == "“Word 1,”"))
    assert found(store, "“Word 1,”", "quotation", limit=5) == ["“Word 2,”"]


def everything(session: Session, what: str) -> dict[int, bytes]:
    query = select(Embedding.id, Embedding.vector).where(Embedding.kind == what)
    return {row.id: row.vector for row in session.execute(query)}


@pytest.mark.parametrize("in_memory", [False, True])
def test_the_index_follows_the_table_whatever_comes_and_goes(
    sqlite_store: Store, tmp_path: Path, in_memory: bool
) -> None:
    chance = random.Random(20261122)
    if in_memory:
        (tmp_path / "quotes.db.vectors").write_text("in the way of a folder")
    for step in range(12):
        numbers = [chance.randrange(1_000) for _ in range(chance.randrange(4))]
        store_with_vectors(
            sqlite_store, *(make_document(article(n), name=f"{step}-{n}.txt") for n in set(numbers))
        )
        with sqlite_store.session(write=True) as session:
            ids = list(session.scalars(select(Embedding.id)))
            gone = chance.sample(ids, min(len(ids), chance.randrange(5)))
            session.execute(delete(Embedding).where(Embedding.id.in_(gone)))
        with sqlite_store.session() as session:
            for what in KINDS:
                table = everything(session, what)
                index = refreshed(session, what)
                assert index is None or not len(index) or index.in_memory == in_memory
                query = vector_of(str(step))
                near = nearest(session, query, limit=1_000, what=what)
                assert len(near) == len(table)
                if table:
                    scores = unpack(list(table.values())) @ query
                    np.testing.assert_allclose(
                        [one.score for one in near], np.sort(scores)[::-1], atol=1e-5
                    )


def test_another_process_sees_what_was_added(store: Store) -> None:
    store_with_vectors(store, make_document(article(1)))
    with Store(store.url.render_as_string(hide_password=False)) as other:
        assert found(other, "“Word 1,”", "quotation", limit=5) == ["“Word 1,”"]
        store_with_vectors(store, make_document(article(2), name="2"))
        assert len(found(store, "“Word 2,”", "quotation", limit=5)) == 2
        assert found(other, "“Word 2,”", "quotation") == ["“Word 2,”"]


def test_damaged_files_are_made_again(sqlite_store: Store, tmp_path: Path) -> None:
    store_with_vectors(sqlite_store, make_document(article(1)))
    assert found(sqlite_store, "“Word 1,”", "quotation") == ["“Word 1,”"]
    for path in (tmp_path / "quotes.db.vectors").iterdir():
        path.write_bytes(b"noise")
    with Store(f"sqlite:///{tmp_path / 'quotes.db'}") as other:
        assert found(other, "“Word 1,”", "quotation") == ["“Word 1,”"]


def test_a_backup_that_is_put_back_is_not_answered_from_what_came_after_it(tmp_path: Path) -> None:
    path, backup = tmp_path / "q.db", tmp_path / "backup"
    with Store(str(path), create=True) as store:
        store_with_vectors(store, make_document(article(1)))
    connection = sqlite3.connect(path)
    connection.execute("VACUUM INTO ?", (str(backup),))
    connection.close()
    with Store(str(path)) as store:
        store_with_vectors(store, make_document(article(2), name="2"))
        assert len(found(store, "“Word 2,”", "quotation", limit=5)) == 2
    for log in tmp_path.glob("q.db-*"):
        log.unlink()
    backup.replace(path)
    with Store(str(path)) as store:
        assert found(store, "“Word 2,”", "quotation", limit=5) == ["“Word 1,”"]
        store_with_vectors(store, make_document(article(3), name="3"))
        assert found(store, "“Word 3,”", "quotation") == ["“Word 3,”"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_in_a_folder_that_cannot_be_written_memory_does(tmp_path: Path) -> None:
    folder = tmp_path / "sealed"
    folder.mkdir()
    with Store(str(folder / "q.db"), create=True) as store:
        store_with_vectors(store, make_document(article(1)))
    folder.chmod(0o500)
    with Store(str(folder / "q.db")) as store:
        assert found(store, "“Word 1,”", "quotation") == ["“Word 1,”"]
        assert not (folder / "q.db.vectors").exists()


def test_what_lacks_vectors_is_known(store: Store) -> None:
    documents = [make_document(article(n), name=f"{n}.txt") for n in range(3)]
    (version,) = store_with_vectors(store, documents[0])
    others = [one.version_id for one in store_documents(store, *documents[1:])]
    with store.session() as session:
        counted = coverage(session)
        assert (counted.quotations, counted.quotations_with) == (3, 1)
        assert (counted.documents, counted.documents_with) == (3, 1)
        assert (counted.sentences_with, counted.missing) == (2, 4)
        assert [one for one, _ in wanting(session)] == others
        assert has_sentences(session, version)
        ((_, run), _) = wanting(session)
        text, quotations = texts_wanting(session, others[0], run)
        assert (text, quotations) == (article(1), ["“Word 1,”"])
    assert [add_vectors(store, one) for one in others] == [3, 3]
    assert [add_vectors(store, one) for one in others] == [0, 0]
    with store.session() as session:
        assert (wanting(session), coverage(session).missing) == ([], 0)


def test_vectors_of_another_encoder_count_for_nothing_and_are_forgotten(store: Store) -> None:
    (version,) = store_with_vectors(store, make_document(article(1)))
    with store.session(write=True) as session:
        session.scalars(select(EmbeddingModel)).one().digest = "sha256:other"
    assert found(store, "“Word 1,”", "quotation") == []
    with store.session() as session:
        assert [one for one, _ in wanting(session)] == [version]
    assert add_vectors(store, version) == 3
    assert found(store, "“Word 1,”", "quotation", limit=5) == ["“Word 1,”"]
    with store.session(write=True) as session:
        forget_other_models(session)
        assert len(list(session.scalars(select(Embedding)))) == 3
        assert len(list(session.scalars(select(EmbeddingModel)))) == 1
