"""Options that commands share: what to read, which quotations, how many."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quotes.engines import ENGINES
from quotes.engines.limits import MAX_SECONDS
from quotes.extraction import DEFAULT_EXTRACTOR, EXTRACTORS
from quotes.nlp import DEFAULT_PARSER, PARSERS
from quotes.quotation import Act, Kind
from quotes.speakers import COREFS, DEFAULT_COREF, DEFAULT_RESOLVER, RESOLVERS

if TYPE_CHECKING:
    from datetime import datetime

F = TypeVar("F", bound=Callable[..., Any])

SIZE = re.compile(r"\s*(\d+)\s*([kmg]?)(?:i?b)?\s*", re.IGNORECASE)
UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
STATUSES = ("machine", "confirmed", "corrected", "rejected")


def _size(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """Return a number of bytes, written with k, M or G for multiples of 1,024."""
    if value is None:
        return None
    match = SIZE.fullmatch(value)
    if match is None or not int(match[1]):
        raise click.BadParameter(f"{value!r} is not a size; write for example 50M", ctx, param)
    return int(match[1]) * UNITS[match[2].lower()]


def reading_options(command: F) -> F:
    """Give a command that reads files `--encoding` and `--max-size`."""
    command = click.option(
        "--max-size",
        metavar="SIZE",
        callback=_size,
        help="Skip what is over this size, such as 50M; 10,000,000 bytes where it is not given.",
    )(command)
    return click.option("--encoding", metavar="NAME", help="Read plain text in this encoding.")(
        command
    )


def engine_options(command: F) -> F:
    """Give a command that extracts much `--jobs`, `--engine`, `--scheduler`, `--max-seconds`."""
    for option in (
        click.option(
            "--max-seconds",
            type=click.FloatRange(min=0, min_open=True),
            default=MAX_SECONDS,
            show_default=True,
            metavar="N",
            help="What a worker may take for each 10,000 characters of a document that are begun; "
            "three workers may try.",
        ),
        click.option(
            "--scheduler",
            metavar="ADDRESS",
            help="The Dask scheduler, such as tcp://127.0.0.1:8786; it implies --engine dask.",
        ),
        click.option(
            "--engine",
            type=click.Choice(ENGINES),
            help="What spreads the work: this process, worker processes, or a Dask cluster.",
        ),
        click.option(
            "--jobs",
            type=click.IntRange(min=1),
            default=1,
            show_default=True,
            metavar="N",
            help="Worker processes; more than one imply --engine process.",
        ),
    ):
        command = option(command)
    return command


def parser_option(command: F) -> F:
    """Give a command that parses `--parser`."""
    return click.option(
        "--parser",
        type=click.Choice(PARSERS),
        default=DEFAULT_PARSER,
        show_default=True,
        help="What parses the sentences; stanza needs its models (quotes models).",
    )(command)


def extractor_option(command: F) -> F:
    """Give a command that extracts `--extractor`."""
    return click.option(
        "--extractor",
        type=click.Choice(EXTRACTORS),
        default=DEFAULT_EXTRACTOR,
        show_default=True,
        help="How quotations are found: by rules, or by the learned model.",
    )(command)


def resolver_option(command: F) -> F:
    """Give a command that resolves speakers `--resolver`."""
    return click.option(
        "--resolver",
        type=click.Choice(RESOLVERS),
        default=DEFAULT_RESOLVER,
        show_default=True,
        help="How speakers are found: by rules alone, or with a learned ranker of pronouns.",
    )(command)


def coref_option(command: F) -> F:
    """Give a command that resolves speakers `--coref`."""
    return click.option(
        "--coref",
        type=click.Choice(COREFS),
        default=DEFAULT_COREF,
        show_default=True,
        help="Coreference that decides whom a pronoun means before the resolver does.",
    )(command)


def people_option(command: F) -> F:
    """Give a command `--people FILE`; it gets the path, or None."""
    return click.option(
        "--people",
        envvar="QUOTES_PEOPLE",
        metavar="FILE",
        help="Lead names and offices to the people of this JSON or CSV file; QUOTES_PEOPLE is read "
        "where it is not given.",
    )(command)


def min_confidence_option(command: F) -> F:
    """Give a command `--min-confidence P`; it gets None where it is not given."""
    return click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        metavar="P",
        help="Only quotations at least this sure, from 0 to 1; those without a confidence pass.",
    )(command)


def act_option(command: F) -> F:
    """Give a command `--act ACT`, which may be given again; it gets them all."""
    return click.option(
        "--act",
        type=click.Choice([str(a) for a in Act]),
        multiple=True,
        help="Only this act; give it again for another.",
    )(command)


def _since(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    return _moment(ctx, param, value, end=False)


def _until(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    return _moment(ctx, param, value, end=True)


def _moment(
    ctx: click.Context, param: click.Parameter, value: str | None, *, end: bool
) -> datetime | None:
    if value is None:
        return None
    from quotes.store.moments import moment

    try:
        return moment(value, end=end)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from None


def status_option(command: F) -> F:
    """Give a command `--status STATUS`, which may be given again; it gets them all."""
    return click.option(
        "--status",
        type=click.Choice(STATUSES),
        multiple=True,
        help="As a review left it, or machine; again for another. What is rejected is shown only "
        "if asked for.",
    )(command)


FILTERS = {
    "speaker": click.option(
        "--speaker",
        metavar="NAME",
        help="Said by this speaker, alone or with others: a name, surname or id.",
    ),
    "via": click.option("--via", metavar="NAME", help="Passed on by this reporter: a name or id."),
    "kind": click.option("--kind", type=click.Choice([str(k) for k in Kind]), help="Of this kind."),
    "act": act_option,
    "source": click.option(
        "--source", metavar="NAME", help="From this source: its path, title or id."
    ),
    "since": click.option(
        "--since",
        callback=_since,
        metavar="DATE",
        help="Published, or else first read, on this date or later.",
    ),
    "until": click.option(
        "--until",
        callback=_until,
        metavar="DATE",
        help="Published, or else first read, on this date or before.",
    ),
    "contains": click.option(
        "--contains", metavar="TEXT", help="With these words in the quotation."
    ),
    "min_confidence": min_confidence_option,
    "status": status_option,
}


def since_option(help: str) -> Callable[[F], F]:  # noqa: A002 - click's word
    """Give a command `--since DATE`; it gets a time in UTC, or None."""
    return click.option("--since", callback=_since, metavar="DATE", help=help)


def filter_options(command: F) -> F:
    """Give a command the filters of `quotes list`; it gets them as one `which`."""
    return filter_options_without()(command)


def filter_options_without(*left_out: str) -> Callable[[F], F]:
    """Give a command the filters of `quotes list` but these; it gets them as one `which`."""
    names = [name for name in FILTERS if name not in left_out]

    def decorate(command: F) -> F:
        @wraps(command)
        def filtered(*args: Any, **options: Any) -> Any:
            from quotes.store.values import Filter

            which = Filter(**{name: options.pop(name) for name in names})
            return command(*args, which=which, **options)

        decorated: Any = filtered
        for name in reversed(names):
            decorated = FILTERS[name](decorated)
        return decorated  # type: ignore[no-any-return]  # the decorators keep the type

    return decorate


def _reviewer(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    from getpass import getuser

    try:
        return (value or "").strip() or getuser()
    except (KeyError, OSError) as error:
        raise click.UsageError("say who decides this with --by", ctx) from error


def reviewer_options(command: F) -> F:
    """Give a command that records a decision `--by` and `--note`."""
    return reviewer_option(click.option("--note", metavar="TEXT", help="Why.")(command))


def reviewer_option(command: F) -> F:
    """Give a command `--by`."""
    return click.option(
        "--by",
        envvar="QUOTES_BY",
        callback=_reviewer,
        metavar="NAME",
        help="Who decides; QUOTES_BY, or else the name you are logged in by.",
    )(command)


def limit_option(default: int | None = None) -> Callable[[F], F]:
    """Give a command `--limit N`."""
    return click.option(
        "--limit",
        type=click.IntRange(min=1),
        default=default,
        show_default=default is not None,
        metavar="N",
        help="At most this many.",
    )
