"""How often one statement is told right from another: claims held against a single content each.

    python -m quotes.evaluation.phenomena fixtures/claims/phenomena.jsonl

A line is `{"id", "content", "claim", "verdict", "note"}`: what was said, what somebody claims of
it, the verdict that is right if nothing else was said, and what was done to the words. No text is
read and nothing is stored: only the comparing and judging is measured.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from quotes.evaluation.claims import encoder_of, report
from quotes.evaluation.claims_values import Answer, Claim, read_lines, texts_of
from quotes.verification.compare import read_once
from quotes.verification.likeness import Likeness, Pieces, likeness
from quotes.verification.verdict import Claimed, Ruling, judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.records import QuotationRecord, SpeakerRecord
    from quotes.vectors.encoder import Encoder

SPEAKER: Final[SpeakerRecord] = {"id": "s_1", "name": "Mara Lindqvist", "kind": "person"}
HINT: Final = 'write {"id": "…", "content": "…", "claim": "…", "verdict": "…", "note": "…"}'


class _Meaning:
    """Likeness to one claim, of contents that are stored nowhere."""

    def __init__(self, encoder: Encoder, claim: str) -> None:
        self._encoder = encoder
        self._claim = self._pieces(read_once(claim).core)

    def _pieces(self, text: str) -> Pieces:
        return Pieces(text, *self._encoder.states(text))

    def closeness(self, texts: Sequence[str]) -> list[float]:
        return [float(self._pieces(text).vector @ self._claim.vector) for text in texts]

    def likeness(self, texts: Sequence[str]) -> list[Likeness]:
        return [likeness(self._claim, self._pieces(text)) for text in texts]


def read_statements(path: Path) -> list[Claim]:
    """Return the lines of a file, `text` being the content; raises CorpusError as `read_claims`."""
    return read_lines(path, _statement, hint=HINT)


def _statement(given: Any) -> Claim:
    texts = texts_of(given, ("id", "content", "claim", "note"))
    return Claim(
        id=texts["id"],
        speaker=SPEAKER["name"],
        claim=texts["claim"],
        verdict=Ruling(given["verdict"]),
        text=texts["content"],
        note=texts["note"],
    )


def answer(statement: Claim, encoder: Encoder | None = None) -> Answer:
    """Return the verdict on a claim where only its content was ever said, and by its speaker."""
    content = statement.text or ""
    started = perf_counter()
    given = judge(
        statement.claim,
        claimed=Claimed(name=SPEAKER["name"], speakers=(SPEAKER,)),
        candidates=[_record(content)],
        meaning=_Meaning(encoder, statement.claim) if encoder else None,
    )
    seconds = perf_counter() - started
    return Answer(claim=statement, given=Ruling(given.ruling), seconds=seconds, evidence=content)


def _record(text: str) -> QuotationRecord:
    return {
        "id": "q_1",
        "kind": "direct" if text.startswith(("“", '"')) else "indirect",
        "act": "speech",
        "document": {
            "id": "d_1",
            "path": "",
            "version": "",
            "title": None,
            "published_at": None,
        },
        "content": {"text": text, "start": 0, "end": len(text), "spans": [[0, len(text)]]},
        "cue": None,
        "source": None,
        "speaker": SPEAKER,
        "confidence": None,
        "status": "machine",
        "via": None,
        "method": "given",
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table of verdicts, and with --list each claim that was answered wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("statements", type=Path, nargs="+")
    parser.add_argument("--no-vectors", action="store_true", help="judge by words alone")
    parser.add_argument("--list", action="store_true", help="list what was answered wrong")
    options = parser.parse_args(arguments)
    statements = [one for path in options.statements for one in read_statements(path)]
    encoder = encoder_of(options)
    answers = [answer(one, encoder) for one in statements]
    print(report(answers, as_json=False, listed=options.list, peer=None))


if __name__ == "__main__":
    main()
