from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction import act_words
from quotes.extraction.acts import act_of
from quotes.quotation import Act
from quotes.spans import Span, merged

if TYPE_CHECKING:
    from quotes.nlp.parser import Parser
    from quotes.spans import Spans

pytestmark = pytest.mark.model
SPEECH, WRITING, THOUGHT = Act.SPEECH, Act.WRITING, Act.THOUGHT
REST = "that the ferry would sail again in the spring"


def at(text: str, part: str) -> Spans:
    """Return where a part stands in a text; none where there is none."""
    return (Span(text.index(part), text.index(part) + len(part)),) if part else ()


def act(parser: Parser, text: str, cue: str, source: str, content: str = "") -> Act:
    return act_of(
        parser.parse(text),
        cue=at(text, cue),
        source=at(text, source),
        content=at(text, content),
    )


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("said", SPEECH),
        ("warned", SPEECH),
        ("suggested", SPEECH),
        ("conceded", SPEECH),
        ("acknowledged", SPEECH),
        ("promised", SPEECH),
        ("argued", SPEECH),
        ("declined to say", SPEECH),
        ("refused to believe", SPEECH),
        ("expressed concern", SPEECH),
        ("voiced the hope", SPEECH),
        ("went on to say", SPEECH),
        ("made it clear", SPEECH),
        ("tried to explain", SPEECH),
        ("thinks", THOUGHT),
        ("believes", THOUGHT),
        ("hopes", THOUGHT),
        ("fears", THOUGHT),
        ("does not expect", THOUGHT),
        ("is worried", THOUGHT),
        ("is convinced", THOUGHT),
        ("felt", THOUGHT),
        ("knew", THOUGHT),
        ("was under the impression", THOUGHT),
        ("wrote", WRITING),
        ("tweeted", WRITING),
        ("said in a statement", WRITING),
        ("announced on Twitter", WRITING),
        ("issued a statement saying", WRITING),
    ],
)
def test_a_cue_with_a_clause(parser: Parser, cue: str, expected: Act) -> None:
    assert act(parser, f"Ada Marsh {cue} {REST}.", cue, "Ada Marsh", REST) is expected


@pytest.mark.parametrize(
    ("text", "cue", "source", "expected"),
    [
        ("Ada Marsh hopes to sell the old ferry.", "hopes", "Ada Marsh", THOUGHT),
        ("Ada Marsh wants a new pier.", "wants", "Ada Marsh", THOUGHT),
        ("Many islanders oppose the new pier.", "oppose", "Many islanders", THOUGHT),
        ("Ada Marsh criticised the new pier.", "criticised", "Ada Marsh", SPEECH),
        ("Ada Marsh accused the council of neglect.", "accused", "Ada Marsh", SPEECH),
        ("The ferry is expected to sail in May.", "is expected", "", THOUGHT),
        ("The ferry reportedly sails in May.", "reportedly", "", SPEECH),
        ("The islanders seem tired of the ferry.", "seem", "", THOUGHT),
        ("Her belief that the ferry is safe never wavered.", "belief", "Her", THOUGHT),
        ("Her claim that the ferry is safe was mocked.", "claim", "Her", SPEECH),
        ("Her tweet that the ferry is safe was mocked.", "tweet", "Her", WRITING),
        ("To many islanders, the ferry is home.", "To", "many islanders", THOUGHT),
        ("The court decided that the ferry may sail.", "decided", "The court", SPEECH),
        ("Ada Marsh decided that the ferry may sail.", "decided", "Ada Marsh", THOUGHT),
        ("In a letter to the town, Ada Marsh said it sails.", "said", "Ada Marsh", WRITING),
        ("Ada Marsh commented on the letter of the town.", "commented on", "Ada Marsh", SPEECH),
        ("Ada Marsh returned to her familiar lines.", "returned", "Ada Marsh", SPEECH),
    ],
)
def test_a_construction(parser: Parser, text: str, cue: str, source: str, expected: Act) -> None:
    assert act(parser, text, cue, source) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A new report", WRITING),
        ("Two polls of islanders", WRITING),
        ("The harbour law", WRITING),
        ("Her letter to the town", WRITING),
        ("Dozens of studies", WRITING),
        ("The Norwell Times", WRITING),
        ("Reuters", WRITING),
        ("A local newspaper", WRITING),
        ("The author of the report", SPEECH),
        ("A reporter for the Norwell Times", SPEECH),
        ("Twelve islanders in the poll", SPEECH),
        ("Tom Post", SPEECH),
    ],
)
def test_who_shows_it(parser: Parser, source: str, expected: Act) -> None:
    text = f"{source} showed {REST}."
    assert act(parser, text, "showed", source, REST) is expected
    text = f"The ferry would sail, according to {source[0].lower() + source[1:]}."
    if source.split()[0] in {"A", "The", "Two", "Her", "Dozens", "Twelve"}:
        assert act(parser, text, "according to", source[0].lower() + source[1:]) is expected


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The report came out in May. It said the pier was rotten.", "It"),
        ("The town sent a letter on Friday. It said the pier was rotten.", "It"),
        ("The clerk read the survey, which said the pier was rotten.", "which"),
    ],
)
def test_a_pronoun_for_a_text(parser: Parser, text: str, source: str) -> None:
    assert act(parser, text, "said", source) is WRITING


def test_a_pronoun_for_a_body_that_speaks(parser: Parser) -> None:
    text = "The council met on Friday. It said the pier was rotten."
    assert act(parser, text, "said", "It") is SPEECH


def test_thought_in_marks_is_thought_and_memory_in_marks_is_said(parser: Parser) -> None:
    thought = "“The pier will not last,” Ada Marsh thought."
    aloud = "“The pier was new,” Ada Marsh remembered."
    bare = "Ada Marsh remembered the pier."
    assert act(parser, thought, "thought", "Ada Marsh", "“The pier will not last,”") is THOUGHT
    assert act(parser, aloud, "remembered", "Ada Marsh", "“The pier was new,”") is SPEECH
    assert act(parser, bare, "remembered", "Ada Marsh", "the pier") is THOUGHT


def test_without_a_cue_the_source_decides(parser: Parser) -> None:
    text = "The pier is rotten, the report. The pier is fine, Ada Marsh."
    assert act(parser, text, "", "the report") is WRITING
    assert act(parser, text, "", "Ada Marsh") is SPEECH
    assert act(parser, text, "", "") is SPEECH


@given(st.data())
def test_any_spans_have_an_act(parser: Parser, data: st.DataObject) -> None:
    text = (
        "In a letter, Ada Marsh said: “It sails.”\n\n The pier\u00a0😀 seems rotten  , ‘they’ hope."
    )
    bounds = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 30))
    spans = st.lists(bounds, max_size=3).map(
        lambda found: merged(Span(s, min(len(text), s + n)) for s, n in found)
    )
    given_act = act_of(
        parser.parse(text),
        cue=data.draw(spans),
        source=data.draw(spans),
        content=data.draw(spans),
    )
    assert given_act in Act


def test_no_word_is_both_said_and_thought() -> None:
    lists = act_words.lists()
    for part in ("verbs", "nouns", "adjectives", "adverbs"):
        words = [set(lists[act].get(part, "").split()) for act in (SPEECH, THOUGHT, WRITING)]
        assert not words[0] & words[1], part
        assert not words[1] & words[2], part
        assert not words[0] & words[2], part
