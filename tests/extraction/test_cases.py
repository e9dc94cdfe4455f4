"""Every case of fixtures/cases.toml, from the text through the real pipeline."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.evaluation.matching import characters
from quotes.spans import Span

if TYPE_CHECKING:
    from quotes.pipeline import Pipeline
    from quotes.quotation import Quotation

pytestmark = pytest.mark.model

FIXTURES = Path(__file__).parents[2] / "fixtures"
CASES = tomllib.loads((FIXTURES / "cases.toml").read_text(encoding="utf-8"))["case"]

# What the rules still get wrong, by the case's name, with what comes out instead. A case that
# starts to pass fails here until it is struck off.
KNOWN_FAULTS = (
    ("gloss in marks", "the colon before it is taken for the cue of a direct quotation"),
    ("thought", "“hopes to hold …” is not found: a thought whose content is an infinitive"),
)

Case = dict[str, str]
Found = Mapping[str, tuple[str, tuple["Quotation", ...]]]


@pytest.fixture(scope="module")
def found(pipeline: Pipeline) -> Found:
    """Each text that a case names, with the quotations found in it."""
    names = sorted({case["file"] for case in CASES})
    paths = [FIXTURES / "gold" / "text" / f"{name}.txt" for name in names]
    texts = [path.read_bytes().decode("utf-8") for path in paths]
    results = pipeline.run(texts)
    return {
        name: (result.text, result.quotations) for name, result in zip(names, results, strict=True)
    }


def marked() -> list[object]:
    """Return the cases, those with a known fault marked to fail."""
    faults = dict(KNOWN_FAULTS)
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=[pytest.mark.xfail(reason=faults[case["name"]], strict=True)]
            if case["name"] in faults
            else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", marked())
def test_the_passage_comes_out_in_its_role(case: Case, found: Found) -> None:
    text, quotations = found[case["file"]]
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


def test_every_known_fault_names_a_case() -> None:
    names = [name for name, _ in KNOWN_FAULTS]
    assert len(names) == len(set(names))
    assert set(names) <= {case["name"] for case in CASES}
