"""The figures of answered claims: accuracy, which verdict was taken for which, and the time."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from quotes.verification.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.evaluation.claims_values import Answer

# What must never be answered verbatim: paraphrase is left out, for its words are the speaker's own.
GRAVE = (Ruling.ALTERED, Ruling.MISATTRIBUTED, Ruling.NOT_FOUND)
_SHOWN = 200


def figures(answers: Sequence[Answer]) -> dict[str, Any]:
    """Return every figure; shares are percentages to one decimal, times milliseconds.

    `balanced` is the mean of the verdicts' shares, whatever their numbers; `sorts` has the classes
    of edits where the claims name any.
    """
    counted: dict[Ruling, Counter[Ruling]] = defaultdict(Counter)
    sorts: dict[str, Counter[bool]] = defaultdict(Counter)
    for one in answers:
        counted[one.claim.verdict][one.given] += 1
        if one.claim.sort:
            sorts[f"{one.claim.verdict}: {one.claim.sort}"][one.right] += 1
    rows = {str(verdict): _row(counted[verdict], verdict) for verdict in Ruling if counted[verdict]}
    right = sum(one.right for one in answers)
    return {
        "claims": len(answers),
        "right": right,
        "accuracy": _share(right, len(answers)),
        "balanced": round(sum(r["accuracy"] for r in rows.values()) / max(1, len(rows)), 1),
        "verdicts": rows,
        "wrongly_verbatim": {str(v): counted[v][Ruling.VERBATIM] for v in GRAVE},
        "sorts": {
            name: {"n": row.total(), "right": row[True], "accuracy": _share(row[True], row.total())}
            for name, row in sorted(sorts.items())
        },
        "milliseconds": {"p50": _quantile(answers, 0.5), "p95": _quantile(answers, 0.95)},
    }


def _row(given: Counter[Ruling], verdict: Ruling) -> dict[str, Any]:
    return {
        "n": given.total(),
        "right": given[verdict],
        "accuracy": _share(given[verdict], given.total()),
        "given": {str(one): given[one] for one in Ruling},
    }


def _share(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 1)


def _quantile(answers: Sequence[Answer], share: float) -> float:
    """Return the time that this share of the claims does not exceed."""
    times = sorted(one.seconds for one in answers)
    if not times:
        return 0.0
    # The nearest rank, so that one slow claim of twenty is p95's.
    at = max(0, min(len(times) - 1, -(-len(times) * round(100 * share) // 100) - 1))
    return round(1000 * times[at], 1)


def table(found: dict[str, Any]) -> list[str]:
    """Return the table's lines: a row for each right verdict, a column for each that was given."""
    columns = "".join(f"{ruling:>15}" for ruling in Ruling)
    lines = [f"{'right verdict':<28}{'n':>5}{'right':>7}{'share':>9}{columns}"]
    for name, row in found["verdicts"].items():
        given = "".join(f"{n:>15}" for n in row["given"].values())
        lines.append(f"{name:<28}{row['n']:>5}{row['right']:>7}{row['accuracy']:>7.1f} %{given}")
    total = f"{found['claims']:>5}{found['right']:>7}{found['accuracy']:>7.1f} %"
    lines.append(f"{'all':<28}{total}   mean of the verdicts {found['balanced']:.1f} %")
    for name, row in found["sorts"].items():
        lines.append(f"  {name:<26}{row['n']:>5}{row['right']:>7}{row['accuracy']:>7.1f} %")
    wrongly = found["wrongly_verbatim"]
    at_risk = sum(found["verdicts"].get(name, {"n": 0})["n"] for name in wrongly)
    each = ", ".join(f"{name} {count}" for name, count in wrongly.items())
    share = _share(sum(wrongly.values()), at_risk)
    lines.append(f"wrongly verbatim: {sum(wrongly.values())} of {at_risk}, {share:.1f} % ({each})")
    times = found["milliseconds"]
    lines.append(f"time of a claim: p50 {times['p50']:.1f} ms, p95 {times['p95']:.1f} ms")
    return lines


def miss_lines(answers: Sequence[Answer]) -> list[str]:
    """Return the lines of each wrong answer: what was claimed, and what the answer rests on."""
    lines = []
    for one in answers:
        if one.right:
            continue
        claim = one.claim
        sort = f" ({claim.sort})" if claim.sort else ""
        lines.append(f"{claim.id}: {claim.verdict}{sort}, answered {one.given}")
        lines.append(f"  {claim.speaker}: {' '.join(claim.claim.split())}")
        if claim.note:
            lines.append(f"  note: {claim.note}")
        if one.evidence:
            lines.append(f"  best: {' '.join(one.evidence.split())[:_SHOWN]}")
    return lines
