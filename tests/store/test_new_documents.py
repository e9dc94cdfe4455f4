"""New documents stored together stand as those that are stored one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from quotes.errors import DocumentError, OffsetError
from quotes.pipeline import Result
from quotes.quotation import Attribution, Kind, Quotation, SpeakerKind
from quotes.spans import Span
from quotes.store import Store, queries
from quotes.store.audit import audit
from quotes.store.models import Appearance, Embedding, SpeakerMerge
from quotes.store.models import Attribution as AttributionRow
from quotes.store.models import Document as DocumentRow
from quotes.store.new_documents import Arrival, save_new
from quotes.store.searching import search
from quotes.store.speaker_book import SpeakerBook
from quotes.store.standing import Standing, absent
from quotes.store.writer import save, start_run
from quotes.vectors.meanings import Meanings
from quotes.vectors.packing import PACKED_BYTES
from tests.store.builders import find, make_document
from tests.store.reported import QUOTATIONS, TEXT
from tests.store.test_speaker_book import DOCUMENTS, Named, article, empty, fresh, listed, told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quotes.documents.document import Document
    from quotes.store.writer import Saved

__all__ = ["empty"]

Read = tuple["Document", Result]


def _read(body: str) -> Result:
    return Result(text=body, quotations=find(body))


def begin(store: Store) -> int:
    with store.session(write=True) as session:
        return start_run(session, pipeline="hand", version="1", models={}, config={})


def put_together(store: Store, some: Sequence[Read], *, run: int | None = None) -> list[Saved]:
    """Store new documents in one transaction."""
    run = begin(store) if run is None else run
    with store.session(write=True) as session:
        documents = [document for document, _ in some]
        assert absent(session, documents) == {document.id for document in documents}
        arrivals = [Arrival(document=document, result=result) for document, result in some]
        return save_new(session, arrivals, run)


def put_singly(store: Store, some: Sequence[Read]) -> None:
    """Store documents each in a transaction of its own, in the face of all that is stored."""
    run = begin(store)
    for document, result in some:
        with store.session(write=True) as session:
            save(session, document, result, run, SpeakerBook())


def leads(store: Store) -> list[tuple[object, ...]]:
    """Return to whom each document's names lead, and why, as it was written down last.

    A rival is told by the name that was shown when it came, which later documents may change.
    """
    with store.session() as session:
        return [
            tuple(row)
            for row in session.execute(
                text(
                    "SELECT a.document_id, a.kind, a.key, s.public_id, s.name, m.reason,"
                    " CASE m.reason WHEN 'rival' THEN '' ELSE m.because END"
                    " FROM appearance a JOIN speaker s ON s.id = a.speaker_id"
                    " JOIN speaker_merge m ON m.appearance_id = a.id AND m.speaker_id = s.id"
                    " WHERE m.id IN (SELECT max(id) FROM speaker_merge GROUP BY appearance_id)"
                    " AND a.current ORDER BY 1, 2, 3"
                )
            )
        ]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(collection=DOCUMENTS, before=DOCUMENTS, data=st.data())
def test_names_lead_where_they_would_one_by_one(
    empty: Path,
    tmp_path: Path,
    collection: list[list[Named]],
    before: list[list[Named]],
    data: st.DataObject,
) -> None:
    every = [article(number, *people) for number, people in enumerate([*before, *collection])]
    old, new = every[: len(before)], every[len(before) :]
    cut = data.draw(st.integers(0, len(new)))
    with fresh(empty, tmp_path, "a") as one, fresh(empty, tmp_path, "b") as other:
        put_singly(one, every)
        put_singly(other, old)
        put_together(other, new[:cut])
        put_together(other, new[cut:])
        assert told(one) == told(other)
        assert listed(one) == listed(other)
        assert leads(one) == leads(other)
        assert list(audit(other)) == []


def test_groups_unnamed_sources_and_who_passes_on_are_kept(store: Store) -> None:
    body = "Some sailors, some sailors and SOME SAILORS"
    sailors = tuple(
        Quotation(
            kind=Kind.DIRECT,
            content=(Span(at, at + 4),),
            attribution=Attribution(
                name=name, aliases=aliases, kind=SpeakerKind.GROUP, method="described"
            ),
        )
        for at, name, aliases in (
            (0, "Some sailors", ()),
            (14, "some sailors", ("the crew",)),
            (31, "SOME SAILORS", ()),
        )
    )
    some = [
        (make_document(TEXT), Result(text=TEXT, quotations=QUOTATIONS)),
        (make_document(body, name="crew.txt"), Result(text=body, quotations=sailors)),
        (make_document("Nothing is said.", name="no.txt"), _read("Nothing is said.")),
    ]
    saved = put_together(store, some)
    assert [one.quotations for one in saved] == [3, 3, 0]
    with store.session() as session:
        records = [one.record for one in queries.quotations(session)]
        crew = queries.speaker(session, "Some sailors")
        assert queries.speaker(session, "the crew").id == crew.id
    speakers = [one["speaker"] for one in records if one["speaker"] is not None]
    assert [one["name"] for one in speakers] == [
        "port official",
        "Ada Moss and Bo Lund",
        "Ada Moss",
        *["Some sailors"] * 3,
    ]
    assert crew.quotations == 3
    assert [member["name"] for member in speakers[1]["members"]] == ["Ada Moss", "Bo Lund"]
    passed = records[0]["via"]
    assert passed is not None
    assert passed["name"] == "Harbour News"
    assert list(audit(store)) == []


def test_two_quotations_of_the_same_spans_are_one(store: Store) -> None:
    body = "“Go,” said Ada Moss."
    (one,) = find(body)
    again = replace(one, confidence=0.1)
    read = (make_document(body), Result(text=body, quotations=(one, again)))
    assert [saved.quotations for saved in put_together(store, [read])] == [1]
    with store.session() as session:
        (kept,) = queries.quotations(session)
    assert kept.record["confidence"] == 0.9


@pytest.mark.parametrize("most", [1, 2_000])
def test_words_are_found_and_keys_go_on(
    store: Store, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("quotes.store.new_documents._MOST", most)
    run = begin(store)
    for part in range(3):
        bodies = [f"“Harbour {part} {n},” said Ada Moss." for n in range(4)]
        read = [
            (make_document(body, name=f"{part}{n}.txt"), Result(text=body, quotations=find(body)))
            for n, body in enumerate(bodies)
        ]
        put_together(store, read, run=run)
    put_singly(store, [(make_document("“Late,” said Bo Lund."), _read("“Late,” said Bo Lund."))])
    with store.session() as session:
        assert len(search(session, "harbour")) == 12
        assert sorted(session.scalars(select(DocumentRow.id))) == list(range(1, 14))
        # Nobody was led twice: where it leads is known before anything is written.
        places = session.scalar(select(func.count()).select_from(Appearance))
        assert session.scalar(select(func.count()).select_from(SpeakerMerge)) == places == 13
        assert session.scalar(select(func.count()).select_from(AttributionRow)) == 13


def test_vectors_are_kept_with_their_sentences_and_quotations(store: Store) -> None:
    body = "“Go,” said Ada Moss. It rained."
    document = make_document(body)
    packed = {
        one: bytes([n]) * PACKED_BYTES for n, one in enumerate(("“Go,”", body[:20], body[21:]))
    }
    vectors = Meanings(encoder="toy", sentences=(Span(0, 20), Span(21, 31)), packed=packed)
    run = begin(store)
    with store.session(write=True) as session:
        save_new(session, [Arrival(document=document, result=_read(body), vectors=vectors)], run)
    with store.session() as session:
        rows = session.scalars(select(Embedding).order_by(Embedding.id)).all()
        assert [(row.kind, row.start, row.end) for row in rows] == [
            ("sentence", 0, 20),
            ("sentence", 21, 31),
            ("quotation", 0, 5),
        ]
        assert all(row.vector == packed[body[row.start : row.end]] for row in rows)


@pytest.mark.parametrize(
    ("body", "result", "error"),
    [
        ("half \ud800", _read("half \ud800"), DocumentError),
        ("one", _read("another"), OffsetError),
        (
            "short",
            Result(text="short", quotations=(Quotation(kind=Kind.DIRECT, content=(Span(0, 9),)),)),
            OffsetError,
        ),
    ],
)
def test_what_cannot_be_kept_leaves_nothing(
    store: Store, body: str, result: Result, error: type[Exception]
) -> None:
    good = ("“Go,” said Ada Moss.", _read("“Go,” said Ada Moss."))
    some = [
        (make_document(good[0], name="good.txt"), good[1]),
        (make_document(body, name="bad.txt"), result),
    ]
    with pytest.raises(error):
        put_together(store, some)
    with store.session() as session:
        assert session.scalar(select(func.count()).select_from(DocumentRow)) == 0


def test_none_are_stored_as_none(store: Store) -> None:
    assert put_together(store, []) == []
    assert [one.standing for one in put_together(store, [(make_document("x"), _read("x"))])] == [
        Standing.NEW
    ]
