"""`quotes ingest`: files in, rows out, and an account of both."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.options import (
    coref_option,
    extractor_option,
    parser_option,
    people_option,
    reading_options,
    resolver_option,
)
from quotes.cli.output import notice, print_json, printable, quiet_option
from quotes.cli.teller import Teller

if TYPE_CHECKING:
    from quotes.ingest import Summary


class _IngestTeller(Teller):
    """Hears of an ingest as its listener."""

    def progressed(self, summary: Summary) -> None:
        self.progress(read=summary.read, quotations=summary.quotations)


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@reading_options
@parser_option
@extractor_option
@resolver_option
@coref_option
@people_option
@click.option(
    "--reextract",
    is_flag=True,
    help="Extract what is stored already again, all of it where no PATH is given; old rows stay.",
)
@quiet_option
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON on stdout.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    encoding: str | None,
    max_size: int | None,
    parser: str,
    extractor: str,
    resolver: str,
    coref: str,
    people: str | None,
    reextract: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Read files and folders, extract, and store what is new.

    A folder is read with everything below it, - is standard input. What is stored already is left
    alone, whichever extractor read it (see --reextract); a changed file becomes a new version. The
    exit status is 1 where anything was skipped.

    Example: quotes ingest articles/ interview.html
    """
    if not paths and not reextract:
        raise click.UsageError("name a file or a folder, or - for standard input")
    from quotes import pipeline
    from quotes.documents.reading import DEFAULT_MAX_BYTES, read_paths
    from quotes.ingest import Ingest
    from quotes.speakers.known import read_people
    from quotes.speakers.recognition import KnownPeople
    from quotes.store import Store

    known = KnownPeople(read_people(people) if people else ())
    teller = _IngestTeller(quiet=quiet)
    with Store(ctx.obj["db"], create=bool(paths)) as store:
        if store.created and not quiet:
            notice(printable(f"created the database {store.shown}"))
        ingest = Ingest(
            store,
            lambda: pipeline.load(parser, extractor=extractor, resolver=resolver, coref=coref),
            listener=teller,
            config={
                "parser": parser,
                "extractor": extractor,
                "resolver": resolver,
                "coref": coref,
                "reextract": reextract,
                "people": people,
            },
            people=known,
        )
        with teller.bar():
            if paths:
                documents = read_paths(
                    paths,
                    encoding=encoding,
                    max_bytes=max_size or DEFAULT_MAX_BYTES,
                    on_left_out=teller.left_out,
                )
                ingest.run(documents, reextract=reextract)
            else:
                ingest.reextract_all()
    if as_json:
        print_json(_object(ingest.summary, teller.passed_over))
    else:
        reasons = (reason for _, reason in ingest.summary.skipped)
        teller.conclude(*_counts(ingest.summary), reasons=reasons)
    ctx.exit(1 if ingest.summary.skipped else 0)


def _object(summary: Summary, passed_over: int) -> dict[str, Any]:
    skipped = [{"path": path, "reason": reason} for path, reason in summary.skipped]
    return {**asdict(summary), "passed_over": passed_over, "skipped": skipped}


def _counts(summary: Summary) -> list[str]:
    again = [f"{summary.reextracted} extracted again"] if summary.reextracted else []
    return [
        f"{summary.read} read",
        f"{summary.new} new",
        f"{summary.new_versions} new versions",
        f"{summary.unchanged} unchanged",
        f"{summary.copies} copies",
        *again,
        f"{summary.quotations} quotations",
    ]
