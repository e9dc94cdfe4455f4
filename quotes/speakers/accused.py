"""Who stands trial: "Marsh denies two counts of fraud" tells whom "the defendant" means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotes.speakers.nouns import RELATIVE_PRONOUNS
from quotes.speakers.titles import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from quotes.speakers.layout import Layout

DEFENDANTS: Final = frozenset({"defendant"})
_CHARGED: Final = words("charge indict convict acquit arraign")
_CHARGES: Final = words(
    "count charge arson assault bribery burglary embezzlement forgery fraud handling kidnapping "
    "manslaughter murder perjury rape robbery smuggling theft"
)
_STANDING: Final = frozenset({"stand", "face", "await"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})


def accused(layout: Layout) -> Iterator[int]:
    """Yield the tokens, names and pronouns, of which a text says that they are tried or charged.

    It is said by what one does or has done to one in court: to be charged with something, to deny
    a charge or a crime, to plead, to stand trial.
    """
    for token in layout.doc:
        if token.pos_ not in {"VERB", "AUX"} or not _is_tried(token):
            continue
        subject = _subject(token)
        if subject is not None:
            yield subject.i


def _is_tried(verb: Token) -> bool:
    """Tell whether whoever does this, or has it done to them, is on trial."""
    objects = [child for child in verb.children if child.dep_ in {"dobj", "acomp", "oprd"}]
    if verb.lemma_ in _CHARGED:
        passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)
        return passive or (verb.tag_ == "VBN" and verb.dep_ == "acl")
    if verb.lemma_ == "deny":
        return any(child.lemma_ in _CHARGES for child in objects)
    if verb.lemma_ == "plead":
        return any(child.lemma_ == "guilty" for child in verb.subtree)
    if verb.lemma_ in _STANDING:
        return any(child.lemma_ == "trial" for child in objects)
    on = (child for child in verb.children if child.lower_ == "on" and child.dep_ == "prep")
    trial = any(noun.lemma_ == "trial" for place in on for noun in place.children)
    return verb.lemma_ in {"be", "go"} and trial


def _subject(verb: Token) -> Token | None:
    """Return the name or pronoun of whom a verb is told, through "who" and "and"."""
    for _ in range(3):
        found = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
        if found is not None:
            relative = found.lower_ in RELATIVE_PRONOUNS and verb.dep_ == "relcl"
            return verb.head if relative else found
        if verb.dep_ == "acl":
            return verb.head
        if verb.dep_ != "conj":
            return None
        verb = verb.head
    return None
