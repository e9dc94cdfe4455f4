"""One decision of a person taken on the command line, with all that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quotes.cli.output import notice
from quotes.errors import MissingModel
from quotes.quotation import SpeakerKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quotes.store import Store
    from quotes.vectors.encoder import Encoder

F = TypeVar("F", bound=Callable[..., Any])


def speaker_options(command: F) -> F:
    """Give a command the options that say whose a quotation is."""
    for option in (
        click.option(
            "--speaker-kind",
            type=click.Choice([str(kind) for kind in SpeakerKind]),
            default=str(SpeakerKind.PERSON),
            show_default=True,
            help="With --new, what the speaker is.",
        ),
        click.option("--new", is_flag=True, help="The speaker of this name is a new one."),
        click.option(
            "--speaker", metavar="NAME", help="Who said it: a full name, an alias or an id."
        ),
    ):
        command = option(command)
    return command


def decide(ctx: click.Context, act: Callable[[Session], str]) -> str:
    """Take one decision in a transaction of its own; returns the quotation's id."""
    from quotes.store import Store
    from quotes.store.keys import row_named

    with Store(ctx.obj["db"]) as store:
        with store.session(write=True) as session:
            id_ = act(session)
            version = row_named(session, id_).version_id
        take_in(store, [version])
    return id_


def take_in(store: Store, versions: Collection[int]) -> None:
    """Do what a decision on quotations of these versions calls for."""
    from quotes.indexing import follow_up

    if not follow_up(store, versions, _encoder):
        notice("what is new is found by its words alone until `quotes index rebuild` is run")


def _encoder() -> Encoder | None:
    try:
        from quotes.vectors.encoder import Encoder

        return Encoder()
    except (ImportError, MissingModel):
        return None


def speaker_id_of(
    session: Session, name: str | None, new: bool, kind: str, version_id: int
) -> str | None:
    """Return the public id of the speaker that a name means, or of a new one."""
    from quotes.store import queries
    from quotes.store.new_speakers import new_speaker

    if name is None:
        if new:
            raise click.UsageError("name the new speaker with --speaker")
        return None
    if new:
        return new_speaker(session, name, kind=kind, version_id=version_id)
    return queries.speaker(session, name, count=False).id


def whose(ctx: click.Context, id_: str) -> str:
    from quotes.store import Store, queries

    with Store(ctx.obj["db"]) as store, store.session() as session:
        speaker = queries.quotation(session, id_).record["speaker"]
    return f"{speaker['name']}'s" if speaker else "nobody's"
