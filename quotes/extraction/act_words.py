"""The words that tell speech, writing and thought apart: `acts.toml`, by hand, looked up."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from quotes.extraction.lexicon import JUDGE, SAY, inflected, lemma_of
from quotes.quotation import Act

if TYPE_CHECKING:
    from spacy.tokens import Token


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def lists() -> dict[str, Any]:
    """Return the word lists of `acts.toml`, by act and name."""
    text = files("quotes.extraction").joinpath("acts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


_LISTS = lists()
MEDIA = _words(_LISTS["writing"]["media"])
PLATFORMS = _words(_LISTS["writing"]["platforms"])
ISSUING = _words(_LISTS["writing"]["issuing"])
DOCUMENTS = _words(_LISTS["writing"]["documents"])
PRESS = _words(_LISTS["writing"]["press"])
PRESS_NAMES = _words(_LISTS["writing"]["names"])
WHOLE_NAMES = frozenset(_LISTS["writing"]["whole"])
TRANSPARENT = _words(_LISTS["thought"]["transparent"])
SEATS = _words(_LISTS["thought"]["seats"])
STATIONS = _words(_LISTS["writing"]["stations"])
COUNTING = _words(_LISTS["writing"]["counting"])
VIEWS = _words(_LISTS["thought"]["views"])
QUOTED = _words(_LISTS["speech"]["quoted"])
DECIDERS = _words(_LISTS["speech"]["deciders"])
DECISIONS = _words(_LISTS["speech"]["decisions"])


_CLAUSES = frozenset({"ROOT", "relcl", "ccomp", "advcl", "acl", "conj", "parataxis"})


def _table(part: str) -> dict[str, Act]:
    """Return the acts of one part of speech; what is thought or written wins over what is said."""
    found: dict[str, Act] = {}
    for act in (Act.SPEECH, Act.THOUGHT, Act.WRITING):
        found.update(dict.fromkeys(_LISTS[act].get(part, "").split(), act))
    return found


_VERBS = dict.fromkeys(SAY | JUDGE, Act.SPEECH) | _table("verbs")
_NOUNS, _ADJECTIVES, _ADVERBS = _table("nouns"), _table("adjectives"), _table("adverbs")
_VERB_FORMS = inflected(frozenset(_VERBS)) | dict(
    pair.split(":") for pair in _LISTS["thought"]["irregular"].split()
)
_PHRASES = [
    (f" {phrase} ", act) for act in (Act.SPEECH, Act.THOUGHT) for phrase in _LISTS[act]["phrases"]
]


def phrase_act(words: str) -> Act | None:
    """Return the act of a phrase that stands in a cue, given in lower case with single spaces."""
    padded = f" {words} "
    return next((act for phrase, act in _PHRASES if phrase in padded), None)


def verb_of(token: Token) -> str:
    """Return a token's dictionary form if it is a verb, by the lexicon's own forms first."""
    word = token.lower_
    if word in _VERBS and token.tag_ != "VBD":
        return word
    return _VERB_FORMS.get(word) or lemma_of(token)


def word_act(token: Token) -> Act | None:
    """Return what one word of a cue presents, or None for a word that says nothing of it."""
    part = token.pos_
    if part in {"VERB", "AUX"}:
        if token.tag_ == "MD":
            return None
        stated = _ADJECTIVES.get(token.lower_) if token.tag_ in {"VBN", "VBD"} else None
        return stated if stated and _is_state(token) else _VERBS.get(verb_of(token), stated)
    if part == "ADJ":
        return _ADJECTIVES.get(token.lower_) or _VERBS.get(verb_of(token))
    if part == "ADV":
        return _ADVERBS.get(token.lower_)
    if part in {"NOUN", "PROPN"}:
        noun = token.lemma_.lower()
        found = _NOUNS.get(noun) or _NOUNS.get(noun.removesuffix("s"))
        misread = part == "PROPN" or token.dep_ in _CLAUSES
        return found or (_VERBS.get(verb_of(token)) if misread else None)
    # A headline's or a small model's odd reading of a verb.
    return _VERBS.get(verb_of(token)) if part in {"ADP", "SCONJ", "X"} and len(token) > 3 else None


def _is_state(token: Token) -> bool:
    """Tell whether a participle is a state ("is convinced"), not what somebody does to others."""
    return not any(t.dep_ in {"dobj", "aux", "nsubj"} for t in token.children)
