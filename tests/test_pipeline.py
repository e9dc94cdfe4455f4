"""The whole way of one text: parser, extractor, resolver, and the check at the end."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import quotes
from quotes.errors import DocumentError, MissingModel
from quotes.extraction import DEFAULT_EXTRACTOR, load_extractor
from quotes.extraction.extractor import Extraction
from quotes.pipeline import Pipeline, extract, load
from quotes.quotation import Kind, Quotation
from quotes.spans import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc

TEXT = (
    "Harbour master Ada Marsh opened the pier on Monday. “The ferry sails on Friday,” Marsh said. "
    "She added that the bridge would never be built.\n"
)


class BadResolver:
    """Gives the first quotation a source that runs past the text's end."""

    name = "bad"
    version = "0"

    @property
    def models(self) -> Mapping[str, str]:
        return {"bad-model": "sha256:0"}

    def resolve(self, doc: Doc, quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
        end = len(doc.text)
        first, *rest = quotations
        return (replace(first, source=(Span(end - 1, end + 1),)), *rest)


class BadExtractor:
    """Finds a quotation past the text's end, and one of no words."""

    name = "bad"
    version = "0"

    @property
    def models(self) -> Mapping[str, str]:
        return {}

    def extract(self, doc: Doc) -> Extraction:
        end = len(doc.text)
        beyond = Quotation(kind=Kind.DIRECT, content=(Span(end + 5, end + 9),))
        return Extraction(quotations=(beyond, Quotation(kind=Kind.DIRECT, content=())))


pytestmark = pytest.mark.model


def test_extract_finds_and_attributes() -> None:
    direct, indirect = extract(TEXT)
    assert direct.kind is Kind.DIRECT
    assert direct.text(TEXT) == "“The ferry sails on Friday,”"
    assert indirect.kind is Kind.INDIRECT
    assert [TEXT[s.start : s.end] for s in indirect.source] == ["She"]
    for quotation in (direct, indirect):
        assert quotation.attribution is not None
        assert quotation.attribution.name == "Ada Marsh"


@pytest.mark.parametrize("text", ["", "\n\n", "The ferry sails on Friday.", "“", "\u200b"])
def test_texts_without_a_quotation(text: str) -> None:
    assert extract(text) == []


def test_the_public_name_is_this_one() -> None:
    assert quotes.extract(TEXT) == extract(TEXT)


def test_results_come_in_the_order_of_the_texts(pipeline: Pipeline) -> None:
    texts = [TEXT, "", "Tom Ashby said the pier was shut.", TEXT]
    results = list(pipeline.run(texts))
    assert [result.text for result in results] == texts
    assert [len(result.quotations) for result in results] == [2, 0, 1, 2]
    assert results[0] == results[3]


def test_texts_are_taken_one_batch_at_a_time(pipeline: Pipeline) -> None:
    taken = []

    def endless() -> object:
        while True:
            taken.append(1)
            yield TEXT

    results = pipeline.run(endless())  # type: ignore[arg-type]  # a generator is an iterable
    assert next(results).text == TEXT
    assert len(taken) < 1000
    results.close()  # type: ignore[attr-defined]  # run is a generator function


def test_quotations_come_in_the_order_they_stand(pipeline: Pipeline) -> None:
    (result,) = pipeline.run([TEXT * 5])
    hulls = [quotation.hull for quotation in result.quotations]
    assert hulls == sorted(hulls, key=lambda span: (span.start, -span.end))
    assert len(hulls) == 10


def test_a_text_read_by_itself_gives_the_same_and_leaves_no_word_behind(pipeline: Pipeline) -> None:
    texts = [TEXT.replace("Marsh", f"Marsh{name}") for name in ("brook", "field", "brook", "")]
    expected = list(pipeline.run(texts))
    vocabulary = pipeline.parser.parse("The pier").vocab
    known = len(vocabulary.strings)
    fresh = TEXT.replace("Marsh", "Marshwiggleton").replace("ferry", "ferrykins")
    found = pipeline.read(fresh)
    assert len(vocabulary.strings) == known
    assert "Marshwiggleton" not in vocabulary.strings
    assert [q.attribution.name for q in found.quotations if q.attribution] == [
        "Ada Marshwiggleton"
    ] * 2
    assert [pipeline.read(text) for text in texts] == expected
    assert pipeline.read(fresh) == found


def test_what_cannot_be_read_leaves_the_next_as_it_is(pipeline: Pipeline) -> None:
    with pytest.raises(DocumentError, match="surrogate"):
        pipeline.read("The ferry \ud800 sails.")
    assert pipeline.read(TEXT).quotations


def test_notices_come_with_the_result(pipeline: Pipeline) -> None:
    text = "Ada Marsh said: “The ferry sails.\n\nNobody waved."
    (result,) = pipeline.run([text])
    (notice,) = result.notices
    assert text[notice.start] == "“"
    assert result.quotations


def test_a_quotation_with_a_bad_span_takes_no_other_along(pipeline: Pipeline) -> None:
    (whole,) = pipeline.run([TEXT])
    (result,) = replace(pipeline, resolver=BadResolver()).run([TEXT])
    assert [q.content for q in result.quotations] == [q.content for q in whole.quotations[1:]]
    (notice,) = result.notices
    assert "past the text's end" in notice.message
    assert notice.start == whole.quotations[0].hull.start


def test_the_resolver_is_not_given_what_does_not_fit(pipeline: Pipeline) -> None:
    (result,) = replace(pipeline, extractor=BadExtractor()).run([TEXT])
    assert result.quotations == ()
    assert [notice.start for notice in result.notices] == [len(TEXT), 0]


def test_half_a_character_is_an_error_of_the_document(pipeline: Pipeline) -> None:
    with pytest.raises(DocumentError):
        list(pipeline.run(["The ferry \ud800 sails."]))


def test_the_version_names_the_program_and_each_part(pipeline: Pipeline) -> None:
    assert pipeline.name == f"spacy+{pipeline.extractor.name}+{pipeline.resolver.name}"
    for part in (pipeline.parser, pipeline.extractor, pipeline.resolver):
        assert part.version in pipeline.version
    assert pipeline.version.startswith(quotes.__version__)


def test_the_models_are_those_of_every_part(pipeline: Pipeline) -> None:
    models = pipeline.models
    for part in (pipeline.parser, pipeline.extractor, pipeline.resolver):
        assert part.models.items() <= models.items()
    assert len(models) >= 2
    assert all(digest.startswith("sha256:") for digest in models.values())
    assert replace(pipeline, resolver=BadResolver()).models["bad-model"] == "sha256:0"


def test_pipelines_are_loaded_once_and_share_their_parser(pipeline: Pipeline) -> None:
    assert load() is load("spacy") is load(extractor=DEFAULT_EXTRACTOR) is pipeline
    rules = load(extractor="rules")
    assert rules.parser is pipeline.parser
    assert rules.extractor.name == "rules"
    (result,) = rules.run([TEXT])
    assert extract(TEXT, extractor="rules") == list(result.quotations)


def test_an_unknown_extractor_is_a_missing_model() -> None:
    with pytest.raises(MissingModel, match="tealeaves"):
        load(extractor="tealeaves")


def test_an_extractor_without_its_packages_is_a_missing_model(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # None in sys.modules makes an import fail as one of a package that is not installed does.
    monkeypatch.setitem(sys.modules, "quotes.extraction.learned.extractor", None)
    with pytest.raises(MissingModel, match="--extractor rules"):
        load_extractor("learned")


def test_an_unknown_parser_is_a_missing_model() -> None:
    with pytest.raises(MissingModel, match="tealeaves"):
        load("tealeaves")
