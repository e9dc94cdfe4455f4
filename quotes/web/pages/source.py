"""The page of one source: its whole text with its quotations marked, and one of them in detail."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.store import queries
from quotes.store.paging import start_of
from quotes.store.sources import source_by_id
from quotes.web import parts
from quotes.web.asking import number_of
from quotes.web.highlight import marked
from quotes.web.pages.quotation import details
from quotes.web.site import site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session
    from starlette.requests import Request
    from starlette.responses import Response

    from quotes.store.values import StoredQuotation, StoredSource, StoredVersion
    from quotes.web.became import Became
    from quotes.web.parts import Part
    from quotes.web.site import Site

COLOURS = 8
UNKNOWN, OTHERS = "s-none", "s-more"


@dataclass(frozen=True, slots=True)
class Shown:
    """A speaker in the key to the colours."""

    id: str | None
    name: str
    colour: str
    quotations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A version of a source with its quotations; `became` has what became of an older one's."""

    source: StoredSource
    shown: StoredVersion
    versions: Sequence[StoredVersion]
    text: str
    part: Part | None
    quotations: Sequence[StoredQuotation]
    became: Sequence[Became] | None


def reading(
    site: Site,
    session: Session,
    id_: str,
    version: str | None = None,
    *,
    part_of: Callable[[StoredVersion, str], Part] | None = None,
) -> Reading:
    """Return what a source says now, or said in the version whose hash begins so.

    `part_of` chooses a part of the text; then the quotations, and what became of them, are those
    of this part. Raises NotFound, or Ambiguous.
    """
    one = source_by_id(session, id_)
    versions = queries.versions(session, one.id)
    if version is None:
        (shown,) = (each for each in versions if each.id == one.version_id)
    else:
        _, shown = queries.version(session, version, document_id=one.id)
    text = queries.passage(session, shown.id)
    part = part_of(shown, text) if part_of else None
    start, end = (part.start, part.end) if part else (0, None)
    if shown.current:
        found, became = site.quotations(session, shown.id, start=start, end=end), None
    else:
        found = queries.quotations_of(session, shown.id, start=start, end=end)
        there = {stored.record["id"] for stored in found}
        all_ = site.became(session, one, shown)
        became = [each for each in all_ if each.stored.record["id"] in there]
    return Reading(
        source=one,
        shown=shown,
        versions=versions,
        text=text,
        part=part,
        quotations=found,
        became=became,
    )


def source(request: Request) -> Response:
    """Show a source; with `?q=ID` that quotation in detail."""
    return _page(request, None)


def version(request: Request) -> Response:
    """Show an older version of a source, and what became of its quotations."""
    return _page(request, request.path_params["version"])


def _page(request: Request, version: str | None) -> Response:
    site, wanted = site_of(request), request.query_params.get("q")
    with site.session() as session:

        def part_of(shown: StoredVersion, text: str) -> Part:
            number = number_of(request.query_params, "part")
            if number or not wanted:
                return parts.numbered(text, number)
            return parts.at(text, start_of(session, shown.id, wanted) or 0)

        read = reading(site, session, request.path_params["id"], version, part_of=part_of)
        found, text = read.quotations, read.text
        chosen = (one for one in found if one.record["id"] == wanted)
        detail = next((details(session, one, text) for one in chosen), None)
    key = speakers_of(found)
    colours = {each.id: each.colour for each in key}
    home = f"/sources/{read.source.id}"
    if not read.shown.current:
        home += f"/versions/{read.shown.version[7:]}"
    html = marked(
        text,
        [each.record for each in found],
        places=parts.places(text, read.part) if read.part else (),
        colours={each.record["id"]: colours[_speaker_id(each)] for each in found},
        chosen=detail.stored.record["id"] if detail else None,
        address=f"{home}?q=",
    )
    return site.page(
        request,
        "source.html",
        source=read.source,
        shown=read.shown,
        versions=read.versions,
        part=read.part,
        home=home,
        key=key,
        kinds=Counter(each.record["kind"] for each in found),
        text=html,
        detail=detail,
        became=read.became,
        counts=Counter(each.answer for each in read.became or ()),
    )


def speakers_of(found: Sequence[StoredQuotation]) -> list[Shown]:
    """Return the speakers of a source, the most quoted first, with a colour for the first eight."""
    counts = Counter(_speaker_id(one) for one in found)
    names = {s["id"]: s["name"] for one in found if (s := one.record["speaker"])}
    free = iter(range(COLOURS))
    key = []
    for id_, number in counts.most_common():
        place = next(free, None) if id_ is not None else None
        colour = UNKNOWN if id_ is None else OTHERS if place is None else f"s{place}"
        name = names[id_] if id_ is not None else "unknown"
        key.append(Shown(id=id_, name=name, colour=colour, quotations=number))
    return key


def _speaker_id(one: StoredQuotation) -> str | None:
    speaker = one.record["speaker"]
    return speaker["id"] if speaker else None
