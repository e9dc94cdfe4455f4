"""`quotes verify`: did this speaker say these words?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.options import act_option, min_confidence_option
from quotes.cli.output import (
    json_option,
    notice,
    print_json,
    print_json_line,
    printable,
    shortened,
)
from quotes.errors import DocumentError, MalformedRecord, UnreadableDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.store import Store
    from quotes.verification.verdict import Match, Verdict

STATUS_NO = 3
TEXT_LENGTH = 400
SENTENCES = {
    "verbatim": "{speaker} said this, word for word.",
    "misattributed": "Somebody else said this, and nothing shows that {speaker} did.",
    "not_found": "Nothing stored shows that {speaker} said this.",
}
THOUGHT = "{speaker} is reported to think this, word for word."


@click.command("verify")
@click.option("--speaker", metavar="NAME", help="Who is claimed to have said it.")
@click.argument("text", required=False)
@click.option(
    "--batch",
    type=click.Path(allow_dash=True),
    metavar="FILE",
    help='Verify each line {"id", "speaker", "claim"} of a JSON Lines file, or of -.',
)
@act_option
@min_confidence_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    speaker: str | None,
    text: str | None,
    batch: str | None,
    act: tuple[str, ...],
    min_confidence: float | None,
    as_json: bool,
) -> None:
    """Check whether a speaker said these words.

    The verdict is verbatim where the words stand so in a quotation of the speaker, whatever their
    typography; misattributed where they stand only in a quotation of somebody else; not_found
    otherwise. With --act, quotations of other acts are shown and decide nothing; with
    --min-confidence, so are quotations less sure. Where the evidence is a reported thought and not
    a statement, a note says so. The exit status is 0 for verbatim and 3 for the others. A batch
    prints one object a line, and its status is 1 where a line could not be read.

    Example: quotes verify --speaker Noda "the tolls will double"
    """
    if batch is not None:
        if text is not None or speaker is not None:
            raise click.UsageError("--batch takes speakers and claims from its file alone")
        ctx.exit(_verify_batch(ctx.obj["db"], batch, act, min_confidence))
    if not speaker or not speaker.strip():
        raise click.UsageError("name the speaker with --speaker NAME")
    claim = sys.stdin.read() if text == "-" else text
    if not _has_words(claim):
        raise click.UsageError("the claim is empty; give the words that were said")
    from quotes.store import Store

    with Store(ctx.obj["db"]) as store:
        verdict = _verify(store, speaker, str(claim), act, min_confidence)
    if as_json:
        print_json(verdict.as_json())
    else:
        _print_verdict(verdict, speaker)
    ctx.exit(0 if verdict.ruling == "verbatim" else STATUS_NO)


def _has_words(claim: Any) -> bool:
    from quotes.verification.find import read_claim

    return isinstance(claim, str) and bool(read_claim(claim).words)


def _verify(
    store: Store, speaker: str, claim: str, acts: tuple[str, ...], min_confidence: float | None
) -> Verdict:
    from quotes.verification.verdict import Standard
    from quotes.verification.verify import verify

    standard = Standard(acts=acts, min_confidence=min_confidence)
    with store.session() as session:
        return verify(session, speaker=speaker, claim=claim, standard=standard)


def _verify_batch(db: str, path: str, acts: tuple[str, ...], min_confidence: float | None) -> int:
    from quotes.store import Store

    failed = False
    with Store(db) as store:
        for number, line in enumerate(_lines(path), 1):
            if not line.strip():
                continue
            try:
                given = _parse(line)
            except DocumentError as error:
                failed = True
                notice(printable(f"{path}, line {number}: {error}"))
                continue
            verdict = _verify(store, given["speaker"], given["claim"], acts, min_confidence)
            print_json_line({"id": given.get("id"), **verdict.as_json()})
    return 1 if failed else 0


def _lines(path: str) -> Iterator[bytes]:
    """Yield the lines of a file or of standard input, as bytes: one may be no UTF-8."""
    if path == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(path).open("rb") as lines:
            yield from lines
    except OSError as error:
        raise UnreadableDocument(
            f"{path} cannot be read: {error.strerror}", hint="check the path after --batch"
        ) from error


def _parse(line: bytes) -> dict[str, Any]:
    hint = 'write {"id": …, "speaker": "…", "claim": "…"}'
    try:
        given = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise MalformedRecord("this is no JSON in UTF-8", hint=hint) from error
    if not isinstance(given, dict):
        raise MalformedRecord("this is no JSON object", hint=hint)
    for name in ("speaker", "claim"):
        if not isinstance(given.get(name), str) or not given[name].strip():
            raise MalformedRecord(f"it has no {name}", hint=hint)
    if not _has_words(given["claim"]):
        raise MalformedRecord("its claim has no words", hint=hint)
    return given


def _print_verdict(verdict: Verdict, name: str) -> None:
    colour = "green" if verdict.ruling == "verbatim" else "yellow"
    speaker = printable(verdict.speaker["name"] if verdict.speaker else name)
    ruling = click.style(str(verdict.ruling).replace("_", " "), fg=colour, bold=True)
    sentence = THOUGHT if verdict.rests_on_thought else SENTENCES[verdict.ruling]
    click.echo(f"{ruling}: {sentence.format(speaker=speaker)}")
    for match in verdict.matches:
        click.echo()
        _print_match(match)


def _print_match(match: Match) -> None:
    if match.quote is None:
        click.echo(printable(match.note))
        return
    quote = match.quote
    said_by = quote["speaker"]["name"] if quote["speaker"] else "unknown speaker"
    click.echo(f"{quote['id']}  {printable(said_by)}, {quote['kind']}, {quote['act']}")
    click.echo("  " + shortened(quote["content"]["text"], TEXT_LENGTH))
    click.echo("  " + printable(_place(quote["document"])))
    for difference in match.differences:
        click.echo(
            "  " + printable(f"{difference['kind']}: “{difference['source']}” in the source")
        )
    if match.note:
        click.echo("  " + printable(match.note))


def _place(document: Any) -> str:
    day = (document["published_at"] or "")[:10]
    return ", ".join(part for part in (document["title"], day, document["path"]) if part)
