"""Named mentions: every proper name in a text, cut free of titles, with signs of what it names."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from quotes.speakers.descriptors import describe
from quotes.speakers.given import is_given
from quotes.speakers.mention import Mention, begin_at, end_before, key_of, read_mention
from quotes.speakers.names import fold
from quotes.speakers.nouns import NAME_BODIES, may_be_person
from quotes.speakers.runs import pieces, runs
from quotes.speakers.titles import REGAL, TITLE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from quotes.speakers.layout import Layout

_ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh")
# What is told apart by its number.
_COUNTED: Final = frozenset(
    {"circuit", "district", "precinct", "army", "division", "fleet", "amendment", "congress"}
)
_OWN: Final = frozenset({"our", "my", "your"})
# Tags that a tagger gives to names it does not know.
_WORDS: Final = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "X", "ADV", "INTJ", "PRON"})


def find_mentions(layout: Layout) -> list[Mention]:
    """Return the names of a text in the order they stand; none overlap."""
    found: list[Mention] = []
    headlines: list[tuple[int, int]] = []
    for first, last in runs(layout):
        if layout.paragraph[first] in layout.headlines:
            headlines.append((first, last))
            continue
        for piece, title in pieces(layout, first, last):
            found.append(read_mention(layout, *piece, title))
    _unbind(layout, found)
    surnames = _surnames(layout, found)
    found.extend(_missed(layout, found, surnames))
    _widen(layout, found)
    _take_out_of_shows(layout, found)
    known = {mention.key for mention in found}
    for first, last in headlines:
        if _labels_headline(layout, first, last, known):
            mention = read_mention(layout, first, last)
            mention.headline = True
            found.append(mention)
            continue
        for piece in _known_parts(layout, first, last, known):
            mention = read_mention(layout, *piece)
            mention.headline = True
            found.append(mention)
    found.extend(_missed_in_headlines(layout, found, surnames))
    found.sort(key=lambda mention: mention.first)
    _share_surnames(layout, found)
    return found


def _unbind(layout: Layout, found: list[Mention]) -> None:
    """Leave the words off that capitals alone bind to a name ("Wherever Ada Marsh").

    The text must have the name or surname without them, or begin it with a given name behind a noun
    for a person or a body ("Noon County Recorder Ada Marsh").
    """
    known = {mention.key for mention in found}
    for mention in found:
        for first in range(mention.first + 1, mention.last - 1):
            if _binds_nothing(layout, mention, first, known):
                begin_at(layout, mention, first)
                mention.person, mention.body, mention.place = mention.person + 1, 0.0, 0.0
                break


def _binds_nothing(layout: Layout, mention: Mention, first: int, known: set[str]) -> bool:
    """Tell whether a person's name begins at this token of a mention, and nothing before is his."""
    before, word = layout.doc[first - 1], layout.doc[first]
    if not is_given(word.text) or not before.is_alpha:
        return False
    if before.lower_ == layout.word(mention.last - 1):
        # "Would Marsh? Ada Marsh …", which the parser takes for one sentence.
        return True
    if is_given(before.text):
        return False
    named = key_of(layout, first, mention.last) in known or layout.word(mention.last - 1) in known
    if before.is_sent_start and first - mention.first == 1 and named:
        return True
    if mention.last - first != 2 or fold(layout.word(mention.last - 1)) in NAME_BODIES:
        return False
    noun = fold(before.text)
    return noun in NAME_BODIES or (first - mention.first > 1 and may_be_person(noun))


def _labels_headline(layout: Layout, first: int, last: int, known: set[str]) -> bool:
    """Tell whether "Ada Marsh" in "Ada Marsh: ‘We Won’" is named in full nowhere else."""
    if last - first != 2 or layout.word(last) != ":":
        return False
    surname = key_of(layout, last - 1, last)
    if surname not in known and not (first == 0 and is_given(layout.doc[first].text)):
        return False
    return not any(key.endswith(f" {surname}") for key in known)


def _share_surnames(layout: Layout, mentions: list[Mention]) -> None:
    """Lend the surname in "Khizr and Ada Marsh" to the first given name."""
    for one, other in pairwise(mentions):
        words = other.text.split()
        if (
            other.first == one.last + 1
            and layout.word(one.last) in {"and", "&"}
            and len(one.text.split()) == 1
            and len(words) == 2
            and one.title is None is other.title
            and other.person > 0.9
            and one.person > 0.9
        ):
            one.shared = words[1]
            one.key = fold(one.name)


def _surnames(layout: Layout, found: list[Mention]) -> set[str]:
    """Return the last words of people's names, and first ones that the text says alone."""
    people = [m for m in found if m.key and _can_be_person(layout, m)]
    alone = {m.key for m in found}
    ends = {m.key.split()[-1] for m in people}
    ends |= {m.key.split()[0] for m in people} & alone
    return ends - (TITLE_WORDS - REGAL)


def _missed_in_headlines(
    layout: Layout, found: list[Mention], surnames: set[str]
) -> Iterator[Mention]:
    """Yield surnames in "Marsh Told The Board": in a headline a tagger takes them for any word."""
    taken = {index for mention in found for index in range(mention.first, mention.last)}
    common: set[str] | None = None
    for token in layout.doc:
        if layout.paragraph[token.i] not in layout.headlines or token.i in taken:
            continue
        following = layout.token(token.i + 1)
        goes_on = following is not None and following.pos_ == "PROPN"
        if not token.text[:1].isupper() or fold(token.text) not in surnames or goes_on:
            continue
        if common is None:
            common = {other.text for other in layout.doc if other.is_lower}
        if token.lower_ not in common and not _is_rank(layout, token):
            mention = read_mention(layout, token.i, token.i + 1)
            mention.headline = True
            yield mention


def _missed(layout: Layout, found: list[Mention], ends: set[str]) -> Iterator[Mention]:
    """Yield words that the tagger took for common ones though names elsewhere end with them."""
    taken = {index for mention in found for index in range(mention.first, mention.last)}
    for token in layout.doc:
        if (
            token.text[:1].isupper()
            and token.i not in taken
            and (token.pos_ in _WORDS or _is_capital_inside(layout, token))
            and fold(token.text) in ends
            and not _is_rank(layout, token)
            and layout.paragraph[token.i] not in layout.headlines
        ):
            yield read_mention(layout, token.i, token.i + 1)


def _is_capital_inside(layout: Layout, token: Token) -> bool:
    """Tell whether a word that is not a name's by its tag is capital inside a sentence ("Will").

    Behind a mark a sentence may begin, and in a title every word may be capital.
    """
    before, following = layout.token(token.i - 1), layout.token(token.i + 1)
    if following is not None and token.tag_ == "MD" and following.tag_ in {"VBD", "VBZ"}:
        return True
    if before is None or token.is_sent_start or not before.is_lower:
        return False
    return following is None or not following.is_title


def _widen(layout: Layout, found: list[Mention]) -> None:
    """Let "Our" and "6th" belong to a name where they can only do so ("Our Harbor PAC")."""
    held = {
        key_of(layout, m.first - 1, m.last)
        for m in found
        if m.first and _is_first_word(layout.doc[m.first - 1])
    }
    for mention in found:
        if not mention.first or mention.title is not None:
            continue
        before = layout.doc[mention.first - 1]
        counted = _ORDINAL.fullmatch(before.lower_) and mention.key.split()[0] in _COUNTED
        known = before.lower_ in _OWN and key_of(layout, mention.first - 1, mention.last) in held
        if counted or known:
            begin_at(layout, mention, mention.first - 1)


def _is_first_word(token: Token) -> bool:
    """Tell whether "Our" is capital inside a sentence, so for a name's sake."""
    if token.lower_ not in _OWN or not token.text[0].isupper() or token.is_sent_start:
        return False
    return token.i > 0 and not (token.nbor(-1).is_punct or token.nbor(-1).is_space)


def _take_out_of_shows(layout: Layout, found: list[Mention]) -> None:
    """Read "The Ada Marsh Show" as naming Ada Marsh, where the text says "Marsh" elsewhere."""
    alone = {mention.key for mention in found}
    for mention in found:
        words = mention.key.split()
        if len(words) == 3 and words[-1] == "show" and words[1] in alone:
            end_before(layout, mention, mention.last - 1)
            mention.person, mention.body, mention.modifier = mention.person + 3, 0.0, True


def _can_be_person(layout: Layout, mention: Mention) -> bool:
    """Tell whether the tagger, or a noun such as "host" beside the name, speaks for a person."""
    if mention.person >= max(0.5, mention.body + mention.place):
        return True
    if mention.last - mention.first == 2 and is_given(mention.key.split()[0]):
        return True
    return mention.last - mention.first > 1 and bool(describe(layout, mention))


def _is_rank(layout: Layout, token: Token) -> bool:
    """Tell whether "King" is a rank here, and no surname: "the King", "King Olaf"."""
    if fold(token.text) not in REGAL:
        return False
    following = layout.token(token.i + 1)
    before = layout.word(layout.before(token.i))
    return before in {"the", "a"} or (following is not None and following.text[:1].isupper())


def _known_parts(
    layout: Layout, first: int, last: int, known: set[str]
) -> Iterator[tuple[int, int]]:
    """Yield the longest parts of a headline's run that the text below names again."""
    index = first
    while index < last:
        for end in range(min(last, index + 6), index, -1):
            if key_of(layout, index, end) in known:
                yield index, end
                index = end
                break
        else:
            index += 1
