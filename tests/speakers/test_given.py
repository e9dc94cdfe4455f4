"""How given names lean, by the counts that come with the package."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from quotes.errors import CorruptModel
from quotes.quotation import SpeakerKind
from quotes.speakers import given
from quotes.speakers.entity import Entity
from quotes.speakers.mentions import Mention


def person(*names: str) -> Entity:
    mentions = [Mention(0, 1, 0, len(name), name, 0, 0) for name in names]
    return Entity(SpeakerKind.PERSON, mentions)


def test_a_name_leans_as_it_was_counted() -> None:
    assert given.leaning(person("Marsh", "John Marsh")) < -0.8
    assert given.leaning(person("Elizabeth Marsh")) > 0.4


@pytest.mark.parametrize("name", ["Marsh", "John", "Xyzzy Marsh"])
def test_a_surname_and_a_rare_name_say_nothing(name: str) -> None:
    assert given.leaning(person(name)) == 0.0


def test_one_bearer_alone_says_little() -> None:
    counts = json.loads(files("quotes.speakers").joinpath(given.COUNTS).read_bytes())
    rare = next(name for name, (she, he) in counts.items() if she + he == 1)
    assert abs(given.leaning(person(f"{rare.capitalize()} Marsh"))) < 0.4


def test_damaged_counts_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, "COUNTS", "ranker.md")
    given._counts.cache_clear()
    with pytest.raises(CorruptModel, match="cannot be read"):
        given.leaning(person("John Marsh"))
    monkeypatch.undo()
    given._counts.cache_clear()
