"""Named mentions: every proper name in a text, cut free of titles, with signs of what it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from quotes.speakers.descriptors import describe
from quotes.speakers.names import fold
from quotes.speakers.nouns import NAME_BODIES
from quotes.speakers.runs import is_caseless, pieces, runs
from quotes.speakers.states import STATES
from quotes.speakers.titles import (
    POSTNOMINALS,
    REGAL,
    TITLE_WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from quotes.speakers.layout import Layout

_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
# A vote beyond what the words around can say: nobody is called West Virginia.
_KNOWN_PLACE: Final = 5.0
_LOCATED: Final = 1.5
_PARTNERSHIP: Final = re.compile(
    r"\s(?:L\.P|L\.L\.P|L\.L\.C|P\.C|S\.A|N\.V|PLC|LLP|LP|AG|GmbH|SA)\.?$"
)
# It is people who speak in a transcript; capitals tell the tagger little of what they name.
_LABELLED: Final = 3.0
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj"})


@dataclass(slots=True, eq=False)
class Mention:
    """One proper name where it stands: tokens `[first, last)`, code points `[start, end)`.

    `person`, `body`, `place` and `nation` ("the French") are votes on what it names; `title` is
    the range of tokens of the titles before it.
    """

    first: int
    last: int
    start: int
    end: int
    text: str
    sentence: int
    paragraph: int
    title: tuple[int, int] | None = None
    person: float = 0.0
    body: float = 0.0
    place: float = 0.0
    nation: float = 0.0
    subject: bool = False
    modifier: bool = False
    quoted: bool = False
    located: bool = False
    headline: bool = False
    key: str = field(default="")
    shared: str = ""

    @property
    def name(self) -> str:
        """The name as it would stand alone: "Khizr and Ada Marsh" names Khizr Marsh."""
        return f"{self.text} {self.shared}" if self.shared else self.text


def find_mentions(layout: Layout) -> list[Mention]:
    """Return the names of a text in the order they stand; none overlap."""
    found: list[Mention] = []
    headlines: list[tuple[int, int]] = []
    for first, last in runs(layout):
        if layout.paragraph[first] in layout.headlines:
            headlines.append((first, last))
            continue
        for piece, title in pieces(layout, first, last):
            found.append(_mention(layout, *piece, title))
    found.extend(_missed(layout, found))
    known = {mention.key for mention in found}
    for first, last in headlines:
        for piece in _known_parts(layout, first, last, known):
            mention = _mention(layout, *piece, None)
            mention.headline = True
            found.append(mention)
    found.sort(key=lambda mention: mention.first)
    _share_surnames(layout, found)
    return found


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


def _missed(layout: Layout, found: list[Mention]) -> Iterator[Mention]:
    """Yield words that the tagger took for common ones though names elsewhere end with them."""
    people = [m for m in found if m.key and _can_be_person(layout, m)]
    alone = {m.key for m in found}
    ends = {m.key.split()[-1] for m in people}
    ends |= {m.key.split()[0] for m in people} & alone
    taken = {index for mention in found for index in range(mention.first, mention.last)}
    for token in layout.doc:
        if (
            token.text[:1].isupper()
            and token.i not in taken
            and token.pos_ in {"NOUN", "PROPN", "ADJ", "VERB", "X", "ADV"}
            and fold(token.text) in ends - (TITLE_WORDS - REGAL)
            and not _is_rank(layout, token)
            and layout.paragraph[token.i] not in layout.headlines
        ):
            yield _mention(layout, token.i, token.i + 1, None)


def _can_be_person(layout: Layout, mention: Mention) -> bool:
    """Tell whether the tagger, or a noun such as "host" beside the name, speaks for a person."""
    if mention.person >= max(0.5, mention.body + mention.place):
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
            if _key(layout, index, end) in known:
                yield index, end
                index = end
                break
        else:
            index += 1


def _key(layout: Layout, first: int, last: int) -> str:
    return fold(layout.text[layout.offsets[first] : layout.end(last - 1)])


def make_mention(layout: Layout, start: int, end: int) -> Mention:
    """Return a mention of the words at these offsets, without votes."""
    first, last = layout.tokens_within(start, end)
    return Mention(
        first,
        last,
        start,
        end,
        layout.text[start:end],
        layout.sentence[first],
        layout.paragraph[first],
        key=fold(layout.text[start:end]),
    )


def trim(layout: Layout, mention: Mention) -> None:
    """Leave a noun or an adjective off that only stands before the name ("Vermonter Ada Marsh")."""
    first, following = layout.doc[mention.first], layout.doc[mention.first + 1]
    if first.ent_type_ != "PERSON" or following.ent_iob_ == "B" or first.pos_ != "PROPN":
        mention.first += 1
        mention.start = layout.offsets[mention.first]
        mention.text = layout.text[mention.start : mention.end]
        mention.key = fold(mention.text)


def _mention(layout: Layout, first: int, last: int, title: tuple[int, int] | None) -> Mention:
    start, end = layout.offsets[first], layout.end(last - 1)
    mention = Mention(
        first,
        last,
        start,
        end,
        layout.text[start:end],
        layout.sentence[first],
        layout.paragraph[first],
        title,
        quoted=bool(layout.quoted[first]),
        key=_key(layout, first, last),
    )
    _vote(layout, mention)
    _see_role(layout, mention)
    return mention


def _vote(layout: Layout, mention: Mention) -> None:
    """Count what the words in and around a name tell of what it names."""
    doc = layout.doc
    labels = [doc[index].ent_type_ for index in range(mention.first, mention.last)]
    for label in labels:
        share = 1 / len(labels)
        mention.person += share * (label == "PERSON")
        mention.body += share * (label in {"ORG", "PRODUCT", "EVENT"})
        mention.nation += share * (label == "NORP")
        mention.place += share * (label in _PLACES)
    if mention.title is not None:
        mention.person += 3
    mention.person += _introduced(layout, mention)
    parts = mention.key.split()
    if parts and parts[-1] in NAME_BODIES and mention.title is None:
        mention.body += 4 if len(parts) > 1 else 1
    elif layout.spoken[mention.first] and is_caseless(parts[0]):
        mention.person += 1
    elif layout.labels[mention.first]:
        mention.person += _LABELLED
    mention.body += 4 * bool(_PARTNERSHIP.search(mention.text))
    mention.place += _KNOWN_PLACE * (mention.key in STATES and " " in mention.key)
    before = layout.word(layout.before(mention.first))
    if before == "the" and mention.title is None:
        mention.body += 1.5
    before = layout.word(layout.before(mention.first))
    owns = mention.last < len(doc) and doc[mention.last].tag_ == "POS"
    mention.located = before in {"in", "near", "outside", "across"} and not owns
    mention.place += _LOCATED * (mention.located and len(parts) == 1 and mention.title is None)
    after = layout.text[mention.end : mention.end + 12]
    if after.startswith((" (R-", " (D-", " (I-", ", R-", ", D-", " (R)", " (D)", " (I)")):
        mention.person += 3
    if any(doc[index].text in POSTNOMINALS for index in (mention.last - 1,)):
        mention.person += 1
    if mention.text.isupper() and len(parts) == 1 and 2 <= len(mention.text) <= 5:
        mention.body += 0.6


def _introduced(layout: Layout, mention: Mention) -> float:
    """Count "NAME, who" and "NAME, 68," as signs of a person."""
    if layout.word(mention.last) != ",":
        return 0.0
    after = layout.token(mention.last + 1)
    if after is None:
        return 0.0
    if after.lower_ in {"who", "whose", "whom"}:
        return 3.0
    closed = layout.word(mention.last + 2) in {",", "."}
    return 3.0 * (after.text.isdigit() and len(after.text) == 2 and closed)


def _see_role(layout: Layout, mention: Mention) -> None:
    """Note whether the name is a subject, and whether it only modifies another noun."""
    token = layout.doc[mention.last - 1]
    for _ in range(mention.last - mention.first):
        if token.head == token or not mention.first <= token.head.i < mention.last:
            break
        token = token.head
    while token.dep_ in {"conj", "appos", "flat"} and token.head != token:
        token = token.head
    mention.subject = token.dep_ in _SUBJECTS
    following = layout.token(mention.last)
    mention.modifier = token.dep_ in {"compound", "poss", "nmod", "amod"} or (
        following is not None
        and (
            following.tag_ == "POS" or (following.text in {"’", "'"} and mention.text.endswith("s"))
        )
    )
