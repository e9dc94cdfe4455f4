"""Chains of people on a real parse: names, pronouns in and out of quotes, "I", "they", nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.quotation import Kind, Quotation
from quotes.speakers.learned import LearnedResolver
from tests.speakers.conftest import find

if TYPE_CHECKING:
    from quotes.nlp.parser import Parser

pytestmark = pytest.mark.model


def chains(parser: Parser, text: str, *told: tuple[str, str]) -> list[list[str]]:
    """Return the chains as words; `told` are a source and the direct quotation it speaks."""
    quotations = [
        Quotation(kind=Kind.DIRECT, content=(find(text, said),), source=(find(text, source),))
        for source, said in told
    ]
    found = LearnedResolver().people(parser.parse(text), quotations)
    return [[text[mention.start : mention.end] for mention in chain] for chain in found]


def test_names_descriptions_and_pronouns_are_one_chain(parser: Parser) -> None:
    text = (
        "Tamsin Orde, the harbour master, met the press on Monday. She showed her new boat. "
        "Orde said that the harbour master of the past had less luck."
    )
    (chain,) = chains(parser, text)
    assert chain[:5] == ["Tamsin Orde", "the harbour master", "She", "her", "Orde"]


def test_pronouns_inside_a_quotation_are_not_its_speaker(parser: Parser) -> None:
    text = (
        "Mr. Silas Brook came on Monday. Tamsin Orde smiled. "
        "“He knows my boat and I trust his hands,” Orde said."
    )
    brook, orde = chains(parser, text, ("Orde@2", "“He knows my boat and I trust his hands,”"))
    assert brook == ["Mr. Silas Brook", "He", "his"]
    assert orde == ["Tamsin Orde", "my", "I", "Orde"]


def test_we_of_a_speaker_is_a_chain_of_its_own(parser: Parser) -> None:
    text = "“We sail when we like,” said Tamsin Orde. Orde laughed."
    found = chains(parser, text, ("Tamsin Orde", "“We sail when we like,”"))
    assert found == [["We", "we"], ["Tamsin Orde", "Orde"]]


def test_an_interview_tells_who_i_and_you_are(parser: Parser) -> None:
    text = (
        "The Noon Letter spoke with Tamsin Orde about her boat. Orde has sailed for years.\n\n"
        "When did you begin?\n\n"
        "I was six. My aunt had a boat.\n\n"
        "Do you still have your first boat?\n\n"
        "I sold it."
    )
    (chain,) = chains(parser, text)
    assert [word for word in chain if word != "her"] == [
        "Tamsin Orde",
        "Orde",
        "you",
        "I",
        "My",
        "you",
        "your",
        "I",
    ]


def test_the_country_is_not_us(parser: Parser) -> None:
    assert chains(parser, "The US said no. The US then said yes.") == []


def test_people_without_names_are_chained_by_noun_and_by_they(parser: Parser) -> None:
    text = (
        "Three fishermen left the harbour at dawn. They took their nets. "
        "The fishermen came back at noon. A number of nets were torn; a number were lost."
    )
    (chain,) = chains(parser, text)
    assert [words.split()[-1] for words in chain] == ["fishermen", "They", "their", "fishermen"]


def test_what_somebody_is_said_to_be_is_in_the_chain(parser: Parser) -> None:
    text = "Silas Brook came late. He is a baker from Norwell. Brook was not a sailor."
    (chain,) = chains(parser, text)
    assert "a baker from Norwell" in chain
    assert not any("sailor" in words for words in chain)


def test_a_text_without_people_has_no_chain(parser: Parser) -> None:
    assert chains(parser, "") == []
    assert chains(parser, "It rained. It rained again.") == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            [
                "Tamsin Orde spoke.",
                "She left.",
                "“I know him,” he said.",
                "They met us\n\n",
                "Is it you?\n\n",
                "Mr. Brook's son",
                "\u200b🙂",
                "WE ARE THE PEOPLE",
                "\n\n",
            ]
        ),
        max_size=12,
    )
)
def test_a_word_leads_one_mention_and_stands_inside_it(parser: Parser, parts: list[str]) -> None:
    text = " ".join(parts)
    doc = parser.parse(text)
    heads = []
    for chain in LearnedResolver().people(doc, []):
        assert len(chain) > 1
        for mention in chain:
            heads.append(mention.head)
            assert mention.start <= doc[mention.head].idx < mention.end <= len(text)
    assert len(heads) == len(set(heads))
