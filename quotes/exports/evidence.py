"""What leads from the words of a text to a speaker, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.store.values import StoredMerge, StoredQuotation

RELATIONS = {
    "source": "is the source that the text names",
    "via": "passes it on",
    "name": "is the name that it goes back to",
    "surname": "is the name with this surname",
    "title": "is whom the title stands for",
    "pronoun": "is what the pronoun stands for",
    "stanza": "is what the pronoun stands for, by Stanza's coreference",
    "abbreviation": "is what the abbreviation stands for",
    "apposition": "is explained by its apposition",
    "author": "is whose words the writing gives",
    "possessor": "is whom the words before belong to",
    "speaker-continues": "speaks on from the words before",
    "relative": "is what the relative pronoun stands for",
    "nominal": "is what these words take up",
    "description": "is whom the text describes so",
    "copula": "is whom the text says this is",
    "kin": "is the other of that name in the family",
    "interviewee": "is whom the introduction presents",
    "label": "is the label of the turn",
}
METHODS = {
    "known-people": "name in the list of known people",
    "known-office": "office in the list of known people",
}
# How attributions say that a person made them.
PEOPLE = ("review", "manual")
# As far as the words after a name are shown with it ("Noda Yoshihiko, head of the party").
DESCRIPTION = re.compile(r",\s(?:\w+(?:[’'-]\w+)*\s?){1,12}(?=[,.;:)])")
# {} are the names that this hangs on.
REASONS = {
    "same-name": "the full name",
    "other-order": "given name and surname in the other order",
    "fuller-name": "a form of the name {}",
    "surname": "surname borne by one speaker of the collection, {}",
    "nickname": "what documents call one speaker of the collection, {}",
    "short-form": "introduced abbreviation or short form of {}",
    "lone-name": "the same single name; nobody in the collection bears it in full",
    "doubt": "in doubt, so kept apart: it may be {}",
    "rival": "kept apart: the document tells it from {}",
    "listed": "listed in known people",
    "split": "split off by a person",
    "merge": "merged by a person: {}",
    "upgrade": "stored before reasons were kept",
}


def why(merge: StoredMerge, speaker: str) -> str:
    """Return the reason for which a document's name leads to the speaker who is shown so."""
    from quotes.speakers.names import fold

    reason = merge.reason
    here, there = fold(merge.name).split(), fold(speaker).split()
    if reason == "same-name" and here != there and sorted(here) == sorted(there):
        reason = "other-order"
    joint = " is " if reason == "merge" else " or "
    return REASONS.get(reason, reason).replace("{}", joint.join(merge.because))


@dataclass(frozen=True, slots=True)
class Step:
    """One mention of the chain, in offsets of the version's text, and what is said of it."""

    text: str
    start: int
    end: int
    says: str


def steps(stored: StoredQuotation) -> list[Step]:
    """Return the mentions that lead to the speaker, then those that lead to who passes it on."""
    return [
        Step(one.text, one.start, one.end, RELATIONS.get(one.relation, f"follows ({one.relation})"))
        for one in stored.evidence + stored.via_evidence
    ]


def method(stored: StoredQuotation) -> str:
    """Return by what the speaker was found."""
    return METHODS.get(stored.record["method"], stored.record["method"])


def description(stored: StoredQuotation, text: str) -> str | None:
    """Return the name that the chain ends with and how the text describes it, if it does."""
    if not stored.evidence or stored.evidence[-1].relation == "source":
        return None
    last = stored.evidence[-1]
    found = DESCRIPTION.match(text, last.end)
    return " ".join(text[last.start : found.end()].split()) if found is not None else None
