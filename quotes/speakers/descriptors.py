"""What a text says that a named person is: titles before the name, appositions, copulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from quotes.speakers.given import is_given
from quotes.speakers.names import fold
from quotes.speakers.nouns import NAME_BODIES, is_person_noun
from quotes.speakers.titles import words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

_REACH: Final = 14
_OWN: Final = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_OBJECT: Final = _OWN | {"DET", "ADP", "PART", "PRON"}
# What somebody is called who does this, in "who leads the party".
_DOERS: Final = {
    "lead": "leader",
    "head": "head",
    "chair": "chair",
    "found": "founder",
    "own": "owner",
    "direct": "director",
    "manage": "manager",
    "edit": "editor",
    "coach": "coach",
    "teach": "teacher",
    "represent": "representative",
    "host": "host",
    "run": "head",
    "keep": "keeper",
    "command": "commander",
}
_BE: Final = frozenset({"be", "become", "remain"})
_IGNORED: Final = words("current new own young old american")


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A description by a noun for a person: its head, the words around it, and where it stands.

    `token` is the head's index, `start` and `end` are code points.
    """

    head: str
    modifiers: frozenset[str]
    token: int
    start: int
    end: int
    relation: str


def describe(layout: Layout, mention: Mention) -> list[Descriptor]:
    """Return what the words right before and after a name call its bearer."""
    found = (
        _before(layout, mention),
        _after(layout, mention),
        _ahead(layout, mention),
        _relative(layout, mention),
    )
    return [descriptor for descriptor in found if descriptor is not None]


def lemma_of(token: Token) -> str:
    """Return the token's lemma, folded ("Sen." is "sen")."""
    return fold(token.lemma_ or token.text)


def phrase(layout: Layout, first: int, last: int, relation: str) -> Descriptor | None:
    """Read a noun phrase: its first noun for a person before a preposition, and its other words."""
    head: int | None = None
    for index in range(first, last):
        token = layout.doc[index]
        if token.pos_ in {"ADP", "SCONJ", "VERB", "PRON"} and head is not None:
            break
        if token.pos_ not in {"NOUN", "PROPN", "ADJ"} or token.tag_ in {"NNS", "NNPS"}:
            continue
        if is_person_noun(lemma_of(token)) and not _only_modifies(layout, index, last):
            head = index
    if head is None:
        return None
    around = {
        lemma_of(layout.doc[index])
        for index in range(first, last)
        if index != head and layout.doc[index].pos_ in _OWN
    }
    name = lemma_of(layout.doc[head])
    if layout.word(head + 1) == "-" and layout.word(head + 2) == "elect":
        name += "-elect"
    return Descriptor(
        name,
        frozenset(around - _IGNORED - {"", "elect"}),
        head,
        layout.offsets[first],
        layout.end(last - 1),
        relation,
    )


def _only_modifies(layout: Layout, index: int, last: int) -> bool:
    """Tell whether "private" is an adjective, as in "a private company"."""
    following = layout.doc[index + 1] if index + 1 < last else None
    if layout.doc[index].pos_ != "ADJ" or following is None:
        return False
    return following.pos_ == "NOUN" and not is_person_noun(lemma_of(following))


def _before(layout: Layout, mention: Mention) -> Descriptor | None:
    """Read "former Indiana governor" in front of a name."""
    first = mention.first
    limit = max(mention.first - _REACH, layout.sentence_starts[mention.sentence])
    while first > limit:
        token = layout.doc[first - 1]
        of_office = token.lower_ == "of" and first < mention.first
        joined = token.text == "-" and not layout.doc[first - 2].whitespace_
        if token.pos_ not in _OWN and token.text not in {"'s", "’s"} and not (of_office or joined):
            break
        first -= 1
    while first < mention.first and layout.doc[first].pos_ not in _OWN:
        first += 1
    return phrase(layout, first, mention.first, "title") if first < mention.first else None


def _after(layout: Layout, mention: Mention) -> Descriptor | None:
    """Read ", the head of the party," behind a name."""
    index = _past_brackets(layout, mention.last)
    if layout.word(index) != ",":
        return None
    found = _noun_phrase(layout, index + 1, "apposition", closed=True)
    # "Ada Marsh, his son Khizr said" describes Khizr.
    other = layout.token(found.token + 1) if found is not None else None
    return None if other is not None and other.ent_type_ == "PERSON" else found


def _ahead(layout: Layout, mention: Mention) -> Descriptor | None:
    """Read "The prime minister, NAME," and "NAME is the prime minister"."""
    token = layout.token(mention.last)
    if token is not None and token.lemma_ in _BE and token.pos_ in {"AUX", "VERB"}:
        following = layout.word(mention.last + 1)
        if following in {"a", "an", "the", "now", "also"}:
            return _noun_phrase(layout, mention.last + 1, "copula", closed=False)
    start = mention.title[0] if mention.title else mention.first
    if layout.word(start - 1) != ",":
        return None
    # "The mayor of Norwell, Ohio" describes nobody called Ohio.
    if mention.place and layout.doc[start - 2].pos_ == "PROPN" and not _begins_given(mention):
        return None
    first = start - 1
    limit = max(start - _REACH, layout.sentence_starts[mention.sentence])
    while first > limit and layout.doc[first - 1].pos_ in _OWN | {"PART", "ADP", "DET", "PRON"}:
        first -= 1
    # "It came from her captain, NAME", "according to the harbour master, NAME"
    while first < start - 1 and layout.doc[first].pos_ == "ADP":
        first += 1
    if first == start - 1 or layout.doc[first].pos_ not in _OWN | {"DET", "PRON"}:
        return None
    return phrase(layout, first, start - 1, "apposition")


def _begins_given(mention: Mention) -> bool:
    """Tell whether what a tagger takes for a place is a given name and a surname."""
    words = mention.key.split()
    return len(words) == 2 and is_given(words[0]) and words[-1] not in NAME_BODIES


def _relative(layout: Layout, mention: Mention) -> Descriptor | None:
    """Read ", who leads the party" as the party's leader, and "who is the mayor" as the mayor."""
    index = _past_brackets(layout, mention.last)
    index += layout.word(index) == ","
    if layout.word(index) != "who":
        return None
    for step in range(index + 1, min(index + 6, len(layout.doc))):
        token = layout.doc[step]
        if token.lemma_ in _BE and layout.word(step + 1) in {"a", "an", "the", "now", "also"}:
            return _noun_phrase(layout, step + 1, "relative", closed=False)
        if layout.word(step) in {"serves", "works"} and layout.word(step + 1) == "as":
            return _noun_phrase(layout, step + 2, "relative", closed=False)
        role = _DOERS.get(token.lemma_) if token.tag_ in {"VBZ", "VBP"} else None
        if role is not None:
            last = step + 1
            while last < len(layout.doc) and layout.doc[last].pos_ in _OBJECT:
                last += 1
            around = {lemma_of(t) for t in layout.doc[step + 1 : last] if t.pos_ in _OWN}
            start, end = layout.offsets[step], layout.end(last - 1)
            return Descriptor(role, frozenset(around - {""}), step, start, end, "relative")
        if token.pos_ not in {"AUX", "ADV", "PART"}:
            return None
    return None


def _noun_phrase(layout: Layout, first: int, relation: str, *, closed: bool) -> Descriptor | None:
    """Read a noun phrase from here to the next comma or verb."""
    doc, last = layout.doc, first
    limit = min(first + _REACH, len(doc))
    sentence = layout.sentence[min(first, len(doc) - 1)]
    while last < limit and layout.sentence[last] == sentence:
        token = doc[last]
        if token.pos_ in {"VERB", "AUX"} or token.text in {",", ";", ":", "(", "—", "–", ".", "”"}:
            break
        if token.lower_ in {"who", "that", "which", "and", "but"}:
            break
        last += 1
    if last == first:
        return None
    end = doc[last] if last < len(doc) else None
    if closed and end is not None and end.pos_ in {"VERB", "AUX"} and not _is_past(end):
        return None
    return phrase(layout, first, last, relation)


def _is_past(token: Token) -> bool:
    return token.tag_ in {"VBD", "VBN", "VBZ"}


def _past_brackets(layout: Layout, index: int) -> int:
    """Return the place behind "(D-Ohio)"."""
    if layout.word(index) != "(":
        return index
    for step in range(index + 1, min(index + 8, len(layout.doc))):
        if layout.doc[step].text == ")":
            return step + 1
    return index
