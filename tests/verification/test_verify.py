"""Claims against a real database of our own sentences, by words and by the real encoder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.store import Store
from quotes.vectors.encoder import Encoder
from quotes.verification.verdict import Ruling
from quotes.verification.verify import verify
from tests.store.builders import make_document, store_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotes.verification.verdict import Verdict

TOLLS = "“We will not raise the harbour tolls before winter,” said Mara Lindqvist."
FERRY = "“Raising ferry tolls in winter would ruin the islands,” said Olaf Brandt."
LAMPS = "The lamps along the quay were lit at four, and nobody had asked for that."


@pytest.fixture
def filled(database: str) -> Iterator[Store]:
    store = Store(database, create=True)
    texts = {"tolls.txt": TOLLS, "ferry.txt": FERRY, "lamps.txt": LAMPS}
    store_documents(store, *(make_document(text, name=name) for name, text in texts.items()))
    yield store
    store.close()


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def ruled(
    store: Store, speaker: str | None, claim: str, encoder: Encoder | None = None
) -> tuple[Ruling, Verdict]:
    with store.session() as session:
        verdict = verify(session, speaker=speaker, claim=claim, encoder=encoder)
    return verdict.ruling, verdict


@pytest.mark.parametrize(
    ("speaker", "claim", "expected"),
    [
        ("Lindqvist", "we will not raise the harbour tolls", Ruling.VERBATIM),
        ("Lindqvist", "We will not raise the harbour tolls before summer", Ruling.ALTERED),
        ("Lindqvist", "We will raise the harbour tolls before winter", Ruling.ALTERED),
        (
            "Lindqvist",
            "She would not increase tolls in the harbour before the winter",
            Ruling.PARAPHRASE,
        ),
        ("Brandt", "We will not raise the harbour tolls before winter", Ruling.MISATTRIBUTED),
        ("Lindqvist", "The schools will close at noon", Ruling.NOT_FOUND),
    ],
)
@pytest.mark.parametrize("by_meaning", [False, True])
def test_each_verdict(
    filled: Store,
    encoder: Encoder,
    speaker: str,
    claim: str,
    expected: Ruling,
    by_meaning: bool,
) -> None:
    ruling, verdict = ruled(filled, speaker, claim, encoder if by_meaning else None)
    assert ruling is expected
    if expected is Ruling.NOT_FOUND:
        return
    quote = verdict.matches[0].quote
    assert quote is not None
    assert quote["content"]["text"] in TOLLS


def test_words_of_no_quotation_are_placed(filled: Store) -> None:
    ruling, verdict = ruled(filled, "Lindqvist", "The lamps along the quay were lit at four")
    assert ruling is Ruling.NOT_FOUND
    assert "articles/lamps.txt:1:1" in verdict.matches[0].note


def test_what_a_newer_version_left_out_is_said_to_be_gone(filled: Store) -> None:
    store_documents(filled, make_document("“Let it snow,” said Mara Lindqvist.", name="tolls.txt"))
    ruling, verdict = ruled(filled, "Lindqvist", "We will not raise the harbour tolls")
    assert ruling is Ruling.VERBATIM
    assert "the source has a newer version without this passage" in verdict.matches[0].note
    ruling, _ = ruled(filled, "Brandt", "We will not raise the harbour tolls")
    assert ruling is not Ruling.VERBATIM


def test_nobody_in_particular_may_be_asked_for(filled: Store) -> None:
    ruling, verdict = ruled(filled, None, "We will not raise the harbour tolls before winter")
    assert ruling is Ruling.MISATTRIBUTED
    assert all("no speaker answers" not in match.note for match in verdict.matches)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("", {Ruling.NOT_FOUND}),
        ("…", {Ruling.NOT_FOUND}),
        ("the", {Ruling.VERBATIM}),
        ("it is what it is", {Ruling.NOT_FOUND}),
        ("tolls", {Ruling.VERBATIM}),
        ("\x00\ud800tolls", {Ruling.VERBATIM}),
        ("'; DROP TABLE quotation; --", {Ruling.NOT_FOUND}),
        ('"unbalanced AND (NEAR', {Ruling.NOT_FOUND}),
        ("harbour* NOT tolls OR", set(Ruling) - {Ruling.VERBATIM}),
        ("tolls " * 20_000, {Ruling.NOT_FOUND}),
    ],
    ids=lambda given: repr(given)[:20] if isinstance(given, str) else "",
)
def test_odd_claims_have_a_clear_answer(
    filled: Store, encoder: Encoder, claim: str, expected: set[Ruling]
) -> None:
    ruling, _ = ruled(filled, "Lindqvist", claim, encoder)
    assert ruling in expected


def test_an_office_before_a_whole_name_is_no_other_speaker(filled: Store) -> None:
    ruling, verdict = ruled(filled, "Referee Mara Lindqvist", TOLLS.split("”")[0])
    assert ruling is Ruling.VERBATIM
    assert "but one to “Mara Lindqvist”" in verdict.matches[-1].note


@pytest.mark.parametrize("name", ["Ada van Lindqvist", "Ida Lindqvist"])
def test_a_surname_behind_other_words_may_be_anybodys(filled: Store, name: str) -> None:
    assert ruled(filled, name, TOLLS.split("”")[0])[0] is not Ruling.VERBATIM
