"""What is fuzzed: how an input is made, and what reads it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.fuzz import answering, reading, tokens

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Target:
    """A reader: `make` draws an input, `run` reads it.

    `run` raises only QuotesError for a bad input; an AssertionError is a law that does not hold.
    `weight` is its share of a run's inputs.
    """

    name: str
    make: Callable[[random.Random], bytes]
    run: Callable[[bytes], object]
    weight: int = 10


TARGETS: Final = (
    Target("encodings", reading.any_bytes, reading.read_encoded),
    Target("text", reading.any_bytes, reading.read_named(".txt", "")),
    Target("html", reading.any_html, reading.read_named(".html"), weight=8),
    Target("jsonl", reading.any_records, reading.read_named(".jsonl", ".json")),
    Target("marks", reading.any_text(tokens.MARKS), reading.read_text),
    Target("transcripts", reading.any_text(tokens.LABELS), reading.read_text),
    Target("claims", answering.any_claim, answering.judge_claim),
    Target("searches", answering.any_question, answering.ask, weight=5),
    Target("import-jsonl", answering.any_annotations, answering.take_in_records, weight=5),
    Target("import-brat", answering.any_standoff, answering.take_in_standoff, weight=5),
    Target("people", answering.any_people, answering.read_known, weight=5),
    Target("anchoring", answering.any_change, answering.anchor_again),
    Target("highlight", reading.any_text(tokens.TAGS), answering.mark_up, weight=5),
    Target("addresses", answering.any_address, answering.open_address, weight=4),
    Target("requests", answering.any_request, answering.serve, weight=3),
    Target("rules", reading.any_article, reading.extracted_by("rules"), weight=4),
    Target("learned", reading.any_article, reading.extracted_by("learned"), weight=2),
)
BY_NAME: Final = {target.name: target for target in TARGETS}


def input_of(target: Target, seed: int, number: int) -> bytes:
    """Return an input of a run, the same every time."""
    return target.make(random.Random(f"{seed}:{target.name}:{number}"))
