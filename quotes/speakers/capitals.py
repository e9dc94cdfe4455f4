"""Capitals that are no names: "the Utah Republican", "the Speaker"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.quotation import SpeakerKind
from quotes.speakers.descriptors import lemma_of
from quotes.speakers.parties import PARTISAN
from quotes.speakers.titles import TITLE_WORDS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quotes.speakers.entities import Entities
    from quotes.speakers.layout import Layout
    from quotes.speakers.nominals import Nominals

_PARTISANS: Final = frozenset(PARTISAN.values())


def stands_for_somebody(
    token: Token, layout: Layout, entities: Entities, nominals: Nominals
) -> bool:
    """Tell whether a party's follower or an office, in capitals, may take up somebody here."""
    return _is_partisan(token, layout, entities, nominals) or _is_office(
        token, layout, entities, nominals
    )


def _is_partisan(token: Token, layout: Layout, entities: Entities, nominals: Nominals) -> bool:
    """Tell whether "the Utah Republican" may take up somebody here, and modifies nothing."""
    if token.lower_ not in _PARTISANS or token.tag_ == "NNPS":
        return False
    nominal = nominals.read(token.i)
    if nominal is None or layout.word(nominal.first) not in {"the", "this"}:
        return False
    named = entities.named_at(token.i)
    if named is not None and named.kind is SpeakerKind.PERSON:
        return False
    after = layout.token(token.i + 1)
    return after is None or (after.pos_ not in {"NOUN", "PROPN", "ADJ"} and after.text != "-")


def _is_office(token: Token, layout: Layout, entities: Entities, nominals: Nominals) -> bool:
    """Tell whether "the Speaker" is an office that the text says somebody holds.

    It stands behind "the" alone, and begins no name ("the Speaker Pro Tem").
    """
    if token.tag_ != "NNP" or layout.word(token.i - 1) != "the":
        return False
    lemma = lemma_of(token)
    if lemma not in TITLE_WORDS or not nominals.knows(lemma):
        return False
    mention = entities.at_token(token.i)
    after = layout.token(token.i + 1)
    goes_on = after is not None and (after.pos_ == "PROPN" or after.text == "-")
    return not goes_on and (mention is None or mention.last - mention.first == 1)
