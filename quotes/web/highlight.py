"""A text with its quotations as HTML.

Quotations overlap and nest, elements only nest. So the text is cut wherever any span begins or
ends; a piece names all quotations that it belongs to and leads to the shortest of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from quotes.web.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from quotes.records import QuotationRecord

_BLANK: Final = re.compile(r"\n(?:[^\S\n]*\n)+")
_LINE_END: Final = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a text, and which quotations it is content, cue or source of."""

    start: int
    end: int
    content: tuple[str, ...] = ()
    cue: tuple[str, ...] = ()
    source: tuple[str, ...] = ()


def cuts(
    start: int, end: int, records: Iterable[QuotationRecord], at: Iterable[int] = ()
) -> list[Cut]:
    """Return the pieces of `[start, end)` in order, cut at every span's edges and at `at`.

    Of several quotations that share a piece the shortest is named first.
    """
    length: dict[str, tuple[int, int, str]] = {}
    opening: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    closing: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    edges = {start, end, *(one for one in at if start < one < end)}
    for record in records:
        content = record["content"]
        id_ = record["id"]
        length[id_] = (content["end"] - content["start"], -content["start"], id_)
        parts = (content, record["cue"], record["source"])
        for role, part in enumerate(parts):
            for first, last in part["spans"] if part else ():
                low, high = max(first, start), min(last, end)
                if low < high:
                    opening[low].append((role, id_))
                    closing[high].append((role, id_))
                    edges.update((low, high))
    ordered = sorted(edges)
    held: tuple[set[str], set[str], set[str]] = (set(), set(), set())
    found = []
    for low, high in pairwise(ordered):
        for role, id_ in closing[low]:
            held[role].discard(id_)
        for role, id_ in opening[low]:
            held[role].add(id_)
        found.append(Cut(low, high, *(tuple(sorted(ids, key=length.__getitem__)) for ids in held)))
    return found


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return where the paragraphs of a text stand: between blank lines, or else its lines."""
    unified = _LINE_END.sub(lambda end: "\n" if len(end[0]) == 1 else " \n", text)
    breaks = list(_BLANK.finditer(unified)) or list(re.finditer(r"\n", unified))
    edges = [0, *(edge for one in breaks for edge in one.span()), len(text)]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(low, high) for low, high in pairs if text[low:high].strip()]


def marked(
    text: str,
    records: Sequence[QuotationRecord],
    *,
    places: Sequence[tuple[int, int]],
    colours: Mapping[str, str],
    chosen: str | None = None,
    address: str,
) -> Markup:
    """Return paragraphs of a text with each quotation a link to `address` and its id.

    `colours` has the class of each quotation's speaker. The first piece of a quotation bears its
    id and is reached by the tab key; what belongs to the `chosen` one is marked so.
    """
    by_id = {record["id"]: record for record in records}
    # Most texts hide nothing, which is told once for all their pieces.
    whole = text[places[0][0] : places[-1][1]] if places else ""
    shown = escape if visible(whole) == whole and "\r" not in whole else _shown
    seen: set[str] = set()

    def linked(piece: Cut) -> Iterator[str]:
        words = shown(text[piece.start : piece.end])
        return _piece(words, piece, by_id, colours, seen, chosen, address)

    return in_paragraphs(records, places, linked)


def in_paragraphs(
    records: Sequence[QuotationRecord],
    places: Sequence[tuple[int, int]],
    shown: Callable[[Cut], Iterable[str]],
) -> Markup:
    """Return the paragraphs of a text, each piece as `shown` has it, which escapes its words."""
    edges = [edge for place in places for edge in place]
    pieces = iter(cuts(edges[0], edges[-1], records, edges) if edges else ())
    out: list[str] = []
    piece = next(pieces, None)
    for low, high in places:
        out.append('<p class="data">')
        while piece is not None and piece.end <= low:
            piece = next(pieces, None)
        while piece is not None and piece.end <= high:
            out.extend(shown(piece))
            piece = next(pieces, None)
        out.append("</p>\n")
    return Markup("".join(out))


def _shown(text: str) -> Markup:
    return escape(visible(_LINE_END.sub("\n", text)))


def _piece(
    shown: Markup,
    piece: Cut,
    by_id: Mapping[str, QuotationRecord],
    colours: Mapping[str, str],
    seen: set[str],
    chosen: str | None,
    address: str,
) -> Iterator[str]:
    parts = [name for name in ("cue", "source") if chosen in getattr(piece, name)]
    classes = ["is-" + name for name in parts]
    tied = "".join(
        f' data-{name}="{" ".join(ids)}"'
        for name, ids in (("cue", piece.cue), ("source", piece.source))
        if ids
    )
    if not piece.content:
        classed = f' class="{" ".join(classes)}"' if classes else ""
        yield f"<span{classed}{tied}>{shown}</span>" if tied else str(shown)
        return
    first, *around = piece.content
    begun = [id_ for id_ in piece.content if id_ not in seen]
    seen.update(begun)
    if around:
        classes.append("nested")
    if chosen in piece.content:
        classes.append("on")
    classes = ["q", by_id[first]["kind"], by_id[first]["status"], colours[first], *classes]
    # Anchors of quotations whose beginning is inside a shorter one.
    for id_ in begun:
        if id_ != first:
            yield f'<span id="{id_}"></span>'
    named = f' id="{first}" data-item' if first in begun else ' tabindex="-1"'
    yield (
        f'<a{named} class="{" ".join(classes)}" data-q="{" ".join(piece.content)}"{tied} '
        f'href="{escape(address)}{first}#{first}">{shown}</a>'
    )
