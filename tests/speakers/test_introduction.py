"""Whom an interview without labels is with, and who speaks inside the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.extraction.rules import RuleExtractor
from quotes.quotation import ANSWER, Kind, Quotation
from quotes.speakers.rules import RuleResolver
from tests.speakers.conftest import find

if TYPE_CHECKING:
    from quotes.nlp.parser import Parser
    from quotes.quotation import Attribution

pytestmark = pytest.mark.model

TALK = (
    ("Why do you still wind it by hand?", "Because I like to know that I was there."),
    ("You could have a motor.", "I could have a wooden leg. I do not need one yet."),
    ("Have you ever been late?", "Once, in 1987. My father never told anybody."),
    ("And who will do it after you?", "I leave it to the boy who counts the strokes."),
)


def interview(*introduction: str, talk: tuple[tuple[str, str], ...] = TALK) -> str:
    return "\n\n".join((*introduction, *(paragraph for turn in talk for paragraph in turn))) + "\n"


def answering(parser: Parser, text: str) -> list[Attribution | None]:
    """Return to whom each answer is given; fails where none is found."""
    doc = parser.parse(text)
    found = RuleResolver().resolve(doc, RuleExtractor().extract(doc).quotations)
    told = [quotation for quotation in found if quotation.method == ANSWER]
    assert told
    assert all(q.kind is Kind.DIRECT and not q.cue and not q.source for q in told)
    for quotation in told:
        quotation.check(text)
    return [quotation.attribution for quotation in told]


@pytest.mark.parametrize(
    ("introduction", "name"),
    [
        (
            ("Greta Toller winds the clock of Norwell. She began when she was nine.",),
            "Greta Toller",
        ),
        (
            (
                "Greta Toller: “A clock is never in a hurry”",
                "Interview: Olaf Orde",
                "The town of Norwell has a new clock. The mayor, Peter Farrow, paid for it.",
                "Ms Toller will wind it. We met her in the tower.",
            ),
            "Greta Toller",
        ),
        (
            (
                "NORWELL, 3 May. Interview: Olaf Orde",
                "When Greta Toller climbs the tower on Monday, she will be the oldest winder.",
                "“She never came late,” says Peter Farrow, the mayor.",
                "Farrow wants a motor. It would be cheaper, he says.",
            ),
            "Greta Toller",
        ),
        (
            (
                "The clock of Norwell stopped. The mayor, Peter Farrow, was not amused.",
                "We spoke to Greta Toller, who winds it.",
            ),
            "Greta Toller",
        ),
        (
            ("By Olaf Orde", "Peter Farrow winds the clock. Olaf Orde met him in the tower."),
            "Peter Farrow",
        ),
        (("Greta Toller and Peter Farrow wind the clock of Norwell by turns.",), None),
        (("He winds the clock of Norwell. He began when he was nine.",), None),
    ],
)
def test_the_answers_are_given_by_whom_the_introduction_is_about(
    parser: Parser, introduction: tuple[str, ...], name: str | None
) -> None:
    found = answering(parser, interview(*introduction))
    assert [one.name if one else None for one in found] == [name] * len(TALK)
    for one in found:
        assert one is None or one.evidence[0].relation == "interviewee"


def test_a_question_may_say_the_name(parser: Parser) -> None:
    talk = (("Ms Toller, why do you still wind it by hand?", TALK[0][1]), *TALK[1:])
    text = interview(
        "Peter Farrow bought the clock of Norwell. Greta Toller winds it for him.", talk=talk
    )
    assert {one.name for one in answering(parser, text) if one} == {"Greta Toller"}


def test_who_is_spoken_of_in_the_answers_does_not_give_them(parser: Parser) -> None:
    talk = (*TALK[:3], (TALK[3][0], "I leave it to Mr Farrow. Farrow has strong arms."))
    text = interview(
        "Peter Farrow bought the clock of Norwell. Greta Toller winds it for him.", talk=talk
    )
    assert all(one is None or one.name == "Greta Toller" for one in answering(parser, text))


def said_by(parser: Parser, text: str, source: str, words: str) -> str | None:
    """Return the speaker of words inside an answer, with the answers as they are found."""
    doc = parser.parse(text)
    answers = [q for q in RuleExtractor().extract(doc).quotations if q.method == ANSWER]
    inner = Quotation(kind=Kind.DIRECT, content=(find(text, words),), source=(find(text, source),))
    found = RuleResolver().resolve(doc, [*answers, inner])[-1].attribution
    assert found is None or (found.via is not None and found.via.name == "Greta Toller")
    return found.name if found else None


ABOUT = (
    "Greta Toller winds the clock of Norwell. Her sister Cleo Orde is the mayor. She wanted a "
    "motor, and she said so."
)


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("I asked my grandmother. She said, “Let the hour wait.”", "my grandmother"),
        ("It was my aunt who taught me. She said, “Let the hour wait.”", "my aunt"),
        ("I wound it on my own. She said, “Let the hour wait.”", None),
        ("I asked Edda Hale. She said, “Let the hour wait.”", "Edda Hale"),
    ],
)
def test_a_pronoun_in_an_answer_means_nobody_of_the_introduction(
    parser: Parser, answer: str, name: str | None
) -> None:
    talk = (*TALK[:2], (TALK[2][0], answer), TALK[3])
    # The introduction's "She" is the first.
    assert said_by(parser, interview(ABOUT, talk=talk), "She@2", "“Let the hour wait.”") == name


def test_you_in_the_questions_and_i_in_the_answers_are_one(parser: Parser) -> None:
    text = interview("Greta Toller winds the clock of Norwell. She began when she was nine.")
    doc = parser.parse(text)
    quotations = RuleExtractor().extract(doc).quotations
    chains = RuleResolver().people(doc, quotations)
    words = [{text[m.start : m.end] for m in chain} for chain in chains]
    assert any({"Greta Toller", "you", "I"} <= chain for chain in words)
