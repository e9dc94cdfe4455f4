"""The flat files: what was added is there for every reader, and damage makes them none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.vectors.index import ROW, Index
from quotes.vectors.packing import pack
from tests.vectors.made import made_vectors

if TYPE_CHECKING:
    from pathlib import Path

VECTORS = made_vectors(300, seed=3)
PACKED = pack(VECTORS)


def filled(folder: Path | None, count: int = 100, *, origin: str = "ours") -> Index:
    index = Index(folder, "quotation", origin=origin)
    index.extend(range(1, count + 1), PACKED[:count])
    return index


def first(index: Index, place: int) -> int:
    ((id_, score), *_) = index.search(VECTORS[place], first=50, limit=3)
    assert score == pytest.approx(1, abs=1e-3)
    return id_


@pytest.mark.parametrize("on_disk", [True, False])
def test_what_was_added_is_found(tmp_path: Path, on_disk: bool) -> None:
    index = filled(tmp_path / "x" if on_disk else None)
    assert (len(index), index.last_id, index.in_memory) == (100, 100, not on_disk)
    assert [first(index, place) for place in (0, 57, 99)] == [1, 58, 100]
    assert index.holds(58, PACKED[57])
    assert not index.holds(58, PACKED[56])
    assert not index.holds(101, PACKED[56])


def test_nothing_is_found_in_nothing(tmp_path: Path) -> None:
    index = Index(tmp_path / "x", "quotation", origin="ours")
    assert index.search(VECTORS[0], first=10, limit=3) == []
    assert not (tmp_path / "x").exists()
    index.extend([], [])
    assert len(index) == 0


@given(st.lists(st.integers(1, 40), max_size=6), st.booleans())
def test_in_whatever_parts_it_is_added_it_is_the_same(sizes: list[int], on_disk: bool) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as name:
        index = Index(Path(name) if on_disk else None, "quotation", origin="ours")
        done = 0
        for size in sizes:
            # What was there already comes along, as where two processes add the same.
            start = max(0, done - 5)
            index.extend(range(start + 1, done + size + 1), PACKED[start : done + size])
            done += size
        assert (len(index), index.last_id) == (done, done)
        if done:
            whole = filled(None, done)
            found = index.search(VECTORS[0], first=done, limit=done)
            assert found == whole.search(VECTORS[0], first=done, limit=done)


def test_another_reader_sees_it_and_what_is_added_later(tmp_path: Path) -> None:
    writer = filled(tmp_path)
    reader = Index(tmp_path, "quotation", origin="ours")
    assert len(reader) == 100
    writer.extend([150], [PACKED[150]])
    assert len(reader) == 100
    reader.reload()
    assert first(reader, 150) == 150
    assert sorted(path.suffix for path in tmp_path.glob("quotation*")) == [
        ".bits",
        ".json",
        ".rows",
    ]


def test_kinds_lie_side_by_side(tmp_path: Path) -> None:
    filled(tmp_path)
    other = Index(tmp_path, "sentence", origin="ours")
    other.extend([7], [PACKED[7]])
    assert len(Index(tmp_path, "quotation", origin="ours")) == 100
    assert len(Index(tmp_path, "sentence", origin="ours")) == 1


def test_files_of_another_database_count_for_nothing_and_are_replaced(tmp_path: Path) -> None:
    filled(tmp_path, origin="theirs")
    index = Index(tmp_path, "quotation", origin="ours")
    assert len(index) == 0
    index.extend([5], [PACKED[5]])
    assert len(list(tmp_path.glob("quotation-*.bits"))) == 1
    assert first(Index(tmp_path, "quotation", origin="ours"), 5) == 5


@pytest.mark.parametrize("content", ["", "{", "[]", "7", "{}", '{"layout": 1}'])
def test_a_head_that_is_none_is_none(tmp_path: Path, content: str) -> None:
    filled(tmp_path)
    (tmp_path / "quotation.json").write_text(content)
    index = Index(tmp_path, "quotation", origin="ours")
    assert len(index) == 0
    index.extend(range(1, 101), PACKED[:100])
    assert first(Index(tmp_path, "quotation", origin="ours"), 70) == 71


@pytest.mark.parametrize("change", [{"count": -1}, {"name": "../x"}, {"count": "x"}, {"more": 1}])
def test_a_head_that_says_nonsense_is_none(tmp_path: Path, change: dict[str, object]) -> None:
    filled(tmp_path)
    path = tmp_path / "quotation.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    assert len(Index(tmp_path, "quotation", origin="ours")) == 0


@pytest.mark.parametrize("suffix", ["bits", "rows"])
@pytest.mark.parametrize("how", ["cut", "gone"])
def test_files_that_are_cut_or_gone_are_none(tmp_path: Path, suffix: str, how: str) -> None:
    filled(tmp_path)
    (path,) = tmp_path.glob(f"*.{suffix}")
    if how == "cut":
        os.truncate(path, path.stat().st_size // 2)
    else:
        path.unlink()
    index = Index(tmp_path, "quotation", origin="ours")
    assert len(index) == 0
    index.extend(range(1, 101), PACKED[:100])
    assert first(Index(tmp_path, "quotation", origin="ours"), 70) == 71


def test_what_a_killed_writer_left_is_written_over(tmp_path: Path) -> None:
    index = filled(tmp_path)
    for path in tmp_path.glob("quotation-*"):
        with path.open("ab") as file:
            file.write(b"half a row")
    index.extend([120], [PACKED[120]])
    again = Index(tmp_path, "quotation", origin="ours")
    assert (len(again), first(again, 120), first(again, 99)) == (101, 120, 100)
    (rows,) = tmp_path.glob("*.rows")
    assert rows.stat().st_size == 101 * ROW.itemsize


WRITER = """
import sys
from pathlib import Path
from tests.vectors.test_index import Index, PACKED
index = Index(Path(sys.argv[1]), "quotation", origin="ours")
for end in range(int(sys.argv[2]), 300, 10):
    index.extend(range(index.last_id + 1, end + 1), PACKED[index.last_id : end])
"""


def test_two_writers_at_once_leave_every_vector_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    writers = [subprocess.Popen([*command, start]) for start in ("10", "15")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    index = Index(tmp_path, "quotation", origin="ours")
    assert (len(index), index.last_id) == (295, 295)
    assert all(index.holds(place + 1, PACKED[place]) for place in range(295))


def test_where_no_file_can_be_written_memory_does(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    index = filled(tmp_path / "file")
    assert index.in_memory
    assert first(index, 30) == 31


def test_cleared_it_is_empty_for_everybody(tmp_path: Path) -> None:
    index = filled(tmp_path)
    index.clear()
    assert len(index) == 0
    assert len(Index(tmp_path, "quotation", origin="ours")) == 0
    assert not list(tmp_path.glob("quotation*"))


def test_what_another_process_emptied_is_not_filled_from_the_middle(tmp_path: Path) -> None:
    index = filled(tmp_path)
    Index(tmp_path, "quotation", origin="ours").clear()
    index.extend([120], [PACKED[120]], after=100)
    assert (len(index), index.last_id) == (0, 0)
    index.extend(range(1, 121), PACKED[:120], after=0)
    assert [first(index, place) for place in (0, 99, 119)] == [1, 100, 120]
    again = Index(tmp_path, "quotation", origin="ours")
    assert (len(again), first(again, 99)) == (120, 100)


def test_ids_must_ascend() -> None:
    with pytest.raises(ValueError, match="ascend"):
        Index(None, "quotation", origin="ours").extend([2, 1], PACKED[:2])


def test_no_link_is_followed_when_files_are_written(tmp_path: Path) -> None:
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "a.db.vectors"
    elsewhere.mkdir()
    folder.symlink_to(elsewhere)
    index = Index(folder, "quotation", origin="x")
    index.extend([1], PACKED[:1])
    # It goes on in memory, and what the link leads to is left alone.
    assert index.in_memory
    assert len(index) == 1
    assert list(elsewhere.iterdir()) == []


def test_a_lock_that_is_a_link_is_left_alone(tmp_path: Path) -> None:
    victim, folder = tmp_path / "victim", tmp_path / "a.db.vectors"
    folder.mkdir()
    (folder / "lock").symlink_to(victim)
    index = Index(folder, "quotation", origin="x")
    index.extend([1], PACKED[:1])
    assert index.in_memory
    assert not victim.exists()


@pytest.mark.parametrize("count", ["9" * 30, "1e300", '"2"', "[]"])
def test_a_head_that_lies_is_taken_for_none(tmp_path: Path, count: str) -> None:
    folder = tmp_path / "a.db.vectors"
    Index(folder, "quotation", origin="x").extend([1], PACKED[:1])
    head = folder / "quotation.json"
    told = head.read_text(encoding="utf-8")
    head.write_text(told.replace('"count": 1', f'"count": {count}'), encoding="utf-8")
    assert len(Index(folder, "quotation", origin="x")) == 0
