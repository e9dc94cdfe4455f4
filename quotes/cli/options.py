"""Options that commands share: what to read, which quotations, how many."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import wraps
from typing import Any, TypeVar

import click

from quotes.extraction import DEFAULT_EXTRACTOR, EXTRACTORS
from quotes.nlp import DEFAULT_PARSER, PARSERS
from quotes.quotation import Act, Kind
from quotes.speakers import COREFS, DEFAULT_COREF, DEFAULT_RESOLVER, RESOLVERS

F = TypeVar("F", bound=Callable[..., Any])

SIZE = re.compile(r"\s*(\d+)\s*([kmg]?)(?:i?b)?\s*", re.IGNORECASE)
UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
DATE_ONLY = re.compile(r"\d{4}-\d{2}-\d{2}")


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
    """Return a time in UTC; a bare date means its beginning, with `end` the next day's."""
    if value is None:
        return None
    try:
        if DATE_ONLY.fullmatch(value):
            day = datetime.combine(date.fromisoformat(value), time(), UTC)
            return day + timedelta(days=1) if end else day
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise click.BadParameter(
            f"{value!r} is no date; write for example 2024-11-01 or 2024-11-01T09:30+09:00",
            ctx,
            param,
        ) from None


FILTERS = (
    click.option(
        "--speaker",
        metavar="NAME",
        help="Said by this speaker, alone or with others: a name, surname or id.",
    ),
    click.option("--via", metavar="NAME", help="Passed on by this reporter: a name or id."),
    click.option("--kind", type=click.Choice([str(k) for k in Kind]), help="Of this kind."),
    act_option,
    click.option("--source", metavar="NAME", help="From this source: its path, title or id."),
    click.option(
        "--since",
        callback=_since,
        metavar="DATE",
        help="Published, or else first read, on this date or later.",
    ),
    click.option(
        "--until",
        callback=_until,
        metavar="DATE",
        help="Published, or else first read, on this date or before.",
    ),
    click.option("--contains", metavar="TEXT", help="With these words in the quotation."),
    min_confidence_option,
)


def filter_options(command: F) -> F:
    """Give a command the filters of `quotes list`; it gets them as one `which`."""

    @wraps(command)
    def filtered(*args: Any, **options: Any) -> Any:
        from quotes.store.values import Filter

        names = (
            "speaker",
            "via",
            "kind",
            "act",
            "source",
            "since",
            "until",
            "contains",
            "min_confidence",
        )
        which = Filter(**{name: options.pop(name) for name in names})
        return command(*args, which=which, **options)

    decorated: Any = filtered
    for option in reversed(FILTERS):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]  # the decorators keep the type


def _reviewer(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    from getpass import getuser

    try:
        return (value or "").strip() or getuser()
    except (KeyError, OSError) as error:
        raise click.UsageError("say who decides this with --by", ctx) from error


def reviewer_options(command: F) -> F:
    """Give a command that records a decision `--by` and `--note`."""
    command = click.option("--note", metavar="TEXT", help="Why.")(command)
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
