"""`quotes verify -`: every quotation of a draft against the database, before it is published."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.marking import coloured
from quotes.cli.output import notice, print_json, printable, shortened
from quotes.cli.verdicts import print_match, ruling_word
from quotes.documents.single import read_one
from quotes.links.position import position
from quotes.verification.draft import check

if TYPE_CHECKING:
    from quotes.cli.checking import Checking
    from quotes.verification.draft import Checked

_WORDS = 200


def verify_draft(checking: Checking, path: str, *, as_json: bool) -> int:
    """Print what becomes of each quotation in a draft; returns how many fail."""
    from quotes import pipeline

    document = read_one(path)
    (result,) = pipeline.load().run([document.text])
    failed = total = 0
    rows: list[dict[str, Any]] = []
    with checking.session() as session:
        checked = check(
            session,
            document.text,
            result.quotations,
            standard=checking.standard,
            encoder=checking.encoder(session),
        )
        for one in checked:
            total += 1
            failed += not one.passes
            place = position(document.text, one.start)
            if as_json:
                rows.append(_row(one, place.line, place.column))
                continue
            click.echo(f"{place}  {_outcome(one)}  {printable(one.speaker or 'no speaker')}")
            _print_evidence(session, one)
    if as_json:
        print_json({"draft": path, "quotations": total, "failed": failed, "checked": rows})
    if not total:
        notice("no quotation was found in the draft")
    elif sys.stderr.isatty() or not as_json:
        notice(f"{total} quotations: {total - failed} hold, {failed} fail")
    return failed


def _outcome(one: Checked) -> str:
    mark = coloured("holds", "green") if one.passes else coloured("fails", "red")
    return f"{mark}  {ruling_word(one.verdict.ruling)}"


def _print_evidence(session: Any, one: Checked) -> None:
    if one.passes:
        click.echo("    " + shortened(one.verdict.claim, _WORDS))
    else:
        shown = next((match for match in one.verdict.matches if match.quote is not None), None)
        if shown is None:
            click.echo("    " + shortened(one.verdict.claim, _WORDS))
        else:
            print_match(session, one.verdict.claim, shown, indent="    ")
        for match in one.verdict.matches:
            if match.quote is None:
                click.echo("    " + printable(match.note))
    if one.why:
        click.echo("    " + printable(one.why))


def _row(one: Checked, line: int, column: int) -> dict[str, Any]:
    return {
        "line": line,
        "column": column,
        "kind": str(one.kind),
        "named": one.speaker,
        "passes": one.passes,
        "why": one.why,
        **one.verdict.as_json(),
    }
