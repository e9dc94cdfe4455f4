"""How people point at words: START:END, or the words themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quotes.errors import OffsetError

if TYPE_CHECKING:
    from quotes.spans import Spans

F = TypeVar("F", bound=Callable[..., Any])


def span_option(*names: str, help: str) -> Callable[[F], F]:  # noqa: A002 - click's word
    """Give a command an option `START:END` that may be given again; it gets the spans in order."""
    return click.option(*names, multiple=True, metavar="START:END", callback=_spans, help=help)


def _spans(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> Spans:
    """Return the spans that are written, half-open offsets in characters from 0."""
    from quotes.links.pointing import span_of

    found = []
    for value in values:
        try:
            span = span_of(value)
        except OffsetError:
            wrong = f"{value!r} ends before it begins"
            raise click.BadParameter(wrong, ctx, param) from None
        if span is None:
            wrong = f"{value!r} is no span; write START:END, for example 120:154"
            raise click.BadParameter(wrong, ctx, param)
        found.append(span)
    return tuple(sorted(found))
