"""What a request asks for, read from its address and bounded; the same for pages and the API."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from quotes.errors import MalformedQuery
from quotes.quotation import Act, Kind
from quotes.store.moments import moment
from quotes.store.paging import Cursor
from quotes.store.values import Filter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from starlette.datastructures import QueryParams

MOST_TEXT: Final = 2_000
MOST_NAME: Final = 500
MOST_LISTED: Final = 200
MOST_DIGITS: Final = 18
_UNKEPT: Final = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of an address, as the API's description has it."""

    name: str
    about: str
    longest: int = MOST_NAME
    choices: tuple[str, ...] = ()
    several: bool = False
    kind: str = "string"


FILTERS: Final = (
    Parameter(name="speaker", about="Said by this speaker, alone or with others: a name or id."),
    Parameter(name="via", about="Passed on by this reporter: a name or id."),
    Parameter(name="kind", about="Of this kind.", choices=tuple(str(one) for one in Kind)),
    Parameter(
        name="act",
        about="Of this act; may be given again for another.",
        choices=tuple(str(one) for one in Act),
        several=True,
    ),
    Parameter(
        name="status",
        about="As a review left it, or machine; rejected ones only where asked for.",
        choices=("machine", "confirmed", "corrected", "rejected"),
        several=True,
    ),
    Parameter(name="source", about="From this source: its path, a part of its title, or its id."),
    Parameter(name="since", about="Published, or else first read, on this date or later."),
    Parameter(name="until", about="Published, or else first read, on this date or before."),
    Parameter(name="contains", about="With these words in the quotation."),
    Parameter(
        name="min_confidence",
        about="Only quotations at least this sure, from 0 to 1; those without a confidence pass.",
        kind="number",
    ),
)
AFTER: Final = Parameter(name="after", about="`next` of the page before.")
BEFORE: Final = Parameter(name="before", about="`previous` of the page behind, in its stead.")
LIMIT: Final = Parameter(name="limit", about=f"At most this many, 1 to {MOST_LISTED}.", kind="int")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which quotations an address asks for, and the words in which it does."""

    which: Filter
    given: Mapping[str, str | list[str]] = field(default_factory=dict)

    @property
    def is_filtered(self) -> bool:
        """Whether anything but all of them is asked for."""
        return bool(self.given)


def filter_of(params: QueryParams, *left_out: str) -> Asked:
    """Return the filter that an address gives; raises MalformedQuery."""
    given: dict[str, str | list[str]] = {}
    for one in FILTERS:
        if one.name in left_out:
            continue
        values = [chosen(one, value) for value in params.getlist(one.name)]
        values = [value for value in values if value]
        if values:
            given[one.name] = values if one.several else values[-1]
    return Asked(
        Filter(
            speaker=_text(given, "speaker"),
            via=_text(given, "via"),
            kind=_text(given, "kind"),
            act=tuple(given.get("act", ())),
            status=tuple(given.get("status", ())),
            source=_text(given, "source"),
            since=_moment(given, "since", end=False),
            until=_moment(given, "until", end=True),
            contains=_text(given, "contains"),
            min_confidence=_share(given, "min_confidence"),
        ),
        given,
    )


def text_of(params: QueryParams, name: str, *, longest: int = MOST_TEXT) -> str:
    """Return the text that an address gives, nothing where it gives none."""
    return clean(name, params.get(name, ""), longest)


def chosen(parameter: Parameter, value: str) -> str:
    """Return one value, without what no database takes; raises MalformedQuery."""
    text = clean(parameter.name, value, parameter.longest)
    if text and parameter.choices and text not in parameter.choices:
        raise MalformedQuery(
            f"{parameter.name} {text[:40]!r} is none of {', '.join(parameter.choices)}",
            hint="choose one of them",
        )
    return text


def clean(name: str, value: str, longest: int) -> str:
    """Return a value without what no database takes; raises MalformedQuery where it is long."""
    text = _UNKEPT.sub("", value).strip()
    if len(text) > longest:
        raise MalformedQuery(
            f"{name} has {len(text):,} characters, more than {longest:,}", hint="shorten it"
        )
    return text


def cursor_of(params: QueryParams, name: str = "after") -> Cursor | None:
    """Return the place behind which a page begins, or `before` which one ends.

    Raises MalformedQuery.
    """
    text = text_of(params, name, longest=MOST_NAME)
    return Cursor.read(text) if text else None


def limit_of(params: QueryParams, default: int) -> int:
    """Return how many are asked for; raises MalformedQuery."""
    text = text_of(params, "limit", longest=MOST_NAME)
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_LISTED):
        raise MalformedQuery(
            f"limit {text[:40]!r} is no number from 1 to {MOST_LISTED}", hint="leave it out"
        )
    return int(text)


def number_of(params: QueryParams, name: str) -> int:
    """Return a whole number, 0 where none is given; raises MalformedQuery."""
    text = text_of(params, name, longest=MOST_NAME)
    if text and not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise MalformedQuery(f"{name} {text[:40]!r} is no number", hint="begin at the first page")
    return int(text or 0)


def _text(given: Mapping[str, str | list[str]], name: str) -> str | None:
    value = given.get(name)
    return value if isinstance(value, str) else None


def _moment(given: Mapping[str, str | list[str]], name: str, *, end: bool) -> datetime | None:
    text = _text(given, name)
    if text is None:
        return None
    try:
        return moment(text, end=end)
    except ValueError as error:
        raise MalformedQuery(f"{name}: {error}") from None


def _share(given: Mapping[str, str | list[str]], name: str) -> float | None:
    text = _text(given, name)
    if text is None:
        return None
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise MalformedQuery(f"{name} {text[:40]!r} is no number from 0 to 1", hint="as 0.9")
    return share
