"""The rule extractor as a whole, on any text: the laws of its output, and one article of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from quotes.extraction.rules import RuleExtractor
from quotes.extraction.scoring import Weights
from quotes.quotation import Act, Kind
from tests.extraction.laws import MIXTURE, check_apart, check_fits

if TYPE_CHECKING:
    from quotes.extraction.extractor import Extraction
    from quotes.nlp.parser import Parser
    from tests.extraction.conftest import Tell

pytestmark = pytest.mark.model


def check_laws(text: str, extraction: Extraction) -> None:
    """Fail where an extraction breaks a promise that holds for every text."""
    check_fits(text, extraction)
    check_apart(extraction)


@settings(max_examples=80)
@given(MIXTURE)
def test_no_mixture_breaks_a_law(parser: Parser, text: str) -> None:
    check_laws(text, RuleExtractor().extract(parser.parse(text)))


@settings(max_examples=80)
@given(MIXTURE)
def test_nor_where_every_proposal_is_taken(parser: Parser, text: str) -> None:
    check_laws(text, RuleExtractor(threshold=0.0).extract(parser.parse(text)))


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "“", "”", '"', "“”", '""""', "''", ":", "Q:", "Q: ", "said", "—"]
)
def test_texts_of_next_to_nothing_hold_no_quotation(parser: Parser, text: str) -> None:
    extraction = RuleExtractor(threshold=0.0).extract(parser.parse(text))
    check_laws(text, extraction)
    assert extraction.quotations == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    "noise",
    ['"' * 20_000, "“" * 20_000, "'" * 20_000, '" ' * 20_000, "“” " * 10_000, "“a ‘b ”" * 6_700],
    ids=["straight", "opening", "single", "alone", "empty pairs", "crossing"],
)
def test_twenty_thousand_marks_hide_no_quotation(parser: Parser, noise: str) -> None:
    text = f"{noise}\n\n“The ferry will not sail before Friday,” said Ada Marsh.\n"
    extraction = RuleExtractor().extract(parser.parse(text))
    last = extraction.quotations[-1]
    last.check(text)
    assert last.text(text) == "“The ferry will not sail before Friday,”"
    assert [text[s.start : s.end] for s in last.source] == ["Ada Marsh"]


def test_an_unclosed_mark_is_noted_and_the_rest_is_read(parser: Parser) -> None:
    text = (
        "Ada Marsh said: “We have waited nine years.\n\n"
        "Tom Ashby said that the council would vote.\n\n"
        "“On Friday,” he said.\n"
    )
    extraction = RuleExtractor().extract(parser.parse(text))
    (notice,) = extraction.notices
    assert notice.start == text.index("“We")
    assert [q.text(text) for q in extraction.quotations] == [
        "“We have waited nine years.",
        "that the council would vote",
        "“On Friday,”",
    ]


def test_kinds_and_acts_of_one_article(tell: Tell) -> None:
    found = tell(
        "“The ferry is late,” said Ada Marsh.\n\n"
        "Tom Ashby said it was “a raft with a bell” and no ferry.\n\n"
        "Marsh wrote that the pier was safe. Ashby fears that it will fall.\n"
    )
    assert [(told.kind, told.act) for told in found] == [
        (Kind.DIRECT, Act.SPEECH),
        (Kind.MIXED, Act.SPEECH),
        (Kind.INDIRECT, Act.WRITING),
        (Kind.INDIRECT, Act.THOUGHT),
    ]


def test_turns_are_direct_quotations_of_their_labels(tell: Tell) -> None:
    found = tell(
        "MODERATOR: When does the ferry sail?\n\n"
        "Ada Marsh (AM): On Friday. The clerk said that the pilot was ill.\n\n"
        "MODERATOR: And the bridge?\n\n"
        "AM: Never.\n"
    )
    turns = [told for told in found if told.kind is Kind.DIRECT]
    assert [told.source for told in turns] == ["MODERATOR", "Ada Marsh (AM)", "MODERATOR", "AM"]
    assert turns[-1].content == ("Never.",)


def test_a_sentence_alone_without_a_full_stop(tell: Tell) -> None:
    (told,) = tell("Ada Marsh said the ferry would sail on Friday")
    assert told.content == ("the ferry would sail on Friday",)


def test_two_runs_agree(parser: Parser) -> None:
    text = "“The ferry,” said Ada Marsh, “is late.” She added that the clerk said it was sold.\n"
    doc = parser.parse(text)
    assert RuleExtractor().extract(doc) == RuleExtractor().extract(parser.parse(text))
    assert RuleExtractor().extract(doc) == RuleExtractor().extract(doc)


def test_the_threshold_and_the_weights_decide(parser: Parser) -> None:
    doc = parser.parse("Ada Marsh said that the ferry would sail.")
    assert len(RuleExtractor().extract(doc).quotations) == 1
    assert RuleExtractor(threshold=1.0).extract(doc).quotations == ()
    never = Weights(intercept=-50.0, threshold=0.5, features={}, digest="sha256:own")
    extractor = RuleExtractor(weights=never)
    assert extractor.extract(doc).quotations == ()
    assert list(extractor.models.values()) == ["sha256:own"]


def test_the_extractor_names_itself_and_its_weights() -> None:
    extractor = RuleExtractor()
    assert (extractor.name, bool(extractor.version)) == ("rules", True)
    assert all(digest.startswith("sha256:") for digest in extractor.models.values())
