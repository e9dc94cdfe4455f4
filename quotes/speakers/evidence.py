"""Attributions with the chain of mentions that leads from the source to the name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quotes.quotation import Attribution, Evidence, SpeakerKind
from quotes.speakers.names import parse_name
from quotes.speakers.sources import plain

if TYPE_CHECKING:
    from quotes.speakers.entities import Entities
    from quotes.speakers.entity import Entity
    from quotes.speakers.layout import Layout

_MOST_WORDS = 25
Step = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a source mention was led to; `steps` are offsets with how each follows the one before.

    `entity` is set where it is a named one, which later pronouns can take up; `confidence` where a
    learned ranker chose. `members` are those of a group that the text names, `via` is who passes
    on what this speaker said.
    """

    name: str
    kind: SpeakerKind
    method: str
    steps: tuple[Step, ...]
    aliases: tuple[str, ...] = ()
    entity: Entity | None = None
    confidence: float | None = None
    members: tuple[Target, ...] = ()
    via: Target | None = None

    def after(self, steps: tuple[Step, ...], method: str) -> Target:
        """Return the same speaker reached by these steps first."""
        return replace(self, steps=joined((*steps, *self.steps)), method=method)

    def attribution(self, text: str) -> Attribution:
        """Return the attribution with its evidence cut from the text."""
        return Attribution(
            name=self.name,
            kind=self.kind,
            method=self.method,
            confidence=self.confidence,
            aliases=self.aliases,
            evidence=tuple(
                Evidence(text=text[start:end], start=start, end=end, relation=relation)
                for start, end, relation in self.steps
            ),
            members=tuple(member.attribution(text) for member in self.members),
            via=self.via.attribution(text) if self.via else None,
        )


def joined(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Drop each step that stands where the one before it stands."""
    out: list[Step] = []
    for step in steps:
        if not out or out[-1][:2] != step[:2]:
            out.append(step)
    return tuple(out)


def described(
    layout: Layout, head: int, place: tuple[int, int], steps: tuple[Step, ...], kind: SpeakerKind
) -> Target:
    """Let the words `place` of a mention stand for a speaker whom nobody names."""
    begin, end = place
    text = plain(layout.text[layout.offsets[begin] : layout.end(end - 1)])
    method = "name" if kind is SpeakerKind.ORGANISATION else "unnamed"
    return Target(name=text or layout.doc[head].text, kind=kind, method=method, steps=steps)


def named(
    entities: Entities, entity: Entity, steps: tuple[Step, ...], method: str
) -> Target | None:
    """Return an entity as a target, the chain ending at the fullest form of its name.

    None where what stands for the name is too long to be one, and where it bears a surname that
    several people bear, and the text does not tell who it is.
    """
    if entity.is_open:
        return None
    best = entities.name_of(entity)
    name = plain(entities.shown(best))
    if name.count(" ") > _MOST_WORDS:
        return None
    start, end, _ = steps[-1]
    last = entities.at(start, end)
    if last is None or plain(entities.shown(last)) != name:
        bare = last is not None and not parse_name(last.name).is_full
        relation = "surname" if bare and entity.kind is SpeakerKind.PERSON else "name"
        steps = (*steps, (best.start, best.end, relation))
    return Target(
        name=name,
        kind=entity.kind,
        method=method,
        steps=joined(steps),
        aliases=tuple(dict.fromkeys(map(plain, entities.aliases_of(entity)))),
        entity=entity,
    )
