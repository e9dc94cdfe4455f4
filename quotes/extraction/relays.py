"""Reports of what others said: "Kyodo, citing an official, reported"; who speaks, who relays.

The words that name the source ("citing", "quoted … as saying", "cited by") are found with the
mention of whom they name and, where it stands beside them, of who relays.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from quotes.extraction.act_words import STATIONS
from quotes.extraction.acts import is_press
from quotes.extraction.lexicon import REPORT, inflected, lemma_of
from quotes.extraction.syntax import own_subject, phrase_spans, range_span
from quotes.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from quotes.extraction.reading import Reading


def _groups() -> dict[str, frozenset[str]]:
    text = files("quotes.extraction").joinpath("relays.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}


_WORDS: Final = _groups()
_FORMS: Final = inflected(frozenset({"cite", "quote"})) | {"cite": "cite", "quote": "quote"}
_STOPS: Final = frozenset(
    {",", ";", ":", ".", "?", "!", "(", ")", "—", "–", "--", "“", "”", '"', "‘", "’"}
)
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_PEOPLE: Final = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_BE: Final = frozenset({"is", "are", "was", "were", "been", "being", "be", "’s", "'s"})
_RELATIVES: Final = frozenset({"which", "who", "that"})
_AGENTIVE: Final = ("er", "or", "ist", "ian", "eer", "man", "woman", "person")
_LONGEST: Final = 30


class Way(StrEnum):
    """How a source is named."""

    CITING = "citing"
    QUOTING = "quoting"
    AS_SAYING = "as saying"
    CITED_BY = "cited by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """A source that is named, in spans; `phrase` is all that names it, which nobody said.

    `word` is "citing" or "quoted"; `saying` the participle of "as saying"; `outlet` is who relays,
    where the construction says it.
    """

    way: Way
    word: Span
    voice: Span
    phrase: Span
    saying: Span | None = None
    outlet: Span | None = None
    can_speak: bool = True


def relays(reading: Reading) -> list[Relay]:
    """Return every source that is named outside quotation marks, in order."""
    return list(_relays(reading))


def _relays(reading: Reading) -> Iterator[Relay]:
    for token in reading.doc:
        if token.lower_ in _FORMS and reading.marked_at(token.idx) is None:
            found = _as_saying(token) or _cited_by(token) or _relative(token) or _citing(token)
            if found is not None:
                yield found


def _end(token: Token) -> int:
    return int(token.idx + len(token))


def _last(token: Token) -> int:
    """Return the index behind the sentence of a token, or behind the longest phrase after it."""
    return int(min(token.sent.end, token.i + _LONGEST))


def _as_saying(word: Token) -> Relay | None:
    """Read "quoted an official as saying" and "was quoted by the paper as saying"."""
    doc = word.doc
    at = next(
        (
            i
            for i in range(word.i + 1, _last(word) - 1)
            if doc[i].lower_ == "as"
            and doc[i + 1].tag_ == "VBG"
            and (lemma_of(doc[i + 1]) in REPORT or doc[i + 1].lower_ == "telling")
        ),
        None,
    )
    if at is None:
        return None
    saying = Span(doc[at].idx, _end(doc[at + 1]))
    if not _is_passive(word):
        # The name of the one quoted may have commas of its own: "the minister, Ann Roe,".
        voice = range_span(doc, word.i + 1, at - 1)
        if voice is None:
            return None
        subject = own_subject(word)
        outlet = phrase_spans(subject)[0] if subject is not None and subject.i < word.i else None
        phrase = Span(word.idx, saying.end)
        return _relay(Way.AS_SAYING, word, voice, phrase, saying=saying, outlet=outlet)
    subject = own_subject(word)
    if subject is None:
        return None
    places = [i for i in (word.i + 1, at + 2) if i < len(doc)]
    by = next((i for i in places if doc[i].lower_ in {"by", "in"}), None)
    outlet, end = None, saying.end
    if by is not None:
        outlet = _phrase_after(doc, by, at if by < at else _last(word))
        if outlet is not None and doc[by].lower_ == "in" and not _is_outlet_span(doc, outlet):
            outlet = None
        end = max(end, outlet.end if outlet is not None else end)
    voice = phrase_spans(subject, ceiling=word.i - 1)[0]
    phrase = Span(word.idx, end)
    return _relay(Way.AS_SAYING, word, voice, phrase, saying=saying, outlet=outlet)


def _relay(
    way: Way,
    word: Token,
    voice: Span,
    phrase: Span,
    *,
    saying: Span | None = None,
    outlet: Span | None = None,
    speaks: bool = True,
) -> Relay:
    return Relay(
        way=way,
        word=Span(word.idx, _end(word)),
        voice=voice,
        phrase=phrase,
        saying=saying,
        outlet=outlet,
        can_speak=speaks,
    )


def _is_passive(word: Token) -> bool:
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in word.children):
        return True
    before = [t.lower_ for t in word.doc[max(0, word.i - 2) : word.i]]
    return word.lower_ in {"cited", "quoted"} and any(w in _BE for w in before)


def _phrase_after(doc: Doc, index: int, last: int) -> Span | None:
    """Return the noun phrase behind a preposition, up to what cannot belong to it."""
    end = index + 1
    while end < last and doc[end].text not in _STOPS and doc[end].pos_ not in {"VERB", "AUX"}:
        if doc[end].lower_ in {"as", "that", "in", "on"} or doc[end].ent_type_ in {"DATE", "TIME"}:
            break
        end += 1
    return range_span(doc, index + 1, end - 1)


def _cited_by(word: Token) -> Relay | None:
    """Read "an official cited by the paper" and "officials quoted in the paper"."""
    doc = word.doc
    if word.lower_ not in {"cited", "quoted"} or _is_passive(word) or word.i + 2 >= len(doc):
        return None
    preposition = doc[word.i + 1].lower_
    before = doc[word.i - 1] if word.i else None
    if preposition not in {"by", "in"} or before is None:
        return None
    comma = before.text == ","
    noun = doc[word.i - 2] if comma and word.i > 1 else before
    if noun.pos_ not in _NOMINAL | {"ADJ"}:
        return None
    outlet = _phrase_after(doc, word.i + 1, _last(word))
    if outlet is None:
        return None
    head = _root(doc, outlet)
    named = preposition == "by" and head is not None and _is_name(head)
    if not named and not _is_outlet_span(doc, outlet):
        return None
    start = doc[word.i - 1].idx if comma else word.idx
    voice = Span(noun.idx, _end(noun))
    return _relay(Way.CITED_BY, word, voice, Span(start, outlet.end), outlet=outlet)


def _root(doc: Doc, span: Span) -> Token | None:
    phrase = doc.char_span(span.start, span.end)
    return phrase.root if phrase is not None else None


def _is_outlet_span(doc: Doc, span: Span) -> bool:
    head = _root(doc, span)
    return head is not None and is_outlet(head)


def _is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.ent_type_ not in {"DATE", "TIME", "LAW"}


def _relative(word: Token) -> Relay | None:
    """Read "the paper, which cited two officials," and "a report that cited them" as citing."""
    doc = word.doc
    if word.i < 3 or doc[word.i - 1].lower_ not in _RELATIVES or word.tag_ in {"VBN", "VBG"}:
        return None
    if word.lower_ not in {"cited", "quoted", "cites", "quotes"}:
        return None
    end = _voice_end(doc, word.i + 1, _last(word))
    voice = range_span(doc, word.i + 1, end - 1)
    if voice is None:
        return None
    begin = word.i - (2 if doc[word.i - 2].text == "," else 1)
    phrase = Span(doc[begin].idx, voice.end)
    return _relay(_way(word), word, voice, phrase, speaks=can_speak(doc, word.i + 1, end))


def _way(word: Token) -> Way:
    return Way.QUOTING if _FORMS[word.lower_] == "quote" else Way.CITING


def _citing(word: Token) -> Relay | None:
    """Read "citing an official", whatever hangs on what in the parse."""
    doc = word.doc
    if word.lower_ not in {"citing", "quoting"}:
        return None
    if word.i and (doc[word.i - 1].lower_ in _BE | {"by", "for", "of", "without", "not"}):
        return None
    end = _voice_end(doc, word.i + 1, _last(word))
    voice = range_span(doc, word.i + 1, end - 1)
    if voice is None:
        return None
    phrase = Span(word.idx, voice.end)
    return _relay(_way(word), word, voice, phrase, speaks=can_speak(doc, word.i + 1, end))


def _voice_end(doc: Doc, first: int, last: int) -> int:
    """Return the token behind the mention of a source that begins at `first`."""
    index = first
    while index < last and doc[index].text not in _STOPS:
        if index > first and doc[index].lower_ == "that" and doc[index].dep_ == "mark":
            break
        index += 1
    return index


def can_speak(doc: Doc, first: int, last: int) -> bool:
    """Tell whether the words `[first, last)` mention somebody, or a body, that speaks."""
    head = _head(doc, first, last)
    if head is None or doc[first].lower_ == "no":
        return False
    if head.pos_ == "PROPN" and (head.ent_type_ in _PEOPLE or _is_known(head)):
        return True
    word = head.lemma_.lower()
    singular = word.removesuffix("s")
    if singular in _WORDS["statements"]:
        owner = any(t.tag_ in {"POS", "PRP$"} for t in doc[first : head.i])
        return owner or doc[min(head.i + 1, last - 1)].lower_ in {"from", "by", "of"}
    if {word, singular} & (_WORDS["voices"] | _WORDS["reporters"]) or is_outlet(head):
        return True
    return singular.endswith(_AGENTIVE) and singular not in _WORDS["things"]


def _is_known(name: Token) -> bool:
    """Tell whether a name that the tagger passes over here is somebody's elsewhere."""
    return any(t.text == name.text and t.ent_type_ == "PERSON" for t in name.doc)


def _head(doc: Doc, first: int, last: int) -> Token | None:
    """Return the last noun before what follows the noun phrase that begins at `first`."""
    head = None
    for token in doc[first:last]:
        if token.pos_ in _NOMINAL:
            head = token
        elif token.pos_ in {"ADP", "VERB", "AUX", "SCONJ", "CCONJ"} or token.text in _STOPS:
            if head is not None:
                break
        elif token.lower_ in _RELATIVES:
            break
    return head


def is_outlet(noun: Token) -> bool:
    """Tell whether a noun means one whose trade is to report: a paper, a station, an agency."""
    singular = noun.lemma_.lower().removesuffix("s")
    if noun.lower_ == "agency":
        return "news agency" in noun.doc.text
    if noun.ent_type_ == "PERSON":
        return False
    if {singular, noun.lower_} & _WORDS["outlets"] or is_press(noun):
        return True
    return noun.pos_ == "PROPN" and noun.lower_ in _WORDS["names"] | STATIONS


def is_reporter(noun: Token) -> bool:
    """Tell whether a noun means somebody who reports: "correspondent", "bureau chief"."""
    word = noun.lemma_.lower()
    return word in _WORDS["reporters"] or (
        word == "chief" and noun.i > 0 and noun.nbor(-1).lower_ == "bureau"
    )
