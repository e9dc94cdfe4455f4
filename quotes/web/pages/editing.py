"""Pages on which people correct the words of a quotation, or add one that was missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from quotes.errors import (
    Ambiguous,
    MalformedQuery,
    NotFound,
    OffsetError,
    RefusedDecision,
)
from quotes.links.context import context
from quotes.links.pointing import spans_in, written
from quotes.quotation import Act, Kind, SpeakerKind
from quotes.spans import Span
from quotes.store import queries, reviewing
from quotes.store.handmade import kind_of
from quotes.store.new_speakers import new_speaker
from quotes.store.sources import source_by_id
from quotes.web import parts
from quotes.web.asking import MOST_NAME, MOST_TEXT, Parameter, chosen, number_of
from quotes.web.pages.forms import fields_of, remember
from quotes.web.selecting import selectable
from quotes.web.site import Site, site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session
    from starlette.requests import Request
    from starlette.responses import Response

    from quotes.records import PassageRecord, QuotationRecord
    from quotes.spans import Spans
    from quotes.store.values import StoredQuotation

ROLES: Final = ("content", "cue", "source")
KINDS: Final = Parameter(name="kind", about="Of this kind.", choices=tuple(map(str, Kind)))
ACTS: Final = Parameter(name="act", about="Of this act.", choices=tuple(map(str, Act)))
SPEAKERS: Final = Parameter(
    name="speaker_kind", about="What a new speaker is.", choices=tuple(map(str, SpeakerKind))
)
#: What a form can be sent again for, with what was typed in it.
_MENDED: Final = {
    MalformedQuery: 400,
    OffsetError: 400,
    NotFound: 400,
    Ambiguous: 400,
    RefusedDecision: 409,
}
_AROUND: Final = 300
_LONGEST: Final = {**dict.fromkeys(ROLES, MOST_TEXT), "note": MOST_TEXT}


def edit_form(request: Request) -> Response:
    """Show a quotation's source with fields for the words of its content, cue and source."""
    return _edit_page(request, None)


async def edit(request: Request) -> Response:
    """Correct the spans of a quotation, and lead to it."""
    fields = fields_of(await request.body(), _LONGEST)
    return await run_in_threadpool(_edit, request, fields)


def add_form(request: Request) -> Response:
    """Show a source with fields for a quotation that was missed."""
    return _add_page(request, None)


async def add(request: Request) -> Response:
    """Add a quotation to a source, and lead to it."""
    fields = fields_of(await request.body(), _LONGEST)
    return await run_in_threadpool(_add, request, fields)


def edited(
    site: Site,
    id_: str,
    spans: Callable[[str, StoredQuotation], Mapping[str, Spans | None]],
    *,
    by: str,
    note: str,
) -> str:
    """Correct the spans of a quotation; returns its new id.

    `spans` gives them by role from the text and the quotation; a role that is missing or None
    stays, an empty one goes. Raises as `reviewing.edit`.
    """
    with site.session(write=True) as session:
        stored = queries.quotation(session, id_)
        given = spans(queries.passage(session, stored.version_id), stored)
        if given.get("content") == ():
            raise MalformedQuery(
                "a quotation has words", hint="reject it if it is none, or name its content"
            )
        done = reviewing.edit(session, stored.record["id"], **_by_role(given), by=by, note=note)
    site.decided(done)
    return done


def added(
    site: Site,
    source_id: str,
    spans: Callable[[str], Mapping[str, Spans]],
    fields: Mapping[str, str],
    *,
    by: str,
) -> str:
    """Add a quotation to the current version of a source; returns its id.

    `fields` may name its speaker, a new one with `speaker_kind`, its kind, act and a note. Raises
    as `reviewing.add`, and MalformedQuery.
    """
    kind, act = chosen(KINDS, fields.get("kind", "")), chosen(ACTS, fields.get("act", ""))
    with site.session(write=True) as session:
        version_id = source_by_id(session, source_id).version_id
        text = queries.passage(session, version_id)
        given = _by_role(spans(text))
        if not given["content"]:
            raise MalformedQuery("a quotation has words", hint="say which, as its content")
        done = reviewing.add(
            session,
            version_id=version_id,
            content=given["content"],
            cue=given["cue"] or (),
            source=given["source"] or (),
            speaker_id=_speaker_id(session, fields, version_id),
            kind=kind or kind_of(text, given["content"]),
            act=act or Act.SPEECH,
            by=by,
            note=fields.get("note", ""),
        )
    site.decided(done)
    return done


def _by_role(given: Mapping[str, Spans | None]) -> dict[str, Spans | None]:
    return {role: given.get(role) for role in ROLES}


def _speaker_id(session: Session, fields: Mapping[str, str], version_id: int) -> str | None:
    name, kind = fields.get("speaker", ""), chosen(SPEAKERS, fields.get("speaker_kind", ""))
    if not name:
        return None
    if kind:
        return new_speaker(session, name, kind=kind, version_id=version_id)
    return queries.speaker(session, name, count=False).id


def _edit(request: Request, fields: Mapping[str, str]) -> Response:
    site, id_ = site_of(request), request.path_params["id"]

    def spans(text: str, stored: StoredQuotation) -> Mapping[str, Spans | None]:
        near = context(text, stored.record, margin=_AROUND)
        return _read(text, fields, near)

    by = fields.get("by") or site.reviewer(request)
    try:
        done = edited(site, id_, spans, by=by, note=fields.get("note", ""))
    except tuple(_MENDED) as error:
        return _edit_page(request, fields, error)
    with site.session() as session:
        document = queries.quotation(session, done).record["document"]["id"]
    return _led(request, document, done, fields)


def _add(request: Request, fields: Mapping[str, str]) -> Response:
    site, source_id = site_of(request), request.path_params["id"]
    by = fields.get("by") or site.reviewer(request)
    try:
        done = added(site, source_id, lambda text: _read(text, fields, None), fields, by=by)
    except tuple(_MENDED) as error:
        return _add_page(request, fields, error)
    return _led(request, source_id, done, fields)


def _read(text: str, fields: Mapping[str, str], near: Span | None) -> dict[str, Spans]:
    return {role: spans_in(text, fields.get(role, ""), near=near) for role in ROLES}


def _led(request: Request, source_id: str, id_: str, fields: Mapping[str, str]) -> Response:
    answer = RedirectResponse(f"/sources/{source_id}?q={id_}#{id_}", status_code=303)
    remember(answer, fields)
    return answer


def _edit_page(
    request: Request, fields: Mapping[str, str] | None, error: Exception | None = None
) -> Response:
    site = site_of(request)
    with site.session() as session:
        stored = queries.quotation(session, request.path_params["id"])
        record = stored.record
        text = queries.passage(session, stored.version_id)
        part = parts.at(text, record["content"]["start"])
        found = queries.quotations_of(session, stored.version_id, start=part.start, end=part.end)
        records = [one.record for one in found]
        if record["id"] not in {one["id"] for one in records}:
            records.append(record)
    passages = {role: _passage(record, role) for role in ROLES}
    now = {role: written(_spans(passage)) for role, passage in passages.items()}
    words = {role: passage["text"] if passage else "" for role, passage in passages.items()}
    return _page(
        request,
        error,
        title="Correct the words",
        source=record["document"],
        stored=stored,
        text=selectable(text, records, places=parts.places(text, part), chosen=record["id"]),
        part=part,
        fields={**now, "note": "", **(fields or {})},
        words=words if fields is None else {},
    )


def _add_page(
    request: Request, fields: Mapping[str, str] | None, error: Exception | None = None
) -> Response:
    site = site_of(request)
    with site.session() as session:
        found = source_by_id(session, request.path_params["id"])
        text = queries.passage(session, found.version_id)
        part = parts.numbered(text, number_of(request.query_params, "part"))
        there = site.quotations(session, found.version_id, start=part.start, end=part.end)
        records = [one.record for one in there]
    named = ("note", "speaker", "speaker_kind", "kind", "act", *ROLES)
    return _page(
        request,
        error,
        title="Add a quotation",
        source={"id": found.id, "title": found.title, "path": found.path},
        stored=None,
        text=selectable(text, records, places=parts.places(text, part)),
        part=part,
        fields={**dict.fromkeys(named, ""), **(fields or {})},
        words={},
    )


def _page(request: Request, error: Exception | None, **values: Any) -> Response:
    status = next((code for kind, code in _MENDED.items() if isinstance(error, kind)), 200)
    return site_of(request).page(
        request,
        "edit.html",
        status=status,
        wrong=error,
        kinds=KINDS.choices,
        acts=ACTS.choices,
        speaker_kinds=SPEAKERS.choices,
        longest=MOST_NAME,
        **values,
    )


def _passage(record: QuotationRecord, role: str) -> PassageRecord | None:
    return {"content": record["content"], "cue": record["cue"], "source": record["source"]}[role]


def _spans(passage: PassageRecord | None) -> Spans:
    return tuple(Span(start, end) for start, end in passage["spans"]) if passage else ()
