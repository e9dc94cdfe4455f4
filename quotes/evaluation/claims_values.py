"""Claims whose verdict is known, and the answers that were given to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotes.errors import CorpusError
from quotes.verification.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

HINT = 'write {"id": …, "speaker": "…", "claim": "…", "verdict": "…", "text": …, "note": "…"}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is claimed of a speaker, and the verdict that is right.

    `sort` names the class of an edit where a program made it; `text` is the text that the words
    rest on.
    """

    id: str
    speaker: str
    claim: str
    verdict: Ruling
    text: str | None = None
    note: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A claim with the verdict that was given, the seconds it took, and what it rests on."""

    claim: Claim
    given: Ruling
    seconds: float
    evidence: str = ""

    @property
    def right(self) -> bool:
        """Whether the verdict is the one that is right."""
        return self.given is self.claim.verdict


def read_claims(path: Path) -> list[Claim]:
    """Return the claims of a JSON Lines file; raises CorpusError with the line that is none."""
    return read_lines(path, _claim, hint=HINT)


def read_lines(path: Path, read: Callable[[Any], Claim], *, hint: str) -> list[Claim]:
    """Return the claim that `read` makes of each line of a JSON Lines file that is not empty.

    It raises KeyError, TypeError or ValueError for a line that does not fit. Raises CorpusError
    with that line, or where the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read ({error})") from error
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(read(json.loads(line)))
            except (KeyError, TypeError, ValueError) as error:
                raise CorpusError(f"{path}, line {number} is no claim ({error})", hint=hint) from (
                    error
                )
    return found


def texts_of(given: Any, fields: Sequence[str]) -> dict[str, str]:
    """Return these fields of an object; raises KeyError or TypeError where one is no string."""
    if not isinstance(given, Mapping):
        raise TypeError("no object")
    texts = {name: given[name] for name in fields}
    if not all(isinstance(value, str) for value in texts.values()):
        raise TypeError("a field is no string")
    return texts


def _claim(given: Any) -> Claim:
    texts = texts_of(given, ("id", "speaker", "claim", "note"))
    text = given["text"]
    if not (text is None or isinstance(text, str)):
        raise TypeError("text is neither a path nor null")
    return Claim(**texts, verdict=Ruling(given["verdict"]), text=text)
