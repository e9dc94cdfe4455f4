"""Claims made by rule: what each edit and each rewording does to sentences of our own."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.evaluation.corpus import read_corpus
from quotes.evaluation.derived import derive, main, material
from quotes.evaluation.derived_edits import Names, alterations
from quotes.evaluation.derived_rewording import reword
from quotes.evaluation.derived_statements import shingles, statements
from quotes.verification.verdict import Ruling

if TYPE_CHECKING:
    from spacy.tokens import Span

    from quotes.evaluation.claims_values import Claim
    from quotes.evaluation.derived import Material
    from quotes.nlp.parser import Parser

pytestmark = pytest.mark.model

GOLD = Path(__file__).parents[2] / "fixtures" / "gold"
NAMES = Names(people=("Oda Harbour",), places=("Norway",))


def altered(parser: Parser, text: str, sort: str) -> str | None:
    made = alterations(parser.parse(text)[:], NAMES, random.Random(1))
    return made.get(sort)


def whole(parser: Parser, text: str) -> Span:
    return parser.parse(text)[:]


@pytest.fixture(scope="module")
def given() -> Material:
    documents = read_corpus(GOLD).documents
    return material(documents[:8], documents[8:])


@pytest.fixture(scope="module")
def claims(given: Material) -> list[Claim]:
    return derive(given, each=12, rng=random.Random(1))


@pytest.mark.parametrize(
    ("text", "sort", "expected"),
    [
        (
            "The council will not sell the quay",
            "negation dropped",
            "The council will sell the quay",
        ),
        ("We can't sell the quay", "negation dropped", "We can sell the quay"),
        ("They won’t sell the quay", "negation dropped", "They will sell the quay"),
        ("The council never sold a boat", "negation dropped", "The council sold a boat"),
        ("The wall is ready for winter", "negation added", "The wall is not ready for winter"),
        ("The wall will stand for years", "modal", "The wall may stand for years"),
        ("All boats came home that night", "quantifier", "Some boats came home that night"),
        ("The council wants to raise the toll", "antonym", "The council wants to cut the toll"),
        ("The town sent 4 million crowns", "number", None),
        ("They sailed to Sweden in spring", "place", "They sailed to Norway in spring"),
        ("The quay is not for sale", "modal", None),
        ("No longer is the quay ours", "quantifier", None),
    ],
)
def test_an_edit_changes_one_thing(
    parser: Parser, text: str, sort: str, expected: str | None
) -> None:
    made = altered(parser, text, sort)
    if sort == "number":
        # Its digit, or its scale.
        assert re.fullmatch(r"The town sent ([1235-9] million|4 billion) crowns", made or "")
    else:
        assert made == expected


def test_other_numbers_dates_and_names_are_put_in(parser: Parser) -> None:
    percentage = altered(parser, "The toll rose by 35 percent on Monday", "percentage")
    assert re.fullmatch(r"The toll rose by [124-9]5 percent on Monday", percentage or "")
    assert altered(parser, "The toll rose by 35 percent on Monday", "number") is None
    day = altered(parser, "The toll rose by 35 percent on Monday", "date")
    assert day != "The toll rose by 35 percent on Monday"
    assert re.fullmatch(r"The toll rose by 35 percent on \w+day", day or "")
    year = altered(parser, "The wall was built in 2019 by the town", "date")
    assert year in {f"The wall was built in {y} by the town" for y in (2009, 2016, 2017, 2018)}
    name = altered(parser, "We saw Mary Smith on the quay", "name")
    assert name == "We saw Oda Harbour on the quay"


def test_a_word_is_put_in_before_a_noun_or_left_out(parser: Parser) -> None:
    put_in = altered(parser, "They opened the file today", "word put in")
    assert re.fullmatch(r"They opened the \w+ file today", put_in or "")
    left_out = altered(parser, "They wrote long letters to the town", "word left out")
    assert left_out == "They wrote letters to the town"


@pytest.mark.parametrize(
    ("text", "quoted", "expected"),
    [
        ("I think we will sell our boats", True, "Roe thought they would sell their boats"),
        ("But we can't sell the quay", True, "they could not sell the quay"),
        ("I'll keep my promise", True, "Roe would retain Roe’s promise"),
    ],
)
def test_the_first_person_becomes_a_report(
    parser: Parser, text: str, quoted: bool, expected: str
) -> None:
    assert reword(whole(parser, text), "Roe", quoted=quoted) == (
        f"Roe said that {expected}.",
        "report",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The town sold the boats because nobody sailed them",
            "Because nobody sailed them, the town sold the boats.",
        ),
        (
            "The council wrote many letters and started work",
            "The council wrote numerous letters and began work",
        ),
    ],
)
def test_a_rewording_tells_the_same(parser: Parser, text: str, expected: str) -> None:
    reworded = reword(whole(parser, text), "Roe", quoted=False)
    assert reworded is not None
    assert reworded[0] == expected


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        # Who is "you", and which verb is "'d", the words alone do not tell.
        ("I told you that we sold the boats", True),
        ("I'd sell the boats before winter", True),
        ("I am here and I stay and my boat is mine and I like it", True),
        # What stands outside marks is a report already.
        ("I think we will sell our boats", False),
        ("The town sold every boat in May", False),
    ],
)
def test_what_rules_cannot_reword_is_left(parser: Parser, text: str, quoted: bool) -> None:
    assert reword(whole(parser, text), "Roe", quoted=quoted) is None


def test_statements_have_named_speakers_and_stand_in_their_text(parser: Parser) -> None:
    corpus = read_corpus(GOLD)
    document = next(d for d in corpus.documents if d.name == "01_phone-call")
    found = statements(document, parser.parse(document.text))
    assert found
    for one in found:
        assert document.text[one.words.start_char : one.words.end_char] == one.text
        assert one.speaker in document.text


def test_each_verdict_has_its_claims(given: Material, claims: list[Claim]) -> None:
    counted = Counter(claim.verdict for claim in claims)
    assert counted[Ruling.VERBATIM] == counted[Ruling.ALTERED] == 12
    assert set(counted) == set(Ruling)
    assert max(counted.values()) == 12
    assert len({claim.id for claim in claims}) == len(claims)
    stored = set().union(*map(shingles, given.texts.values()))
    speakers = {one.speaker for one in given.inside}
    for claim in claims:
        assert any(name == claim.speaker or name.endswith(claim.speaker) for name in speakers)
        if claim.verdict is Ruling.NOT_FOUND:
            assert not shingles(claim.claim) & stored
        if claim.verdict is Ruling.MISATTRIBUTED:
            assert claim.text
            assert " ".join(claim.claim.split()) in " ".join(given.texts[claim.text].split())
        if claim.verdict is Ruling.ALTERED:
            assert claim.sort
            assert not any(claim.claim in text for text in given.texts.values())


def test_the_same_seed_makes_the_same_claims(given: Material, claims: list[Claim]) -> None:
    assert derive(given, each=12, rng=random.Random(1)) == claims
    assert derive(given, each=12, rng=random.Random(2)) != claims


def test_derived_claims_are_put_to_the_annotated_quotations(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main([str(GOLD), "--articles", "6", "--each", "6", "--gold", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["verdicts"]["verbatim"]["n"] == 6
    assert found["verdicts"]["verbatim"]["right"] >= 3
    assert found["verdicts"]["not_found"]["right"] == found["verdicts"]["not_found"]["n"] > 0
    assert sum(row["n"] for row in found["sorts"].values()) == found["claims"]
