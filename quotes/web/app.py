"""The application: which address leads to which page, and how errors are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from quotes.errors import (
    Ambiguous,
    BusyDatabase,
    MalformedQuery,
    MissingModel,
    NotFound,
    OffsetError,
    QuotesError,
    RefusedDecision,
)
from quotes.web import api
from quotes.web.guard import UNEXPECTED, Guard, TooMuch
from quotes.web.pages import (
    checking,
    editing,
    home,
    lists,
    quotation,
    reviewing,
    source,
    speaker,
)
from quotes.web.site import STATIC, Site, site_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response
    from starlette.types import Scope

    from quotes.store import Store

STATUSES: Final = {
    NotFound: 404,
    Ambiguous: 404,
    MalformedQuery: 400,
    OffsetError: 400,
    RefusedDecision: 409,
    BusyDatabase: 503,
    MissingModel: 503,
}
LINES: Final = {
    404: "there is no such page",
    405: "this page cannot be asked for in this way",
}


def create(
    store: Store,
    *,
    token: str,
    by: str,
    cookie: str = "quotes_token",
    names: Iterable[str] = (),
    open_to_all: bool = False,
    debug: bool = False,
) -> Guard:
    """Return the application over an open database.

    `token` lets its holder write, in `cookie` or a header; `by` is who reviews where a form does
    not say; `names` and `open_to_all` are as in `Guard`.
    """
    site = Site(store, by=by)
    app = Starlette(
        routes=_routes(),
        exception_handlers={
            QuotesError: _tell,
            HTTPException: _tell_http,
            TooMuch: _tell_too_much,
            Exception: _tell_unexpected,
        },
    )
    app.router.redirect_slashes = False
    app.state.site = site

    def refuse(scope: Scope, status: int, line: str) -> Response:
        return site.refusal(Request(scope), status, line)

    return Guard(
        app,
        token=token,
        cookie=cookie,
        refuse=refuse,
        names=names,
        open_to_all=open_to_all,
        debug=debug,
    )


def _routes() -> list[Route | Mount]:
    return [
        Route("/", home.home),
        Route("/quotations", lists.quotations),
        Route("/quotations/{id}", quotation.quotation),
        Route("/quotations/{id}/panel", quotation.panel),
        Route("/quotations/{id}/review", reviewing.review, methods=["POST"]),
        Route("/quotations/{id}/edit", editing.edit_form),
        Route("/quotations/{id}/edit", editing.edit, methods=["POST"]),
        Route("/search", lists.search),
        Route("/sources", lists.sources),
        Route("/sources/{id}", source.source),
        Route("/sources/{id}/add", editing.add_form),
        Route("/sources/{id}/add", editing.add, methods=["POST"]),
        Route("/sources/{id}/versions/{version}", source.version),
        Route("/speakers", lists.speakers),
        Route("/speakers/{id}", speaker.speaker),
        Route("/verify", checking.check),
        Route("/reviews", reviewing.log),
        Mount("/api/v1", routes=api.routes()),
        Mount("/static", StaticFiles(directory=str(STATIC)), name="static"),
    ]


def _tell(request: Request, error: Exception) -> Response:
    assert isinstance(error, QuotesError)
    status = next((number for kind, number in STATUSES.items() if isinstance(error, kind)), 500)
    return site_of(request).refusal(request, status, error.message, error.hint)


def _tell_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    line = LINES.get(error.status_code, "this cannot be answered")
    return site_of(request).refusal(request, error.status_code, line)


def _tell_too_much(request: Request, error: Exception) -> Response:
    return site_of(request).refusal(request, 413, str(error))


def _tell_unexpected(request: Request, error: Exception) -> Response:
    # The guard logs it, for it is raised again behind this.
    return site_of(request).refusal(request, 500, UNEXPECTED)
