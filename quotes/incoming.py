"""Files of annotations read: JSON Lines as exported, and brat's `.ann` beside its `.txt`."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from quotes.documents.files import bytes_of
from quotes.errors import CorpusError, DocumentError, OffsetError, RefusedImport
from quotes.evaluation.brat import Event, parse_standoff
from quotes.quotation import Act, Kind, SpeakerKind
from quotes.spans import Span, Spans
from quotes.store.importing import ROLES, Incoming, Named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES = (".jsonl", ".ann")
SHA256 = re.compile("sha256:([0-9a-f]{64})")
DOCUMENT = re.compile("(?:^|-)(d_[0-9a-f]{16})$")
# A hundred thousand records take about so much.
MOST_BYTES = 256_000_000
# What reading one shows that is none: JSON that is no JSON, or of another shape.
_NO_RECORD = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OffsetError)


def annotation_files(path: Path) -> list[Path]:
    """Return the file, or in order the files of annotations in a folder and below."""
    if path.is_dir():
        return sorted(one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES)
    return [path]


def read_annotations(path: Path) -> list[Incoming]:
    """Return the annotations of a file.

    Raises RefusedImport with every line that is none, OSError for a file that cannot be read.
    """
    if path.suffix.lower() == ".ann":
        return _standoff(path)
    read, problems = [], []
    for number, line in enumerate(_decoded(path).split("\n"), 1):
        if line.strip():
            try:
                read.append(_record(json.loads(line), number))
            except _NO_RECORD as error:
                problems.append((number, f"it is no record of a quotation ({_told(error)})"))
    if problems:
        raise RefusedImport(f"{len(problems)} of its lines are no records", problems=problems)
    return read


def _told(error: Exception) -> str:
    return f"it has no {error}" if isinstance(error, KeyError) else str(error)


def _record(value: Any, number: int) -> Incoming:
    document, speaker = value["document"], value["speaker"]
    version = SHA256.fullmatch(document["version"])
    if version is None:
        raise ValueError(f"{document['version']!r} is no version")
    passages = {role: value.get(role) for role in ROLES}
    passages["content"] = value["content"]
    return Incoming(
        line=number,
        sha256=version[1],
        document=_id(document),
        spans={role: _spans(one["spans"]) for role, one in passages.items() if one},
        texts={role: str(one["text"]) for role, one in passages.items() if one},
        kind=Kind(value["kind"]),
        act=Act(value["act"]),
        speaker=_named(speaker) if speaker else None,
        rejected=value.get("status") == "rejected",
    )


def _named(speaker: Any) -> Named:
    kind = SpeakerKind(speaker.get("kind", SpeakerKind.PERSON))
    if not isinstance(speaker["name"], str):
        raise TypeError(f"{speaker['name']!r} is no name")
    return Named(name=speaker["name"], kind=kind, id=_id(speaker))


def _id(value: Any) -> str | None:
    id_ = value.get("id")
    if id_ is not None and not isinstance(id_, str):
        raise TypeError(f"{id_!r} is no id")
    return id_


def _spans(pairs: Any) -> Spans:
    for start, end in pairs:
        if type(start) is not int or type(end) is not int:
            raise TypeError(f"[{start!r}, {end!r}) are no offsets")
    return tuple(Span(start, end) for start, end in pairs)


def _standoff(path: Path) -> list[Incoming]:
    text = _decoded(path.with_suffix(".txt"))
    lines = re.split("\r\n|\r|\n", _decoded(path))
    digest = hashlib.sha256(text.encode()).hexdigest()
    try:
        events = parse_standoff(lines, name=path.name, text=text)
    except CorpusError as error:
        raise RefusedImport(error.message, problems=(), hint=error.hint) from error
    named = DOCUMENT.search(path.stem)
    document = named[1] if named else None
    return list(_events(events, digest, document))


def _events(events: list[Event], digest: str, document: str | None) -> Iterator[Incoming]:
    problems = []
    for event in events:
        roles = {role: event.roles.get(role.capitalize(), ()) for role in ROLES}
        speaker = event.notes.get("Speaker")
        try:
            yield Incoming(
                line=event.line,
                text_sha256=digest,
                document=document,
                spans={role: spans for role, spans in roles.items() if spans},
                kind=Kind(event.attributes["Kind"]) if "Kind" in event.attributes else None,
                act=Act(event.attributes["Act"]) if "Act" in event.attributes else None,
                speaker=Named(name=speaker) if speaker else None,
                leaves_speaker=not speaker,
                rejected=event.notes.get("Status") == "rejected",
            )
        except ValueError as error:
            problems.append((event.line, str(error)))
    if problems:
        raise RefusedImport(f"{len(problems)} of its events cannot be read", problems=problems)


def _decoded(path: Path) -> str:
    try:
        return bytes_of(str(path), MOST_BYTES).decode("utf-8")
    except DocumentError as error:
        raise RefusedImport(f"{path.name}: {error.message}", problems=()) from error
    except UnicodeDecodeError as error:
        raise RefusedImport(
            f"{path.name} is not in UTF-8 (byte {error.start})", problems=()
        ) from error
