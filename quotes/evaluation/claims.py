"""How often `quotes verify` gives the right verdict, on claims whose verdict is known.

    python -m quotes.evaluation.claims fixtures/claims/dev.jsonl

A line is `{"id", "speaker", "claim", "verdict", "text", "note"}`: `text` is the path of the text
whose words the claim uses, or null, and `note` says what was done to them. All texts that the
files name go through an ingest into a temporary database, which the claims are then put to.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from quotes.evaluation.claims_archive import annotated_documents, archive
from quotes.evaluation.claims_peer import PEERS, ask_peer
from quotes.evaluation.claims_table import figures, miss_lines, table
from quotes.evaluation.claims_values import Answer, read_claims
from quotes.vectors.encoder import Encoder
from quotes.verification.verdict import Ruling
from quotes.verification.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quotes.evaluation.claims_values import Claim
    from quotes.store import Store

GOLD = Path("fixtures/gold")


def answer(
    store: Store, claims: Iterable[Claim], *, encoder: Encoder | None = None
) -> list[Answer]:
    """Put each claim to the database, one session a claim as the command does."""
    return [_answer(store, claim, encoder) for claim in claims]


def _answer(store: Store, claim: Claim, encoder: Encoder | None) -> Answer:
    started = perf_counter()
    with store.session() as session:
        verdict = verify(session, speaker=claim.speaker, claim=claim.claim, encoder=encoder)
    seconds = perf_counter() - started
    return Answer(
        claim=claim,
        given=Ruling(verdict.ruling),
        seconds=seconds,
        evidence=_evidence(verdict.as_json()["matches"]),
    )


def _evidence(matches: Sequence[Mapping[str, Any]]) -> str:
    """Return the best match in a line: who, what, and the note."""
    if not matches:
        return ""
    quote, note = matches[0]["quote"], matches[0]["note"]
    if quote is None:
        return str(note)
    name = quote["speaker"]["name"] if quote["speaker"] else "nobody"
    return f"{name}: {quote['content']['text']}" + (f" ({note})" if note else "")


def report(answers: Sequence[Answer], *, as_json: bool, listed: bool, peer: str | None) -> str:
    """Return the table, or the figures as JSON; with `listed` every miss as well."""
    found = figures(answers)
    if as_json:
        misses = [_miss(one) for one in answers if not one.right] if listed else None
        extra = {"misses": misses} if misses is not None else {}
        return json.dumps({**found, **extra, "system": peer or "quotes"}, ensure_ascii=False)
    lines = miss_lines(answers) if listed else []
    return "\n".join([*lines, *table(found)])


def _miss(given: Answer) -> dict[str, Any]:
    claim = given.claim
    return {
        "id": claim.id,
        "speaker": claim.speaker,
        "claim": claim.claim,
        "verdict": str(claim.verdict),
        "given": str(given.given),
        "note": claim.note,
        "evidence": given.evidence,
    }


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what the measuring of verdicts may be told, wherever the claims come from."""
    parser.add_argument(
        "--gold", action="store_true", help="store the annotated quotations, not extracted ones"
    )
    parser.add_argument(
        "--no-vectors", action="store_true", help="find and judge by words alone, not by meaning"
    )
    parser.add_argument("--peer", choices=PEERS, help="measure this program as well")
    parser.add_argument("--list", action="store_true", help="list what was answered wrong")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def print_reports(store: Store, claims: Sequence[Claim], options: argparse.Namespace) -> None:
    """Print what the program makes of the claims, and after it what the peer does."""
    given = answer(store, claims, encoder=encoder_of(options))
    print(report(given, as_json=options.json, listed=options.list, peer=None))
    if options.peer:
        by_peer, setting = ask_peer(options.peer, store, claims)
        if not options.json:
            print(f"\n{options.peer}, {setting}")
        print(report(by_peer, as_json=options.json, listed=False, peer=options.peer))


def encoder_of(options: argparse.Namespace) -> Encoder | None:
    """Return what makes vectors, or nothing where the options ask for none."""
    return None if options.no_vectors else Encoder()


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table of verdicts, and with --list each claim that was answered wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("claims", type=Path, nargs="+")
    parser.add_argument("--root", type=Path, default=Path(), help="where the paths of texts begin")
    parser.add_argument(
        "--also", type=Path, nargs="+", default=[], help="more texts for the database"
    )
    add_options(parser)
    options = parser.parse_args(arguments)
    claims = [claim for path in options.claims for claim in read_claims(path)]
    texts = [options.root / name for name in sorted({one.text for one in claims if one.text})]
    if absent := [path for path in texts if not path.is_file()]:
        raise SystemExit(f"{absent[0]} is not there; say with --root where the paths begin")
    gold = {}
    if options.gold:
        gold = annotated_documents([options.root / GOLD, *{p.parent for p in options.claims}])
    paths = [*texts, *options.also]
    with archive(paths, gold=gold, encoder=encoder_of(options)) as store:
        print_reports(store, claims, options)


if __name__ == "__main__":
    main()
