"""Every case of fixtures/cases.toml, from the text through the pipeline of each extractor."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.evaluation.matching import characters
from quotes.extraction import EXTRACTORS
from quotes.pipeline import load
from quotes.spans import Span

if TYPE_CHECKING:
    from quotes.quotation import Quotation

pytestmark = pytest.mark.model

FIXTURES = Path(__file__).parents[2] / "fixtures"
CASES = tomllib.loads((FIXTURES / "cases.toml").read_text(encoding="utf-8"))["case"]

# What an extractor still gets wrong, by the case's name, with what comes out instead. A case that
# starts to pass fails here until it is struck off.
KNOWN_FAULTS = {
    "rules": (
        ("gloss in marks", "the colon before it is taken for the cue of a direct quotation"),
        ("thought", "“hopes to hold …” is not found: a thought whose content is an infinitive"),
    ),
    "learned": (
        ("gloss in marks", "it is what “they” say, by the cue “have a word for”"),
        ("nickname in marks", "it is what “her staff” say, by the cue “call”"),
        ("thought", "“hopes to hold …” is not found inside what the officials “said”"),
        ("unnamed source", "“one of them” alone; “who asked not to be named” is its own report"),
    ),
}

Case = dict[str, str]
Found = Mapping[str, tuple[str, tuple["Quotation", ...]]]


@pytest.fixture(scope="module")
def found() -> Callable[[str], Found]:
    """A function from an extractor to each text that a case names, with its quotations."""
    names = sorted({case["file"] for case in CASES})
    paths = [FIXTURES / "gold" / "text" / f"{name}.txt" for name in names]
    texts = [path.read_bytes().decode("utf-8") for path in paths]

    @cache
    def by(extractor: str) -> Found:
        results = load(extractor=extractor).run(texts)
        return {
            name: (result.text, result.quotations)
            for name, result in zip(names, results, strict=True)
        }

    return by


def marked() -> list[object]:
    """Return the cases for each extractor, those with a known fault marked to fail."""
    reasons = {
        (extractor, name): reason
        for extractor, faults in KNOWN_FAULTS.items()
        for name, reason in faults
    }
    return [
        pytest.param(
            extractor,
            case,
            id=f"{extractor}-{case['name']}",
            marks=[pytest.mark.xfail(reason=reasons[extractor, case["name"]], strict=True)]
            if (extractor, case["name"]) in reasons
            else [],
        )
        for extractor in EXTRACTORS
        for case in CASES
    ]


@pytest.mark.parametrize(("extractor", "case"), marked())
def test_the_passage_comes_out_in_its_role(
    extractor: str, case: Case, found: Callable[[str], Found]
) -> None:
    text, quotations = found(extractor)[case["file"]]
    places = [
        Span(match.start(), match.end()) for match in re.finditer(re.escape(case["passage"]), text)
    ]
    assert places
    if case["role"] == "none":
        taken = [
            (role, text[span.start : span.end])
            for quotation in quotations
            for role, spans in quotation.roles()
            for span in spans
            if any(span.overlaps(place) for place in places)
        ]
        assert taken == []
    else:
        covered = [
            characters(text, dict(quotation.roles())[case["role"]]) for quotation in quotations
        ]
        wanted = [_words(text, place) for place in places]
        assert any(passage <= spans for passage in wanted for spans in covered)


def _words(text: str, place: Span) -> frozenset[int]:
    """Return the offsets of a passage that count: a cue may or may not take in its colon."""
    end = place.end - 1 if text[place.end - 1] == ":" else place.end
    return characters(text, (Span(place.start, end),))


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_every_known_fault_names_a_case(extractor: str) -> None:
    names = [name for name, _ in KNOWN_FAULTS[extractor]]
    assert len(names) == len(set(names))
    assert set(names) <= {case["name"] for case in CASES}
