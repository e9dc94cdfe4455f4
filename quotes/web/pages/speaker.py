"""The page of one speaker: names and why they lead here, quotations by source, and variants."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from quotes.store import queries
from quotes.store.paging import page
from quotes.store.variants import Variant, told_by, variants
from quotes.verification.wording import pieces
from quotes.web.asking import cursor_of
from quotes.web.site import site_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session
    from starlette.requests import Request
    from starlette.responses import Response

_A_PAGE = 50
_SOURCES = 100
_STATEMENTS = 10


def speaker(request: Request) -> Response:
    """Show a speaker, with a page of their quotations."""
    site, params = site_of(request), request.query_params
    after, before = cursor_of(params), cursor_of(params, "before")
    with site.session() as session:
        one = site.speaker(session, request.path_params["id"])
        merges = queries.merges(session, one.id, limit=_SOURCES + 1)
        which = queries.Filter(speaker=one.id)
        found = page(session, which, after=after, before=before, limit=_A_PAGE)
        told = [
            tellings(session, statement.first)
            for statement in told_by(session, one.id, limit=_STATEMENTS)
        ]
    by_source = [
        list(group)
        for _, group in groupby(found.quotations, key=lambda each: each.record["document"]["id"])
    ]
    return site.page(
        request,
        "speaker.html",
        speaker=one,
        merges=merges[:_SOURCES],
        more=len(merges) > _SOURCES,
        names=queries.aliases(merges),
        by_source=by_source,
        page=found,
        told=told,
    )


def tellings(session: Session, first: Variant) -> list[tuple[Variant, list[tuple[str, str]]]]:
    """Return the tellings of a statement, each with what it leaves out of the first and puts in."""
    found = variants(session, first.stored.record["id"], first.stored.version_id)
    return compared(found)


def compared(found: Sequence[Variant]) -> list[tuple[Variant, list[tuple[str, str]]]]:
    """Return each telling in pieces: `same`, `out` (in the first alone) and `in` (not in it)."""
    if not found:
        return []
    original = found[0].stored.record["content"]["text"]
    told = []
    for one in found:
        text = one.stored.record["content"]["text"]
        parts: list[tuple[str, str]] = []
        for piece in pieces(original, text):
            if piece.is_same:
                parts.append(("same", text[slice(*piece.second)]))
                continue
            left_out, put_in = original[slice(*piece.first)], text[slice(*piece.second)]
            parts += [part for part in (("out", left_out), ("in", put_in)) if part[1]]
        told.append((one, parts))
    return told
