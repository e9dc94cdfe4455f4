"""The page of one quotation, and the same details for the margin of its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.responses import RedirectResponse

from quotes.exports import evidence
from quotes.links import position, ways_back
from quotes.links.context import context
from quotes.store import queries
from quotes.store.paging import overlapping
from quotes.store.variants import Variant, variants
from quotes.web.highlight import Cut, cuts
from quotes.web.pages.speaker import compared
from quotes.web.site import site_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from starlette.requests import Request
    from starlette.responses import Response

    from quotes.exports.evidence import Step
    from quotes.links import Position
    from quotes.store.values import StoredMerge, StoredQuotation, StoredVersion

_MARGIN = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """A quotation with all that proves it, and the ways back to it."""

    stored: StoredQuotation
    steps: list[tuple[Step, Position]]
    method: str
    described: str | None
    merge: StoredMerge | None
    ways: dict[str, Any]
    versions: list[StoredVersion]
    tellings: list[Variant]
    within: list[StoredQuotation]

    @property
    def others(self) -> int:
        """How many other sources tell the same."""
        own = self.stored.record["document"]["id"]
        return len({one.stored.record["document"]["id"] for one in self.tellings} - {own})


def quotation(request: Request) -> Response:
    """Show a quotation in its passage; a cut id, or an older one, leads to the one that counts."""
    site, id_ = site_of(request), request.path_params["id"]
    with site.session() as session:
        stored = queries.quotation(session, id_)
        if stored.record["id"] != id_:
            return RedirectResponse(f"/quotations/{stored.record['id']}", status_code=303)
        text = queries.passage(session, stored.version_id)
        found = details(session, stored, text)
    shown = context(text, stored.record, margin=_MARGIN)
    return site.page(
        request,
        "quotation.html",
        detail=found,
        passage=[
            (_classes(one), text[one.start : one.end])
            for one in cuts(shown.start, shown.end, [stored.record])
        ],
        starts=shown.start == 0,
        ends=shown.end == len(text),
        told=compared(found.tellings),
    )


def panel(request: Request) -> Response:
    """Return the details alone, for a page that is open already."""
    site, id_ = site_of(request), request.path_params["id"]
    with site.session() as session:
        stored = queries.quotation(session, id_)
        found = details(session, stored, queries.passage(session, stored.version_id))
    return site.page(request, "panel.html", detail=found)


def details(session: Session, stored: StoredQuotation, text: str) -> Details:
    """Return what is known of a quotation; `text` is that of its version."""
    record = stored.record
    return Details(
        stored=stored,
        steps=[(step, position(text, step.start)) for step in evidence.steps(stored)],
        method=evidence.method(stored),
        described=evidence.description(stored, text),
        merge=queries.merge_of(session, record["id"], stored.version_id),
        ways=ways_back(record, text, url=stored.url or stored.uri),
        versions=queries.versions(session, record["document"]["id"]),
        tellings=variants(session, record["id"], stored.version_id),
        within=overlapping(session, stored),
    )


def _classes(cut: Cut) -> str:
    """Return the classes of a piece of the passage."""
    roles = (("content", cut.content), ("cue", cut.cue), ("source", cut.source))
    return " ".join("is-" + name for name, ids in roles if ids)
