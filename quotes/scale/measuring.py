"""How long a database of generated quotations takes to answer, in this process and as a command."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

import quotes
from quotes.errors import BenchmarkError
from quotes.scale.building import Builder
from quotes.scale.language import Language
from quotes.store import Store
from quotes.store.asking import parse
from quotes.store.models import Attribution, Quotation, Speaker
from quotes.store.searching import search
from quotes.verification.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
SEED: Final = 7
_WARMING: Final = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, or with `speaker` None a search, that is answered once."""

    kind: str
    text: str
    speaker: str | None = None


def database(folder: Path, size: int, tell: Callable[[str], None]) -> str:
    """Return the URL of a database of this size in the folder; it is made where it is not there."""
    path = folder / f"generated-{size}.db"
    if not path.exists():
        begun = path.with_suffix(".part")
        begun.unlink(missing_ok=True)
        Builder(size, SEED).build(
            f"sqlite:///{begun}", lambda done: tell(f"{done} of {size} quotations")
        )
        begun.rename(path)
    return f"sqlite:///{path}"


def cases(session: Session, *, rounds: int, seed: int = SEED) -> list[Case]:
    """Return so many cases of each kind, drawn from what the database holds.

    Claims are 5 to 15 words of a quotation: as they stand, with one word changed, or with every
    other word changed to one that few texts have.
    """
    chance = random.Random(seed)
    words = Language(SEED).words
    found: list[Case] = []
    for _ in range(rounds):
        speaker, said = _drawn(session, chance)
        start = chance.randrange(len(said) - 5)
        claim = said[start : start + chance.randint(5, 15)]
        altered, other = list(claim), list(claim)
        altered[chance.randrange(len(claim))] = chance.choice(words)
        other[::2] = [chance.choice(words[1_000:]) for _ in other[::2]]
        word, second, third = (chance.choice(words[50:5_000]) for _ in range(3))
        for kind, text in (("verbatim", claim), ("altered", altered), ("nothing", other)):
            found.append(Case(f"verify {kind}", " ".join(text), speaker))
        for kind, asked in (
            ("word", word),
            ("phrase", f'"{" ".join(claim[:3])}"'),
            ("boolean", f"({word} OR {second}) -{third}"),
            ("prefix", f"{word[:4]}* {claim[0]}"),
        ):
            found.append(Case(f"search {kind}", asked))
    return found


def _drawn(session: Session, chance: random.Random) -> tuple[str, list[str]]:
    """Return a quotation's speaker and words; who is quoted more often is drawn more often."""
    last = session.scalar(select(func.max(Quotation.id))) or 0
    while True:
        query = (
            select(Speaker.name, Quotation.text)
            .join(Attribution, Attribution.speaker_id == Speaker.id)
            .join(Quotation, Quotation.id == Attribution.quotation_id)
            .where(Quotation.id == chance.randint(1, last), Speaker.kind == "person")
        )
        row = session.execute(query).first()
        if row is not None:
            return row.name, row.text.strip("“”,").split()


def answer(session: Session, case: Case) -> None:
    """Answer a case as the command line does."""
    if case.speaker is not None:
        verify(session, speaker=case.speaker, claim=case.text)
    else:
        search(session, parse(case.text))


def measure(
    url: str, *, rounds: int, commands: int, tell: Callable[[str], None]
) -> dict[str, list[float]]:
    """Return the seconds that each kind of case took, and `command` those of a fresh `verify`."""
    with Store(url) as store, store.session() as session:
        chosen = cases(session, rounds=rounds)
        for case in cases(session, rounds=_WARMING, seed=SEED + 1):
            answer(session, case)
        taken: dict[str, list[float]] = {}
        for number, case in enumerate(chosen):
            if not number % 50:
                tell(f"{number} of {len(chosen)} questions")
            begun = perf_counter()
            answer(session, case)
            taken.setdefault(case.kind, []).append(perf_counter() - begun)
    claims = [case for case in chosen if case.speaker is not None][:commands]
    for case in claims:
        taken.setdefault("command", []).append(timed_command(url, case))
    return taken


def timed_command(url: str, case: Case) -> float:
    """Return the seconds of a fresh `quotes verify`; raises BenchmarkError where it fails."""
    # -P: no module of the folder that we happen to be in takes the place of ours.
    command = [sys.executable, "-P", "-m", "quotes", "verify", "--json"]
    # Not as an argument, which any user of the machine can read, with its password.
    ours = {**os.environ, "QUOTES_DB": url, "PYTHONPATH": str(Path(quotes.__file__).parents[1])}
    begun = perf_counter()
    ran = subprocess.run(
        [*command, "--speaker", str(case.speaker), "--", case.text],
        stdout=subprocess.DEVNULL,
        # Kept for a failure: that a database has no vectors need not be told once a command.
        stderr=subprocess.PIPE,
        env=ours,
        check=False,
    )
    taken = perf_counter() - begun
    if ran.returncode not in (0, 3):
        told = ran.stderr.decode(errors="replace").strip()
        raise BenchmarkError(f"`quotes verify` left with status {ran.returncode}: {told}")
    return taken


def curve(
    folder: Path,
    sizes: Sequence[int],
    *,
    rounds: int,
    commands: int,
    tell: Callable[[str], None] = lambda step: None,
) -> dict[str, Any]:
    """Return p50 and p95 of each kind in milliseconds, by the size of the database."""
    rows = []
    for size in sizes:
        taken = measure(database(folder, size, tell), rounds=rounds, commands=commands, tell=tell)
        rows += [
            {
                "quotations": size,
                "what": kind,
                "times": len(seconds),
                "p50_ms": round(1000 * quantile(seconds, 0.5), 1),
                "p95_ms": round(1000 * quantile(seconds, 0.95), 1),
            }
            for kind, seconds in taken.items()
        ]
    return {"sizes": list(sizes), "rounds": rounds, "rows": rows}


def quantile(values: Sequence[float], share: float) -> float:
    """Return the least value that this share of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-round(share * 1000) * len(ordered) // 1000) - 1)]
