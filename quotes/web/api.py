"""JSON under /api/v1: the records of `export --format jsonl`, and what pages show beside them."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from quotes.errors import MalformedQuery
from quotes.exports.evidence import why
from quotes.exports.json_lines import encode, plain_row
from quotes.exports.whole import whole
from quotes.links import ways_back
from quotes.spans import Span
from quotes.store import queries
from quotes.store.paging import page
from quotes.store.sources import sources_page
from quotes.store.variants import others
from quotes.web.asking import (
    MOST_NAME,
    MOST_TEXT,
    clean,
    cursor_of,
    filter_of,
    limit_of,
    number_of,
    text_of,
)
from quotes.web.description import description
from quotes.web.pages.checking import asked, judged
from quotes.web.pages.editing import ROLES, added, edited
from quotes.web.pages.lists import find, named
from quotes.web.pages.reviewing import decide
from quotes.web.pages.source import reading
from quotes.web.site import site_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from quotes.spans import Spans
    from quotes.store.overview import Quoted
    from quotes.store.values import StoredSpeaker
    from quotes.web.pages.source import Reading

_A_PAGE: Final = 50
_MERGES: Final = 200
_MOST_SPANS: Final = 100
_FIELDS: Final = {
    **dict.fromkeys(("action", "speaker", "speaker_kind", "kind", "act", "by"), MOST_NAME),
    "note": MOST_TEXT,
}


def routes() -> list[Route]:
    """Return the addresses under /api/v1."""
    return [
        Route("/openapi.json", openapi),
        Route("/quotations", quotations),
        Route("/quotations/{id}", quotation),
        Route("/quotations/{id}/reviews", review, methods=["POST"]),
        Route("/sources", sources),
        Route("/sources/{id}", source),
        Route("/sources/{id}/quotations", add, methods=["POST"]),
        Route("/sources/{id}/versions/{version}", version),
        Route("/speakers", speakers),
        Route("/speakers/{id}", speaker),
        Route("/search", search),
        Route("/verify", verify),
    ]


def openapi(request: Request) -> Response:
    """Describe the API in OpenAPI."""
    return _json(description())


def quotations(request: Request) -> Response:
    """List the records that pass the filters, a page of them."""
    site, params = site_of(request), request.query_params
    which, after, before = filter_of(params).which, cursor_of(params), cursor_of(params, "before")
    with site.session() as session:
        found = page(session, which, after=after, before=before, limit=limit_of(params, _A_PAGE))
    return _json(
        {
            "quotations": [one.record for one in found.quotations],
            "next": str(found.next) if found.next else None,
            "previous": str(found.previous) if found.previous else None,
        }
    )


def quotation(request: Request) -> Response:
    """Return one record with all that proves it."""
    site = site_of(request)
    with site.session() as session:
        stored = queries.quotation(session, request.path_params["id"])
        record = stored.record
        text = queries.passage(session, stored.version_id)
        versions = queries.versions(session, record["document"]["id"])
        merge = queries.merge_of(session, record["id"], stored.version_id)
        elsewhere = others(session, record["id"], stored.version_id)
    return _json(
        {
            **whole(stored, text, versions, merge),
            "other_sources": elsewhere,
            "links": ways_back(record, text, url=stored.url or stored.uri),
        }
    )


def sources(request: Request) -> Response:
    """List the sources, a page of them."""
    site, params = site_of(request), request.query_params
    name = text_of(params, "name", longest=MOST_NAME) or None
    with site.session() as session:
        found, following, start = sources_page(
            session,
            name,
            after=number_of(params, "after"),
            before=number_of(params, "before") or None,
            limit=limit_of(params, _A_PAGE),
        )
    rows = [plain_row(one) for one in found]
    return _json({"sources": rows, "next": following, "previous": start})


def source(request: Request) -> Response:
    """Return a source with its text and the records of its quotations."""
    site = site_of(request)
    with site.session() as session:
        read = reading(site, session, request.path_params["id"])
    history = [plain_row(one) for one in read.versions]
    return _json({**plain_row(read.source), **_text_of(read), "history": history})


def version(request: Request) -> Response:
    """Return an older version of a source, and what became of its quotations."""
    site, params = site_of(request), request.path_params
    with site.session() as session:
        read = reading(site, session, params["id"], params["version"])
    became = [
        {"id": one.stored.record["id"], "answer": one.answer, "spans": one.spans}
        for one in read.became or ()
    ]
    return _json({**plain_row(read.shown), **_text_of(read), "became": became})


def _text_of(read: Reading) -> dict[str, Any]:
    return {"text": read.text, "records": [one.record for one in read.quotations]}


def speakers(request: Request) -> Response:
    """List the speakers with this in a name, or those who are quoted most."""
    site, params = site_of(request), request.query_params
    name = text_of(params, "name", longest=MOST_NAME)
    limit = limit_of(params, _A_PAGE)
    with site.session() as session:
        if name:
            return _json({"speakers": [_counted(one) for one in named(site, session, name, limit)]})
        most = site.overview(session).most_quoted[:limit]
    return _json({"speakers": [_counted(one) for one in most]})


def _counted(one: StoredSpeaker | Quoted) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "kind": one.kind, "quotations": one.quotations}


def speaker(request: Request) -> Response:
    """Return a speaker, and why documents' names lead there."""
    site = site_of(request)
    with site.session() as session:
        one = site.speaker(session, request.path_params["id"])
        merges = queries.merges(session, one.id, limit=_MERGES)
    led = [{**plain_row(each), "why": why(each, one.name)} for each in merges]
    return _json({**asdict(one), "merges": led})


def search(request: Request) -> Response:
    """Find quotations and passages by words, or by meaning."""
    site, params = site_of(request), request.query_params
    text = text_of(params, "q")
    if not any(character.isalnum() for character in text):
        raise MalformedQuery("q has no word to search for", hint="name one")
    which = filter_of(params, "via", "contains").which
    with site.session() as session:
        hits, notice = find(
            site,
            session,
            text,
            which,
            limit_of(params, 20),
            by_meaning=params.get("by") == "meaning",
        )
    return _json({"hits": [asdict(one) for one in hits], "notice": notice})


def verify(request: Request) -> Response:
    """Return the verdict on a claim, as `quotes verify --json` prints it."""
    site, params = site_of(request), request.query_params
    name, claim = asked(params)
    verdict = judged(site, params, name, claim) if name and claim else None
    if verdict is None:
        raise MalformedQuery("a speaker and a claim with words are needed", hint="give both")
    return _json(verdict.as_json())


async def review(request: Request) -> Response:
    """Take a decision on a quotation; the body is JSON."""
    given = _object(await request.body())
    return await run_in_threadpool(_decide, request, given)


async def add(request: Request) -> Response:
    """Add a quotation to a source; the body is JSON."""
    given = _object(await request.body())
    return await run_in_threadpool(_add, request, given)


def _decide(request: Request, given: Mapping[str, Any]) -> Response:
    site, id_, fields = site_of(request), request.path_params["id"], _fields(given)
    by = fields.get("by") or site.reviewer(request)
    if fields.get("action") == "edit":
        spans = _spans(given)
        note = fields.get("note", "")
        done = edited(site, id_, lambda text, stored: spans, by=by, note=note)
    else:
        done = decide(site, id_, fields, by=by)
    with site.session() as session:
        return _json(queries.quotation(session, done).record, status=201)


def _add(request: Request, given: Mapping[str, Any]) -> Response:
    site, fields, spans = site_of(request), _fields(given), _spans(given)
    by = fields.get("by") or site.reviewer(request)
    done = added(site, request.path_params["id"], lambda text: spans, fields, by=by)
    with site.session() as session:
        return _json(queries.quotation(session, done).record, status=201)


def _object(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise MalformedQuery("the body is no JSON object", hint='send {"action": "confirm"}')
    return given


def _fields(given: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: clean(name, str(given[name]), longest)
        for name, longest in _FIELDS.items()
        if given.get(name) is not None
    }


def _spans(given: Mapping[str, Any]) -> dict[str, Spans]:
    """Return the spans by role, as records have them; a role that is not named is left out."""
    return {role: _pairs(role, given[role]) for role in ROLES if given.get(role) is not None}


def _pairs(role: str, value: Any) -> Spans:
    pairs: list[Any] = value if isinstance(value, list) else [None]
    if len(pairs) > _MOST_SPANS or not all(
        isinstance(pair, list) and len(pair) == 2 and all(type(edge) is int for edge in pair)
        for pair in pairs
    ):
        raise MalformedQuery(f"{role} is no list of spans", hint="as [[0, 12], [20, 31]]")
    return tuple(sorted(Span(start, end) for start, end in pairs))


def _json(value: Any, *, status: int = 200) -> Response:
    return Response(encode(value), status_code=status, media_type="application/json")
