from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from quotes.spans import Span, merged
from quotes.web.highlight import cuts, marked, paragraphs
from quotes.web.visible import visible

if TYPE_CHECKING:
    from quotes.records import PassageRecord, QuotationRecord

TEXTS = st.text(alphabet="ab<>&\"' \n\r“”\u202eé", min_size=1, max_size=60)


def passage(spans: tuple[Span, ...]) -> PassageRecord:
    return {
        "text": "",
        "start": spans[0].start,
        "end": spans[-1].end,
        "spans": [[one.start, one.end] for one in spans],
    }


def record(number: int, roles: list[tuple[Span, ...]]) -> QuotationRecord:
    parts = [passage(spans) if spans else None for spans in roles]
    assert parts[0] is not None
    return {
        "id": f"q_{number:016x}",
        "kind": "direct",
        "act": "speech",
        "document": {"id": "", "path": "", "version": "", "title": None, "published_at": None},
        "content": parts[0],
        "cue": parts[1],
        "source": parts[2],
        "speaker": None,
        "via": None,
        "confidence": None,
        "status": "machine",
        "method": "",
    }


@st.composite
def texts_with_records(draw: st.DrawFn) -> tuple[str, list[QuotationRecord]]:
    text = draw(TEXTS)

    def spans(least: int) -> tuple[Span, ...]:
        edge = st.integers(0, len(text) - 1)
        found = draw(st.lists(st.tuples(edge, edge), min_size=least, max_size=3))
        return merged(Span(min(pair), max(pair) + 1) for pair in found)

    count = draw(st.integers(0, 4))
    return text, [record(number, [spans(1), spans(0), spans(0)]) for number in range(count)]


@given(texts_with_records())
def test_the_pieces_are_the_text_and_each_quotation_has_its_own(
    case: tuple[str, list[QuotationRecord]],
) -> None:
    text, records = case
    pieces = cuts(0, len(text), records)
    assert "".join(text[one.start : one.end] for one in pieces) == text
    for one in records:
        for role in ("content", "cue", "source"):
            part: Any = one[role]
            held = {
                at
                for piece in pieces
                if one["id"] in getattr(piece, role)
                for at in range(piece.start, piece.end)
            }
            asked = {at for low, high in (part["spans"] if part else ()) for at in range(low, high)}
            assert held == asked


@given(texts_with_records())
def test_of_several_quotations_the_shortest_is_first(
    case: tuple[str, list[QuotationRecord]],
) -> None:
    text, records = case
    length = {one["id"]: one["content"]["end"] - one["content"]["start"] for one in records}
    for piece in cuts(0, len(text), records):
        lengths = [length[id_] for id_ in piece.content]
        assert lengths == sorted(lengths)


class Seen(HTMLParser):
    """What a browser makes of some HTML: its text, its elements, and the ids and their text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.names: set[str] = set()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names.update(name for name, _ in attrs)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.text += data


@given(texts_with_records())
def test_the_html_says_what_the_text_says_and_nothing_else(
    case: tuple[str, list[QuotationRecord]],
) -> None:
    text, records = case
    places = paragraphs(text)
    html = marked(
        text,
        records,
        places=places,
        colours={one["id"]: "s0" for one in records},
        chosen=records[0]["id"] if records else None,
        address='/sources/"d"?q=',
    )
    seen = Seen()
    seen.feed(str(html))
    shown = "".join(text[low:high] for low, high in places)
    assert seen.text.split() == visible(shown.replace("\r", "\n")).split()
    assert seen.tags <= {"p", "a", "span"}
    assert seen.names <= {
        *("id", "class", "href", "tabindex", "data-q", "data-cue", "data-source", "data-item")
    }
    assert len(seen.ids) == len(set(seen.ids))


@given(TEXTS)
def test_paragraphs_leave_out_nothing_but_white_space(text: str) -> None:
    places = paragraphs(text)
    assert "".join(text[low:high] for low, high in places).split() == text.split() or (
        "".join("".join(text[low:high].split()) for low, high in places) == "".join(text.split())
    )
    assert places == sorted(places)


def test_lines_are_one_paragraph_where_blank_lines_part_them() -> None:
    text = "One\ntwo.\n\n \nThree."
    assert [text[low:high] for low, high in paragraphs(text)] == ["One\ntwo.", "Three."]
    assert len(paragraphs("One.\nTwo.\n")) == 2
