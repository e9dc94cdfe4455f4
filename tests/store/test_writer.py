"""What goes in is checked, and goes in once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from quotes.errors import DocumentError, OffsetError
from quotes.pipeline import Result
from quotes.quotation import Attribution, Evidence, Kind, Quotation, SpeakerKind
from quotes.spans import Span
from quotes.store import Store, queries
from quotes.store.models import Document, DocumentVersion, QuotationSpan
from quotes.store.models import Quotation as Row
from quotes.store.speaker_book import SpeakerBook
from quotes.store.standing import Standing
from quotes.store.writer import check_storable, save, start_run
from tests.store.builders import find, make_document, store_documents

TEXT = "“Rain,” said Ada Moss."
TWIN_VERSION = (
    "INSERT INTO document_version SELECT 99, document_id, sha256, text_sha256, media_type, reader,"
    " reader_version, encoding, encoding_choice, ingested_at, seen_at, text, raw"
    " FROM document_version"
)


def put(store: Store, text_: str, *quotations: Quotation, result_text: str | None = None) -> None:
    document = make_document(text_)
    with store.session(write=True) as session:
        run_id = start_run(session, pipeline="toy", version="1", models={}, config={})
        result = Result(text=text_ if result_text is None else result_text, quotations=quotations)
        save(session, document, result, run_id, SpeakerBook())


def counts(store: Store) -> tuple[int, int]:
    with store.session() as session:
        documents = session.scalar(select(func.count()).select_from(Document)) or 0
        return documents, session.scalar(select(func.count()).select_from(Row)) or 0


def test_a_span_past_the_end_stores_nothing(store: Store) -> None:
    beyond = Quotation(kind=Kind.DIRECT, content=(Span(0, 99),))
    with pytest.raises(OffsetError):
        put(store, TEXT, *find(TEXT), beyond)
    assert counts(store) == (0, 0)


def test_evidence_that_does_not_stand_there_stores_nothing(store: Store) -> None:
    (found,) = find(TEXT)
    step = Evidence(text="Bo Lund", start=0, end=7, relation="source")
    wrong = Attribution(name="Bo Lund", kind=SpeakerKind.PERSON, method="name", evidence=(step,))
    with pytest.raises(OffsetError, match="Bo Lund"):
        put(store, TEXT, replace(found, attribution=wrong))
    assert counts(store) == (0, 0)


def test_a_pipeline_that_changed_the_text_is_refused(store: Store) -> None:
    with pytest.raises(OffsetError, match="changed the text"):
        put(store, TEXT + " ", result_text=TEXT)
    assert counts(store) == (0, 0)


def test_two_quotations_of_the_same_spans_are_one(store: Store) -> None:
    (found,) = find(TEXT)
    put(store, TEXT, found, replace(found, method="other"))
    assert counts(store) == (1, 1)
    with store.session() as session:
        assert session.scalar(select(Row.method)) == "toy"


@pytest.mark.parametrize("name", ["text", "title"])
@pytest.mark.parametrize(("bad", "says"), [("a\0b", r"U\+0000"), ("a\ud800", "surrogate")])
def test_what_no_database_keeps_is_refused(name: str, bad: str, says: str) -> None:
    document = make_document(bad if name == "text" else "Rain.", raw=b"x")
    if name == "title":
        document = replace(document, title=bad)
    with pytest.raises(DocumentError, match=says):
        check_storable(document)


def test_standing(store: Store) -> None:
    first, changed = make_document(TEXT), make_document(TEXT + " Later.")
    twin = make_document(TEXT, name="twin.txt")
    assert [one.standing for one in store_documents(store, first, first, twin, changed, twin)] == [
        Standing.NEW,
        Standing.UNCHANGED,
        Standing.COPY,
        Standing.NEW_VERSION,
        # The first source no longer says this, so it is this source's own.
        Standing.NEW,
    ]


def test_a_known_source_that_becomes_anothers_twin_gets_a_new_version(store: Store) -> None:
    other = make_document("“Sun,” said Ada Moss.", name="twin.txt")
    store_documents(store, make_document(TEXT), other)
    (saved,) = store_documents(store, make_document(TEXT, name="twin.txt"))
    assert saved.standing is Standing.NEW_VERSION


def test_the_same_bytes_read_to_another_text_are_no_copy(store: Store) -> None:
    raw = "“Río,” said Ada Moss.".encode()
    read_wrongly = make_document(raw.decode("latin-1"), raw=raw, name="b.txt")
    saved = store_documents(store, make_document(raw.decode(), raw=raw), read_wrongly)
    assert [one.standing for one in saved] == [Standing.NEW, Standing.NEW]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    body=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
    data=st.data(),
)
def test_any_text_comes_back_as_it_went_in(store: Store, body: str, data: st.DataObject) -> None:
    cut = st.integers(0, len(body) - 1)
    spans = data.draw(st.lists(cut, min_size=1, max_size=3, unique=True).map(sorted))
    content = tuple(Span(at, at + 1) for at in spans)
    put(store, body, Quotation(kind=Kind.MIXED, content=content))
    with store.session() as session:
        version = session.scalars(
            select(DocumentVersion).order_by(DocumentVersion.seen_at.desc()).limit(1)
        ).one()
        assert version.text == body
        assert version.raw == body.encode()
        pieces = session.execute(
            select(QuotationSpan.start, QuotationSpan.end, QuotationSpan.text)
            .join(Row, Row.id == QuotationSpan.quotation_id)
            .where(Row.version_id == version.id)
        ).all()
    assert pieces
    assert all(body[start:end] == piece for start, end, piece in pieces)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE quotation SET kind = 'rumour'",
        "UPDATE quotation SET act = 'song'",
        'UPDATE quotation SET start = 5, "end" = 5',
        "UPDATE quotation SET confidence = 1.5",
        "UPDATE span SET role = 'chorus'",
        "UPDATE span SET start = -1",
        "UPDATE speaker SET kind = 'ghost'",
        "UPDATE run SET status = 'odd'",
        "UPDATE run_version SET status = 'running'",
        "DELETE FROM speaker",
        TWIN_VERSION,
    ],
)
def test_the_schema_refuses_what_the_design_forbids(store: Store, change: str) -> None:
    store_documents(store, make_document(TEXT))
    with pytest.raises(IntegrityError), store.session(write=True) as session:
        session.execute(text(change))


def test_deleting_a_document_takes_everything_of_it_along(store: Store) -> None:
    store_documents(store, make_document(TEXT))
    with store.session(write=True) as session:
        session.execute(text("DELETE FROM document"))
        for table in ("document_version", "run_version", "quotation", "span", "attribution"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
    with store.session() as session:
        assert queries.search(session, "rain") == []


def test_speakers_across_documents(store: Store) -> None:
    store_documents(
        store,
        make_document("“One,” said Moss.", name="1.txt"),
        make_document("“Two,” said Ada Moss. “Hm,” said a guard.", name="2.txt"),
        make_document("“Three,” said Moss Ada. “Hm,” said a guard.", name="3.txt"),
    )
    with store.session() as session:
        listed = [(one.name, one.documents) for one in queries.speakers(session)]
    assert listed == [("a guard", 1), ("a guard", 1), ("Ada Moss", 3)]


def test_in_doubt_a_surname_is_given_to_neither(store: Store) -> None:
    both = "“Yes,” said Ada Moss. “No,” said Ivo Moss."
    store_documents(store, make_document(both, name="0.txt"))
    store_documents(store, make_document("“Oh,” said Moss.", name="1.txt"))
    with store.session() as session:
        names = [(one.name, one.documents) for one in queries.speakers(session)]
    assert names == [("Ada Moss", 1), ("Ivo Moss", 1), ("Moss", 1)]
