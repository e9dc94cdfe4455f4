"""What every parser does: text in, spaCy `Doc` out, character for character."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from spacy.tokens import Doc


class Parser(Protocol):
    """Yields a `Doc` with `doc.text == text`, tags, lemmas, dependencies, sentences and entities.

    Dependencies carry spaCy's English (ClearNLP) labels whatever the model behind. `models` maps
    each model's name and version to a hash of its files.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def models(self) -> Mapping[str, str]: ...

    @property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """The tags (`tagger`) and the dependencies (`parser`) it may give."""
        ...

    def parse(self, text: str) -> Doc:
        """Parse one text of any length."""
        ...

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Parse many, in order and in batches."""
        ...

    def zone(self) -> AbstractContextManager[object]:
        """Forget afterwards the words that were first seen inside, and every `Doc` made there.

        None of these may be touched outside, and zones do not stand inside each other.
        """
        ...
