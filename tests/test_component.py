"""`nlp.add_pipe("quotes")` on the installed English model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from quotes.errors import MissingModel
from quotes.nlp.spacy_parser import installed_model
from quotes.pipeline import extract

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

pytestmark = pytest.mark.model

TEXT = (
    "“The ferry sails on Friday,” said Ada Marsh. She added that the bridge would never be built."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    """A pipeline of its own, since a component is added to it."""
    loaded = spacy.load(installed_model())
    loaded.add_pipe("quotes")
    return loaded


def test_the_component_finds_what_the_pipeline_finds(nlp: Language) -> None:
    found = nlp(TEXT)._.quotations
    assert [quotation.text(TEXT) for quotation in found] == [
        "“The ferry sails on Friday,”",
        "that the bridge would never be built",
    ]
    assert found == extract(TEXT)


def test_the_extractor_is_chosen_in_the_configuration(tmp_path: Path) -> None:
    loaded = spacy.load(installed_model())
    loaded.add_pipe("quotes", config={"extractor": "rules"})
    assert loaded(TEXT)._.quotations == extract(TEXT, extractor="rules")
    loaded.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert again.config["components"]["quotes"]["extractor"] == "rules"
    with pytest.raises(MissingModel, match="tealeaves"):
        spacy.blank("en").add_pipe("quotes", config={"extractor": "tealeaves"})


def test_each_document_has_its_own_quotations(nlp: Language) -> None:
    texts = [TEXT, "The ferry sails.", "", TEXT]
    assert [len(doc._.quotations) for doc in nlp.pipe(texts)] == [2, 0, 0, 2]


def test_a_document_that_was_not_read_has_none(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    assert doc._.quotations == []
    doc._.quotations.append("not mine")
    assert nlp.make_doc("The ferry sails.")._.quotations == []


def test_the_component_says_what_it_sets(nlp: Language) -> None:
    assert nlp.get_pipe_meta("quotes").assigns == ["doc._.quotations"]
    analysis = nlp.analyze_pipes()
    assert analysis is not None
    assert analysis["problems"]["quotes"] == []


def test_a_pipeline_saved_to_disk_still_quotes(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert again(TEXT)._.quotations == nlp(TEXT)._.quotations


def test_a_pipeline_saved_to_bytes_still_quotes(nlp: Language) -> None:
    again = spacy.blank("en", config=nlp.config).from_bytes(nlp.to_bytes())
    assert again.pipe_names[-1] == "quotes"
    assert again(TEXT)._.quotations == nlp(TEXT)._.quotations
