"""Inputs: our own seeds, changed where formats are decided: marks, tags, labels, encodings."""

from __future__ import annotations

import json
import string
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.fuzz.tokens import BOMS, BREAKS, CODECS, JOINTS, LABELS, MAGIC, MARKS, ODD, WORDS
from tests.hostile import HOSTILE, IMPOSSIBLE

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

ROOT: Final = Path(__file__).parents[2]
LONGEST: Final = 4_000


@cache
def seeds() -> tuple[str, ...]:
    """Return texts of ours: the starter corpus, the gold, hand-made ones, and hostile strings."""
    paths = [
        *sorted((ROOT / "seeds").iterdir()),
        *sorted((ROOT / "fixtures/gold/text").rglob("*.txt")),
    ]
    texts = [path.read_text(encoding="utf-8") for path in paths if path.is_file()]
    return (*texts, *(one for one in (*HOSTILE, *IMPOSSIBLE) if len(one) < LONGEST))


def piece(chance: random.Random, longest: int = LONGEST) -> str:
    """Return a stretch of a seed, most of them short."""
    seed = chance.choice(seeds())
    length = min(longest, int(chance.expovariate(1 / 300)) + 1)
    start = chance.randrange(max(1, len(seed) - length))
    return seed[start : start + length]


def letter(chance: random.Random) -> str:
    """Return any code point at all, a surrogate too; common ones more often."""
    if chance.random() < 0.5:
        return chance.choice(string.printable)
    return chr(chance.choice((chance.randrange(0x3000), chance.randrange(sys.maxunicode + 1))))


def grown(chance: random.Random, tokens: Sequence[str], most: int = 60) -> str:
    """Return tokens of a grammar in any order, with words and marks between."""
    others = (WORDS, MARKS, JOINTS, BREAKS, ODD, (" ",), (" ",))
    parts = []
    for _ in range(chance.randint(1, most)):
        kind = tokens if chance.random() < 0.5 else chance.choice(others)
        parts.append(chance.choice(kind))
        if chance.random() < 0.02:
            parts.append(chance.choice(parts) * chance.randint(2, 300))
    return "".join(parts)


def mutated(chance: random.Random, text: str, tokens: Sequence[str] = MARKS) -> str:
    """Return a text after some edits, each of which breaks what a format rests on."""
    for _ in range(chance.choice((0, 1, 1, 2, 3, 5, 9, 20))):
        text = chance.choice(_EDITS)(chance, text, tokens)[: 4 * LONGEST]
    return text


def _place(chance: random.Random, text: str) -> int:
    return chance.randint(0, len(text))


def _insert(chance: random.Random, text: str, tokens: Sequence[str]) -> str:
    at = _place(chance, text)
    kinds = (tokens, tokens, MARKS, JOINTS, BREAKS, ODD, WORDS, LABELS)
    kind: Sequence[str] = chance.choice(kinds)
    return text[:at] + chance.choice(kind) + text[at:]


def _letter(chance: random.Random, text: str, tokens: Sequence[str]) -> str:
    at = _place(chance, text)
    return text[:at] + letter(chance) + text[at:]


def _cut(chance: random.Random, text: str, tokens: Sequence[str]) -> str:
    start, end = sorted((_place(chance, text), _place(chance, text)))
    return text[:start] + text[end:] if chance.random() < 0.5 else text[start:end]


def _repeat(chance: random.Random, text: str, tokens: Sequence[str]) -> str:
    start = _place(chance, text)
    end = min(len(text), start + chance.choice((1, 2, 5, 50)))
    return text[:end] + text[start:end] * chance.choice((1, 2, 30, 300)) + text[end:]


def _swap(chance: random.Random, text: str, tokens: Sequence[str]) -> str:
    one, other = chance.choice(MARKS), chance.choice((*MARKS, ""))
    return text.replace(one, other)


def _splice(chance: random.Random, text: str, tokens: Sequence[str]) -> str:
    at = _place(chance, text)
    return text[:at] + piece(chance) + text[at:]


def _case(chance: random.Random, text: str, tokens: Sequence[str]) -> str:
    return chance.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def _join(chance: random.Random, text: str, tokens: Sequence[str]) -> str:
    return text.replace(chance.choice(BREAKS), chance.choice((*BREAKS, "")))


_EDITS: Final[tuple[Callable[[random.Random, str, Sequence[str]], str], ...]] = (
    *(_insert, _insert, _insert, _letter, _cut, _repeat, _swap, _splice, _case, _join),
)


def encoded(chance: random.Random, text: str) -> bytes:
    """Return a text's bytes in some encoding, now and then broken."""
    codec = "utf-8" if chance.random() < 0.6 else chance.choice(CODECS)
    raw = text.encode(codec, chance.choice(("ignore", "replace")))
    while chance.random() < 0.3 and raw:
        at = chance.randrange(len(raw))
        match chance.randrange(6):
            case 0:
                raw = raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :]
            case 1:
                raw = raw[:at]
            case 2:
                raw = raw[:at] + raw[at + 1 :]
            case 3:
                raw = chance.choice((*BOMS, *MAGIC)) + raw
            case 4:
                raw = raw[:at] + chance.randbytes(chance.randint(1, 30)) + raw[at:]
            case _:
                raw = raw[:at] + raw[at : at + 2] * chance.choice((2, 50)) + raw[at:]
    return raw


def text_of(chance: random.Random, tokens: Sequence[str] = MARKS) -> str:
    """Return a text: a seed changed, or the tokens of a grammar."""
    if chance.random() < 0.6:
        return mutated(chance, piece(chance), tokens)
    return mutated(chance, grown(chance, tokens), tokens)


def as_bytes(text: str) -> bytes:
    """Return a text so that any, with half a surrogate pair too, comes back."""
    return text.encode("utf-8", "surrogatepass")


def as_text(raw: bytes) -> str:
    """Return what `as_bytes` was given, and some text for any other bytes."""
    return raw.decode("utf-8", "surrogatepass" if _is_passed(raw) else "replace")


def _is_passed(raw: bytes) -> bool:
    try:
        raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def packed(*parts: str) -> bytes:
    """Return several texts as one input."""
    return json.dumps(parts).encode()


def unpacked(raw: bytes, count: int) -> list[str]:
    """Return the texts of an input; what is no such input counts as one text, cut in pieces."""
    try:
        parts = json.loads(raw)
    except (ValueError, RecursionError):
        parts = None
    if isinstance(parts, list) and len(parts) == count and all(isinstance(p, str) for p in parts):
        return parts
    text = as_text(raw)
    step = max(1, -(-len(text) // count))
    return [text[n * step : (n + 1) * step] for n in range(count)]
