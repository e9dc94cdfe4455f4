"""What is read, looked up in the store many at a time: most of what is read again is unchanged.

Every file is read and hashed each time. Its size and its times would spare that, but a file can
change and keep both, and reading is not what takes long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from quotes.documents.document import Document, Skipped
from quotes.journal import Stored
from quotes.store.standing import Found, Standing, standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.store import Store

Item: TypeAlias = tuple[Document | Skipped | Stored, int | None]

# So much is read before it is looked up at most: items, and bytes of their sources.
_MOST: Final = 256
_MOST_NEW: Final = 16
_BYTES: Final = 2_000_000


def looked_up(store: Store, items: Iterable[Item]) -> Iterator[tuple[Item, Found | None]]:
    """Yield the items in order, each with how it stood: unchanged, new, or None for anything else.

    A version that is stored whole stays so, whatever is stored meanwhile; what was new is asked for
    once more when it is stored. Where something is new, few are read ahead of their turn; while all
    is unchanged, ever more are read before the next look.
    """
    coming = iter(items)
    most = 1
    ended: BaseException | None = None
    while ended is None:
        read, ended = _taken(coming, most)
        documents = [item for item, _ in read if isinstance(item, Document)]
        with store.session() as session:
            found = standings(session, documents)
        unchanged = all(one is not None and one.standing is Standing.UNCHANGED for one in found)
        most = min(most * 2, _MOST if unchanged else _MOST_NEW)
        standing = iter(found)
        for one in read:
            yield one, next(standing) if isinstance(one[0], Document) else None
    if not isinstance(ended, StopIteration):
        raise ended


def _taken(coming: Iterator[Item], most: int) -> tuple[list[Item], BaseException | None]:
    """Take so many items, or fewer where they are large, and with them what ended the reading.

    What was read before an error, or an interruption, is done first.
    """
    taken: list[Item] = []
    held = 0
    while len(taken) < most and held < _BYTES:
        try:
            one = next(coming)
        except BaseException as error:
            return taken, error
        taken.append(one)
        held += len(one[0].raw) if isinstance(one[0], Document) else 0
    return taken, None
