"""Turns of interviews and transcripts: labels, colons, and what each speaker said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.turns import turns
from quotes.nlp.paragraphs import paragraphs
from quotes.spans import check_spans


def said(text: str) -> list[tuple[str, list[str]]]:
    """Return each turn's label with its paragraphs."""
    found = []
    for turn in turns(text, paragraphs(text)):
        assert text[turn.colon.start : turn.colon.end] == ":"
        assert turn.label.end <= turn.colon.start < turn.colon.end <= turn.content[0].start
        assert turn.end == turn.content[-1].end
        found.append(
            (
                text[turn.label.start : turn.label.end],
                [text[span.start : span.end] for span in turn.content],
            )
        )
    return found


@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n"], ids=repr)
def test_questions_and_answers(end: str) -> None:
    lines = ["Q: When does the ferry sail?", "A: On Friday.", "Q: And the bridge?", "A: Never."]
    assert said(end.join(lines)) == [
        ("Q", ["When does the ferry sail?"]),
        ("A", ["On Friday."]),
        ("Q", ["And the bridge?"]),
        ("A", ["Never."]),
    ]


def test_a_full_name_that_introduces_its_abbreviation() -> None:
    text = (
        "MODERATOR: Welcome to the harbour.\n\n"
        "Dr. Ada Marsh (AM): Thank you for having me.\n\n"
        "MODERATOR: When does the ferry sail?\n\n"
        "AM: On Friday, if the sea allows.\n"
    )
    assert [label for label, _ in said(text)] == [
        "MODERATOR",
        "Dr. Ada Marsh (AM)",
        "MODERATOR",
        "AM",
    ]


@pytest.mark.parametrize(
    "label",
    ["MS. MARSH", "THE HARBOUR MASTER", "Ada Marsh", "Žofie Marsh-O’Quill", "Q (Norwell Tribune)"],
)
def test_labels_of_several_words(label: str) -> None:
    text = f"{label}: One.\n\nTOM ASHBY: Two.\n\n{label}: Three.\n\nTOM ASHBY: Four."
    assert [found for found, _ in said(text)] == [label, "TOM ASHBY", label, "TOM ASHBY"]


def test_a_turn_of_several_paragraphs() -> None:
    text = "MARSH: One.\n\nStill she speaks.\n\nASHBY: Two.\n\nMARSH: Three.\n"
    assert said(text) == [
        ("MARSH", ["One.", "Still she speaks."]),
        ("ASHBY", ["Two."]),
        ("MARSH", ["Three."]),
    ]


def test_a_stage_direction_belongs_to_nobody() -> None:
    text = "MARSH: One.\n\n(The lights go out.)\n\nASHBY: Two.\n\nMARSH: Three.\n"
    assert [told for _, told in said(text)] == [["One."], ["Two."], ["Three."]]


def test_what_follows_the_last_turn_is_no_part_of_it() -> None:
    text = "MARSH: One.\n\nASHBY: Two.\n\nMARSH: Three.\n\nThe meeting ended at noon."
    assert said(text)[-1] == ("MARSH", ["Three."])


@pytest.mark.parametrize("end", ["\n", "\n\n"], ids=repr)
@pytest.mark.parametrize(
    "label",
    [
        "SPEAKER A{}",
        "Caller {}",
        "MR. ROE{}",
        "[00:{:02}:12] Marsh",
        "ASHBY-{} (R-Utah)",
        ">> VOICE {}",
    ],
)
def test_two_hundred_labels_that_each_stand_once(label: str, end: str) -> None:
    text = end.join(f"{label.format(number)}: The ferry was late." for number in range(200))
    assert len(said(text)) == 200


GIVEN = ["Ada", "Bram", "Cleo", "Dirk", "Edda", "Finn", "Gwen", "Hugo", "Iris", "Jorn"]
FAMILY = ["Marsh", "Ashby", "Orde", "Toller", "Quarles", "Hale", "Lund", "Vogt", "Brand", "Wick"]


@pytest.mark.parametrize("capitals", [True, False])
def test_names_that_each_stand_once(*, capitals: bool) -> None:
    names = [f"{given} {family}" for given, family in zip(GIVEN, FAMILY, strict=True)]
    told = ["We were late.", "Did you count the boats?", "The pier is closed."]
    lines = [
        f"{name.upper() if capitals else name}: {told[number % 3]}"
        for number, name in enumerate(names)
    ]
    assert [told for _, (told,) in said("\n".join(lines))] == [
        line.partition(": ")[2] for line in lines
    ]


def test_labels_on_lines_of_their_own() -> None:
    text = "MARSH:\nOne.\n\nASHBY:\nTwo.\n\nStill she speaks.\n\nMARSH:\nThree.\n"
    assert said(text) == [
        ("MARSH", ["One."]),
        ("ASHBY", ["Two.", "Still she speaks."]),
        ("MARSH", ["Three."]),
    ]


def test_a_label_that_changes_its_spelling() -> None:
    labels = ["MARSH", "Marsh", "A. Marsh", "Sen. Marsh", "Marsh (continuing)", "ASHBY"]
    assert [label for label, _ in said("\n\n".join(f"{x}: One." for x in labels))] == labels


def test_turns_of_wrapped_lines() -> None:
    text = (
        "MARSH: I told the board that the pier would have to be closed\n"
        "before the ferry sails and that nobody would be sorry for it.\n"
        "ASHBY: And what did the board say to you when you had told it\n"
        "all of that, and who was there?\n"
        "MARSH: Nothing.\n"
    )
    assert [label for label, _ in said(text)] == ["MARSH", "ASHBY", "MARSH"]


@pytest.mark.parametrize(
    "text",
    [
        "NORWELL: The mayor closed the pier.\n\nASHBY: The clerk left.\n\nLARCH: It rained.",
        "Marsh: She did well.\n\nAshby: He lost.\n\nOrde: She left.\n\nHale: He won.\n\nLund: No.",
        "Mayor: Ada Marsh\n\nHost: Tom Ashby\n\nEditor: Cleo Orde\n\nReporter: Finn Hale",
        "Marsh: 1,712\n\nAshby: 1,004\n\nMarsh: 1,802\n\nAshby: 1,100",
        "THE GOOD: The pier is open.\n\nTHE BAD: The ferry is late.\n\nTHE UGLY: It sank.",
        "Note: the pier is closed.\n\nCorrection: it is open.\n\nNote: it was closed.",
        "The ferry sails at two places: Norwell and Ashby.\nNobody knew: the clerk had gone.",
        "Photo: Ada Marsh\nSource: Harbour Office\nPhoto: Tom Ashby\nSource: Harbour Office",
        "Tags: ferry\nTopics: harbour\nTags: bridge",
        "WARNING: the pier is closed.\n\nThe ferry sails from the other one.",
        "At 10:30 the ferry left.\nAt 11:45 it came back.",
        "Norwell: a history of the pier by its clerk.",
        "MARSH:\n\nASHBY:\n\nMARSH:\n",
        "",
    ],
)
def test_what_is_no_conversation(text: str) -> None:
    assert said(text) == []


PARTS = [
    "Q: ",
    "A: ",
    "MARSH: ",
    "Ada Marsh (AM): ",
    "AM: ",
    "One.",
    "“Two",
    "(Laughter.)",
    ":",
    "\n",
    "\n\n",
    "\r\n",
    " ",
]


@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
def test_turns_are_ordered_and_apart(text: str) -> None:
    spans = []
    for turn in turns(text, paragraphs(text)):
        spans += [turn.label, turn.colon, *turn.content]
    check_spans(len(text), spans)
