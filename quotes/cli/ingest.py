"""`quotes ingest`: files in, rows out, and an account of both."""

from __future__ import annotations

import os
import re
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.options import (
    coref_option,
    engine_options,
    extractor_option,
    parser_option,
    people_option,
    reading_options,
    resolver_option,
)
from quotes.cli.output import notice, print_json, printable, quiet_option
from quotes.cli.teller import Teller
from quotes.engines.limits import Limits
from quotes.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quotes.documents.document import Skipped
    from quotes.engines.engine import Engine, Loader
    from quotes.ingest import Ingest
    from quotes.journal import Journal
    from quotes.store import Store
    from quotes.summary import Summary

_GO_ON = "go on with `quotes ingest --resume`"
_TRY_AGAIN = re.compile("[,;](?: and)? try again$")
# What an ingest remembers of how it was asked to read, and takes from there when it is resumed.
_CONFIG = ("parser", "extractor", "resolver", "coref", "people", "reextract")
_REMEMBERED = (*_CONFIG, "encoding", "max_size", "no_vectors")


class _IngestTeller(Teller):
    """Hears of an ingest as its listener."""

    journal: Journal | None = None

    def progressed(self, summary: Summary) -> None:
        done = self.journal.settled_jobs if self.journal is not None else None
        self.progress(read=summary.read, quotations=summary.quotations, done=done)


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
@click.option(
    "--no-vectors",
    is_flag=True,
    help="Make no vectors; `quotes index rebuild` makes them later.",
)
@engine_options
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with what was stopped, with the options that it was begun with.",
)
@quiet_option
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON on stdout.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    jobs: int,
    engine: str | None,
    scheduler: str | None,
    max_seconds: float,
    resume: bool,
    quiet: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Read files and folders, extract, and store what is new.

    A folder is read with everything below it, - is standard input. What is stored already is left
    alone, whichever extractor read it (see --reextract); a changed file becomes a new version. With
    --jobs several worker processes read, and one that dies costs a retry. Ctrl-C finishes what is
    at hand, a second one stops at once; --resume goes on. The exit status is 1 where anything was
    skipped.

    Example: quotes ingest articles/ interview.html --jobs 2
    """
    _check(ctx, paths, resume=resume)
    engine_for = _engines(ctx, engine, jobs, scheduler, max_seconds)
    from quotes.store import Store
    from quotes.summary import Summary

    teller = _IngestTeller(quiet=quiet)
    total = Summary()
    left = 0
    with Store(ctx.obj["db"], create=bool(paths)) as store:
        if store.created and not quiet:
            notice(printable(f"created the database {store.shown}"))

        def refused(one: Skipped) -> None:
            total.skipped.append((one.path, str(one.error)))
            teller.skipped(*total.skipped[-1])

        if resume:
            begun = _unfinished(store, ctx)
        else:
            begun = [(_plan(store, paths, options, teller.left_out, refused), options)]
        for intake_id, remembered in begun:
            with _resumable():
                left = _work_off(store, intake_id, remembered, engine_for, teller, total, resume)
            if left:
                break
    if resume and not begun and not quiet:
        notice("nothing is left to do")
    if as_json:
        print_json(_object(total, teller.passed_over))
    else:
        teller.conclude(*_counts(total), reasons=(reason for _, reason in total.skipped))
    if left:
        notice(f"stopped; {left} of its files are left: {_GO_ON}")
    ctx.exit(130 if left else 1 if total.skipped else 0)


def _check(ctx: click.Context, paths: tuple[str, ...], *, resume: bool) -> None:
    given = {name for name in _REMEMBERED if _is_given(ctx, name)}
    if resume and (paths or given):
        raise click.UsageError("--resume takes its paths and options from what was stopped")
    if not resume and not paths and "reextract" not in given:
        raise click.UsageError("name a file or a folder, or - for standard input")


def _is_given(ctx: click.Context, name: str) -> bool:
    return ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE


def _engines(
    ctx: click.Context, engine: str | None, jobs: int, scheduler: str | None, seconds: float
) -> Callable[[Loader], Engine]:
    """Return what makes the engine that was asked for, of a loader."""
    name = engine or ("dask" if scheduler else "process" if jobs > 1 else "serial")
    if (name == "dask") != (scheduler is not None):
        raise click.UsageError("--engine dask and --scheduler ADDRESS go together", ctx)
    if name == "serial" and jobs > 1:
        raise click.UsageError("--engine serial has one job", ctx)
    if name == "serial" and _is_given(ctx, "max_seconds"):
        raise click.UsageError("--max-seconds needs workers: --jobs N or --engine process", ctx)

    limits = Limits(seconds=seconds)

    def make(load: Loader) -> Engine:
        if name == "process":
            from quotes.engines.process import ProcessEngine

            return ProcessEngine(load, jobs=jobs, limits=limits)
        if scheduler is not None:
            from quotes.engines.cluster import DaskEngine

            return DaskEngine(load, scheduler=scheduler, limits=limits)
        from quotes.engines.serial import SerialEngine

        return SerialEngine(load)

    return make


def _plan(
    store: Store,
    paths: tuple[str, ...],
    options: dict[str, Any],
    left_out: Callable[[str], None],
    refused: Callable[[Skipped], None],
) -> int:
    """Note what there is to do, all of it or nothing."""
    from quotes.documents.encoding import check_encoding
    from quotes.journal import plan_paths, plan_versions
    from quotes.store import jobs
    from quotes.store.leases import own_name
    from quotes.store.queries import current_versions

    if options["encoding"] is not None:
        check_encoding(options["encoding"])
    with store.session(write=True) as session:
        planned = (
            plan_paths(paths, on_left_out=left_out, on_skipped=refused)
            if paths
            else plan_versions(list(current_versions(session)))
        )
        return jobs.plan(
            session,
            folder=str(Path.cwd()),
            arguments=[printable(path) for path in paths],
            options=options,
            planned=planned,
            owner=own_name(),
        )


def _unfinished(store: Store, ctx: click.Context) -> list[tuple[int, dict[str, Any]]]:
    from quotes.store import jobs

    with store.session() as session:
        found = jobs.unfinished(session)
    for one in found:
        relative = [path for path in one.arguments if not Path(path).is_absolute() and path != "-"]
        if relative and one.folder != str(Path.cwd()):
            raise click.UsageError(
                f"{printable(relative[0])} was named in {printable(one.folder)}; run this there",
                ctx,
            )
    return [(one.id, one.options) for one in found]


def _work_off(
    store: Store,
    intake_id: int,
    options: dict[str, Any],
    engine_for: Callable[[Loader], Engine],
    teller: _IngestTeller,
    total: Summary,
    resumed: bool,
) -> int:
    """Do what is left of an intake and add to the total; returns how many files a stop left."""
    from quotes.documents.reading import DEFAULT_MAX_BYTES
    from quotes.ingest import Ingest
    from quotes.journal import Journal, Reading
    from quotes.speakers.known import read_people
    from quotes.speakers.recognition import KnownPeople
    from quotes.store import jobs

    people = KnownPeople(read_people(options["people"]) if options["people"] else ())
    reading = Reading(
        encoding=options["encoding"], max_bytes=options["max_size"] or DEFAULT_MAX_BYTES
    )
    journal = Journal(
        store, intake_id, reading=reading, on_left_out=teller.left_out, resumed=resumed
    )
    teller.journal = journal
    with closing(engine_for(recipe(options))) as engine:
        config = {name: options[name] for name in _CONFIG}
        ingest = Ingest(
            store, engine, listener=teller, config=config, people=people, journal=journal
        )
        with teller.bar(total=journal.total), _stoppable(ingest):
            summary = ingest.work_off(reextract=options["reextract"])
    total.add(summary)
    with store.session() as session:
        left = jobs.count(session, intake_id).open
    if left and not ingest.stopped:
        notice(f"another process has {left} of its files at hand")
    return left if ingest.stopped else 0


def recipe(options: dict[str, Any]) -> Loader:
    """Return what loads the pipeline that an ingest was asked for."""
    from quotes.engines.workshop import Recipe

    vectors = not options["no_vectors"] and _has_encoder()
    parts = {name: options[name] for name in ("parser", "extractor", "resolver", "coref")}
    return Recipe(**parts, vectors=vectors)


@contextmanager
def _resumable() -> Iterator[None]:
    """Let what the database complains of say how to go on."""
    try:
        yield
    except StoreError as error:
        error.hint = f"{_TRY_AGAIN.sub('', error.hint)}; then {_GO_ON}"
        raise


@contextmanager
def _stoppable(ingest: Ingest) -> Iterator[None]:
    """Let the first Ctrl-C finish what is at hand, and the second interrupt at once."""
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)

    def stop(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        ingest.stop()
        # Unbuffered: a signal may come in the middle of another message.
        os.write(2, b"\nfinishing what is at hand; Ctrl-C again stops at once\n")

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    except KeyboardInterrupt:
        notice(_GO_ON)
        raise
    finally:
        signal.signal(signal.SIGINT, before)


def _has_encoder() -> bool:
    """Tell whether the sentence encoder is installed; where it is not, the rest goes on."""
    from quotes.errors import MissingModel
    from quotes.vectors.encoder import Encoder

    try:
        Encoder()
    except MissingModel as error:
        notice(printable(f"nothing will be found by meaning: {error}"))
        return False
    return True


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
