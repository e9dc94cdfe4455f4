"""Who passes a statement on, and whose point of view a pronoun in quoted words has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quotes.quotation import Act, Kind, Quotation
from quotes.speakers.rules import RuleResolver
from tests.speakers.conftest import find

if TYPE_CHECKING:
    from quotes.nlp.parser import Parser
    from tests.speakers.conftest import Resolve

pytestmark = pytest.mark.model


def test_what_is_said_in_a_report_comes_by_way_of_who_reports(resolve: Resolve) -> None:
    text = "Tamsin Orde said that Odell Farrow had told her that the hives were full."
    outer, inner = resolve(
        text,
        ("Tamsin Orde", "that Odell Farrow had told her that the hives were full", "said"),
        ("Odell Farrow", "that the hives were full", "had told"),
    )
    assert outer is not None
    assert inner is not None
    assert (outer.name, outer.via) == ("Tamsin Orde", None)
    assert inner.name == "Odell Farrow"
    assert inner.via is not None
    assert inner.via.name == "Tamsin Orde"
    assert [(step.text, step.relation) for step in inner.via.evidence] == [("Tamsin Orde", "via")]


def test_the_nearest_report_passes_it_on(resolve: Resolve) -> None:
    text = "Orde said Vane claimed that Farrow knew that it rained."
    *_, innermost = resolve(
        text,
        ("Orde", "Vane claimed that Farrow knew that it rained", "said"),
        ("Vane", "that Farrow knew that it rained", "claimed"),
        ("Farrow", "that it rained", "knew"),
    )
    assert innermost is not None
    assert innermost.via is not None
    assert (innermost.name, innermost.via.name) == ("Farrow", "Vane")


def test_who_reports_himself_passes_nothing_on(resolve: Resolve) -> None:
    text = "Tamsin Orde was late. Orde said that she had told the clerk that the hives were full."
    _, inner = resolve(
        text,
        ("Orde@2", "that she had told the clerk that the hives were full", "said"),
        ("she", "that the hives were full", "had told"),
    )
    assert inner is not None
    assert (inner.name, inner.via) == ("Tamsin Orde", None)


def test_statements_beside_each_other_pass_nothing_on(resolve: Resolve) -> None:
    text = "Tamsin Orde said that it rained. Odell Farrow said that it was late."
    found = resolve(
        text,
        ("Tamsin Orde", "that it rained", "said"),
        ("Odell Farrow", "that it was late", "said@2"),
    )
    assert [one.via for one in found if one] == [None, None]


def test_who_only_believes_it_passes_nothing_on(parser: Parser) -> None:
    text = "Tamsin Orde believes that Odell Farrow said that the hives were full."
    outer = Quotation(
        kind=Kind.INDIRECT,
        act=Act.THOUGHT,
        content=(find(text, "that Odell Farrow said that the hives were full"),),
        source=(find(text, "Tamsin Orde"),),
        cue=(find(text, "believes"),),
    )
    inner = Quotation(
        kind=Kind.INDIRECT,
        content=(find(text, "that the hives were full"),),
        source=(find(text, "Odell Farrow"),),
        cue=(find(text, "said"),),
    )
    for act, via in ((Act.THOUGHT, None), (Act.SPEECH, "Tamsin Orde")):
        quotations = [replace(outer, act=act), inner]
        _, found = RuleResolver().resolve(parser.parse(text), quotations)
        assert found.attribution is not None
        passes = found.attribution.via
        assert (passes.name if passes else None) == via


def passed_on(parser: Parser, text: str, source: str, via: str, content: str) -> Quotation:
    quotation = Quotation(
        kind=Kind.INDIRECT,
        content=(find(text, content),),
        source=(find(text, source),),
        via=(find(text, via),),
    )
    (found,) = RuleResolver().resolve(parser.parse(text), [quotation])
    found.check(text)
    return found


def test_a_mention_that_passes_it_on_is_led_to_a_name_too(parser: Parser) -> None:
    text = "The Noonday News (TNN) opened. TNN, citing the mayor, Tamsin Orde, said it rained."
    found = passed_on(parser, text, "the mayor, Tamsin Orde", "TNN@2", "it rained").attribution
    assert found is not None
    assert found.name == "Tamsin Orde"
    assert found.via is not None
    assert found.via.name == "The Noonday News"
    assert [step.text for step in found.via.evidence] == ["TNN", "The Noonday News"]


def test_i_in_quoted_words_is_who_speaks_them(resolve: Resolve) -> None:
    text = "“I said that the hives were full,” Tamsin Orde said. Odell Farrow was there."
    _, inner = resolve(
        text,
        ("Tamsin Orde", "“I said that the hives were full,”", "said@2"),
        ("I", "that the hives were full", "said"),
    )
    assert inner is not None
    assert (inner.name, inner.via) == ("Tamsin Orde", None)


def test_she_in_quoted_words_is_somebody_else(resolve: Resolve) -> None:
    text = (
        "Tamsin Orde opened the fair. Linus Vane came late.\n\n"
        "LINUS VANE: She said that the hives were full.\n"
    )
    _, inner = resolve(
        text,
        ("LINUS VANE", "She said that the hives were full!"[:-1] + "."),
        ("She", "that the hives were full", "said"),
    )
    assert inner is None or inner.name != "Linus Vane"
