"""Labels of transcripts: "WALLACE:", "YT:", "MODERATOR:"."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from quotes.quotation import SpeakerKind
from quotes.speakers.evidence import Target, named
from quotes.speakers.names import display_name, fold, parse_name
from quotes.speakers.nouns import ROLE_LABELS, WRITINGS
from quotes.speakers.sources import plain

if TYPE_CHECKING:
    from quotes.spans import Span
    from quotes.speakers.entities import Entities
    from quotes.speakers.entity import Entity


def resolve_label(entities: Entities, text: str, source: Span, *, recurring: bool) -> Target | None:
    """Return the speaker that a label stands for; a label met once must be a name in the text."""
    label = plain(text[source.start : source.end])
    step = (source.start, source.end, "source")
    name = display_name(label)
    if not fold(name):
        return None
    words = set(fold(label).split())
    if words <= ROLE_LABELS:
        shown = label.capitalize() if label.isupper() and len(label) > 1 else label
        return Target(name=shown, kind=SpeakerKind.UNNAMED, method="label", steps=(step,))
    entity = _only(entities.find(name))
    if entity is not None:
        exact = (
            any(
                mention.start >= source.start and mention.end <= source.end
                for mention in entity.mentions
            )
            and parse_name(name).is_full
        )
        short = any(fold(short.short) == fold(name) for short in entity.shorts)
        method = "name" if exact else "abbreviation" if short else "label"
        return named(entities, entity, (step,), method)
    if fold(name) in WRITINGS or not recurring:
        return None
    if len(label) > 3 and label.isupper():
        name = " ".join(word.capitalize() for word in name.split())
    return Target(name=name, kind=SpeakerKind.PERSON, method="label", steps=(step,))


def recurs(text: str, label: str) -> bool:
    """Tell whether another line of the text begins with the label."""
    label = plain(label)
    pattern = re.compile(rf"^\W*{re.escape(label)}\W{{0,3}}:", re.MULTILINE)
    return label.isupper() or len(list(islice(pattern.finditer(text), 2))) > 1


def _only(found: list[Entity]) -> Entity | None:
    """Return the one entity, or the one that the text names far more often."""
    people = [entity for entity in found if entity.kind is SpeakerKind.PERSON] or found
    ranked = sorted(people, key=lambda entity: -len(entity.mentions))
    if not ranked:
        return None
    if len(ranked) == 1 or len(ranked[0].mentions) >= 3 * len(ranked[1].mentions):
        return ranked[0]
    return None
