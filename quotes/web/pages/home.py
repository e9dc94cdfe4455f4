"""The first page: numbers, the latest quotations, and who is quoted when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.store.overview import latest
from quotes.web.plots import columns
from quotes.web.site import site_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_BARS = 12


def home(request: Request) -> Response:
    """Show what the collection holds."""
    site = site_of(request)
    with site.session() as session:
        numbers = site.overview(session)
        newest = latest(session)
    return site.page(
        request,
        "home.html",
        numbers=numbers,
        most_quoted=numbers.most_quoted[:_BARS],
        time=columns(numbers.by_day),
        latest=newest,
    )
