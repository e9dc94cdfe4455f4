"""Speakers across documents: the same in any order, each merge explained, none made for two."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from quotes.pipeline import Result
from quotes.quotation import Attribution, Kind, Quotation, SpeakerKind
from quotes.spans import Span
from quotes.speakers.registry import derive
from quotes.store import Store, queries
from quotes.store.audit import audit
from quotes.store.models import Attribution as AttributionRow
from quotes.store.models import DocumentVersion, RunStatus
from quotes.store.models import Naming as NamingRow
from quotes.store.namings import value_of
from quotes.store.speaker_book import SpeakerBook
from quotes.store.writer import finish_run, save, save_result, start_run
from tests.store.builders import make_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from quotes.documents.document import Document

Named = tuple[str, ...]
"""A name with the other names that a document uses; one that begins with "the" is a body's."""


def article(number: int, *people: Named, edition: int = 0) -> tuple[Document, Result]:
    """Return a document in which each of these says one thing."""
    body = f"{number} {edition} " + "x" * len(people)
    start = len(body) - len(people)
    quotations = tuple(
        Quotation(
            kind=Kind.DIRECT,
            content=(Span(start + at, start + at + 1),),
            attribution=Attribution(
                name=names[0].removeprefix("the "),
                aliases=names[1:],
                kind=SpeakerKind.ORGANISATION
                if names[0].startswith("the ")
                else SpeakerKind.PERSON,
                method="name",
            ),
        )
        for at, names in enumerate(people)
    )
    return make_document(body, name=f"{number}.txt"), Result(text=body, quotations=quotations)


def put(store: Store, articles: Sequence[tuple[Document, Result]], *, runs: int = 1) -> None:
    """Store the articles, in one run or several."""
    step = max(1, -(-len(articles) // runs))
    for first in range(0, len(articles), step):
        with store.session(write=True) as session:
            run = start_run(session, pipeline="hand", version="1", models={}, config={})
        for document, result in articles[first : first + step]:
            with store.session(write=True) as session:
                save(session, document, result, run, SpeakerBook())
        with store.session(write=True) as session:
            finish_run(session, run, RunStatus.DONE)


def told(store: Store) -> dict[tuple[str, int], tuple[str, str]]:
    """Return the id and the name of whoever speaks at each place of each document."""
    with store.session() as session:
        return {
            (one.record["document"]["path"], one.record["content"]["start"]): (
                one.record["speaker"]["id"],
                one.record["speaker"]["name"],
            )
            for one in queries.quotations(session)
            if one.record["speaker"]
        }


def names(store: Store) -> list[str]:
    """Return the name of each place's speaker, in the order of documents."""
    return [name for _, (_, name) in sorted(told(store).items())]


def listed(store: Store) -> list[tuple[str, str, tuple[str, ...], int]]:
    with store.session() as session:
        found = queries.speakers(session)
    return sorted((one.id, one.name, tuple(sorted(one.aliases)), one.quotations) for one in found)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a database without a row; copying it is quicker than making another."""
    path = tmp_path_factory.mktemp("empty") / "quotes.db"
    Store(f"sqlite:///{path}", create=True).close()
    return path


@pytest.fixture
def store(empty: Path, tmp_path: Path) -> Iterator[Store]:
    with fresh(empty, tmp_path, "own") as opened:
        yield opened


def fresh(empty: Path, folder: Path, name: str) -> Store:
    path = folder / f"{name}.db"
    for old in folder.glob(f"{name}.db*"):
        old.unlink()
    shutil.copy(empty, path)
    return Store(f"sqlite:///{path}")


def test_a_phrase_with_a_capital_and_without_is_one_speaker_of_its_document(store: Store) -> None:
    body = "Some sailors, some sailors and SOME SAILORS"
    quotations = tuple(
        Quotation(
            kind=Kind.DIRECT,
            content=(Span(at, at + 4),),
            attribution=Attribution(name=name, kind=SpeakerKind.GROUP, method="described"),
        )
        for at, name in ((0, "Some sailors"), (14, "some sailors"), (31, "SOME SAILORS"))
    )
    put(store, [(make_document(body), Result(text=body, quotations=quotations))])
    assert [name for _, name in told(store).values()] == ["Some sailors"] * 3
    assert list(audit(store)) == []


PEOPLE = st.sampled_from(
    [
        ("Moss",),
        ("Ada Moss",),
        ("Moss Ada", "Moss"),
        ("Ada Moss", "Moss"),
        ("Ivo Moss", "Moss"),
        ("A. Moss",),
        ("Ada B. Moss", "Ada Moss"),
        ("Ada C. Moss",),
        ("Old Ada Moss", "Ada Moss"),
        ("Ada Moss Jr.",),
        ("Lund",),
        ("Bo Lund", "Lund", "Bibi"),
        ("Lund Bo",),
        ("Bibi",),
        ("Bo",),
        ("the Tern Party", "TP"),
        ("the Tide Press", "TP"),
        ("the TP",),
        ("the Tide",),
        ("the Trade Ministry", "Norland’s Trade Ministry"),
        ("the Trade Ministry", "Sudland’s Trade Ministry"),
        ("the Trade Ministry",),
    ]
)
DOCUMENTS = st.lists(st.lists(PEOPLE, min_size=1, max_size=3, unique=True), min_size=1, max_size=6)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(collection=DOCUMENTS, data=st.data())
def test_the_order_of_ingestion_changes_nothing(
    empty: Path, tmp_path: Path, collection: list[list[Named]], data: st.DataObject
) -> None:
    articles = [article(number, *people) for number, people in enumerate(collection)]
    order = [articles[at] for at in data.draw(st.permutations(range(len(articles))))]
    runs = data.draw(st.integers(1, len(articles)))
    with fresh(empty, tmp_path, "a") as one, fresh(empty, tmp_path, "b") as other:
        put(one, articles)
        put(other, order, runs=runs)
        assert told(one) == told(other)
        assert listed(one) == listed(other)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(collection=DOCUMENTS, before=DOCUMENTS, data=st.data())
def test_what_a_source_no_longer_says_counts_for_nothing(
    empty: Path,
    tmp_path: Path,
    collection: list[list[Named]],
    before: list[list[Named]],
    data: st.DataObject,
) -> None:
    articles = [article(number, *people) for number, people in enumerate(collection)]
    drafts = [article(n, *people, edition=1) for n, people in enumerate(before)][: len(articles)]
    with fresh(empty, tmp_path, "a") as one, fresh(empty, tmp_path, "b") as other:
        put(one, articles)
        order = data.draw(st.permutations(range(len(articles))))
        put(other, [*drafts, *(articles[at] for at in order)])
        assert told(one) == told(other)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(collection=DOCUMENTS)
def test_looking_only_near_by_finds_what_looking_at_everything_finds(
    empty: Path, tmp_path: Path, collection: list[list[Named]]
) -> None:
    with fresh(empty, tmp_path, "a") as store:
        put(store, [article(number, *people) for number, people in enumerate(collection)])
        with store.session() as session:
            rows = session.scalars(select(NamingRow).where(NamingRow.documents > 0)).all()
        leads = derive(value_of(row) for row in rows)
        for row in rows:
            lead = leads[SpeakerKind(row.kind), row.key]
            assert (row.speaker_id is None) == lead.apart
            assert (row.reason, row.because) == (lead.reason, list(lead.because))
        assert list(audit(store)) == []


def test_one_speaker_by_title_by_either_order_and_by_a_surname(store: Store) -> None:
    put(
        store,
        [
            article(1, ("Premier Kenta Mori",)),
            article(2, ("Mori Kenta",)),
            article(3, ("Mori",)),
        ],
    )
    assert len(set(told(store).values())) == 1


def test_a_second_bearer_takes_the_surname_from_the_first(store: Store) -> None:
    put(store, [article(1, ("Ada Moss",)), article(2, ("Moss",))])
    assert names(store) == ["Ada Moss", "Ada Moss"]
    put(store, [article(3, ("Ivo Moss",))])
    assert names(store) == ["Ada Moss", "Moss", "Ivo Moss"]
    with store.session() as session:
        # The first attribution is still there: rows are only added.
        assert session.scalar(select(func.count()).select_from(AttributionRow)) == 4
        assert queries.speaker(session, "Ada Moss").quotations == 1


def test_surnames_in_doubt_are_their_documents_own(store: Store) -> None:
    put(store, [article(1, ("Ada Moss",), ("Ivo Moss",)), article(2, ("Moss",))])
    put(store, [article(3, ("Moss",))])
    speakers = told(store)
    assert len({id_ for id_, name in speakers.values() if name == "Moss"}) == 2


def test_a_surname_that_its_document_tells_apart_is_not_led_to_the_full_name(store: Store) -> None:
    put(store, [article(1, ("Ada Moss",), ("Moss",)), article(2, ("Moss",))])
    assert names(store) == ["Ada Moss", "Moss", "Ada Moss"]


def test_an_old_id_leads_to_who_it_was_merged_into(store: Store) -> None:
    put(store, [article(1, ("Moss",))])
    (before, _) = told(store)["articles/1.txt", 4]
    put(store, [article(2, ("Ada Moss", "Moss"))])
    with store.session() as session:
        assert queries.speaker(session, before).name == "Ada Moss"
        assert [one.name for one in queries.speakers(session)] == ["Ada Moss"]


def test_the_commoner_order_of_a_name_is_shown(store: Store) -> None:
    put(store, [article(1, ("Kenta Mori",)), article(2, ("Mori Kenta",))])
    put(store, [article(3, ("Mori Kenta", "Mori"))])
    assert set(names(store)) == {"Mori Kenta"}


def test_an_older_version_seen_again_brings_its_names_back(store: Store) -> None:
    first = article(2, ("Moss",))
    put(store, [article(1, ("Ada Moss",)), article(3, ("Moss",)), first])
    put(store, [article(2, ("Ivo Moss",), edition=1)])
    assert names(store) == ["Ada Moss", "Ivo Moss", "Moss"]
    put(store, [first])
    assert names(store) == ["Ada Moss", "Ada Moss", "Ada Moss"]


def test_extracting_again_with_other_names_replaces_the_old_ones(store: Store) -> None:
    put(store, [article(1, ("Ada Moss",)), article(2, ("Ivo Moss",)), article(3, ("Moss",))])
    assert names(store) == ["Ada Moss", "Ivo Moss", "Moss"]
    document, _ = article(2)
    _, again = article(2, ("Ivo Lund",))
    with store.session(write=True) as session:
        run = start_run(session, pipeline="hand", version="2", models={}, config={})
        found = queries.versions(session, document.id)[0]
        version = session.get_one(DocumentVersion, found.id)
        save_result(session, version, again, run, SpeakerBook())
    assert names(store) == ["Ada Moss", "Ivo Lund", "Ada Moss"]
