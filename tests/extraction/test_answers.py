"""Answers of interviews without labels, and the texts that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.answers import answers
from quotes.extraction.layout import furniture_starts
from quotes.extraction.marks import marked_passages
from quotes.nlp.paragraphs import paragraphs
from quotes.spans import check_spans

INTRODUCTION = (
    "“Nobody thanks a clock”",
    "Interview: Pelham Okoro",
    "Wilhelmina Tarrant winds the clock of Lower Staithe. We met her under the bell.",
)
TALK = (
    ("Why do you still wind it by hand?", "Because I like to know that I was there."),
    ("You could have a motor.", "I could have a wooden leg. I do not need one yet."),
    ("Have you ever been late?", "Once, in 1987. My father told everybody that it was a leap day."),
    ("And who will do it after you?", "There is a boy who counts the strokes. I leave it to him."),
)
ASKED = [question for question, _ in TALK]
ANSWERED = [[answer] for _, answer in TALK]


def given_in(text: str) -> list[list[str]]:
    """Return each answer's paragraphs."""
    found = paragraphs(text)
    marked, _ = marked_passages(text, found)
    spans = [passage.span for passage in marked]
    told = answers(text, found, spans, furniture_starts(text, found))
    assert all(answer.start == answer.content[0].start for answer in told)
    assert all(answer.end == answer.content[-1].end for answer in told)
    return [[text[span.start : span.end] for span in answer.content] for answer in told]


def interview(*between: str, ask: str = "{}", closing: tuple[str, ...] = ()) -> str:
    """Return the interview with paragraphs behind the second answer and behind the last."""
    talk = [[ask.format(question), answer] for question, answer in TALK]
    talk[1].extend(between)
    return "\n\n".join((*INTRODUCTION, *(p for turn in talk for p in turn), *closing)) + "\n"


@pytest.mark.parametrize("ask", ["{}", "**{}**", "*{}*", "_{}_", "__{}__", "***{}***", "— {}"])
def test_each_answer_is_found_whatever_sets_the_questions_apart(ask: str) -> None:
    assert given_in(interview(ask=ask)) == ANSWERED


def test_answers_may_be_set_apart_instead() -> None:
    text = "\n\n".join((*INTRODUCTION, *(f"{asked}\n\n_{told}_" for asked, told in TALK)))
    assert given_in(text) == ANSWERED


def test_an_answer_goes_on_in_paragraphs_that_say_i() -> None:
    more = "I should add that the leg was my grandfather's. He lost his in the belfry."
    assert given_in(interview(more))[1] == [TALK[1][1], more]


def test_an_answer_goes_on_in_a_long_paragraph_that_says_it_not() -> None:
    more = (
        "Motors stop when the current stops, and in this valley the current stops whenever the "
        "wind blows from the north, which it does from the first week of October until the middle "
        "of a wet and windy March."
    )
    assert given_in(interview(more))[1] == [TALK[1][1], more]


@pytest.mark.parametrize(
    "told",
    [
        "She climbs three steps and looks at the weights.",
        "She shows me the key.",
        "“That is the spare one,” she says and puts it away.",
        "“I have dropped it once,” says Tarrant.",
        "I ask whether she sleeps well. “I sleep until it strikes,” she says.",
        "(The clock strikes eleven.)",
        "Photo: Pelham Okoro",
    ],
)
def test_what_the_article_tells_between_answers_is_no_part_of_one(told: str) -> None:
    assert given_in(interview(told)) == ANSWERED


@pytest.mark.parametrize(
    "closing",
    [
        "Ms Tarrant locks the tower at noon. She will be 80 in May.",
        "Her nephew, asked about this later, laughs. It is true, he says: she never was late.",
        "“I am the boy,” says the mayor, who is 52.",
        "We say goodbye on the stairs.",
        "I walk her to the bus.",
        "*This interview was shortened.*",
    ],
)
def test_what_the_article_tells_behind_the_last_answer_is_no_part_of_it(closing: str) -> None:
    assert given_in(interview(closing=(closing,))) == ANSWERED


def test_the_last_answer_goes_on_where_only_she_can_speak() -> None:
    more = "I have promised myself not to listen."
    assert given_in(interview(closing=(more,)))[-1] == [TALK[-1][1], more]


def test_what_somebody_else_says_in_an_answer_stays_in_it() -> None:
    text = interview().replace(TALK[2][1], "My mother was. She said, “Let the hour wait for me.”")
    assert given_in(text)[2] == ["My mother was. She said, “Let the hour wait for me.”"]


def test_an_answer_may_tell_whom_she_asked() -> None:
    text = interview().replace(TALK[2][1], "I asked the vicar. He said, “Let the hour wait.”")
    assert given_in(text)[2] == ["I asked the vicar. He said, “Let the hour wait.”"]


def test_the_talk_may_begin_with_a_remark() -> None:
    first = "You look tired.", "I am not. I look like this when I listen."
    assert given_in(interview().replace(TALK[0][0], "\n\n".join((*first, TALK[0][0])))) == [
        [first[1]],
        *ANSWERED,
    ]


def test_a_question_of_two_paragraphs_is_no_answer() -> None:
    text = interview().replace(
        TALK[2][0], "You once went away for a whole summer.\n\nWas the clock late then?"
    )
    assert given_in(text) == ANSWERED


FREQUENT = """\
Frequently asked questions about the harbour card

The harbour office issues the card. Its head, Corwin Strand, answers what people ask most.

Who can have a card?

Everybody who has a boat. You need your papers and a picture of the boat.

How long do you need to send it?

We aim to send your card within ten days. If you have no card by then, call us.

Can you replace a lost card?

Yes. We charge four crowns, and you keep your number.

Do you have an office in the old port?

Not yet. We are looking for rooms.
"""
ESSAY = """\
Why I shall not vote for the tunnel

By Jarvis Culpepper

I have crossed the bay by ferry every working day for thirty years, and I know the captain.

Have you read the report?

I doubt it. I found the price on page five hundred and twelve, and I had to sit down.

Do you know who will pay for it?

My grandchildren will. I have none yet, and I should like to look them in the eye.

What would you do with so much money?

I would buy forty ferries, and I would put a band on each of them.

Are you still for it?

I was, once. I hope that you will think again.
"""
QUIZ = """\
What kind of gardener are you?

The botanist Ilka Marsh has asked two thousand people. Here are her questions.

Do you water in the morning?

Whoever waters at night feeds the slugs.

How often do you buy a spade?

Once in a life is enough.

Would you cut down a tree that is not yours?

Most people say no and mean yes.

What do you do in winter?

Count the seeds.
"""
NEWS = """\
The ferry stays in port

Ada Marsh closed the pier on Friday. She told reporters that it was unsafe.

Who pays?

“We pay,” said Tom Ashby, who owns the ferry. “I have paid since March.”

What does the island lose?

A month of guests, the hotels say. “I have eleven empty rooms,” said Cleo Orde.

Will you and your neighbours wait?

“I shall not,” said Finn Hale.
"""


@pytest.mark.parametrize(
    "text", [FREQUENT, ESSAY, QUIZ, NEWS], ids=["faq", "essay", "quiz", "news"]
)
@pytest.mark.parametrize("bold", [False, True])
def test_other_texts_that_ask_are_no_interviews(*, text: str, bold: bool) -> None:
    lines = (f"**{line}**" if bold and line.endswith("?") else line for line in text.split("\n"))
    assert given_in("\n".join(lines)) == []


def test_two_answers_make_no_interview() -> None:
    talk = (paragraph for turn in (TALK[0], TALK[2]) for paragraph in turn)
    assert given_in("\n\n".join((*INTRODUCTION, *talk))) == []


def test_a_talk_that_nothing_introduces_is_left_alone() -> None:
    assert given_in("\n\n".join(paragraph for turn in TALK for paragraph in turn)) == []


def test_letters_that_only_answer_are_no_interview() -> None:
    assert given_in("\n\n".join((*INTRODUCTION, *(told for _, told in TALK)))) == []


PARTS = [
    *(f"{asked}\n\n{told}\n\n" for asked, told in TALK),
    *(f"**{asked}**\n\n{told}\n\n" for asked, told in TALK),
    *(f"{paragraph}\n\n" for paragraph in INTRODUCTION),
    "She laughs.\n\n",
    "“No,” she says.\n\n",
    "I do.\n\n",
    "Do you?\n\n",
    "_",
    "*",
    "— ",
    "“",
    "?",
    "\n",
]


@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
def test_answers_are_ordered_and_apart(text: str) -> None:
    found = paragraphs(text)
    marked, _ = marked_passages(text, found)
    told = answers(text, found, [one.span for one in marked], furniture_starts(text, found))
    check_spans(len(text), [span for answer in told for span in answer.content])
