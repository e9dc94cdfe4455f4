"""Vectors for what was stored without them, a document a transaction: a kill loses one document.

And what follows when people decide on quotations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.store import embeddings
from quotes.store.vectors import make_own_index, refreshed
from quotes.vectors.meanings import meanings
from quotes.vectors.sentences import sentences
from quotes.verification.utterances import join

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from quotes.store import Store
    from quotes.vectors.encoder import Encoder


def wanting(store: Store) -> list[tuple[int, int | None]]:
    """Return the current versions that lack vectors, each with its newest run."""
    with store.session() as session:
        return embeddings.wanting(session)


def embed(store: Store, encoder: Encoder, version_id: int, run_id: int | None) -> int:
    """Make the vectors that a version and its run lack; returns how many."""
    with store.session() as session:
        text, quotations = embeddings.texts_wanting(session, version_id, run_id)
        spans = [] if embeddings.has_sentences(session, version_id) else sentences(text)
    found = meanings(encoder, text, spans, quotations)
    with store.session(write=True) as session:
        return embeddings.save_vectors(session, version_id, run_id, found)


def make_index(store: Store) -> None:
    """Make the index from nothing, and delete the vectors of other encoders."""
    with store.session(write=True) as session:
        embeddings.forget_other_models(session)
        make_own_index(session)
    with store.session() as session:
        refreshed(session, "quotation", anew=True)
        refreshed(session, "sentence", anew=True)


def follow_up(
    store: Store, versions: Collection[int], encoder: Callable[[], Encoder | None]
) -> bool:
    """Take in what people decided on the quotations of some versions.

    Words that they named get vectors where the database has those of others, and what is told by
    several sources is joined anew. `encoder` is called where one is needed; where it gives None,
    and words are found by themselves alone, that is False.
    """
    with store.session() as session:
        wanted = embeddings.runs_wanting(session, versions)
    loaded = encoder() if wanted else None
    if loaded is not None:
        for version_id, run_id in wanted:
            embed(store, loaded, version_id, run_id)
    with store.session(write=True) as session:
        # What it tells, and by whom, may be another statement now.
        join(session, versions)
    return loaded is not None or not wanted
