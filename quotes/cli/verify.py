"""`quotes verify`: did this speaker say these words?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.options import act_option, min_confidence_option
from quotes.cli.output import (
    json_option,
    notice,
    print_json,
    print_json_line,
    printable,
)
from quotes.documents.files import DEFAULT_MAX_BYTES, bounded, opened, standard_input
from quotes.errors import DocumentError, MalformedRecord, TooLarge, UnreadableDocument

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from quotes.cli.checking import Checking

STATUS_NO = 3


@click.command("verify")
@click.option("--speaker", metavar="NAME", help="Who is claimed to have said it.")
@click.argument("text", required=False)
@click.option(
    "--batch",
    type=click.Path(allow_dash=True),
    metavar="FILE",
    help='Verify each line {"id", "speaker", "claim"} of a JSON Lines file, or of -.',
)
@click.option(
    "--draft",
    type=click.Path(allow_dash=True),
    metavar="FILE",
    help="Verify every quotation in a draft article; - alone does so for standard input.",
)
@click.option("--no-vectors", is_flag=True, help="Judge by words alone, not by meaning.")
@act_option
@min_confidence_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    speaker: str | None,
    text: str | None,
    batch: str | None,
    draft: str | None,
    no_vectors: bool,
    act: tuple[str, ...],
    min_confidence: float | None,
    as_json: bool,
) -> None:
    """Check whether a speaker said these words.

    \b
    The verdict is
      verbatim       where a quotation of the speaker holds the words, whatever their
                     typography and case;
      altered        where the speaker said it but for a word that matters: a negation,
                     a number, a name, a word left out or put in;
      paraphrase     where the speaker said it in other words;
      misattributed  where somebody else said it, and nothing shows that the speaker did;
      not_found      otherwise.

    With --act, quotations of other acts are shown and decide nothing; with --min-confidence, so
    are quotations less sure. Where the evidence is a reported thought and not a statement, a note
    says so. The exit status is 0 for verbatim and 3 for the others; for a draft 3 where a quotation
    fails: words in quotation marks must stand so, a report may be worded otherwise. A batch prints
    one object a line, and its status is 1 where a line could not be read.

    TEXT may be - for standard input; without --speaker that is a draft.

    Example: quotes verify --speaker Noda "the tolls will double"
    """
    from quotes.cli.checking import Checking

    whole = draft if draft is not None else ("-" if text == "-" and speaker is None else None)
    if batch is not None and (text is not None or speaker is not None or whole is not None):
        raise click.UsageError("--batch takes speakers and claims from its file alone")
    if draft is not None and (text is not None or speaker is not None):
        raise click.UsageError("--draft takes speakers and words from its file alone")
    checking = Checking(ctx.obj["db"], act, min_confidence, by_meaning=not no_vectors)
    if batch is not None:
        ctx.exit(_verify_batch(checking, batch))
    if whole is not None:
        from quotes.cli.draft import verify_draft

        ctx.exit(STATUS_NO if verify_draft(checking, whole, as_json=as_json) else 0)
    if not speaker or not speaker.strip():
        raise click.UsageError("name the speaker with --speaker NAME")
    claim = bounded(standard_input()).decode(errors="replace") if text == "-" else text
    if not _has_words(claim):
        raise click.UsageError("the claim is empty; give the words that were said")
    with checking.session() as session:
        verdict = checking.verify(session, speaker, str(claim))
        if as_json:
            print_json(verdict.as_json())
        else:
            from quotes.cli.verdicts import print_verdict

            print_verdict(session, verdict, speaker)
    ctx.exit(0 if verdict.ruling == "verbatim" else STATUS_NO)


def _has_words(claim: Any) -> bool:
    from quotes.verification.find import read_claim

    return isinstance(claim, str) and bool(read_claim(claim).words)


def _verify_batch(checking: Checking, path: str) -> int:
    failed = False
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            given = _parse(line)
        except DocumentError as error:
            failed = True
            notice(printable(f"{path}, line {number}: {error}"))
            continue
        with checking.session() as session:
            verdict = checking.verify(session, given["speaker"], given["claim"])
        print_json_line({"id": given.get("id"), **verdict.as_json()})
    return 1 if failed else 0


def _lines(path: str) -> Iterator[bytes]:
    """Yield the lines of a file or of standard input, as bytes: one may be no UTF-8."""
    if path == "-":
        yield from _bounded_lines(standard_input(), path)
        return
    try:
        with opened(path) as lines:
            yield from _bounded_lines(lines, path)
    except OSError as error:
        raise UnreadableDocument(
            f"{path} cannot be read: {error.strerror}", hint="check the path after --batch"
        ) from error


def _bounded_lines(lines: BinaryIO, path: str) -> Iterator[bytes]:
    while line := lines.readline(DEFAULT_MAX_BYTES + 1):
        if len(line) > DEFAULT_MAX_BYTES:
            raise TooLarge(
                f"{path} has a line of over {DEFAULT_MAX_BYTES:,} bytes", hint="one claim a line"
            )
        yield line


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
