"""The engine that reads in this process, one text after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.engines.engine import Failed, Identity, Loader, Outcome, Reader, T

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class SerialEngine:
    """Reads each text when its turn comes; the model is loaded for the first."""

    def __init__(self, load: Loader) -> None:
        self._load = load
        self._loaded: Reader | None = None

    def identity(self) -> Identity:
        """Return the pipeline's names and versions; raises ModelError."""
        return self._reader().identity

    def run(self, tasks: Iterable[T]) -> Iterator[list[tuple[T, Outcome]]]:
        """Yield each task with its outcome; raises ModelError."""
        for task in tasks:
            try:
                outcome = self._reader().read(task.text, sentences=task.sentences)
            except MemoryError:
                outcome = Failed(reason="extraction failed: there is not enough memory for it")
            yield [(task, outcome)]

    def close(self) -> None:
        """Forget the reader."""
        self._loaded = None

    def _reader(self) -> Reader:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded
