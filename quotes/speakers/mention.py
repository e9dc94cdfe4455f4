"""A named mention, and what the words in and around a name tell of what it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from quotes.speakers.names import fold
from quotes.speakers.nouns import NAME_BODIES
from quotes.speakers.runs import BULLETS, is_caseless
from quotes.speakers.states import STATES
from quotes.speakers.titles import POSTNOMINALS

if TYPE_CHECKING:
    from quotes.speakers.layout import Layout

_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
# A vote beyond what the words around can say: nobody is called West Virginia.
_KNOWN_PLACE: Final = 5.0
_LOCATED: Final = 1.5
PARTNERSHIP: Final = re.compile(
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
    after_the: bool = False
    key: str = field(default="")
    shared: str = ""

    @property
    def name(self) -> str:
        """The name as it would stand alone: "Khizr and Ada Marsh" names Khizr Marsh."""
        return f"{self.text} {self.shared}" if self.shared else self.text


def key_of(layout: Layout, first: int, last: int) -> str:
    """Return the folded words of the tokens `[first, last)`."""
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


def begin_at(layout: Layout, mention: Mention, first: int) -> None:
    """Let a mention begin with this token, before or behind its own first one."""
    mention.first, mention.start = first, layout.offsets[first]
    _read_again(layout, mention)


def end_before(layout: Layout, mention: Mention, last: int) -> None:
    """Let a mention end before this token."""
    mention.last, mention.end = last, layout.end(last - 1)
    _read_again(layout, mention)


def _read_again(layout: Layout, mention: Mention) -> None:
    mention.text = layout.text[mention.start : mention.end]
    mention.key = fold(mention.text)


def trim(layout: Layout, mention: Mention) -> None:
    """Leave a noun or an adjective off that only stands before the name ("Vermonter Ada Marsh")."""
    first, following = layout.doc[mention.first], layout.doc[mention.first + 1]
    if first.ent_type_ != "PERSON" or following.ent_iob_ == "B" or first.pos_ != "PROPN":
        begin_at(layout, mention, mention.first + 1)


def read_mention(
    layout: Layout, first: int, last: int, title: tuple[int, int] | None = None
) -> Mention:
    """Return the mention in tokens `[first, last)`, with what the words in and around it tell."""
    start, end = layout.offsets[first], layout.end(last - 1)
    if last - first > 1 and len(layout.doc[first]) > 1:
        start += len(layout.doc[first].text) - len(layout.doc[first].text.lstrip(BULLETS))
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
        key=key_of(layout, first, last),
    )
    _vote(layout, mention)
    _see_role(layout, mention)
    return mention


def _vote(layout: Layout, mention: Mention) -> None:
    """Count what the words in and around a name tell of what it names."""
    doc = layout.doc
    labels = [doc[index].ent_type_ for index in range(mention.first, mention.last)]
    joined = " for " in mention.text
    for label in labels:
        share = 1 / len(labels)
        mention.person += share * (label == "PERSON")
        mention.body += share * (label in {"ORG", "PRODUCT", "EVENT"})
        # "Norlanders for Harbors" are no nation.
        mention.nation += share * (label == "NORP" and not joined)
        mention.body += share * (label == "NORP" and joined)
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
    mention.body += 4 * bool(PARTNERSHIP.search(mention.text))
    mention.place += _KNOWN_PLACE * (mention.key in STATES and " " in mention.key)
    before = layout.word(layout.before(mention.first))
    mention.after_the = before == "the"
    if mention.after_the and mention.title is None:
        mention.body += 1.5
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
    token = layout.leading(token)
    mention.subject = token.dep_ in _SUBJECTS
    following = layout.token(mention.last)
    mention.modifier = token.dep_ in {"compound", "poss", "nmod", "amod"} or (
        following is not None
        and (
            following.tag_ == "POS" or (following.text in {"’", "'"} and mention.text.endswith("s"))
        )
    )
