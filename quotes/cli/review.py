"""`quotes review`: confirm, correct and reject what the machine found, and take it back."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.deciding import decide, speaker_id_of, speaker_options, whose
from quotes.cli.listing import ID_LENGTH, TEXT_LENGTH
from quotes.cli.options import filter_options, reviewer_options, since_option
from quotes.cli.output import format_option, notice, plain_row, print_listing, printable, shortened
from quotes.cli.pointing import span_option
from quotes.exports.decided import told
from quotes.quotation import Act, Kind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from quotes.spans import Spans
    from quotes.store.values import Filter, StoredQuotation, StoredReview

AROUND = 300


@click.group("review", invoke_without_command=True)
@click.option("--interactive", is_flag=True, help="The same as `quotes review walk`.")
@click.pass_context
def command(ctx: click.Context, interactive: bool) -> None:
    """Confirm, correct and reject quotations, and take it back.

    Every decision is kept, with its author and time. The last that stands decides, and a new
    extraction does not undo it.

    Example: quotes review confirm q_1f0c --note "checked against the recording"
    """
    if ctx.invoked_subcommand is not None:
        return
    if not interactive:
        raise click.exceptions.NoArgsIsHelpError(ctx)
    with walk.make_context("walk", [], parent=ctx) as inner:
        walk.invoke(inner)


@command.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@reviewer_options
@click.pass_context
def confirm(ctx: click.Context, ids: tuple[str, ...], by: str, note: str | None) -> None:
    """Say that quotations and their speakers are right.

    Example: quotes review confirm q_1f0c
    """
    from quotes.store import reviewing

    for id_ in ids:
        done = decide(ctx, partial(reviewing.confirm, public_id=id_, by=by, note=note or ""))
        notice(f"{done} is confirmed")


@command.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@reviewer_options
@click.pass_context
def reject(ctx: click.Context, ids: tuple[str, ...], by: str, note: str | None) -> None:
    """Say that these are no quotations, or none to keep; listings leave them out.

    Example: quotes review reject q_1f0c --note "the title of a film"
    """
    from quotes.store import reviewing

    for id_ in ids:
        done = decide(ctx, partial(reviewing.reject, public_id=id_, by=by, note=note or ""))
        notice(f"{done} is rejected")


@command.command()
@click.argument("id", metavar="ID")
@speaker_options
@click.option("--nobody", is_flag=True, help="The source does not say who said it.")
@reviewer_options
@click.pass_context
def reassign(
    ctx: click.Context,
    id: str,  # noqa: A002 - the user's word
    speaker: str | None,
    new: bool,
    speaker_kind: str,
    nobody: bool,
    by: str,
    note: str | None,
) -> None:
    """Give a quotation to another speaker, or to nobody.

    A name must mean one speaker; where it could mean several, they are listed with their ids. With
    --new a speaker of this name is added.

    Example: quotes review reassign q_1f0c --speaker "Ishiba Shigeru"
    """
    from quotes.store import queries, reviewing

    if nobody == (speaker is not None):
        raise click.UsageError("say whose it is with --speaker NAME, or --nobody", ctx)

    def act(session: Session) -> str:
        stored = queries.quotation(session, id)
        given = speaker_id_of(session, speaker, new, speaker_kind, stored.version_id)
        return reviewing.reassign(
            session, stored.record["id"], speaker_id=given, by=by, note=note or ""
        )

    done = decide(ctx, act)
    notice(printable(f"{done} is {whose(ctx, done)} now"))


@command.command()
@click.argument("id", metavar="ID")
@click.option("--text", "words", multiple=True, metavar="WORDS", help="The content, by its words.")
@span_option("--content", help="The content, by its offsets.")
@span_option("--cue", help="The cue (said).")
@span_option("--source", "--mention", "source", help="The words that name the speaker there (he).")
@click.option("--no-cue", is_flag=True, help="It has no cue.")
@click.option("--no-source", is_flag=True, help="The text names no source.")
@reviewer_options
@click.pass_context
def edit(
    ctx: click.Context,
    id: str,  # noqa: A002 - the user's word
    words: tuple[str, ...],
    content: Spans,
    cue: Spans,
    source: Spans,
    no_cue: bool,
    no_source: bool,
    by: str,
    note: str | None,
) -> None:
    """Correct which words a quotation has; what is not named stays as it is.

    Words are looked for in the passage first and must stand there once. Offsets count characters
    of the source from 0, as `quotes show --json` prints them. Each may be given again for words
    that stand apart. The quotation goes on under a new id, which is printed; the old leads to it.

    Example: quotes review edit q_1f0c --text "We will not raise the tolls"
    """
    from quotes.links.context import context
    from quotes.links.pointing import place_of
    from quotes.store import queries, reviewing

    if (cue and no_cue) or (source and no_source):
        raise click.UsageError("give the words of a part, or say that there are none", ctx)
    if not (words or content or cue or source or no_cue or no_source):
        raise click.UsageError(
            "say what to correct, with --text, --content, --cue or --source", ctx
        )

    def act(session: Session) -> str:
        stored = queries.quotation(session, id)
        text = queries.passage(session, stored.version_id)
        passage = context(text, stored.record, margin=AROUND)
        said = [place_of(text, one, near=passage) for one in words]
        return reviewing.edit(
            session,
            stored.record["id"],
            content=tuple(sorted([*said, *content])) or None,
            cue=() if no_cue else cue or None,
            source=() if no_source else source or None,
            by=by,
            note=note or "",
        )

    done = decide(ctx, act)
    notice("edited; its id is now")
    click.echo(done)


@command.command()
@click.option(
    "--source", "document", required=True, metavar="NAME", help="The source: path, title or id."
)
@click.option("--text", "words", multiple=True, metavar="WORDS", help="Its words, as they stand.")
@span_option("--span", help="Or their offsets.")
@speaker_options
@span_option("--cue", help="The cue (said).")
@span_option("--mention", help="The words that name the speaker there (he).")
@click.option(
    "--kind",
    type=click.Choice([str(kind) for kind in Kind]),
    help="By its quotation marks where it is not given.",
)
@click.option(
    "--act",
    "kind_of_act",
    type=click.Choice([str(act) for act in Act]),
    default=str(Act.SPEECH),
    help="What is presented.",
)
@reviewer_options
@click.pass_context
def add(
    ctx: click.Context,
    document: str,
    words: tuple[str, ...],
    span: Spans,
    speaker: str | None,
    new: bool,
    speaker_kind: str,
    cue: Spans,
    mention: Spans,
    kind: str | None,
    kind_of_act: str,
    by: str,
    note: str | None,
) -> None:
    """Add a quotation that the machine did not find; its id is printed.

    Its words must stand once in the source as it reads now. A new extraction keeps it.

    Example: quotes review add --source harbour.txt --text "It rained" --speaker "Mara Lindqvist"
    """
    from quotes.links.pointing import place_of
    from quotes.store import queries, reviewing
    from quotes.store.handmade import kind_of

    if not words and not span:
        raise click.UsageError("name its words with --text or --span", ctx)

    def act(session: Session) -> str:
        version_id = queries.source(session, document).version_id
        text = queries.passage(session, version_id)
        content = tuple(sorted([*(place_of(text, one) for one in words), *span]))
        return reviewing.add(
            session,
            version_id=version_id,
            content=content,
            cue=cue,
            source=mention,
            speaker_id=speaker_id_of(session, speaker, new, speaker_kind, version_id),
            kind=kind or kind_of(text, content),
            act=kind_of_act,
            by=by,
            note=note or "",
        )

    click.echo(decide(ctx, act))


@command.command()
@click.argument("id", metavar="ID")
@reviewer_options
@click.pass_context
def undo(ctx: click.Context, id: str, by: str, note: str | None) -> None:  # noqa: A002 - the user's word
    """Take back the last decision on a quotation that stands.

    Example: quotes review undo q_1f0c
    """
    from quotes.store import Store, queries, reviewing

    done = decide(ctx, partial(reviewing.undo, public_id=id, by=by, note=note or ""))
    with Store(ctx.obj["db"]) as store, store.session() as session:
        stored = queries.quotation(session, done)
    stands = stored.record["status"] if stored.current else "not there any more"
    notice(printable(f"taken back; {done} is {stands}"))


@command.command()
@click.argument("id", metavar="ID", required=False)
@click.option("--by", metavar="NAME", help="Only what this reviewer decided.")
@since_option("Decided on this date or later.")
@format_option
@click.pass_context
def log(
    ctx: click.Context,
    id: str | None,  # noqa: A002 - the user's word
    by: str | None,
    since: datetime | None,
    output: str,
) -> None:
    """List what people decided about quotations, oldest first, or about one.

    Example: quotes review log --by Kim --since 2026-11-01
    """
    from quotes.store import Store, reviewing

    with Store(ctx.obj["db"]) as store, store.session() as session:
        found = reviewing.log(session, id, by=by, since=since)
    print_listing(
        found,
        output=output,
        plain=plain_row,
        columns=("number", "quotation", "what", "by", "when", "note"),
        cells=_log_cells,
        empty="no reviews",
        numeric=(0,),
        wide=2,
    )


def _log_cells(one: StoredReview) -> tuple[str, ...]:
    when = f"{one.created_at:%Y-%m-%d %H:%M}"
    return str(one.id), one.quotation[:ID_LENGTH], told(one), one.reviewer, when, one.note or ""


@command.command()
@format_option
@click.pass_context
def orphans(ctx: click.Context, output: str) -> None:
    """List reviewed quotations that are not found any more, in what their sources say now.

    A source has changed, or a new extraction finds other words. Nothing was dropped: each can be
    shown, and its review taken back.

    Example: quotes review orphans
    """
    from quotes.store import Store
    from quotes.store.inheriting import orphans as found_nowhere

    with Store(ctx.obj["db"]) as store, store.session() as session:
        found = found_nowhere(session)
    print_listing(
        found,
        output=output,
        plain=_orphan,
        columns=("id", "status", "speaker", "quotation", "by", "source"),
        cells=_orphan_cells,
        empty="no orphans: every reviewed quotation is found",
        wide=3,
    )


def _orphan(stored: StoredQuotation) -> dict[str, Any]:
    return {**stored.record, "reviews": [plain_row(review) for review in stored.reviews]}


def _orphan_cells(stored: StoredQuotation) -> tuple[str, ...]:
    record = stored.record
    return (
        record["id"][:ID_LENGTH],
        record["status"],
        record["speaker"]["name"] if record["speaker"] else "(unknown)",
        shortened(record["content"]["text"], TEXT_LENGTH),
        stored.reviews[-1].reviewer,
        PurePath(record["document"]["path"]).name,
    )


@command.command()
@filter_options
@reviewer_options
@click.pass_context
def walk(ctx: click.Context, which: Filter, by: str, note: str | None) -> None:
    """Go through what nobody has looked at, the least sure first, and decide on each.

    y is right, n is no quotation, a name gives it to that speaker, s is left for later, u takes
    the last decision back, q leaves. What is decided is kept at once.

    Example: quotes review walk --source harbour.txt
    """
    from quotes.cli.review_walk import Walk
    from quotes.store import Store

    with Store(ctx.obj["db"]) as store:
        Walk(store, which, by=by, note=note or "").run()
