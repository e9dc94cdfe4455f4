"""Lists: of quotations with all filters, of sources, of speakers, and what a search finds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quotes.quotation import Act, Kind
from quotes.store import queries
from quotes.store.asking import parse
from quotes.store.meaning import search_near
from quotes.store.paging import page
from quotes.store.sources import sources_page
from quotes.web.asking import MOST_NAME, cursor_of, filter_of, limit_of, number_of, text_of
from quotes.web.site import Site, site_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from starlette.requests import Request
    from starlette.responses import Response

    from quotes.store.values import Filter, Hit, StoredSpeaker

_A_PAGE = 50
_FOUND = 20
CHOICES: dict[str, Any] = {"kinds": [str(one) for one in Kind], "acts": [str(one) for one in Act]}


def quotations(request: Request) -> Response:
    """List the quotations that pass the filters, a page of them."""
    site, params = site_of(request), request.query_params
    asked, after, before = filter_of(params), cursor_of(params), cursor_of(params, "before")
    limit = limit_of(params, _A_PAGE)
    with site.session() as session:
        found = page(session, asked.which, after=after, before=before, limit=limit)
        total = None if asked.is_filtered else site.overview(session).quotations
    return site.page(
        request,
        "quotations.html",
        page=found,
        given=asked.given,
        total=total,
        **CHOICES,
    )


def search(request: Request) -> Response:
    """Find quotations and passages by their words, or by what they mean."""
    site, params = site_of(request), request.query_params
    text = text_of(params, "q")
    by_meaning = params.get("by") == "meaning"
    asked = filter_of(params, "via", "contains")
    hits: list[Hit] | None = None
    notice = ""
    if any(character.isalnum() for character in text):
        with site.session() as session:
            hits, notice = find(
                site, session, text, asked.which, limit_of(params, _FOUND), by_meaning=by_meaning
            )
    elif text:
        notice = "Name a word to search for."
    return site.page(
        request,
        "search.html",
        text=text,
        by_meaning=by_meaning,
        hits=hits,
        notice=notice,
        given=asked.given,
        **CHOICES,
    )


def find(
    site: Site, session: Session, text: str, which: Filter, limit: int, *, by_meaning: bool
) -> tuple[list[Hit], str]:
    """Return what a search finds, and what is to be said of how; raises MalformedQuery."""
    notice = ""
    if by_meaning:
        encoder = site.encoder()
        vector = encoder.encode([text])[0] if encoder is not None else None
        hits = (
            search_near(session, vector, limit=limit, which=which) if vector is not None else None
        )
        if hits is not None:
            return hits, ""
        notice = "Nothing can be found by meaning here, so these were found by their words."
        return queries.search(session, text, limit=limit, which=which), notice
    return queries.search(session, parse(text), limit=limit, which=which), notice


def sources(request: Request) -> Response:
    """List the sources, a page of them."""
    site, params = site_of(request), request.query_params
    name = text_of(params, "name", longest=MOST_NAME)
    after, before = number_of(params, "after"), number_of(params, "before") or None
    with site.session() as session:
        found, following, start = sources_page(
            session, name or None, after=after, before=before, limit=_A_PAGE
        )
    return site.page(
        request, "sources.html", sources=found, name=name, next=following, previous=start
    )


def speakers(request: Request) -> Response:
    """List the speakers who are quoted most, or those with this in a name."""
    site, params = site_of(request), request.query_params
    name = text_of(params, "name", longest=MOST_NAME)
    with site.session() as session:
        if name:
            found = named(site, session, name, 2 * _A_PAGE)
            return site.page(request, "speakers.html", speakers=found, name=name, of=None)
        numbers = site.overview(session)
    return site.page(
        request, "speakers.html", speakers=numbers.most_quoted, name="", of=numbers.speakers
    )


def named(site: Site, session: Session, name: str, limit: int) -> list[StoredSpeaker]:
    """Return the speakers with this in a name, the most quoted first."""
    counts = site.overview(session).counts
    found = queries.speakers(session, name, count=False, limit=limit)
    counted = [replace(one, quotations=counts.get(one.id, 0)) for one in found]
    return sorted(counted, key=lambda one: -one.quotations)
