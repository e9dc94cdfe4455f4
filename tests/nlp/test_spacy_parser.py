"""The spaCy parser: character for character, whatever the text, and paragraph by paragraph."""

from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import DocumentError, MissingModel, QuotesError
from quotes.nlp import PARSERS, load_parser, pieces, spacy_parser
from quotes.nlp.paragraphs import paragraphs
from quotes.nlp.pieces import PIECE, cut_points
from quotes.nlp.spacy_parser import SpacyParser, installed_model
from tests.nlp.odd import ODD_TEXT, paragraphs_crossed

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.tokens import Doc

    from quotes.nlp.parser import Parser


@pytest.mark.model
@settings(max_examples=60)
@given(ODD_TEXT)
def test_the_parse_holds_the_text_character_for_character(parser: Parser, text: str) -> None:
    doc = parser.parse(text)
    assert doc.text == text
    for token in doc:
        assert text[token.idx : token.idx + len(token)] == token.text
    assert paragraphs_crossed(doc) == []


@pytest.mark.model
@pytest.mark.parametrize("text", ["", " ", "\n", "\r\n\r\n", "\u200b", "“"], ids=repr)
def test_texts_of_next_to_nothing(parser: Parser, text: str) -> None:
    assert parser.parse(text).text == text


@pytest.mark.model
@settings(max_examples=30)
@given(st.lists(ODD_TEXT, max_size=6))
def test_a_batch_comes_back_in_order(parser: Parser, texts: list[str]) -> None:
    assert [doc.text for doc in parser.pipe(texts)] == texts


@pytest.mark.model
def test_sentences_end_where_paragraphs_do(parser: Parser) -> None:
    text = "Ferry delayed again\nBy Ada Marsh\r\nNORWELL — The ferry\u2028“No boat,” he said"
    starts = {sentence.start_char for sentence in parser.parse(text).sents}
    assert {span.start for span in paragraphs(text)} <= starts


@pytest.mark.model
def test_wrapped_lines_are_parsed_as_one_sentence(parser: Parser) -> None:
    text = (
        "The ferry council met for six hours on Monday evening and it then left\n"
        "without a timetable because the harbour master had taken the only copy\n"
        "home with her by the last boat, which sailed with its lights off and a\n"
        "horn that had been tied down since the storm of the previous November."
    )
    assert len(list(parser.parse(text).sents)) == 1


TOLD = """\
The ferry council met for six hours on Monday and left without a timetable, a fare table or a \
date for its next meeting, which the clerk said would be posted on the door of the harbour office \
(if it were known). “Nobody waited for us,” said Ada Marsh, the harbour master's deputy, who'd \
gone home by the last boat; she added that it sailed with its lights off."""


@pytest.mark.model
def test_wrapping_makes_no_difference_to_the_parse(parser: Parser) -> None:
    def words(text: str) -> list[tuple[str, str, str, str]]:
        parsed = [token for token in parser.parse(text) if not token.is_space]
        return [(t.text, t.tag_, t.dep_, t.head.text) for t in parsed]

    assert words(textwrap.fill(TOLD, 72)) == words(TOLD)


@pytest.mark.model
def test_pieces_with_wrapped_lines_and_without_join(
    parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PIECE", 300)
    short = "\n\n".join(["The ferry sailed on Friday, and nobody waved."] * 12)
    wrapped = "\n\n".join([textwrap.fill(TOLD, 72)] * 2)
    for text in (f"{wrapped}\n\n{short}", f"{short}\n\n{wrapped}"):
        doc = parser.parse(text)
        assert doc.text == text
        assert paragraphs_crossed(doc) == []


@pytest.mark.model
def test_a_hyphen_for_a_dash_is_no_part_of_the_name_behind_it(parser: Parser) -> None:
    words = [token.text for token in parser.parse("-Ada Marsh, Burlington. A well-known A-B test.")]
    assert words[:3] == ["-", "Ada", "Marsh"]
    assert "A-B" in "".join(words)


def test_what_a_parse_must_carry(parser: Parser) -> None:
    doc = parser.parse("Ada Marsh said that the ferry would sail on Friday.")
    assert all(doc.has_annotation(name) for name in ("TAG", "POS", "LEMMA", "DEP", "ENT_IOB"))
    said = doc[2]
    assert (said.lemma_, said.pos_, said.dep_) == ("say", "VERB", "ROOT")
    assert [entity.text for entity in doc.ents if entity.label_ == "PERSON"] == ["Ada Marsh"]


@pytest.mark.model
@pytest.mark.parametrize("text", ["\ud800", "The ferry \udcff sails.", "a" * 30 + "\udfff"])
def test_half_a_character_is_one_clear_error(parser: Parser, text: str) -> None:
    with pytest.raises(DocumentError) as refused:
        parser.parse(text)
    place = next(at for at, char in enumerate(text) if "\ud800" <= char <= "\udfff")
    assert str(place) in refused.value.message
    assert refused.value.hint


@pytest.mark.model
def test_a_text_in_many_pieces_is_one_parse(
    parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n\n".join(f"Pier {n} is shut. Ada Marsh said so on Monday." for n in range(40))
    whole = parser.parse(text)
    monkeypatch.setattr(pieces, "PIECE", 100)
    cut = parser.parse(text)
    assert cut.text == text
    assert [t.text for t in cut] == [t.text for t in whole]
    assert [s.start_char for s in cut.sents] == [s.start_char for s in whole.sents]
    assert paragraphs_crossed(cut) == []
    # Heads are counted over the whole text, not over a piece of it.
    assert all(token.head.sent.start == token.sent.start for token in cut)


@pytest.mark.model
@settings(max_examples=30)
@given(st.lists(ODD_TEXT, min_size=2, max_size=5))
def test_cutting_loses_no_character(parser: Parser, parts: list[str]) -> None:
    text = "\n\n".join(parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE", 40)
        docs = list(parser.pipe([text, "The ferry sails.", text]))
    assert [doc.text for doc in docs] == [text, "The ferry sails.", text]
    assert paragraphs_crossed(docs[0]) == []


@pytest.mark.model
def test_a_batch_has_no_more_tokens_than_it_takes_to_be_full(
    parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []

    def recorded(batch: list[tuple[Doc, bool]], **_: object) -> list[tuple[Doc, bool]]:
        sizes.append([len(doc) for doc, _ in batch])
        return batch

    monkeypatch.setattr(spacy_parser, "BATCH_TOKENS", 10)
    monkeypatch.setattr(parser._nlp, "pipe", recorded)  # type: ignore[attr-defined]  # no protocol
    texts = [word * count for word, count in zip(("a ", "b c ", "\n"), (9, 7, 40), strict=True)] * 3
    assert [doc.text for doc in parser.pipe(texts)] == texts
    assert len(sizes) > 3
    assert all(sum(batch[:-1]) < 10 for batch in sizes)
    assert all(sum(batch) >= 10 for batch in sizes[:-1])


@pytest.mark.model
@pytest.mark.slow
def test_a_text_of_300_kb(parser: Parser) -> None:
    told = "The ferry sails on Friday, said Ada Marsh. “We will wait,” she added.\n\n"
    text = told * (300_000 // len(told)) + "x" * 20_000
    doc = parser.parse(text)
    assert doc.text == text
    assert paragraphs_crossed(doc) == []


class TestCutPoints:
    def test_a_short_text_is_not_cut(self) -> None:
        assert cut_points("The ferry sails.", [0]) == []

    def test_cuts_fall_where_paragraphs_start(self) -> None:
        text = "\n\n".join("word " * 1500 for _ in range(10))
        starts = [span.start for span in paragraphs(text)]
        cuts = cut_points(text, starts)
        assert cuts
        assert set(cuts) <= set(starts)
        assert all(b - a <= 2 * PIECE for a, b in pairwise([0, *cuts, len(text)]))

    def test_a_long_paragraph_is_cut_at_white_space(self) -> None:
        text = "word " * 30_000
        cuts = cut_points(text, [0])
        assert cuts
        assert all(text[cut - 1] == " " for cut in cuts)
        assert all(b - a <= 2 * PIECE for a, b in pairwise([0, *cuts, len(text)]))

    def test_a_run_without_white_space_is_cut_all_the_same(self) -> None:
        cuts = cut_points("See " + "a" * 5000 + " there", [0])
        assert all(b - a <= 400 for a, b in pairwise([4, *cuts, 5004]))

    @given(st.integers(min_value=0, max_value=399))
    def test_an_address_of_usual_length_stays_whole(self, length: int) -> None:
        assert cut_points("See " + "a" * length + " there", [0]) == []

    @settings(max_examples=50)
    @given(
        st.lists(
            st.sampled_from(["word ", "\n\n", "x" * 900, "y" * 45_000, "z " * 15_000]), max_size=8
        ).map("".join)
    )
    def test_cuts_are_ordered_and_inside(self, text: str) -> None:
        cuts = cut_points(text, [span.start for span in paragraphs(text)])
        assert cuts == sorted(set(cuts))
        assert all(0 < cut < len(text) for cut in cuts)
        assert all(b - a <= 2 * PIECE for a, b in pairwise([0, *cuts, len(text)]))


class TestModels:
    def test_an_unknown_parser(self) -> None:
        with pytest.raises(MissingModel) as refused:
            load_parser("tealeaves")
        assert "tealeaves" in refused.value.message
        assert all(name in refused.value.hint for name in PARSERS)

    def test_a_model_that_is_not_installed(self) -> None:
        with pytest.raises(MissingModel) as refused:
            SpacyParser("en_no_such_model").parse("The ferry sails.")
        assert "en_no_such_model" in refused.value.message
        assert "pip install" in refused.value.hint
        assert isinstance(refused.value, QuotesError)

    def test_no_model_installed_at_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(spacy_parser, "find_spec", lambda name: None)
        with pytest.raises(MissingModel, match="pip install"):
            installed_model()

    def test_an_official_model_goes_before_the_reupload(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(spacy_parser, "find_spec", lambda name: name)
        assert installed_model() == "en_core_web_sm"

    @pytest.mark.model
    def test_the_version_and_the_hash_name_the_model(self, parser: Parser) -> None:
        ((model, digest),) = parser.models.items()
        assert model in parser.version
        assert digest.startswith("sha256:")
        assert len(digest) == len("sha256:") + 64

    def test_the_hash_is_that_of_the_model_s_files(self, tmp_path: Path) -> None:
        import spacy

        spacy.blank("en").to_disk(tmp_path)
        first = dict(SpacyParser(str(tmp_path)).models)
        assert dict(SpacyParser(str(tmp_path)).models) == first
        (tmp_path / "vocab" / "added").write_bytes(b"one file more")
        assert dict(SpacyParser(str(tmp_path)).models) != first
