"""What is read, looked up in the store many at a time: most of what is read again is unchanged.

Every file is read and hashed each time. Its size and its times would spare that, but a file can
change and keep both, and reading is not what takes long.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from quotes.documents.document import Document, Skipped
from quotes.journal import Stored
from quotes.store.standing import Found, unchanged_among

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.store import Store

Item: TypeAlias = tuple[Document | Skipped | Stored, int | None]

# So much is read before it is looked up at most: items, and bytes of their sources.
_MOST: Final = 256
_BYTES: Final = 2_000_000


def looked_up(store: Store, items: Iterable[Item]) -> Iterator[tuple[Item, Found | None]]:
    """Yield the items in order, each with how it stands where it is known to be unchanged.

    A version that is stored whole stays so, whatever is stored meanwhile; of anything else nothing
    is said here, for it may be stored before its turn comes. Where something is new, the next item
    is read when it is asked for; while all is unchanged, ever more are read before the next look.
    """
    coming = iter(items)
    most = 1
    while read := list(_taken(coming, most)):
        documents = [item for item, _ in read if isinstance(item, Document)]
        with store.session() as session:
            standings = unchanged_among(session, documents)
        most = 1 if None in standings else min(most * 2, _MOST)
        standing = iter(standings)
        for one in read:
            yield one, next(standing) if isinstance(one[0], Document) else None


def _taken(coming: Iterator[Item], most: int) -> Iterator[Item]:
    """Take so many items, or fewer where they are large."""
    held = 0
    for one in islice(coming, most):
        yield one
        held += len(one[0].raw) if isinstance(one[0], Document) else 0
        if held >= _BYTES:
            return
