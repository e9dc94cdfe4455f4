"""Whom a pronoun cannot mean: "her" is not the subject of its own clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.speakers.nouns import RELATIVE_PRONOUNS

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quotes.speakers.layout import Layout

_OBJECTS: Final = frozenset({"dobj", "obj", "iobj", "dative", "pobj"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_DEPTH: Final = 5


def subject_of_clause(layout: Layout, index: int) -> int | None:
    """Return the subject of the clause that the pronoun is an object of, a relative one resolved.

    None where the pronoun is no object, or reflexive, or its clause shows no subject.
    """
    token = layout.doc[index]
    if token.dep_ not in _OBJECTS or token.lower_.endswith("self"):
        return None
    verb = _verb_above(token)
    if verb is None:
        return None
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            if child.lower_ in RELATIVE_PRONOUNS and verb.dep_ == "relcl":
                return int(verb.head.i)
            return int(child.i)
    if verb.dep_ in {"relcl", "acl"}:
        return int(verb.head.i)
    return None


def _verb_above(token: Token) -> Token | None:
    """Return the verb that governs an object; a noun on the way has its own clause."""
    for _ in range(_DEPTH):
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            while token.dep_ in {"conj", "acomp"} and not any(
                c.dep_ in _SUBJECTS for c in token.children
            ):
                if token.head.pos_ not in {"VERB", "AUX"}:
                    break
                token = token.head
            return token
        if token.pos_ not in {"ADP", "ADJ", "ADV"} or token.head == token:
            return None
    return None
