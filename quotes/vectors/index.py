"""Vectors in flat files that are read through memory, or in memory where there is no folder.

A folder holds, for each kind of vector, a head (JSON) and the two files that it names: `.bits`, 48
bytes a vector, and `.rows`, 400: its id, its step and its 384 numbers. A writer appends to these
files and then puts a new head in place of the old one, in one step; what stands beyond the head's
count was never finished, and is written over. So a reader sees whole states only, whenever a writer
is killed. Writers wait for each other at a lock file.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from quotes.vectors.nearest import WORDS, best, distances, least, signs
from quotes.vectors.packing import DIMENSIONS, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

ROW: Final = np.dtype(
    [("id", "<i8"), ("step", "<f4"), ("unused", "<u4"), ("whole", "i1", (DIMENSIONS,))]
)
_LAYOUT: Final = 1
_BITS_BYTES: Final = WORDS * 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What an index holds: of which collection, how many vectors, and the last id among them."""

    origin: str
    name: str
    count: int = 0
    last_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """One whole state: what a search reads while another thread goes on to the next."""

    head: Head
    bits: NDArray[np.uint64]
    rows: NDArray[Any]


class Index:
    """Vectors under ascending ids; `origin` says of what, and another's files count for nothing.

    Without a folder, or where none can be written, it is kept in memory. Files that are damaged are
    taken for none.
    """

    def __init__(self, folder: Path | None, kind: str, *, origin: str) -> None:
        self._folder = folder
        self._kind = kind
        self._nothing = _State(
            head=Head(origin=origin, name=""),
            bits=np.empty((0, WORDS), np.uint64),
            rows=np.empty(0, ROW),
        )
        self._now = self._nothing
        self.reload()

    @property
    def last_id(self) -> int:
        """The highest id, 0 where there is none."""
        return self._now.head.last_id

    @property
    def in_memory(self) -> bool:
        """Whether nothing of it is on disk."""
        return self._folder is None

    def __len__(self) -> int:
        return self._now.head.count

    def holds(self, id_: int, packed: bytes) -> bool:
        """Tell whether the vector under this id is this one."""
        rows = self._now.rows
        place = int(np.searchsorted(rows["id"], id_))
        if place == len(rows) or rows["id"][place] != id_:
            return False
        return bool(rows["whole"][place].tobytes() == packed[-DIMENSIONS:])

    def reload(self) -> None:
        """Read what another process may have written meanwhile."""
        self._now = self._on_disk() or self._now

    def _on_disk(self) -> _State | None:
        """Return what the files hold; None where there are none, or they are damaged."""
        head = self._read_head() if self._folder is not None else None
        if head is None:
            return None
        if head == self._now.head:
            return self._now
        with suppress(OSError, ValueError, TypeError, OverflowError):
            bits = _mapped(self._file(head, "bits"), np.dtype("<u8"), (head.count, WORDS))
            rows = _mapped(self._file(head, "rows"), ROW, (head.count,))
            if not head.count or rows[-1]["id"] == head.last_id:
                return _State(head=head, bits=bits, rows=rows)
        return None

    def extend(
        self, ids: Sequence[int], packed: Sequence[bytes], *, after: int | None = None
    ) -> None:
        """Add vectors; ids that are not above the last are there already, and left out.

        `after` is the last id that whoever asks has seen. Where another process has emptied the
        files since, nothing is added: what comes before is missing. Raises ValueError for ids that
        do not ascend, or a packed vector of another size.
        """
        if any(one >= other for one, other in pairwise(ids)):
            raise ValueError("ids must ascend")
        if self._folder is not None:
            try:
                with self._locked(self._folder):
                    self._now = self._on_disk() or self._nothing
                    if after is None or self.last_id >= after:
                        self._extend_files(self._folder, ids, packed)
                return
            except OSError:
                # No permission, or no room: memory does as well, for this process.
                self._to_memory()
        if after is None or self.last_id >= after:
            self._extend_memory(ids, packed)

    def clear(self) -> None:
        """Forget every vector."""
        self._now = self._nothing
        if self._folder is not None:
            with suppress(OSError), self._locked(self._folder):
                self._head_path(self._folder).unlink(missing_ok=True)
                self._sweep(self._folder, "")

    def search(
        self, vector: NDArray[np.float32], *, first: int, limit: int
    ) -> list[tuple[int, float]]:
        """Return the nearest `limit` of the `first` whose signs differ least, best first.

        Each comes as its id and its cosine with the vector, which has unit length.
        """
        now = self._now
        query = signs(vector[None, :])[0]
        rows = now.rows[least(distances(now.bits, query), first)]
        places, scores = best(rows["step"], rows["whole"], vector, limit)
        return list(zip(rows["id"][places].tolist(), scores.tolist(), strict=True))

    def _extend_memory(self, ids: Sequence[int], packed: Sequence[bytes]) -> None:
        bits, rows = self._new(ids, packed)
        if len(rows):
            self._now = _State(
                head=self._grown("", rows),
                bits=np.concatenate([self._now.bits, bits]),
                rows=np.concatenate([self._now.rows, rows]),
            )

    def _extend_files(self, folder: Path, ids: Sequence[int], packed: Sequence[bytes]) -> None:
        bits, rows = self._new(ids, packed)
        if not len(rows):
            return
        head = self._grown(self._now.head.name or f"{self._kind}-{secrets.token_hex(8)}", rows)
        before = len(self)
        _write_at(self._file(head, "bits"), before * _BITS_BYTES, bits.tobytes())
        _write_at(self._file(head, "rows"), before * ROW.itemsize, rows.tobytes())
        target = self._head_path(folder)
        draft = target.with_suffix(f".{secrets.token_hex(8)}.tmp")
        with open(draft, "x", encoding="utf-8", opener=_no_link) as file:
            file.write(json.dumps({"layout": _LAYOUT, **asdict(head)}))
        draft.replace(target)
        self._sweep(folder, head.name)
        self.reload()

    def _new(
        self, ids: Sequence[int], packed: Sequence[bytes]
    ) -> tuple[NDArray[np.uint64], NDArray[Any]]:
        fresh = [place for place, one in enumerate(ids) if one > self.last_id]
        steps, whole = parts([packed[place] for place in fresh])
        rows = np.zeros(len(fresh), ROW)
        rows["id"] = [ids[place] for place in fresh]
        rows["step"], rows["whole"] = steps, whole
        return signs(whole), rows

    def _grown(self, name: str, more: NDArray[Any]) -> Head:
        count = len(self) + len(more)
        origin = self._nothing.head.origin
        return Head(origin=origin, name=name, count=count, last_id=int(more["id"][-1]))

    def _to_memory(self) -> None:
        self._folder = None
        now = self._now
        self._now = _State(head=now.head, bits=np.array(now.bits), rows=np.array(now.rows))

    def _head_path(self, folder: Path) -> Path:
        return folder / f"{self._kind}.json"

    def _file(self, head: Head, suffix: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{head.name}.{suffix}"

    def _read_head(self) -> Head | None:
        """Return the head that is on disk; None where there is none of this origin."""
        assert self._folder is not None
        try:
            given = json.loads(self._head_path(self._folder).read_text(encoding="utf-8"))
            if given.pop("layout") != _LAYOUT:
                return None
            head = Head(**given)
            sound = head.name.startswith(self._kind) and "/" not in head.name and head.count >= 0
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        return head if sound and head.origin == self._nothing.head.origin else None

    def _sweep(self, folder: Path, name: str) -> None:
        """Delete the files that no head names any more; who reads them keeps them till then."""
        for path in folder.glob(f"{self._kind}-*"):
            if path.stem != name:
                with suppress(OSError):
                    path.unlink()

    @contextmanager
    def _locked(self, folder: Path) -> Iterator[None]:
        if folder.is_symlink():
            # Beside the database stands what this program put there, or nothing of ours.
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(folder))
        folder.mkdir(exist_ok=True)
        with open(folder / "lock", "a", opener=_no_link) as lock:
            try:
                import fcntl
            except ModuleNotFoundError:  # not on every system
                yield
                return
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _mapped(path: Path, dtype: np.dtype[Any], shape: tuple[int, ...]) -> NDArray[Any]:
    """Map a file's beginning; raises ValueError where it is shorter."""
    if not shape[0]:
        return np.empty(shape, dtype)
    return np.memmap(path, dtype, "r", shape=shape)


def _no_link(path: str, flags: int) -> int:
    """Open a file that must not be a link, where the system can tell."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def _write_at(path: Path, offset: int, content: bytes) -> None:
    with open(path, "r+b" if path.exists() else "x+b", opener=_no_link) as file:
        file.truncate(offset)
        file.seek(offset)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
