"""Three papers that tell what an invented mayor said, and one that tells something else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quotes.verification.utterances import link
from tests.store.builders import make_document, store_documents

if TYPE_CHECKING:
    from quotes.documents.document import Document
    from quotes.store import Store

WHOLE = "The harbour wall will hold the winter storms, and nobody in the old town needs to move."
CUT = "The harbour wall will hold the winter storms,"
CHANGED = (
    "The harbour wall will hold all the winter storms, and nobody in the old town needs to move."
)
OTHER = "We shall open the new swimming pool before the summer holidays begin."
MAYOR = "Ilse Vandermolen"


def telling(
    words: str, name: str, *, by: str = MAYOR, day: int | None = None, title: str | None = None
) -> Document:
    """Return a document that quotes these words and nothing else."""
    at = datetime(2025, 3, day, 9, tzinfo=UTC) if day is not None else None
    # Documents of the same bytes would be copies of one.
    text = f"News for {name}.\n\n“{words}” said {by}."
    return make_document(text, name=name, published_at=at, title=title)


def tell(store: Store, *documents: Document) -> None:
    """Store documents and join what they tell."""
    store_documents(store, *documents)
    link(store)


def papers() -> list[Document]:
    """Return four papers of which three tell one statement, `morning.txt` before the others."""
    return [
        telling(CUT, "evening.txt", day=5),
        telling(WHOLE, "morning.txt", day=4, title="Wall is safe"),
        telling(CHANGED, "weekly.txt", day=9),
        telling(OTHER, "pool.txt", day=5),
    ]
