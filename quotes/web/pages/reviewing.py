"""What people decide, sent by the forms of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from quotes.errors import MalformedQuery
from quotes.store import queries, reviewing
from quotes.web.asking import MOST_TEXT
from quotes.web.pages.forms import fields_of, remember
from quotes.web.pages.quotation import details
from quotes.web.site import Site, site_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

ACTIONS: Final = ("confirm", "reject", "reassign", "undo")
_BACK: Final = ("/quotations", "/sources/", "/speakers/", "/search")
_PARTS: Final = {"panel": "panel.html", "card": "card.html"}
_LONGEST: Final = {"note": MOST_TEXT, "back": MOST_TEXT}
_LISTED: Final = 200


async def review(request: Request) -> Response:
    """Take a decision on a quotation, and lead back to where it was taken.

    A script that asks for a part of the page gets that part alone.
    """
    fields = fields_of(await request.body(), _LONGEST)
    return await run_in_threadpool(_decide, request, fields)


def _decide(request: Request, fields: Mapping[str, str]) -> Response:
    site, part = site_of(request), request.headers.get("x-quotes-part", "")
    by = fields.get("by") or site.reviewer(request)
    id_ = decide(site, request.path_params["id"], fields, by=by)
    answer: Response
    if part in _PARTS:
        with site.session() as session:
            stored = queries.quotation(session, id_)
            text = queries.passage(session, stored.version_id)
            detail = details(session, stored, text)
        answer = site.page(request, _PARTS[part], detail=detail, stored=stored)
    else:
        answer = RedirectResponse(_way_back(fields.get("back", ""), id_), status_code=303)
    remember(answer, fields)
    return answer


def decide(site: Site, id_: str, fields: Mapping[str, str], *, by: str) -> str:
    """Write a decision down; returns the id under which the quotation goes on.

    Raises MalformedQuery, NotFound, Ambiguous or RefusedDecision.
    """
    action, note = fields.get("action", ""), fields.get("note", "")
    if action not in ACTIONS:
        raise MalformedQuery(
            f"{action[:40]!r} is nothing to decide", hint=f"one of {', '.join(ACTIONS)}"
        )
    with site.session(write=True) as session:
        if action == "reassign":
            name = fields.get("speaker", "")
            speaker = queries.speaker(session, name, count=False).id if name else None
            done = reviewing.reassign(session, id_, speaker_id=speaker, by=by, note=note)
        else:
            decision = {
                "confirm": reviewing.confirm,
                "reject": reviewing.reject,
                "undo": reviewing.undo,
            }[action]
            done = decision(session, id_, by=by, note=note)
    site.decided(done)
    return done


def log(request: Request) -> Response:
    """List what people decided, the last first."""
    site = site_of(request)
    with site.session() as session:
        found = reviewing.log(session)
    return site.page(request, "log.html", reviews=found[::-1][:_LISTED], total=len(found))


def _way_back(back: str, id_: str) -> str:
    """Return a page of this server, as the form names it, or else the quotation's own."""
    try:
        parts = urlsplit(back)
    except ValueError:
        parts = urlsplit("")
    known = parts.path.startswith(_BACK) and not parts.path.startswith("/quotations/")
    if parts.scheme or parts.netloc or "\\" in back or not known:
        return f"/quotations/{id_}"
    path = quote(parts.path, safe="/")
    query = "?" + quote(parts.query, safe="=&%+") if parts.query else ""
    return f"{path}{query}#{id_}"
