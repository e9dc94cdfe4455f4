"""What somebody passes on: the source is who made the statement, `via` who reports it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.extraction.reading import Reading
from quotes.extraction.relays import Way, relays
from quotes.extraction.rules import RuleExtractor
from quotes.quotation import Kind
from quotes.spans import text_of

if TYPE_CHECKING:
    from quotes.nlp.parser import Parser
    from quotes.quotation import Quotation

pytestmark = pytest.mark.model

TOLD = "the ferry would stop"


def extract(parser: Parser, text: str) -> list[Quotation]:
    found = list(RuleExtractor().extract(parser.parse(text)).quotations)
    for quotation in found:
        quotation.check(text)
    return found


@pytest.mark.parametrize(
    ("text", "source", "via"),
    [
        (
            f"Kyodo News, citing a port official, reported that {TOLD}.",
            "a port official",
            "Kyodo News",
        ),
        (
            f"Kyodo News reported Monday, citing a port official, that {TOLD}.",
            "a port official",
            "Kyodo News",
        ),
        (f"Citing a port official, Kyodo News reported that {TOLD}.", "a port official", "Kyodo"),
        (
            f"The Noon Times reported, citing two people familiar with the matter, that {TOLD}.",
            "two people familiar with the matter",
            "The Noon Times",
        ),
        (f"Reuters said, citing sources, that {TOLD}.", "sources", "Reuters"),
        (
            f"According to Kyodo News, which cited two officials, {TOLD}.",
            "two officials",
            "Kyodo News",
        ),
        (f"Kyodo News quoted an official as saying that {TOLD}.", "an official", "Kyodo News"),
        (
            f"State television quoted the minister, Khizr Roe, as saying that {TOLD}.",
            "the minister, Khizr Roe",
            "State television",
        ),
        (f"Ada Marsh was quoted by Kyodo News as saying {TOLD}.", "Ada Marsh", "Kyodo News"),
        (f"Ada Marsh was quoted as saying by Kyodo News that {TOLD}.", "Ada Marsh", "Kyodo News"),
        (f"Officials quoted by the Noon Times said {TOLD}.", "Officials", "the Noon Times"),
        (f"One official, quoted by the Noon Times, said {TOLD}.", "One official", "the Noon Times"),
    ],
)
def test_the_source_that_is_named_speaks(parser: Parser, text: str, source: str, via: str) -> None:
    (found,) = extract(parser, text)
    assert found.text(text).removeprefix("that ") == TOLD
    assert text_of(text, found.source) == source
    assert text_of(text, found.via).startswith(via)


def test_words_in_marks_are_those_of_the_one_quoted(parser: Parser) -> None:
    text = "“We will wait,” Kyodo News quoted Ada Marsh as saying."
    (found,) = extract(parser, text)
    assert (found.kind, found.text(text)) == (Kind.DIRECT, "“We will wait,”")
    assert text_of(text, found.source) == "Ada Marsh"
    assert text_of(text, found.cue) == "quoted as saying"
    assert text_of(text, found.via) == "Kyodo News"


def test_words_in_marks_begin_behind_the_one_quoted(parser: Parser) -> None:
    text = "Kyodo News said Tuesday, quoting the minister, “We will wait for the ferry.”"
    found = next(q for q in extract(parser, text) if "ferry" in q.text(text))
    assert found.text(text) == "“We will wait for the ferry.”"
    assert text_of(text, found.source) == "the minister"
    assert text_of(text, found.via) == "Kyodo News"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param(
            f"The Noon Times, citing documents it had obtained, reported that {TOLD}.",
            "The Noon Times",
            id="documents do not speak",
        ),
        pytest.param(
            f"The mayor, citing two engineers, said that {TOLD}.",
            "The mayor",
            id="a mayor is no reporter",
        ),
        pytest.param(f"Ada Marsh told Kyodo News that {TOLD}.", "Ada Marsh", id="addressee"),
        pytest.param(
            f"The Noon Times said that {TOLD}, citing no source.", "The Noon Times", id="no source"
        ),
        pytest.param(f"Ada Marsh was quoted as saying that {TOLD}.", "Ada Marsh", id="by nobody"),
    ],
)
def test_others_speak_for_themselves(parser: Parser, text: str, source: str) -> None:
    told = [q for q in extract(parser, text) if TOLD in q.text(text)]
    assert [(text_of(text, q.source).split(",")[0], q.via) for q in told] == [(source, ())]


def test_who_tweets_and_quotes_another_speaks(parser: Parser) -> None:
    text = "“Late, as they say!” Ada Marsh tweeted, quoting a statement by the ministry."
    found = next(q for q in extract(parser, text) if q.kind is Kind.DIRECT)
    assert (text_of(text, found.source), found.via) == ("Ada Marsh", ())


def test_what_stands_in_marks_is_read_as_words(parser: Parser) -> None:
    text = "“They were quoted as saying so, citing officials,” Ada Marsh said."
    assert relays(Reading(parser.parse(text))) == []


def test_a_source_is_found_whatever_hangs_on_what(parser: Parser) -> None:
    text = "The Noon Times reported, citing officials from three ports, that the ferry would stop."
    (relay,) = relays(Reading(parser.parse(text)))
    assert relay.way is Way.CITING
    assert text[relay.voice.start : relay.voice.end] == "officials from three ports"
    assert relay.can_speak
