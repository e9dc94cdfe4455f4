"""Runs of capitalised words: where names begin and end, and the titles before them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from quotes.speakers.names import fold
from quotes.speakers.nouns import NAME_BODIES, PERSONAL_PRONOUNS
from quotes.speakers.titles import (
    COURTESY,
    INNER_PARTICLES,
    OFFICES,
    REGAL,
    SUFFIXES,
    TITLE_WORDS,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from quotes.speakers.layout import Layout

_NAMED: Final = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "EVENT"})
_COUNTED: Final = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"})
_GLUE: Final = frozenset({"of", "the", "for", "and", "on", "in", "&", "de", "du"})
BULLETS: Final = "-–—•*"
_HYPHENS: Final = frozenset({"-", "–", "‐", "‑"})
# What ends a word that only tells of the name behind it.
_TIED: Final = words("based backed born led owned run funded controlled aligned appointed educated")
_QUOTES: Final = frozenset("\"“”'‘’")
# Of whom no name of a body is the possession of one man.
_OWNERS: Final = words("people women men children workers coroner sheriff governor mayor general")
_COMMITTEES: Final = words("committee subcommittee commission council")
# First words of names that go on with "of" or "for".
_ABOUT: Final = _COMMITTEES | words(
    "academy alliance association board bureau center centre chamber coalition college department "
    "federation foundation fund institute league ministry office school society union university"
)
_ADDRESSED: Final = words(
    "president speaker chairman chair chairwoman secretary minister mayor ambassador senator "
    "governor chancellor justice vice general attorney commissioner director"
)
_SHORT_TITLES: Final = words(
    "adm atty brig capt cmdr cmdrs col cols cpl det drs gen gens gov govs insp lt maj profs pvt "
    "rep reps rev revs sen sens sgt sgts supt"
)
_NO_NAMES: Final = words(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july "
    "august september october november december gop ok"
)


def runs(layout: Layout) -> Iterator[tuple[int, int]]:
    """Yield the longest stretches of capitalised proper words in one sentence."""
    doc, index = layout.doc, 0
    while index < len(doc):
        if not _is_proper(doc[index]):
            index += 1
            continue
        last = index + 1
        while (after := _continues(layout, last)) is not None:
            last = after
        yield index, last
        index = last


def _continues(layout: Layout, index: int) -> int | None:
    """Return the end of the run after its next word, or None where it ends here."""
    doc = layout.doc
    step = index
    while step < len(doc) and step - index < 4:
        token = doc[step]
        if token.is_space:
            step += 1
            continue
        if _is_stop_of_title(doc, step):
            return step + 2
        if layout.sentence[step] != layout.sentence[index - 1]:
            return None
        if _is_proper(token) or _is_lower_half(doc, step):
            return step + 1
        behind = _past_nickname(doc, step)
        if behind is not None:
            return behind
        if not _is_glue(doc[step - 1], token, step + 1 < len(doc)) and not _owns_on(doc, step):
            return None
        step += 1
    return None


def _is_stop_of_title(doc: Doc, step: int) -> bool:
    """Tell whether a stop that the tokenizer split off ends "Sens" before a name."""
    if doc[step].text != "." or doc[step - 1].whitespace_ or step + 1 >= len(doc):
        return False
    short = fold(doc[step - 1].text) in _SHORT_TITLES and doc[step - 1].text[:1].isupper()
    return short and doc[step].whitespace_ == " " and _is_proper(doc[step + 1])


def _is_lower_half(doc: Doc, step: int) -> bool:
    """Tell whether "hee" ends a given name ("Roh Min-hee"), unlike "backed" in "Roh-backed"."""
    token, hyphen = doc[step], doc[step - 1]
    return (
        hyphen.text in _HYPHENS
        and not hyphen.whitespace_
        and token.ent_type_ == "PERSON"
        and token.ent_iob_ == "I"
        and token.pos_ in {"PROPN", "NOUN", "X"}
        and _entity_begins_before(token)
    )


def _entity_begins_before(token: Token) -> bool:
    """Tell whether two words or more of the token's entity stand before its hyphen."""
    return token.i >= 3 and token.nbor(-2).ent_iob_ == "I" and token.nbor(-3).ent_iob_ in {"B", "I"}


def _past_nickname(doc: Doc, step: int) -> int | None:
    """Return the place behind the surname in 'Ann "Bo" Roe'."""
    if doc[step].text not in _QUOTES or doc[step - 1].ent_type_ not in {"PERSON", ""}:
        return None
    close = step + 2
    if close + 1 >= len(doc) or doc[close].text not in _QUOTES:
        return None
    nickname, surname = doc[step + 1], doc[close + 1]
    titled = nickname.text[:1].isupper() and nickname.is_alpha
    return close + 2 if titled and surname.pos_ == "PROPN" and surname.is_title else None


def _owns_on(doc: Doc, step: int) -> bool:
    """Tell whether an apostrophe stands in a body's name ("Users' Union", "People's Party")."""
    if step + 1 >= len(doc) or not doc[step + 1].text[:1].isupper():
        return False
    owner = doc[step - 1]
    plural = owner.text.endswith("s") and owner.tag_ in {"NNPS", "NNS"}
    owns = (plural and doc[step].text in {"'", "’"}) or (
        owner.lower_ in _OWNERS and doc[step].text in {"'s", "’s"}
    )
    return owns and fold(doc[step + 1].text) in NAME_BODIES


def _is_glue(before: Token, token: Token, more: bool) -> bool:
    if not more:
        return False
    if token.text in _HYPHENS or before.text in _HYPHENS:
        # "Norwell-based Ada Marsh" is Ada Marsh.
        if before.text in _HYPHENS and token.lower_ in _TIED:
            return False
        return not before.whitespace_ and (token.text in _HYPHENS or not token.is_punct)
    if token.lower_ in INNER_PARTICLES:
        return True
    following = token.nbor()
    if _binds(before, token, following):
        return True
    if token.lower_ == "and" and not _ends_in_body(token):
        return False
    return (
        token.lower_ in _GLUE
        and token.ent_type_ in _NAMED - {"PERSON"}
        and token.ent_iob_ == "I"
        and (following.ent_iob_ == "I" or following.lower_ in _GLUE)
    )


def _binds(before: Token, token: Token, following: Token) -> bool:
    """Tell whether "for" stands inside a name: "Norlanders for Harbors", "Board of Trade"."""
    if not following.text[:1].isupper() or following.pos_ not in {"PROPN", "NOUN"}:
        return False
    if following.ent_type_ in _COUNTED | {"PERSON"} or not _is_proper(before):
        return False
    if token.lower_ == "for":
        return before.tag_ in {"NNPS", "NNS"} or fold(before.text) in _ABOUT
    return token.lower_ in {"of", "on"} and fold(before.text) in (
        _ABOUT if token.lower_ == "of" else _COMMITTEES
    )


def is_caseless(text: str) -> bool:
    """Tell whether a word is in a script without capitals, where no case tells names apart."""
    return all(unicodedata.category(letter) == "Lo" for letter in text)


def _ends_in_body(token: Token) -> bool:
    """Tell whether the entity goes on to a noun for a body ("Science and Arts Council")."""
    last = token
    for _ in range(8):
        if last.i + 1 >= len(last.doc) or last.nbor().ent_iob_ != "I":
            break
        last = last.nbor()
    return fold(last.text) in NAME_BODIES


def _is_capitalised(token: Token) -> bool:
    """Tell whether an adjective is capital for a name's sake ("Purple Fund")."""
    return (
        token.pos_ in {"ADJ", "NOUN"}
        and not token.is_sent_start
        and token.ent_type_ == ""
        and token.is_title
        and not token.nbor(-1).is_punct
        and token.i + 1 < len(token.doc)
        and token.nbor().pos_ == "PROPN"
        and token.nbor().text[:1].isupper()
    )


def _is_will(token: Token) -> bool:
    """Tell whether a name begins with what the tagger takes for an auxiliary ("Will Marsh")."""
    if token.pos_ != "AUX" or token.ent_type_ != "PERSON" or token.i + 1 == len(token.doc):
        return False
    if token.dep_ == "aux" or token.is_sent_start:
        return False
    return token.nbor().ent_iob_ == "I" and token.nbor().pos_ == "PROPN"


def _is_proper(token: Token) -> bool:
    # A list's dash that the tokenizer left on the name ("-Ada Marsh").
    text = token.text.lstrip(BULLETS) or token.text
    if is_caseless(text):
        return True
    if not text[:1].isupper() or token.lower_ in PERSONAL_PRONOUNS or token.lower_ in _NO_NAMES:
        return False
    if token.ent_type_ in _COUNTED and token.pos_ != "PROPN":
        return False
    if token.pos_ == "PROPN":
        return token.ent_type_ not in _COUNTED or token.ent_iob_ == "B"
    if token.pos_ == "NUM" and token.ent_type_ == "ORG" and token.is_alpha:
        return True
    if token.pos_ in {"NOUN", "ADJ", "X", "VERB", "INTJ", "ADV"} and token.ent_type_ in _NAMED:
        return True
    if _is_capitalised(token) or _is_will(token):
        return True
    return token.pos_ in {"NOUN", "ADJ"} and fold(text) in TITLE_WORDS and not token.is_sent_start


def pieces(
    layout: Layout, first: int, last: int
) -> Iterator[tuple[tuple[int, int], tuple[int, int] | None]]:
    """Cut a run into names, each with the titles before it."""
    for begin, end in _cut_at_entities(layout, first, last):
        while end > begin + 1 and layout.doc[end - 1].text in _HYPHENS:
            end -= 1
        start = _name_start(layout, begin, end)
        if start is None:
            continue
        if start == begin:
            yield (begin, end), None
            continue
        title_start = begin
        while title_start < start and fold(layout.doc[title_start].text) not in TITLE_WORDS:
            title_start += 1
        if title_start > begin and layout.doc[begin].ent_type_ in _NAMED:
            yield (begin, title_start), None
        yield (start, end), (begin, start)


def _cut_at_entities(layout: Layout, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Cut where one entity ends and another, of two words or more, begins."""
    doc, begin = layout.doc, first
    for index in range(first + 1, last):
        token, before = doc[index], doc[index - 1]
        if token.ent_iob_ == "I" or before.text in _HYPHENS or token.text in _HYPHENS:
            continue
        if before.lower_ in INNER_PARTICLES or token.lower_ in INNER_PARTICLES:
            continue
        long_person = token.ent_type_ == "PERSON" and _entity_length(layout, index) > 1
        titled = fold(before.text) in TITLE_WORDS
        # "Chair Ada" and "Febo Marsh" are one name, whatever the tagger says.
        titled = titled or (index - 2 >= begin and fold(doc[index - 2].text) in TITLE_WORDS)
        initial = len(token.text.rstrip(".")) == 1
        long_before = before.ent_type_ in {"ORG", "GPE", "NORP"} and token.ent_type_ == "PERSON"
        if not titled and not initial and (long_person or long_before) and _cuts(before):
            yield begin, index
            begin = index
    yield begin, last


def _cuts(before: Token) -> bool:
    return before.ent_type_ in {"ORG", "GPE", "NORP", "FAC", "LOC", ""} and (
        before.ent_type_ != "" or fold(before.text) in NAME_BODIES
    )


def _entity_length(layout: Layout, index: int) -> int:
    end = index + 1
    while end < len(layout.doc) and layout.doc[end].ent_iob_ == "I":
        end += 1
    return end - index


def _name_start(layout: Layout, begin: int, end: int) -> int | None:
    """Return where the name begins behind its titles; None where there are only titles."""
    doc = layout.doc
    while end > begin + 1 and fold(doc[end - 1].text) in SUFFIXES:
        end -= 1
    folded = [fold(doc[index].text) for index in range(begin, end)]
    if all(not word or word in TITLE_WORDS for word in folded):
        surname = folded[-1] in REGAL and (
            doc[end - 1].ent_type_ == "PERSON" if len(folded) == 1 else doc[end - 1].pos_ == "PROPN"
        )
        # "Mr. Singer" is a name, "Mr. Speaker" is an address.
        named = folded[0] in COURTESY and folded[-1] not in COURTESY | _ADDRESSED
        return end - 1 if surname or (named and len(folded) > 1) else None
    if folded[-1] in NAME_BODIES and folded[0] not in COURTESY:
        return begin
    if "of" in folded[1:3] and folded[folded.index("of") - 1] in _ABOUT | {"party"}:
        # "Republican Party of Norland"
        return begin
    start = begin
    for index in range(begin, end - 1):
        word = folded[index - begin]
        hyphened = index + 1 < end and doc[index + 1].text in _HYPHENS
        if word in TITLE_WORDS and not hyphened and not (word in REGAL and index + 2 == end):
            start = index + 1
    before = doc[begin - 1].lower_ if begin else ""
    if start == begin and before == "of" and fold(doc[begin - 2].text) in TITLE_WORDS:
        while start < end - 1 and folded[start - begin] in OFFICES:
            start += 1
    while start < end - 1 and (doc[start].text in _HYPHENS or doc[start].text == "."):
        start += 1
    if start - begin > 1 and doc[start - 1].text == "Gen" and start == end - 1:
        # "Minister Gen Nakatani" has a given name, "Gen. Marsh" a rank.
        start -= 1
    return start
