"""How given names lean, by the counts that come with the package."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from quotes.errors import CorruptModel
from quotes.quotation import SpeakerKind
from quotes.speakers import given
from quotes.speakers.entity import Entity
from quotes.speakers.mention import Mention


def person(*names: str) -> Entity:
    mentions = [Mention(0, 1, 0, len(name), name, 0, 0) for name in names]
    return Entity(SpeakerKind.PERSON, mentions)


def test_a_name_leans_as_it_was_counted() -> None:
    assert given.leaning(person("Marsh", "John Marsh")) < -0.8
    assert given.leaning(person("Elizabeth Marsh")) > 0.4


@pytest.mark.parametrize("name", ["John", "Helen", "glenn"])
def test_common_names_are_given_names(name: str) -> None:
    assert given.is_given(name)


@pytest.mark.parametrize("word", ["Vermonter", "Whatever", "August", "Major"])
def test_other_words_are_none(word: str) -> None:
    assert not given.is_given(word)


def test_the_census_speaks_where_nobody_was_counted() -> None:
    counts = json.loads(files("quotes.speakers").joinpath(given.COUNTS).read_bytes())
    assert "marjorie" not in counts
    assert given.leaning(person("Marjorie Marsh")) > 0.4


@pytest.mark.parametrize("name", ["Marsh", "John", "Xyzzy Marsh"])
def test_a_surname_and_a_rare_name_say_nothing(name: str) -> None:
    assert given.leaning(person(name)) == 0.0


def test_one_bearer_alone_says_little() -> None:
    counts = json.loads(files("quotes.speakers").joinpath(given.COUNTS).read_bytes())
    common = given.common()
    rare = next(n for n, (she, he) in counts.items() if she + he == 1 and n not in common)
    assert abs(given.leaning(person(f"{rare.capitalize()} Marsh"))) < 0.4


@pytest.mark.parametrize(("name", "read"), [("COUNTS", "_counts"), ("COMMON", "common")])
def test_damaged_counts_are_said_to_be(
    monkeypatch: pytest.MonkeyPatch, name: str, read: str
) -> None:
    monkeypatch.setattr(given, name, "ranker.md")
    getattr(given, read).cache_clear()
    with pytest.raises(CorruptModel, match="cannot be read"):
        given.leaning(person("John Marsh"))
    monkeypatch.undo()
    getattr(given, read).cache_clear()


def test_both_lists_have_a_hash_of_their_own() -> None:
    hashes = given.digests()
    assert hashes.keys() == {"given.json", "given_names.txt"}
    assert len(set(hashes.values())) == 2
