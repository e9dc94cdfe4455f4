"""Tell statements from what was not said, or not yet: "declined to comment", "did not say"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.extraction.lexicon import JUDGE, REFUSALS, REPORT, THINK, UNDONE, WRITE, lemma_of
from quotes.extraction.syntax import agent, is_negated, is_passive

if TYPE_CHECKING:
    from spacy.tokens import Token

_SPOKEN = REPORT | WRITE
_FUTURE = frozenset({"will", "'ll", "’ll", "wo", "shall"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "ca", "should", "must"})
# "You may think": the reader is nobody whom the text reports.
_NOBODY = frozenset({"no", "none", "nobody", "neither", "nothing", "you"})


def is_unsaid(cue: Token) -> bool:
    """Tell whether the sentence says that the cue's statement was not made, or is yet to come."""
    modals = {t.lower_ for t in cue.children if t.dep_ == "aux" and t.tag_ == "MD"}
    if modals & _FUTURE:
        return True
    if any(t.dep_ == "det" and t.lower_ == "no" for t in cue.children):
        return True
    lemma = lemma_of(cue)
    if lemma == "expect" and is_passive(cue) and agent(cue) is None:
        return True  # "is expected to announce": nobody is said to expect it
    if is_negated(cue) and cue.pos_ == "VERB" and lemma not in THINK:
        return True
    if lemma in _SPOKEN | JUDGE and modals & _POSSIBLE:
        return True
    if lemma in _SPOKEN | JUDGE and cue.tag_ == "VB" and _is_undone(cue):
        return True
    return lemma in REFUSALS and any(
        t.dep_ == "xcomp" and lemma_of(t) in _SPOKEN for t in cue.children
    )


def is_nobody(first_word: str) -> bool:
    """Tell whether a source that begins with this word is nobody ("no expert expects …")."""
    return first_word.lower() in _NOBODY


def _is_undone(infinitive: Token) -> bool:
    """Tell whether what governs an infinitive leaves it undone: "has yet to say", "plans to"."""
    if infinitive.dep_ not in {"xcomp", "acl", "ccomp", "advcl", "conj"}:
        return False
    above = infinitive.head
    if infinitive.dep_ == "conj":
        return above.tag_ == "VB" and above != infinitive and _is_undone(above)
    if lemma_of(above) in UNDONE:
        return True
    return lemma_of(above) in {"have", "be"} and any(t.lower_ == "yet" for t in above.children)
