"""Paths to files: folders are walked in sorted order, what cannot be read is said, not raised."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.documents.document import Skipped
from quotes.errors import DocumentError, MissingDocument, UnreadableDocument

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STANDARD_INPUT = "-"

# In a folder, files of these kinds are not meant as sources. Named on their own they are tried.
# PDF and Office files are not among them: they may well be sources, so they are said to be skipped.
_OTHER_KINDS = {
    "pictures": ".avif .bmp .gif .heic .ico .jpeg .jpg .png .svg .tif .tiff .webp",
    "sound and film": ".aac .flac .m4a .mp3 .ogg .wav .avi .m4v .mkv .mov .mp4 .webm",
    "archives": ".7z .bz2 .gz .rar .tar .tgz .xz .zip .zst .whl .jar",
    "databases": ".db .db-shm .db-wal .sqlite .sqlite3",
    "programs": ".exe .dll .so .dylib .bin .pyc .class .otf .ttf .woff .woff2",
    "code": ".c .cpp .css .go .h .java .js .php .pl .py .pyi .r .rb .rs .scss .sh .sql .ts",
    "settings": ".cfg .conf .ini .json .lock .toml .yaml .yml .log",
    "data": ".ann .arrow .csv .conll .conllu .npy .npz .parquet .pickle .pkl .tsv .xls .xlsx .xml",
}
_OTHER_SUFFIXES = frozenset(s for suffixes in _OTHER_KINDS.values() for s in suffixes.split())


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read; `named` tells whether the user named it and not only its folder."""

    path: str
    named: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file in a folder that is no source by its kind."""

    path: str


def discover(paths: Iterable[str]) -> Iterator[Found | Skipped | LeftOut]:
    """Yield the files at these paths, folders walked; hidden files in folders are passed over."""
    for path in paths:
        if path == STANDARD_INPUT:
            yield Found(path, named=True)
            continue
        try:
            is_folder = bool(path) and stat.S_ISDIR(Path(path).stat().st_mode)
        except (OSError, ValueError):
            # Opening it says what is wrong.
            is_folder = False
        if is_folder:
            yield from _walk(path)
        else:
            yield Found(path, named=True)


def _walk(top: str) -> Iterator[Found | Skipped | LeftOut]:
    seen: set[tuple[int, int]] = set()
    pending: list[tuple[str, bool]] = [(top, True)]
    while pending:
        path, is_folder = pending.pop()
        if not is_folder:
            known_other = Path(path).suffix.lower() in _OTHER_SUFFIXES
            yield LeftOut(path) if known_other else Found(path, named=False)
            continue
        try:
            status = Path(path).stat()
            # A link may lead back to a folder above, or to one already walked.
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(path) as entries:
                inside = sorted((e.name, _is_folder(e)) for e in entries if e.name[0] != ".")
        except OSError as error:
            yield Skipped(path=path, error=refusal(error))
            continue
        pending.extend((_joined(path, name), folder) for name, folder in reversed(inside))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link in a loop: opening it says what is wrong.
        return False


def _joined(folder: str, name: str) -> str:
    return folder + name if folder.endswith("/") else f"{folder}/{name}"


def refusal(error: OSError) -> DocumentError:
    """Return what the operating system's refusal means to a user."""
    if isinstance(error, FileNotFoundError):
        return MissingDocument("there is no such file or folder", hint="check the path")
    if isinstance(error, PermissionError):
        return UnreadableDocument("no permission to read it", hint="change its permissions")
    reason = (error.strerror or type(error).__name__).lower()
    return UnreadableDocument(f"it cannot be read: {reason}", hint="check the path and the disk")
