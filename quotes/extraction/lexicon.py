"""The cue lexicon, by hand: which verbs and nouns report.

Grouped after the classes of reporting verbs in Semino and Short (2004) and VerbNet (37.x, 29.x,
31.2, 62). What the lexicon says of a cue is a feature; how far a cue can be trusted is measured
(`weights.json`, made by `quotes.training.cue_weights`); what act it presents is in `acts.py`.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


def _groups() -> dict[str, frozenset[str]]:
    text = files("quotes.extraction").joinpath("lexicon.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}


_WORDS = _groups()
SAY = _WORDS["say"]
WRITE = _WORDS["write"]
THINK = _WORDS["think"]
JUDGE = _WORDS["judge"]
SHOW = _WORDS["show"]
REPORT = SAY | WRITE
TELLING = _WORDS["telling"]
PERCEIVING = _WORDS["perceiving"]
LIGHT = _WORDS["light"]
REFUSALS = _WORDS["refusals"]
UNDONE = _WORDS["undone"]
NOUNS = _WORDS["nouns"]


def inflected(verbs: frozenset[str]) -> dict[str, str]:
    """Return the regular inflections of verbs, each with its verb."""
    forms: dict[str, str] = {}
    for verb in sorted(verbs):
        stem = verb[:-1] if verb.endswith("e") else verb
        doubled = verb + verb[-1] if re.search(r"[^aeiou][aeiou][bdgklmnprt]$", verb) else verb
        if re.search(r"[^aeiou]y$", verb):
            made = {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
        elif re.search(r"(?:s|x|z|ch|sh)$", verb):
            made = {verb + "es", verb + "ed", verb + "ing"}
        else:
            made = {verb + "s", stem + "ed", stem + "ing", doubled + "ed", doubled + "ing"}
        for form in made:
            forms.setdefault(form, verb)
    return forms


_FORMS = inflected(SAY | WRITE | THINK | JUDGE | SHOW)
_VERBAL_PLACES = frozenset({"advcl", "dep", "ROOT", "acl", "conj", "parataxis"})


def lemma_of(token: Token) -> str:
    """Return a cue's dictionary form; the lexicon's own forms win over the tagger's lemma.

    Small models make "hopes" a form of "hop" and "remarking" a noun.
    """
    if token.pos_ == "VERB" or is_verbal(token):
        return _FORMS.get(token.lower_, token.lemma_.lower())
    return token.lemma_.lower()


def is_verbal(token: Token) -> bool:
    """Tell whether a token is a verb, or a participle of the lexicon that was tagged a noun."""
    if token.pos_ == "VERB":
        return True
    return (
        token.pos_ in {"NOUN", "ADJ"}
        and token.dep_ in _VERBAL_PLACES
        and token.lower_.endswith("ing")
        and token.lower_ in _FORMS
    )


def verb_classes(lemma: str) -> tuple[str, ...]:
    """Return the classes that a verb is in, for the cue weights."""
    named = (("say", SAY), ("write", WRITE), ("think", THINK), ("judge", JUDGE), ("show", SHOW))
    return tuple(name for name, members in named if lemma in members) or ("other",)
