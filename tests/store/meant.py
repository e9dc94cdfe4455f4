"""Documents with vectors made by chance, so that the store is tested without the encoder."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from sqlalchemy import select

from quotes.store.embeddings import save_vectors
from quotes.store.models import DocumentVersion, RunVersion
from quotes.vectors.meanings import Meanings
from quotes.vectors.packing import pack
from quotes.vectors.sentences import sentences
from tests.store.builders import find, store_documents
from tests.vectors.made import made_vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from quotes.documents.document import Document
    from quotes.store import Store


def vector_of(text: str) -> NDArray[np.float32]:
    """Return the vector that these tests give a text."""
    vector: NDArray[np.float32] = made_vectors(1, seed=zlib.crc32(text.encode()))[0]
    return vector


def meanings_of(text: str) -> Meanings:
    """Return vectors for what the toy pipeline finds in a text."""
    spans = tuple(sentences(text))
    texts = [text[one.start : one.end] for one in spans]
    texts += [one.text(text) for one in find(text)]
    return Meanings(
        encoder="toy",
        sentences=spans,
        packed={one: pack(vector_of(one)[None, :])[0] for one in texts},
    )


def store_with_vectors(store: Store, *documents: Document) -> list[int]:
    """Store documents as `store_documents` does, with vectors; returns the ids of the versions."""
    versions = [saved.version_id for saved in store_documents(store, *documents)]
    for version_id in versions:
        add_vectors(store, version_id)
    return versions


def add_vectors(store: Store, version_id: int) -> int:
    """Give a version and its newest run the vectors that they lack; returns how many."""
    with store.session(write=True) as session:
        text = session.get_one(DocumentVersion, version_id).text
        newest = (
            select(RunVersion.run_id)
            .where(RunVersion.version_id == version_id)
            .order_by(RunVersion.run_id.desc())
        )
        run_id = session.scalars(newest).first()
        return save_vectors(session, version_id, run_id, meanings_of(text))
