"""The vectors of quotations and sentences: entered, counted, and what has none yet.

Every function takes a session and none commits.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, func, insert, select

from quotes.store.bulk import put
from quotes.store.current import current_runs, is_current_version, is_newest_run, of_run
from quotes.store.models import (
    DocumentVersion,
    Embedded,
    Embedding,
    EmbeddingModel,
    Quotation,
    RunVersion,
)
from quotes.vectors.hashes import digest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy.orm import Session

    from quotes.quotation import Quotation as Found
    from quotes.store.quotation_rows import Home
    from quotes.vectors.meanings import Meanings


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many current quotations there are, how many have vectors, and so for sentences.

    Of sentences only those that have vectors are known, and the documents that have none.
    """

    quotations: int
    quotations_with: int
    documents: int
    documents_with: int
    sentences_with: int

    @property
    def missing(self) -> int:
        """Quotations and documents that have no vectors."""
        return self.quotations - self.quotations_with + self.documents - self.documents_with


def model_of(session: Session) -> EmbeddingModel | None:
    """Return the row of this program's encoder, if it has made vectors here."""
    return session.scalar(select(EmbeddingModel).where(EmbeddingModel.digest == digest()))


def enter_model(session: Session, name: str) -> EmbeddingModel:
    """Return the row of this program's encoder, added where there is none."""
    model = model_of(session)
    if model is None:
        model = EmbeddingModel(name=name, digest=digest(), token=secrets.token_hex(16))
        session.add(model)
        session.flush()
    return model


def forget_other_models(session: Session) -> None:
    """Delete the vectors of other encoders, which nothing can be compared with any more."""
    others = select(EmbeddingModel.id).where(EmbeddingModel.digest != digest())
    session.execute(delete(Embedding).where(Embedding.model_id.in_(others)))
    session.execute(delete(EmbeddingModel).where(EmbeddingModel.digest != digest()))


def save_vectors(
    session: Session,
    version_id: int,
    run_id: int | None,
    meanings: Meanings,
) -> int:
    """Store the vectors of a version's sentences and of a run's quotations; returns how many.

    What has a vector of the same encoder is left alone, and so is a quotation that a person made
    and whose text was not encoded.
    """
    model = enter_model(session, meanings.encoder)
    version = session.get_one(DocumentVersion, version_id)
    rows = []
    if not has_sentences(session, version_id):
        rows += [
            _row(model, version_id, None, one, meanings.packed[version.text[one.start : one.end]])
            for one in meanings.sentences
        ]
    rows += [
        _row(model, version_id, one.id, one, meanings.packed[one.text])
        for one in _bare_quotations(session, version_id, run_id, model.id)
        if one.text in meanings.packed
    ]
    if rows:
        session.execute(insert(Embedding), rows)
    return len(rows)


def save_new_vectors(
    session: Session, home: Home, quotations: Mapping[int, Found], meanings: Meanings
) -> None:
    """Store the vectors of a new version's sentences, and of its quotations by their keys."""
    model = enter_model(session, meanings.encoder)
    rows = [
        _row(model, home.version_id, None, one, meanings.packed[home.text[one.start : one.end]])
        for one in meanings.sentences
    ]
    for key, quotation in quotations.items():
        packed = meanings.packed.get(quotation.text(home.text))
        if packed is not None:
            rows.append(_row(model, home.version_id, key, quotation.hull, packed))
    put(session, Embedding, rows)


def copy_vectors(session: Session, old_id: int, new: Quotation) -> None:
    """Give a quotation the vectors of another with the same text."""
    for one in session.scalars(select(Embedding).where(Embedding.quotation_id == old_id)).all():
        session.add(
            Embedding(
                model_id=one.model_id,
                kind=one.kind,
                version_id=new.version_id,
                quotation_id=new.id,
                start=new.start,
                end=new.end,
                vector=one.vector,
            )
        )
    session.flush()


def coverage(session: Session) -> Coverage:
    """Count what has vectors of this program's encoder, over current versions and newest runs."""
    model = model_of(session)
    model_id = model.id if model is not None else None
    runs = current_runs()
    quotations = select(func.count()).select_from(Quotation).join(runs, of_run(runs))
    documents = select(func.count()).select_from(DocumentVersion).where(is_current_version())
    sentences = (
        select(func.count())
        .select_from(Embedding)
        .join(DocumentVersion, DocumentVersion.id == Embedding.version_id)
        .where(
            is_current_version(),
            Embedding.kind == Embedded.SENTENCE,
            Embedding.model_id == model_id,
        )
    )
    return Coverage(
        quotations=session.scalar(quotations) or 0,
        quotations_with=session.scalar(quotations.where(_is_embedded(model_id))) or 0,
        documents=session.scalar(documents) or 0,
        documents_with=session.scalar(documents.where(_has_any_sentence(model_id))) or 0,
        sentences_with=session.scalar(sentences) or 0,
    )


def wanting(session: Session) -> list[tuple[int, int | None]]:
    """Return the current versions that lack vectors, each with its newest run, if any finished."""
    model = model_of(session)
    model_id = model.id if model is not None else None
    runs = current_runs()
    bare = exists().where(of_run(runs), ~_is_embedded(model_id))
    query = (
        select(DocumentVersion.id, runs.c.run_id)
        .outerjoin(runs, runs.c.version_id == DocumentVersion.id)
        .where(is_current_version(), ~_has_any_sentence(model_id) | bare)
        .order_by(DocumentVersion.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def runs_wanting(session: Session, versions: Collection[int]) -> list[tuple[int, int]]:
    """Return which of some versions have quotations without vectors, each with its newest run.

    None has in a database without any vectors.
    """
    model = model_of(session)
    if model is None:
        return []
    query = (
        select(RunVersion.version_id, RunVersion.run_id)
        .where(
            RunVersion.version_id.in_(versions),
            is_newest_run(),
            exists().where(
                Quotation.version_id == RunVersion.version_id,
                Quotation.run_id == RunVersion.run_id,
                ~_is_embedded(model.id),
            ),
        )
        .order_by(RunVersion.version_id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def texts_wanting(session: Session, version_id: int, run_id: int | None) -> tuple[str, list[str]]:
    """Return a version's text, and the texts of the run's quotations that have no vector."""
    model = model_of(session)
    version = session.get_one(DocumentVersion, version_id)
    bare = _bare_quotations(session, version_id, run_id, model.id if model is not None else None)
    return version.text, [one.text for one in bare]


def has_sentences(session: Session, version_id: int) -> bool:
    """Tell whether sentences of a version have vectors of this program's encoder."""
    model = model_of(session)
    if model is None:
        return False
    query = select(DocumentVersion.id).where(
        DocumentVersion.id == version_id, _has_any_sentence(model.id)
    )
    return session.scalar(query) is not None


def _bare_quotations(
    session: Session, version_id: int, run_id: int | None, model_id: int | None
) -> Sequence[Any]:
    """Return `id`, `start`, `end` and `text` of a run's quotations that have no vector."""
    query = (
        select(Quotation.id, Quotation.start, Quotation.end, Quotation.text)
        .where(
            Quotation.version_id == version_id,
            Quotation.run_id == run_id,
            ~_is_embedded(model_id),
        )
        .order_by(Quotation.id)
    )
    return session.execute(query).all()


def _is_embedded(model_id: int | None) -> Any:
    return exists().where(Embedding.quotation_id == Quotation.id, Embedding.model_id == model_id)


def _has_any_sentence(model_id: int | None) -> Any:
    return exists().where(
        Embedding.version_id == DocumentVersion.id,
        Embedding.kind == Embedded.SENTENCE,
        Embedding.model_id == model_id,
    )


def _row(
    model: EmbeddingModel, version_id: int, quotation_id: int | None, span: Any, vector: bytes
) -> dict[str, Any]:
    kind = Embedded.SENTENCE if quotation_id is None else Embedded.QUOTATION
    return {
        "model_id": model.id,
        "kind": str(kind),
        "version_id": version_id,
        "quotation_id": quotation_id,
        "start": span.start,
        "end": span.end,
        "vector": vector,
    }
