"""Texts that a parser must take as they are, and what no parse may do."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from quotes.nlp.paragraphs import paragraphs

if TYPE_CHECKING:
    from spacy.tokens import Doc

ODD = [
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u00ad",
    "\u202e",
    "e\u0301",
    "\u0308",
    "\U0001f469\u200d\U0001f4bb",
    "\U0001f1ef\U0001f1f5",
    "\U00020bb7",
    "\x00",
    "\x07",
    "\x1b",
    "\x1f",
    "\x85",
    "\u2028",
    "\u2029",
    "\x0c",
    "\r\n",
    "\r",
    "\n\n",
    "\xa0",
    "\t",
    "  ",
    "“",
    "”",
    "''",
    "…",
    "—",
    "\ufffd",
    "\uffff",
    "x" * 450,
    "—" * 401,
    "https://ferry.example/a?b=c#d",
    "The ferry sails. ",
    "“No,” said Ada Marsh. ",
    "Mr.",
    "U.S.-led",
]
ODD_TEXT = st.lists(
    st.one_of(
        st.sampled_from(ODD),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    ),
    max_size=25,
).map("".join)


def paragraphs_crossed(doc: Doc) -> list[str]:
    """Return the sentences whose words do not all lie in one paragraph."""
    spans = paragraphs(doc.text)
    crossed = []
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if not words:
            continue
        first, last = words[0].idx, words[-1].idx + len(words[-1]) - 1
        home = bisect_right(spans, first, key=lambda span: span.start) - 1
        if last >= spans[home].end:
            crossed.append(sentence.text)
    return crossed
