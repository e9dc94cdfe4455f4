"""Reading brat standoff: text-bound spans, events, attributes and notes of one `.ann` file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.errors import CorpusError, OffsetError
from quotes.spans import Span, Spans

if TYPE_CHECKING:
    from collections.abc import Iterable

SPAN_LINE = re.compile(r"T\d+\t")
EVENT_LINE = re.compile(r"E\d+\t")
ATTRIBUTE_LINE = re.compile(r"[AM]\d+\t")
NOTE_LINE = re.compile(r"#\d*\t")


@dataclass(slots=True)
class Event:
    """One event: its arguments by role, its attributes, its notes, and the line it stands in."""

    roles: dict[str, Spans] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    line: int = 0


def parse_standoff(lines: Iterable[str], *, name: str, text: str | None = None) -> list[Event]:
    """Return the events in the order they stand; raises CorpusError with `name` and the line.

    With `text` the words of every span must stand there. Lines that begin like no brat line are
    passed over: an annotated text that holds a line break goes on there.
    """
    spans: dict[str, Spans] = {}
    events: dict[str, Event] = {}
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\n")
        try:
            _read_line(line, spans, events, number)
            if text is not None and SPAN_LINE.match(line):
                _check_words(line, spans, text)
        except (ValueError, IndexError, OffsetError) as error:
            raise CorpusError(
                f"{name}, line {number} is no brat annotation of its text: {line[:60]!r}",
                hint="each line is an id, a tab, and a type with offsets or arguments",
            ) from error
    return list(events.values())


def _check_words(line: str, spans: dict[str, Spans], text: str) -> None:
    identifier, _, rest = line.partition("\t")
    here = " ".join(text[span.start : span.end] for span in spans[identifier])
    if here.split() != rest.partition("\t")[2].split():
        raise OffsetError(f"the words {here[:60]!r} stand there")


def _read_line(line: str, spans: dict[str, Spans], events: dict[str, Event], number: int) -> None:
    identifier, _, rest = line.partition("\t")
    if SPAN_LINE.match(line):
        _, _, offsets = rest.split("\t", 1)[0].partition(" ")
        spans[identifier] = _parse_offsets(offsets)
    elif EVENT_LINE.match(line):
        events[identifier] = Event(roles=_parse_roles(rest.split("\t")[0], spans), line=number)
    elif ATTRIBUTE_LINE.match(line):
        # A binary attribute has a name and a target only.
        attribute, target, *value = rest.split()
        if target in events:
            events[target].attributes[attribute] = value[0] if value else "true"
    elif NOTE_LINE.match(line):
        subject, _, note = rest.partition("\t")
        label, _, target = subject.partition(" ")
        if target in events:
            events[target].notes[label] = note.strip()


def _parse_offsets(offsets: str) -> Spans:
    """Parse `a b;c d`."""
    parsed = []
    for fragment in offsets.split(";"):
        start, end = fragment.split()
        parsed.append(Span(int(start), int(end)))
    return tuple(parsed)


def _parse_roles(arguments: str, spans: dict[str, Spans]) -> dict[str, Spans]:
    """Gather the spans of each role; `Content2` adds to `Content`, unknown targets to nothing."""
    gathered: dict[str, set[Span]] = {}
    for argument in arguments.split():
        role, target = argument.split(":")
        gathered.setdefault(role.rstrip("0123456789"), set()).update(spans.get(target, ()))
    return {role: tuple(sorted(found)) for role, found in gathered.items()}
