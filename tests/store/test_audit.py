"""An audit of a clean store finds nothing, and each kind of damage is named."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from quotes.store.audit import audit
from tests.store.builders import make_document, store_documents
from tests.store.meant import store_with_vectors

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.store import Store

TEXT = "“Rain,” said Ada Moss to the press."
OTHER_EVIDENCE = (
    "UPDATE attribution SET evidence ="
    """ '[{"text": "Bo", "start": 0, "end": 2, "relation": "source"}]'"""
)
OTHER_LENGTH = (
    "ALTER TABLE quotation DISABLE TRIGGER fulltext_quotation_words;"
    "UPDATE quotation SET fulltext_length = 9"
)


def test_a_clean_store(store: Store) -> None:
    assert list(audit(store)) == []
    store_documents(store, make_document(TEXT), make_document("", name="nothing.txt"))
    store_with_vectors(store, make_document(TEXT + " Changed."))
    assert list(audit(store)) == []


@pytest.mark.parametrize(
    ("damage", "table", "problem"),
    [
        ("UPDATE document_version SET raw = x'00'", "document_version", "cannot be decompressed"),
        ("UPDATE document_version SET raw = zip('other')", "document_version", "the bytes do not"),
        ("UPDATE document_version SET text = text || '.'", "document_version", "the text does not"),
        ("UPDATE document_version SET text = x'ff'", "document_version", "text is not"),
        ("UPDATE span SET text = 'Sun' WHERE role = 'content'", "quotation", "the content [0, 7)"),
        ("UPDATE span SET text = 'says' WHERE role = 'cue'", "quotation", "the cue"),
        ("UPDATE span SET start = 1 WHERE role = 'content'", "quotation", "the content [1, 7)"),
        ('UPDATE span SET "end" = 999 WHERE role = \'source\'', "quotation", "runs past"),
        ("DELETE FROM span WHERE role = 'content'", "quotation", "do not fit"),
        ("DELETE FROM span WHERE role = 'cue'", "quotation", "its id does not follow"),
        ('UPDATE quotation SET "end" = 6', "quotation", "its start and end"),
        ("UPDATE quotation SET text = 'Sun'", "quotation", "its text"),
        ("UPDATE quotation SET public_id = 'q_0'", "quotation", "its id"),
        (OTHER_EVIDENCE, "quotation", "the evidence [0, 2)"),
        ("UPDATE attribution SET evidence = '[{}]'", "quotation", "the evidence"),
        ("DELETE FROM quotation", "span", "refers to a row of quotation"),
        ("DELETE FROM speaker", "attribution", "refers to a row of speaker"),
        ("DELETE FROM document_version", "document", "no version"),
        ("DELETE FROM speaker_alias", "speaker", "no name"),
        ("UPDATE document SET uri = 'file:///other'", "document", "the id is not"),
        ("UPDATE embedding SET vector = x'00'", "embedding", "has not 388 bytes"),
        ('UPDATE embedding SET "end" = 999', "embedding", "offsets"),
        ("DROP TRIGGER fulltext_quotation_insert", "fulltext_quotation", "disagrees"),
        ("INSERT INTO fulltext_version(rowid, text) VALUES (7, 'x')", "fulltext_version",
         "disagrees"),
        ("DELETE FROM fulltext_quotation_docsize", "fulltext_quotation", "disagrees"),
    ],
)  # fmt: skip
def test_damage_is_named(
    sqlite_store: Store, tmp_path: Path, damage: str, table: str, problem: str
) -> None:
    store_with_vectors(sqlite_store, make_document(TEXT))
    connection = sqlite3.connect(tmp_path / "quotes.db")
    connection.create_function("zip", 1, lambda text: __import__("zlib").compress(text.encode()))
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute(damage)
    connection.commit()
    connection.close()
    findings = list(audit(sqlite_store))
    assert any(one.table == table and problem in one.problem for one in findings), findings


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("damage", "table", "problem"),
    [
        ("UPDATE document_version SET raw = 'x'", "document_version", "cannot be decompressed"),
        ("UPDATE document_version SET text = text || '.'", "document_version", "the text does not"),
        ("UPDATE span SET start = 1 WHERE role = 'content'", "quotation", "the content [1, 7)"),
        ("UPDATE quotation SET public_id = 'q_0'", "quotation", "its id"),
        ("UPDATE attribution SET evidence = '[{}]'", "quotation", "the evidence"),
        ("DELETE FROM speaker_alias", "speaker", "no name"),
        ("UPDATE embedding SET vector = 'x'", "embedding", "has not 388 bytes"),
        ("DROP TRIGGER fulltext_quotation_words ON quotation", "fulltext_quotation", "disagrees"),
        ("DROP INDEX fulltext_version", "fulltext_version", "disagrees"),
        (OTHER_LENGTH, "fulltext_quotation", "disagrees"),
    ],
)  # fmt: skip
def test_damage_is_named_on_a_server(
    postgres_store: Store, damage: str, table: str, problem: str
) -> None:
    store_with_vectors(postgres_store, make_document(TEXT))
    with postgres_store.session(write=True) as session:
        for statement in damage.split(";"):
            session.execute(text(statement))
    findings = list(audit(postgres_store))
    assert any(one.table == table and problem in one.problem for one in findings), findings


def test_findings_name_the_row(store: Store) -> None:
    store_documents(store, make_document(TEXT), make_document("“Sun,” said Bo Lund.", name="b.txt"))
    with store.session(write=True) as session:
        session.execute(text("UPDATE document_version SET text_sha256 = 'x' WHERE id = 2"))
    (finding,) = audit(store)
    assert (finding.table, finding.row) == ("document_version", "2")
