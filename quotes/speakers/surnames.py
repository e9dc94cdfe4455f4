"""Bare surnames of one bearer: his own, another person's, or a firm's that bears the name."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.speakers.bearers import Titles
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

# So often at least a text must put "Mr." before surnames to be held to it.
_STYLE: Final = 3


@dataclass(frozen=True, slots=True)
class Split:
    """Mentions of one bare surname by what they name."""

    own: list[Mention] = field(default_factory=list)
    rival: list[Mention] = field(default_factory=list)
    body: list[Mention] = field(default_factory=list)


def is_formal(titles: Titles, bare: Sequence[Mention]) -> bool:
    """Tell whether a text says "Mr. Marsh" and hardly ever "Marsh"."""
    courteous = sum(1 for mention in bare if titles.courtesy(mention))
    return courteous >= _STYLE and 2 * courteous >= len(bare)


def split_bare(
    layout: Layout,
    titles: Titles,
    bare: Sequence[Mention],
    full: Sequence[Mention],
    *,
    formal: bool,
) -> Split:
    """Share out the bare surnames `bare` of whom a text names in full at `full`.

    "Ms." and "Mr." are two people. Once there is another, bare surnames without either are whoever
    the text has most of, or has just named in full. In a `formal` text, what the tagger takes for a
    firm is no Mr. Marsh where it stands as "Marsh".
    """
    split = Split()
    courtesies = [titles.courtesy(mention) for mention in bare]
    own = titles.courtesy_of(full) or next((title for title in courtesies if title), "")
    places = sorted(mention.first for mention in full)
    others = sum(1 for title in courtesies if title and title != own)
    untitled = [m for m, title in zip(bare, courtesies, strict=True) if not title]
    is_firm = formal and any(courtesies) and _is_body(untitled)
    for mention, title in zip(bare, courtesies, strict=True):
        if is_firm and not title and mention.title is None and not mention.headline:
            split.body.append(mention)
        elif _is_rival(layout, mention, title, own, places, others):
            split.rival.append(mention)
        else:
            split.own.append(mention)
    return split


def _is_rival(
    layout: Layout, mention: Mention, title: str, own: str, full: Sequence[int], others: int
) -> bool:
    if others and not title:
        place = bisect_left(full, mention.first)
        near = place and mention.sentence - layout.sentence[full[place - 1]] <= 1
        return not near and (not place or others > len(full))
    return bool(title) and title != own


def _is_body(mentions: Sequence[Mention]) -> bool:
    """Tell whether the tagger sees firms and places in most of these."""
    shown = [mention for mention in mentions if not mention.headline]
    bodies = sum(mention.body + mention.place for mention in shown)
    return len(shown) > 1 and bodies > sum(mention.person for mention in shown)
