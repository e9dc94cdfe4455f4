"""The protocol between an ingest and what extracts for it: texts in, findings out, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from quotes.pipeline import Result
    from quotes.vectors.meanings import Meanings


class Task(Protocol):
    """A text to extract from; `sentences` tells whether its sentences need vectors too."""

    @property
    def text(self) -> str: ...

    @property
    def sentences(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found in a text, with its vectors where they are made."""

    result: Result
    vectors: Meanings | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Why nothing was found in a text, in words for the user."""

    reason: str


Outcome: TypeAlias = Found | Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a run says of the pipeline that made it."""

    name: str
    version: str
    models: Mapping[str, str]


class Reader(Protocol):
    """What extracts from one text at a time; the outcome depends on nothing but the text."""

    @property
    def identity(self) -> Identity: ...

    def read(self, text: str, *, sentences: bool) -> Outcome:
        """Return what one text holds, or why it cannot be read.

        Raises ModelError, for a model that cannot be used fails every text alike.
        """
        ...


class Loader(Protocol):
    """Makes a reader where it is called; one that goes to another process can be pickled."""

    def __call__(self) -> Reader: ...


T = TypeVar("T", bound=Task)


class Engine(Protocol):
    """Reads tasks, here or elsewhere, and gives them back in the order they came.

    Tasks are taken one by one and only as far ahead as there is room for; when they end, what is
    at hand is finished.
    """

    def identity(self) -> Identity:
        """Return whose results these are; may have to wait for a model. Raises ModelError."""
        ...

    def run(self, tasks: Iterable[T]) -> Iterator[list[tuple[T, Outcome]]]:
        """Yield the tasks in order with their outcomes, those that are ready together in a list.

        Raises ModelError, and EngineError where nobody is left to read.
        """
        ...

    def close(self) -> None:
        """Let go of everything at once; what was not given back is lost."""
        ...
