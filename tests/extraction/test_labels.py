"""Labels of speakers: what begins a paragraph and may name who speaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.extraction.labels import Label, label_at
from quotes.spans import Span


def label(text: str) -> Label | None:
    """Return the label of a text that is one paragraph."""
    return label_at(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("MARSH: One.", "MARSH"),
        ("MR. ROE: One.", "MR. ROE"),
        ("Caller 17: One.", "Caller 17"),
        ("SPEAKER A0: One.", "SPEAKER A0"),
        ("Unidentified male: One.", "Unidentified male"),
        ("MARSH (R-Utah): One.", "MARSH (R-Utah)"),
        ("ADA MARSH, HARBOUR CLERK: One.", "ADA MARSH, HARBOUR CLERK"),
        ("[00:01:02] Marsh: One.", "Marsh"),
        ("00:01:02 --> 00:01:04 Marsh: One.", "Marsh"),
        ("Marsh (00:01:02): One.", "Marsh"),
        ("Marsh [00:01]: One.", "Marsh"),
        (">> MARSH: One.", "MARSH"),
        ("**Ada Marsh:** One.", "Ada Marsh"),
        ("🎤 Ada Marsh: One.", "Ada Marsh"),
        ("Žofie O’Quill: One.", "Žofie O’Quill"),
        ("Pieter van der Berg: One.", "Pieter van der Berg"),
        ("石破茂：一。", None),
        ("石破茂： 一。", "石破茂"),
        ("MARSH:", "MARSH"),
        ("MARSH:\tOne.", "MARSH"),
        ("At 10:30 the ferry left.", None),
        ("The ferry sails twice: at noon and at six.", None),
        ("Note: the pier is closed.", None),
        ("THE FACTS: the pier is closed.", None),
        ("(Marsh: laughs.)", None),
        ("https://norwell.example", None),
        ("marsh said this: one.", None),
        ("Ms Marsh, asked about it, laughs. It is so, she says: one.", None),
        ("Ms Marsh, back on the pier, says: one.", None),
        ("NORWELL, 3 May. Interview: Tom Ashby", None),
        ("Interview: Tom Ashby", None),
        ("Interview by: Tom Ashby", None),
        ("Ada Marsh, Sen. Roe's clerk: One.", "Ada Marsh, Sen. Roe's clerk"),
        ("ADA MARSH, ST. OLAVE'S DEPT. HEAD: One.", "ADA MARSH, ST. OLAVE'S DEPT. HEAD"),
    ],
)
def test_what_is_a_label(text: str, words: str | None) -> None:
    found = label(text)
    assert (text[found.span.start : found.span.end] if found else None) == words


def test_spellings_of_one_label_are_a_family() -> None:
    spellings = ["MARSH", "Marsh", "A. Marsh", "Sen. Marsh", "Marsh (continuing)", "ADA MARSH"]
    found = [label(f"{words}: One.") for words in spellings]
    assert {one.family for one in found if one} == {"marsh"}
    assert all(found)


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("Ada Marsh: One.", False),
        ("MARSH: One.", False),
        ("MS. MARSH: One.", True),
        ("Caller 17: One.", True),
        ("[00:01:02] Marsh: One.", True),
        ("MARSH (R-Utah): One.", True),
        ("Marsh (cont’d): One.", True),
    ],
)
def test_forms_that_only_labels_have(text: str, *, certain: bool) -> None:
    found = label(text)
    assert found is not None
    assert found.certain is certain


@given(st.text(alphabet="AaM. :\t\n()[]>*🎤0123-—’م石,", min_size=1, max_size=60))
def test_a_label_lies_in_its_paragraph(text: str) -> None:
    found = label(text)
    if found is not None:
        assert 0 <= found.span.start < found.span.end <= found.colon.start
        assert found.colon.end <= found.end <= len(text)
        assert text[found.colon.start] in ":："
