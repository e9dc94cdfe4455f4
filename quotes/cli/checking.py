"""What `verify` opens for all its claims: the database, and the encoder where there is one."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from quotes.cli.output import notice
from quotes.errors import MissingModel
from quotes.store import Store
from quotes.store.vectors import has_vectors
from quotes.verification.verdict import Standard
from quotes.verification.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from quotes.vectors.encoder import Encoder
    from quotes.verification.verdict import Verdict


class Checking:
    """A database that claims are held against, with what may decide them."""

    def __init__(
        self, db: str, acts: tuple[str, ...], min_confidence: float | None, *, by_meaning: bool
    ) -> None:
        self.standard = Standard(acts=acts, min_confidence=min_confidence)
        self._db = db
        self._by_meaning = by_meaning

    @cached_property
    def _store(self) -> Store:
        return Store(self._db)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session to read."""
        with self._store.session() as session:
            yield session

    def encoder(self, session: Session) -> Encoder | None:
        """Return the encoder; None, with one notice, where nothing can be found by meaning."""
        return self._encoder if self._by_meaning and self._ready(session) else None

    @cached_property
    def _encoder(self) -> Encoder | None:
        from quotes.vectors.encoder import Encoder

        try:
            return Encoder()
        except MissingModel as error:
            notice(f"judging by words alone: {error}")
            return None

    def _ready(self, session: Session) -> bool:
        if not has_vectors(session):
            notice(
                "judging by words alone: the database has no sentence vectors; make them with "
                "`quotes index rebuild`"
            )
            self._by_meaning = False
        return self._by_meaning

    def verify(self, session: Session, speaker: str, claim: str) -> Verdict:
        """Return the verdict on a claim."""
        return verify(
            session,
            speaker=speaker,
            claim=claim,
            standard=self.standard,
            encoder=self.encoder(session),
        )
