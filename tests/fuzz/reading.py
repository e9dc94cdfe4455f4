"""Bytes into documents, and a text through all that needs no model: inputs and laws."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from quotes.documents.document import Document, Input
from quotes.documents.encoding import decode
from quotes.documents.reading import read_source
from quotes.errors import QuotesError
from quotes.extraction.answers import answers
from quotes.extraction.layout import furniture_starts
from quotes.extraction.marks import Marked, marked_passages
from quotes.extraction.turns import turns
from quotes.nlp.paragraphs import paragraphs
from quotes.nlp.pieces import pieces_of
from quotes.quotation import Quotation
from quotes.spans import check_spans
from quotes.vectors.sentences import sentences
from tests.fuzz import mutating as m
from tests.fuzz import tokens

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from quotes.pipeline import Pipeline


def any_bytes(chance: random.Random) -> bytes:
    return m.encoded(chance, m.text_of(chance))


def read_encoded(raw: bytes) -> None:
    for given, declared in ((None, None), ("cp1252", None), (None, "utf-16"), (None, "gbk")):
        try:
            found = decode(raw, given=given, declared=declared)
        except QuotesError:
            continue
        assert raw.decode(found.encoding) == found.text
        assert "\0" not in found.text
        found.text.encode("utf-8")


def read_named(*suffixes: str) -> Callable[[bytes], None]:
    def run(raw: bytes) -> None:
        for suffix in suffixes:
            source = Input(path=f"a{suffix}", uri=f"file:///a{suffix}", raw=raw)
            for document in read_source(source):
                if isinstance(document, Document):
                    assert document.text.strip()
                    document.text.encode("utf-8")
                    _look_over(document.text)

    return run


def any_html(chance: random.Random) -> bytes:
    body = m.text_of(chance, tokens.TAGS)
    if chance.random() < 0.6:
        paragraph = f"<p>{m.piece(chance)}</p>" * chance.randint(1, 5)
        body = f"<html><body><article>{paragraph}{body}{paragraph}</article></body></html>"
    return m.encoded(chance, m.mutated(chance, body, tokens.TAGS))


def any_records(chance: random.Random) -> bytes:
    import json

    lines = [
        json.dumps({"id": chance.choice((n, str(n), None)), "text": m.text_of(chance)[:500]})
        for n in range(chance.randint(1, 4))
    ]
    return m.encoded(chance, m.mutated(chance, "\n".join(lines), tokens.JSON))


def _look_over(text: str) -> None:
    found = paragraphs(text)
    check_spans(len(text), found)
    passages, notices = marked_passages(text, found)
    _check_marked(text, passages)
    assert all(0 <= notice.start < len(text) for notice in notices)
    said = turns(text, found)
    assert all(one.label.end <= one.colon.start for one in said)
    check_spans(len(text), [span for turn in said for span in turn.content])
    given = answers(text, found, [one.span for one in passages], furniture_starts(text, found))
    check_spans(len(text), [span for answer in given for span in answer.content])
    check_spans(len(text), sentences(text))
    try:
        whole = "".join(piece.text for piece in pieces_of([text]))
    except QuotesError:
        return
    assert whole == text


def _check_marked(text: str, passages: list[Marked]) -> None:
    check_spans(len(text), [one.span for one in passages])
    for one in passages:
        assert one.inside.within(one.span)
        for inner in one.inner:
            assert inner.span.within(one.span)


def any_text(tokens: tuple[str, ...]) -> Callable[[random.Random], bytes]:
    return lambda chance: m.as_bytes(m.text_of(chance, tokens))


def read_text(raw: bytes) -> None:
    _look_over(m.as_text(raw))


@cache
def _pipeline(extractor: str) -> Pipeline:
    from quotes.pipeline import load

    return load(extractor=extractor)


def extracted_by(extractor: str) -> Callable[[bytes], None]:
    def run(raw: bytes) -> None:
        text = m.as_text(raw)
        try:
            (result,) = _pipeline(extractor).run([text])
        except QuotesError:
            return
        assert result.text == text
        for notice in result.notices:
            assert "do not fit" not in notice.message, notice.message
        for one in result.quotations:
            assert isinstance(one, Quotation)
            one.check(text)

    return run


def any_article(chance: random.Random) -> bytes:
    kind = chance.choice((tokens.MARKS, tokens.WORDS, tokens.LABELS, tokens.JOINTS))
    return m.as_bytes(m.text_of(chance, kind)[:1_500])
