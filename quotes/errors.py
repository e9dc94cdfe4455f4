"""Every error that `quotes` raises on purpose.

QuotesError                     1
├── DocumentError               1  a source that cannot be read
│   ├── MissingDocument         1  nothing stands at this path
│   ├── UnreadableDocument      1  it is there and cannot be opened
│   ├── EmptyDocument           1  it holds no text
│   ├── BinaryDocument          1  it is no text
│   ├── WrongEncoding           1  its bytes do not fit the encoding
│   ├── TooLarge                1  it is over the size limit
│   ├── UnknownFormat           1  no reader takes it
│   └── MalformedRecord         1  a JSON line that is no document
├── OffsetError                 1  a span that does not lie in its text
├── ModelError                  1  a model that cannot be used
│   ├── MissingModel            1  it is not installed
│   └── CorruptModel            1  its file is not the one that was shipped
├── StoreError                  1  the database
│   ├── MissingDatabase         1  there is none at this address
│   ├── OutdatedDatabase        1  older than this program
│   ├── NewerDatabase           1  newer than this program
│   ├── BusyDatabase            1  another program holds it
│   │   └── Overtaken           1  another came first: at once tried again, it goes well
│   └── BrokenDatabase          1  it is none, or it is damaged
├── MalformedQuery              2  a search that cannot be read
├── NotFound                    1  no quote, source or speaker of this name
├── Ambiguous                   1  several of this name
├── RefusedDecision             1  a merge or split that makes no sense
├── RefusedImport               1  annotations that do not fit what is stored
├── PeopleError                 1  a file of known people that cannot be read
├── CorpusError                 1  an annotated corpus that cannot be read
├── BenchmarkError              1  a measuring process that failed
├── EngineError                 1  workers that cannot be had
└── CannotServe                 1  the local page cannot be served

The number is the exit status of the command line. The other usage errors (2) are click's own; 3 is
no error but the answer "no".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

_REINSTALL = (
    "reinstall quotes (pip install --force-reinstall --no-deps quotes), or use the extractor rules"
)


class QuotesError(Exception):
    """The base: what is wrong, and in `hint` what to do next."""

    exit_status = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class DocumentError(QuotesError):
    """A source that cannot be read; the others are still processed."""


class MissingDocument(DocumentError):
    """Nothing stands at this path."""


class UnreadableDocument(DocumentError):
    """The operating system refused to open or read it."""


class EmptyDocument(DocumentError):
    """It holds no text at all."""


class BinaryDocument(DocumentError):
    """Its bytes are not text."""


class WrongEncoding(DocumentError):
    """Its bytes cannot be decoded in the encoding given or declared."""


class TooLarge(DocumentError):
    """It is over the size limit."""


class UnknownFormat(DocumentError):
    """No reader takes files of this kind."""


class MalformedRecord(DocumentError):
    """A line of a JSON Lines file that is not a document."""


class OffsetError(QuotesError):
    """A span that does not lie in its text, or whose text differs."""


class ModelError(QuotesError):
    """A model that cannot be used; no document can be read without it."""


class MissingModel(ModelError):
    """A model, or a package that runs it, that is not installed."""

    @classmethod
    def of_file(cls, path: object, *, expected: str) -> Self:
        """Return the error for a file that is not there; `expected` is `sha256:` and its hash."""
        return cls(f"the model file {path} is missing ({expected})", hint=_REINSTALL)


class CorruptModel(ModelError):
    """A model whose file is not the one that was shipped."""

    @classmethod
    def of_file(cls, path: object, *, expected: str, found: str) -> Self:
        """Return the error for a file whose hash is another, both as `sha256:` and the hash."""
        return cls(
            f"the model file {path} is corrupt: it should be {expected} and is {found}",
            hint=_REINSTALL,
        )


class StoreError(QuotesError):
    """The database cannot be used as it is."""


class MissingDatabase(StoreError):
    """There is no database at this address."""


class OutdatedDatabase(StoreError):
    """The schema is older than this program."""


class NewerDatabase(StoreError):
    """The schema is newer than this program."""


class BusyDatabase(StoreError):
    """Another program holds the write lock."""


class Overtaken(BusyDatabase):
    """Another program has stored meanwhile what this one began with; nothing of it was stored."""


class BrokenDatabase(StoreError):
    """The file is not a database, or it is damaged."""


class MalformedQuery(QuotesError):
    """A search whose operators, quotation marks or parentheses do not fit together."""

    exit_status = 2


class NotFound(QuotesError):
    """No quote, source or speaker answers to this name."""


class Ambiguous(QuotesError):
    """Several quotes, sources or speakers answer to this name."""

    #: So many of them are named.
    SHOWN = 5

    @classmethod
    def among(cls, message: str, names: Sequence[str], *, hint: str) -> Self:
        """Return the error with the first of these names."""
        more = ", …" if len(names) > cls.SHOWN else ""
        return cls(f"{message}: {', '.join(names[: cls.SHOWN])}{more}", hint=hint)


class RefusedDecision(QuotesError):
    """A decision about speakers that changes nothing, or that no two of them can bear."""


class RefusedImport(QuotesError):
    """A file of annotations of which nothing was stored; `problems` are lines and what is wrong."""

    def __init__(
        self, message: str, *, problems: Sequence[tuple[int, str]], hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.problems = tuple(problems)


class PeopleError(QuotesError):
    """A file of known people that cannot be read as one."""


class CorpusError(QuotesError):
    """An annotated corpus that cannot be read."""


class BenchmarkError(QuotesError):
    """A measuring process that failed."""


class EngineError(QuotesError):
    """Workers that cannot be started or reached."""


class CannotServe(QuotesError):
    """The page cannot be served: its address is taken or none of this machine's."""
