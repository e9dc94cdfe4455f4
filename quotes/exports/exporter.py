"""What every export format does: stored quotations in, the bytes of a file out, piece by piece."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from quotes.exports.manifest import Manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.store.values import StoredQuotation

#: Gives a version's text by its id.
Passages = Callable[[int], str]

SPEAKER, SOURCE = "speaker", "source"
GROUPS = (SPEAKER, SOURCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What an exporter is told beside the quotations; `group` is one of GROUPS."""

    passages: Passages
    manifest: Manifest = field(default_factory=Manifest)
    group: str = SPEAKER


class Exporter(Protocol):
    """Turns quotations into one file.

    Formats that group by speaker take them in the order of speakers, all others in that of sources
    and places; none of them holds more than what belongs to one source in memory.
    """

    def chunks(self, quotations: Iterable[StoredQuotation]) -> Iterator[bytes]:
        """Yield the file's bytes piece by piece; text is UTF-8, line ends included."""
        ...
