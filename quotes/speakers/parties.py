"""The party and state behind a politician's name: "(R-Utah)", ", D-Calif.,"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from quotes.speakers.descriptors import Descriptor
from quotes.speakers.names import fold
from quotes.speakers.states import SHORT

if TYPE_CHECKING:
    from quotes.speakers.layout import Layout
    from quotes.speakers.mention import Mention

PARTISAN: Final = {"R": "republican", "D": "democrat", "I": "independent", "L": "libertarian"}
_TAG: Final = re.compile(
    r"\s?,?\s?\(?(?P<party>[RDIL])(?:\.?,\s|\s?[-–—]\s?)(?P<state>(?:[A-Z][a-z]*\.?\s?){1,2})"
)


def party_of(layout: Layout, mention: Mention) -> Descriptor | None:
    """Return what the tag right behind a name tells: "republican", and its state's words."""
    match = _TAG.match(layout.text, mention.end, min(len(layout.text), mention.end + 24))
    if match is None:
        return None
    words = match["state"].split()
    tries = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    states = [SHORT[key] for text in tries if (key := fold(text)) in SHORT]
    if not states:
        return None
    return Descriptor(
        PARTISAN[match["party"]],
        frozenset(states[0]),
        mention.last - 1,
        mention.start,
        mention.end,
        "party",
    )
