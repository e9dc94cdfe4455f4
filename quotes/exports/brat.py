"""brat standoff: for each source its text and an `.ann` file, in one zip archive.

A quotation is an event, as in PolNeAR: `Attribution` with the arguments Content, Cue, Source and
Addressee, the attributes Kind and Act, and the notes Speaker, Status and Quotation (its id). Each
span is a text-bound annotation of its own; brat wants none that runs over a line end, so one that
does is given as its lines. `quotes evaluate` and `quotes import` read the folder.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from quotes.exports.archive import blocks
from quotes.exports.grouping import by_version
from quotes.exports.json_lines import encode
from quotes.exports.printable import printable
from quotes.quotation import Act, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotes.exports.exporter import Setting
    from quotes.records import PassageRecord
    from quotes.store.values import StoredQuotation

ROLES = ("Content", "Cue", "Source", "Addressee")
# What Python and so brat takes for the end of a line.
LINE = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
CONFIGURATION = f"""[entities]
{chr(10).join(ROLES)}

[relations]
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]
Attribution\tContent+:Content, Cue*:Cue, Source*:Source, Addressee*:Addressee

[attributes]
Kind\tArg:Attribution, Value:{"|".join(Kind)}
Act\tArg:Attribution, Value:{"|".join(Act)}
"""
LONGEST_NAME = 60


class BratArchive:
    """A zip archive that is a collection of brat, with its configuration and a manifest."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def chunks(self, quotations: Iterable[StoredQuotation]) -> Iterator[bytes]:
        """Write the archive to a temporary file, source by source, and yield that."""
        with tempfile.TemporaryDirectory(prefix="quotes-") as folder:
            path = Path(folder) / "brat.zip"
            manifest = self._setting.manifest
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("manifest.json", encode(manifest.as_json(), indent=2) + "\n")
                archive.writestr("annotation.conf", CONFIGURATION)
                for version, members in by_version(quotations):
                    text = self._setting.passages(version)
                    name = file_name(members[0])
                    annotations = "".join(standoff(text, members))
                    archive.writestr(f"{name}.txt", text.encode("utf-8", "replace"))
                    archive.writestr(f"{name}.ann", annotations.encode("utf-8", "replace"))
            yield from blocks(path)


def exporter(setting: Setting) -> BratArchive:
    """Return the exporter."""
    return BratArchive(setting)


def file_name(quotation: StoredQuotation) -> str:
    """Return the name of a source's files: the end of its path in plain letters, and its id."""
    document = quotation.record["document"]
    stem = PurePosixPath(document["path"].replace("\\", "/")).stem
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    words = re.sub("[^A-Za-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME]
    return f"{words}-{document['id']}" if words else document["id"]


def standoff(text: str, quotations: Sequence[StoredQuotation]) -> Iterator[str]:
    """Yield the lines of an `.ann` file."""
    count = {"T": 0, "A": 0, "#": 0}

    def following(letter: str) -> str:
        count[letter] += 1
        return f"{letter}{count[letter]}"

    def bound(role: str, fragments: Sequence[tuple[int, int]]) -> tuple[str, str]:
        name = following("T")
        places = ";".join(f"{start} {end}" for start, end in fragments)
        shown = " ".join(text[start:end] for start, end in fragments)
        return name, f"{name}\t{role} {places}\t{shown}\n"

    for number, quotation in enumerate(quotations, 1):
        record, event = quotation.record, f"E{number}"
        passages = (record["content"], record["cue"], record["source"], quotation.addressee)
        arguments = []
        for role, passage in zip(ROLES, passages, strict=True):
            for place, fragments in enumerate(_pieces(text, passage), 1):
                name, line = bound(role, fragments)
                arguments.append(f"{role}{place if place > 1 else ''}:{name}")
                yield line
        trigger = next(_pieces(text, record["cue"] or record["content"]))
        name, line = bound("Attribution", trigger)
        yield line
        yield f"{event}\t{' '.join([f'Attribution:{name}', *arguments])}\n"
        yield f"{following('A')}\tKind {event} {record['kind']}\n"
        yield f"{following('A')}\tAct {event} {record['act']}\n"
        speaker = record["speaker"]
        notes = [("Speaker", speaker["name"])] if speaker else []
        notes += [("Status", record["status"]), ("Quotation", record["id"])]
        for label, note in notes:
            yield f"{following('#')}\t{label} {event}\t{printable(note)}\n"


def _pieces(text: str, passage: PassageRecord | None) -> Iterator[list[tuple[int, int]]]:
    """Yield each span as the parts of it that lie in one line."""
    for start, end in passage["spans"] if passage else ():
        fragments = [match.span() for match in LINE.finditer(text, start, end)]
        yield [(a, b) for a, b in fragments if not text[a:b].isspace()] or [(start, end)]
