"""The shipped network on our own sentences: facts that any good one must get right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from quotes.errors import MissingModel
from quotes.extraction.learned.extractor import LearnedExtractor, Trained
from quotes.extraction.learned.model import Model
from quotes.extraction.rules import RuleExtractor
from quotes.quotation import Act, Kind
from quotes.spans import text_of
from tests.extraction.laws import MIXTURE, check_fits, check_own_cues

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.nlp.parser import Parser
    from quotes.quotation import Quotation

pytestmark = pytest.mark.model

NEWS = (
    "The harbour of Norwell will close for two weeks in May.\n\n"
    "“The old pier is not safe any more,” said Ilse Brandt, the harbour master. “We cannot let "
    "people walk on it.”\n\n"
    "According to the council, the repairs will cost four million crowns. Boatmen fear that the "
    "tolls will double. Tomas Reel, who owns two ferries, called the plan “a gift” to shipping.\n\n"
    "The pier was built in 1911. It is 200 metres long.\n"
)
TALK = (
    "Q: Who pays for the ferry this year?\n\nA: The island pays for all of it.\n\n"
    "Q: And who sails it?\n\nA: Nobody sails it.\n"
)


@pytest.fixture(scope="module")
def extractor() -> LearnedExtractor:
    """The shipped one, loaded once."""
    return LearnedExtractor()


@pytest.fixture(scope="module")
def news(extractor: LearnedExtractor, parser: Parser) -> list[Quotation]:
    """What is found in the news."""
    return list(extractor.extract(parser.parse(NEWS)).quotations)


def about(found: list[Quotation], words: str) -> Quotation:
    """Return the one quotation whose content holds these words."""
    (one,) = (q for q in found if words in text_of(NEWS, q.content))
    return one


@pytest.mark.parametrize(
    ("content", "cue", "source"),
    [
        ("The old pier is not safe", "said", "Ilse Brandt"),
        ("the repairs will cost four million crowns", "According", "council"),
        ("the tolls will double", "fear", "Boatmen"),
        ("a gift", "called", "Tomas Reel"),
    ],
)
def test_content_cue_and_source_belong_together(
    news: list[Quotation], content: str, cue: str, source: str
) -> None:
    found = about(news, content)
    assert cue in text_of(NEWS, found.cue)
    assert source in text_of(NEWS, found.source)


def test_every_quotation_fits_its_text(news: list[Quotation]) -> None:
    assert news
    for quotation in news:
        quotation.check(NEWS)


def test_a_quotation_in_two_pieces_is_one(news: list[Quotation]) -> None:
    parts = [NEWS[s.start : s.end] for s in about(news, "The old pier is not safe").content]
    assert parts == [
        "“The old pier is not safe any more,”",
        "“We cannot let people walk on it.”",
    ]


def test_a_quotation_goes_on_in_the_next_paragraph(
    extractor: LearnedExtractor, parser: Parser
) -> None:
    text = (
        "“The tolls will double,” said Ilse Brandt, the harbour master.\n\n"
        "“Nobody asked the boatmen.”\n\nThe ferry left at noon.\n"
    )
    (found,) = extractor.extract(parser.parse(text)).quotations
    assert [text[s.start : s.end] for s in found.content] == [
        "“The tolls will double,”",
        "“Nobody asked the boatmen.”",
    ]


def test_kinds_and_acts_are_told(news: list[Quotation]) -> None:
    assert about(news, "The old pier is not safe").kind is Kind.DIRECT
    assert about(news, "four million crowns").kind is Kind.INDIRECT
    assert about(news, "a gift").kind is Kind.MIXED
    assert about(news, "the tolls will double").act is Act.THOUGHT


def test_what_nobody_says_is_nobody_s(news: list[Quotation]) -> None:
    for words in ("1911", "200 metres", "two weeks"):
        assert not any(words in text_of(NEWS, q.content) for q in news)


def test_each_is_as_sure_as_it_must_be(extractor: LearnedExtractor, news: list[Quotation]) -> None:
    threshold = extractor.trained.calibration.threshold
    learned = [quotation for quotation in news if quotation.method == "learned"]
    assert len(learned) >= 4
    for quotation in learned:
        assert quotation.confidence is not None
        assert round(threshold, 3) <= quotation.confidence <= 1.0


def test_they_stand_in_the_order_of_the_text(news: list[Quotation]) -> None:
    starts = [quotation.hull.start for quotation in news]
    assert starts == sorted(starts)


def test_twice_the_same(extractor: LearnedExtractor, parser: Parser, news: list[Quotation]) -> None:
    assert list(extractor.extract(parser.parse(NEWS)).quotations) == news


@pytest.mark.parametrize(
    "text",
    [
        "The ferry left the pier at noon. It carried forty passengers and two dogs.\n",
        "The bridge is 40 metres long and was painted green in June.\n",
        "",
        " \n\n ",
        "🐟 👩‍🚀\n",
        "““““",
        "” ’ » )",
    ],
)
def test_a_text_without_statements_has_none(
    extractor: LearnedExtractor, parser: Parser, text: str
) -> None:
    assert extractor.extract(parser.parse(text)).quotations == ()


@pytest.mark.parametrize(
    "text",
    [
        "“The pier is closed, said Ilse Brandt.\n",
        "🐟🐟 said 🐟 👩‍🚀 that “\u200b”.\n",
        "said said said said said\n",
        "“" * 300 + "said" + "”" * 200,
        "She said " + "very " * 700 + "little.\n",
        "https://norwell.example/" + "a" * 5000 + " said that the pier is closed.\n",
        "She said\u2028that e\u0301 is\u00a0a letter.\r\n\r\nHe said\tso.\x0b",
    ],
)
def test_what_is_found_in_a_hostile_text_still_fits(
    extractor: LearnedExtractor, parser: Parser, text: str
) -> None:
    for quotation in extractor.extract(parser.parse(text)).quotations:
        quotation.check(text)


@settings(max_examples=60)
@given(MIXTURE)
def test_no_mixture_breaks_a_law(extractor: LearnedExtractor, parser: Parser, text: str) -> None:
    extraction = extractor.extract(parser.parse(text))
    check_fits(text, extraction)
    check_own_cues(extraction)


def test_a_text_of_many_windows_is_read_to_its_end(
    extractor: LearnedExtractor, parser: Parser
) -> None:
    text = NEWS * 8
    found = extractor.extract(parser.parse(text)).quotations
    places = [i * len(NEWS) + NEWS.index("The old pier") for i in range(8)]
    for start in places:
        (one,) = (q for q in found if q.hull.start <= start < q.hull.end)
        assert text_of(text, one.source).startswith("Ilse Brandt")


def test_turns_are_certain(extractor: LearnedExtractor, parser: Parser) -> None:
    found = extractor.extract(parser.parse(TALK)).quotations
    assert [text_of(TALK, q.content) for q in found if q.method == "rule:turn"] == [
        "Who pays for the ferry this year?",
        "The island pays for all of it.",
        "And who sails it?",
        "Nobody sails it.",
    ]


def test_malformed_marks_are_noticed_as_by_the_rules(
    extractor: LearnedExtractor, parser: Parser
) -> None:
    doc = parser.parse("“The pier is closed, said Ilse Brandt.\n\nNobody came.\n")
    notices = extractor.extract(doc).notices
    assert notices
    assert notices == RuleExtractor().extract(doc).notices


def test_a_threshold_that_nothing_reaches_leaves_what_the_rules_know(
    extractor: LearnedExtractor, parser: Parser
) -> None:
    trained = extractor.trained
    never = replace(trained, calibration=replace(trained.calibration, threshold=1.0))
    found = LearnedExtractor(trained=never).extract(parser.parse(NEWS)).quotations
    assert all(quotation.method.startswith("rule:") for quotation in found)


def test_the_model_is_named_by_its_digest(extractor: LearnedExtractor) -> None:
    assert extractor.models["quotes-tagger"] == Model().digest


def test_a_network_of_one_s_own_has_no_digest(extractor: LearnedExtractor) -> None:
    assert "quotes-tagger" not in LearnedExtractor(trained=extractor.trained).models


def test_a_missing_model_is_told_when_it_is_needed(
    parser: Parser, tmp_path: Path, extractor: LearnedExtractor
) -> None:
    trained = extractor.trained
    absent = Trained(
        Model(tmp_path), trained.vocabulary, trained.calibration, trained.cue_threshold
    )
    with pytest.raises(MissingModel):
        LearnedExtractor(trained=absent).extract(parser.parse(NEWS))
