"""What the forms of the pages send, read and bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, quote

from quotes.errors import MalformedQuery
from quotes.web.asking import MOST_NAME, clean
from quotes.web.site import BY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

_YEAR: Final = 31_536_000


def fields_of(body: bytes, longest: Mapping[str, int]) -> dict[str, str]:
    """Return the fields of a form, the last of each; raises MalformedQuery.

    `longest` has how many characters those may have that are longer than a name.
    """
    try:
        given = parse_qs(body.decode("utf-8", "replace"), max_num_fields=20)
    except ValueError:
        raise MalformedQuery("this form has too many fields", hint="send it again") from None
    return {
        name: clean(name, values[-1], longest.get(name, MOST_NAME))
        for name, values in given.items()
    }


def remember(answer: Response, fields: Mapping[str, str]) -> None:
    """Let the browser keep the name of who reviews, where the form gives one."""
    if fields.get("by"):
        by = quote(fields["by"])
        answer.set_cookie(BY, by, max_age=_YEAR, httponly=True, samesite="strict")
