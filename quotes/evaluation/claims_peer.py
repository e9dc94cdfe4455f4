"""What another program makes of the same claims and the same stored quotations.

RapidFuzz (https://rapidfuzz.github.io) compares strings and knows no speaker. It is read
generously: three thresholds on the best partial ratio make verbatim, altered, paraphrase and
not found of it, and they are tuned on the very claims that it is measured with.
"""

from __future__ import annotations

from itertools import combinations
from time import perf_counter
from typing import TYPE_CHECKING

from quotes.errors import BenchmarkError
from quotes.evaluation.claims_values import Answer
from quotes.store.queries import quotations
from quotes.verification.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.evaluation.claims_values import Claim
    from quotes.store import Store

PEERS = ("rapidfuzz",)
GIVEN = (Ruling.VERBATIM, Ruling.ALTERED, Ruling.PARAPHRASE)
GRID = range(40, 102, 2)


def ask_peer(name: str, store: Store, claims: Sequence[Claim]) -> tuple[list[Answer], str]:
    """Return the answers of a peer to the claims, and in words how it was set.

    Raises BenchmarkError where the peer is not installed.
    """
    try:
        import rapidfuzz  # noqa: F401  # is it there at all?
    except ModuleNotFoundError as error:
        raise BenchmarkError(f"{name} is not installed", hint=f"pip install {name}") from error
    with store.session() as session:
        contents = [one.record["content"]["text"] for one in quotations(session)]
    scored = []
    for claim in claims:
        started = perf_counter()
        found, score = _best(claim.claim, contents)
        scored.append((claim, found, score, perf_counter() - started))
    thresholds = tuned([(score, claim.verdict) for claim, _, score, _ in scored])
    answers = [
        Answer(
            claim=claim,
            given=by_score(score, thresholds),
            seconds=seconds,
            evidence=f"{score:.1f} for {found}",
        )
        for claim, found, score, seconds in scored
    ]
    setting = ", ".join(
        f"{ruling} from {threshold}" for ruling, threshold in zip(GIVEN, thresholds, strict=True)
    )
    return answers, setting


def _best(claim: str, contents: Sequence[str]) -> tuple[str, float]:
    """Return the most like of some contents, with a score of up to 100.

    The claim may be a part of a content. A content that is a part of the claim is held against all
    of it: two words that stand in every claim would bear out any.
    """
    from rapidfuzz import fuzz, process, utils

    best = ("", 0.0)
    longer = [one for one in contents if len(one) >= len(claim)]
    shorter = [one for one in contents if len(one) < len(claim)]
    for group, scorer in ((longer, fuzz.partial_ratio), (shorter, fuzz.ratio)):
        found = process.extractOne(claim, group, scorer=scorer, processor=utils.default_process)
        if found and found[1] > best[1]:
            best = (found[0], float(found[1]))
    return best


def tuned(scored: Sequence[tuple[float, Ruling]]) -> tuple[int, int, int]:
    """Return the thresholds, falling, with the most right verdicts on these scores."""
    return max(
        ((c, b, a) for a, b, c in combinations(GRID, 3)),
        key=lambda thresholds: sum(by_score(s, thresholds) is right for s, right in scored),
    )


def by_score(score: float, thresholds: Sequence[int]) -> Ruling:
    """Return the verdict of a score: that of the first threshold it reaches, or not found."""
    for ruling, threshold in zip(GIVEN, thresholds, strict=True):
        if score >= threshold:
            return ruling
    return Ruling.NOT_FOUND
