"""Given names counted by the people who bear them."""

from __future__ import annotations

from quotes.evaluation.chains import ChainedDocument, GoldMention
from quotes.training.given import counted, in_chains

TEXT = "Tamsin Orde left. She had her coat. Odell Farrow stayed. He and Farrow sat. She smiled."


def mention(words: str, entity: str, *, after: int = 0) -> GoldMention:
    start = TEXT.index(words, after)
    return GoldMention(start=start, end=start + len(words), entity=entity, kind="person")


def test_a_chain_tells_by_its_pronouns() -> None:
    document = ChainedDocument(
        name="story",
        text=TEXT,
        mentions=(
            mention("Tamsin Orde", "a"),
            mention("She", "a"),
            mention("her", "a"),
            mention("Odell Farrow", "b"),
            mention("He", "b"),
            mention("Farrow", "b", after=TEXT.index("He")),
        ),
    )
    assert list(in_chains(document)) == [("Tamsin Orde", "feminine"), ("Odell Farrow", "masculine")]


def test_a_chain_of_both_tells_nothing() -> None:
    mentions = (mention("Tamsin Orde", "a"), mention("She", "a"), mention("He", "a"))
    document = ChainedDocument(name="story", text=TEXT, mentions=mentions)
    assert list(in_chains(document)) == []


def test_each_person_counts_once_by_most_texts() -> None:
    people = [
        ("Tamsin Orde", "feminine"),
        ("Tamsin Orde", "feminine"),
        ("Tamsin Orde", "masculine"),
        ("Tamsin Vane", "feminine"),
        ("Robin Vane", "masculine"),
        ("Robin Marsh", "feminine"),
        ("Robin Roe", "feminine"),
        ("Robin Roe", "masculine"),
        ("J Marsh", "masculine"),
    ]
    assert counted(iter(people)) == {"tamsin": (2, 0), "robin": (1, 1)}
