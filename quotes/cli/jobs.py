"""`quotes jobs`: what ingests have to do, what became of it, and another try."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from quotes.cli.options import limit_option
from quotes.cli.output import format_option, notice, plain_row, print_listing, shortened

if TYPE_CHECKING:
    from quotes.store.jobs import StoredIntake, StoredJob

STATUSES = ("queued", "running", "done", "failed", "cancelled")
_REASON_LENGTH = 80


@click.group("jobs")
def command() -> None:
    """List what ingests have to do, try it again, or call it off.

    Each file that `quotes ingest` was to read is a job.

    Example: quotes jobs list --status failed
    """


@command.command("list")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice(STATUSES),
    help="Only these; may be given again.",
)
@limit_option()
@format_option
@click.pass_context
def list_(ctx: click.Context, statuses: tuple[str, ...], limit: int | None, output: str) -> None:
    """List the jobs in their order, with why any failed.

    A running one belongs to its owner until its lease ends, or the owner is known to be gone.

    Example: quotes jobs list --status queued --status running --json
    """
    from quotes.store import Store, jobs

    with Store(ctx.obj["db"]) as store, store.session() as session:
        found = jobs.listed(session, statuses=statuses, limit=limit)
        print_listing(
            found,
            output=output,
            plain=plain_row,
            columns=("job", "status", "tries", "path", "changed", "why"),
            cells=_cells,
            empty="no jobs",
            numeric=(0, 2),
            wide=3,
        )


def _cells(one: StoredJob) -> tuple[str, ...]:
    # A queued one has an owner while its ingest is at work on others.
    owner = one.owner if one.status == "running" else None
    why = shortened(one.reason or owner or "", _REASON_LENGTH)
    changed = f"{one.changed_at:%Y-%m-%d %H:%M}"
    return str(one.id), one.status, str(one.tries), one.path, changed, why


@command.command()
@click.argument("ids", metavar="[JOB...]", nargs=-1, type=int)
@click.pass_context
def retry(ctx: click.Context, ids: tuple[int, ...]) -> None:
    """Queue jobs that failed or were called off again, all that failed where none is named.

    `quotes ingest --resume` then does them.

    Example: quotes jobs retry 17 18
    """
    from quotes.store import Store, jobs

    with Store(ctx.obj["db"]) as store, store.session(write=True) as session:
        jobs.require(session, ids)
        number = jobs.retry(session, ids or None)
    notice(f"{_jobs(number)} queued again; go on with `quotes ingest --resume`")


@command.command()
@click.argument("ids", metavar="[JOB...]", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="Every job that is not done.")
@click.pass_context
def cancel(ctx: click.Context, ids: tuple[int, ...], everything: bool) -> None:
    """Call jobs off that are not done; one that is at hand at this moment may still be done.

    Example: quotes jobs cancel --all
    """
    from quotes.store import Store, jobs

    if everything == bool(ids):
        raise click.UsageError("name jobs, or --all", ctx)
    with Store(ctx.obj["db"]) as store, store.session(write=True) as session:
        jobs.require(session, ids)
        number = jobs.cancel(session, ids or None)
    notice(f"{_jobs(number)} called off")


@command.command()
@click.option(
    "--older-than",
    "days",
    type=click.IntRange(min=0),
    default=30,
    show_default=True,
    metavar="DAYS",
    help="Only what was finished so many days ago or before.",
)
@format_option
@click.pass_context
def prune(ctx: click.Context, days: int, output: str) -> None:
    """Forget ingests that are finished, and list them; what they stored stays.

    Their jobs go too, those that failed among them, which cannot be tried again then. What is not
    finished is kept.

    Example: quotes jobs prune --older-than 7
    """
    from quotes.store import Store, jobs
    from quotes.store.models.base import now

    with Store(ctx.obj["db"]) as store, store.session(write=True) as session:
        found = jobs.prune(session, before=now() - timedelta(days=days))
    print_listing(
        found,
        output=output,
        plain=plain_row,
        columns=("ingest", "finished", "jobs", "failed", "what"),
        cells=_intake_cells,
        empty="nothing to forget",
        numeric=(0, 2, 3),
        wide=4,
    )


def _intake_cells(one: StoredIntake) -> tuple[str, ...]:
    finished = f"{one.finished_at:%Y-%m-%d %H:%M}"
    what = " ".join(one.arguments) or "everything again"
    return str(one.id), finished, str(one.jobs), str(one.failed), what


def _jobs(number: int) -> str:
    return "1 job" if number == 1 else f"{number} jobs"
