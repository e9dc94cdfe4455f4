"""What is no file of text, given to every command that reads files: one clear line, and soon."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from quotes.documents import files
from quotes.documents.files import bytes_of, opened
from quotes.errors import TooLarge, UnreadableDocument

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Run

BOMB = b"\0" * 1_000_000


def _zip(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, BOMB)
    return packed.getvalue()


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10_000_000_000)


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "a pipe": (_fifo, "it is a pipe, a socket or a device and not a file"),
    "a device": (_device, "it is a pipe, a socket or a device and not a file"),
    "a sparse file": (_sparse, "10,000,000,000 bytes, over the limit"),
    "a loop of links": (_loop, "too many levels of symbolic links"),
}
ARCHIVES: dict[str, tuple[bytes, str]] = {
    "a.gz": (gzip.compress(BOMB), "a gzip archive"),
    "a.zip": (_zip("a.txt"), "a ZIP archive"),
    "a.docx": (_zip("word/document.xml"), "a DOCX document"),
    "a.xz": (lzma.compress(BOMB), "an xz archive"),
    "a.txt": (gzip.compress(BOMB), "a gzip archive"),
}
# Each command with what it says of the same thing; a database is there for all.
COMMANDS = (
    ("ingest",),
    ("extract",),
    ("import", "--by", "Kim"),
    ("verify", "--batch"),
    ("verify", "--draft"),
    ("anchor",),
    ("extract", "--people"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("odd", ODD)
def test_every_command_refuses_it_in_a_line(
    run: Run, tmp_path: Path, odd: str, command: tuple[str, ...]
) -> None:
    make, said = ODD[odd]
    path = tmp_path / "odd.jsonl"
    make(path)
    if command == ("verify", "--batch") and odd == "a sparse file":
        said = "has a line of over 10,000,000 bytes"
    extra = (str(path),) if "--people" in command else ()
    ran = run(*command, str(path), *extra)
    assert ran.status == 1
    assert said in ran.err.casefold().replace("odd.jsonl", "")
    assert "Traceback" not in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_is_named_and_never_unpacked(run: Run, tmp_path: Path, name: str) -> None:
    packed, said = ARCHIVES[name]
    (tmp_path / name).write_bytes(packed)
    ran = run("extract", str(tmp_path / name))
    assert (ran.status, ran.out) == (1, "")
    assert f"looks like {said}" in ran.err


def test_a_folder_may_be_named_like_a_file(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "x.txt"
    folder.mkdir()
    (folder / "pipe.txt").symlink_to("/dev/zero")
    ran = run("extract", str(folder))
    assert ran.status == 1
    assert "x.txt/pipe.txt: it is a pipe, a socket or a device" in ran.err


def test_standard_input_without_an_end_is_left_after_the_limit(run: Run) -> None:
    ran = run("verify", "--speaker", "Noda", "-", stdin=b"rain " * 2_100_000)
    assert ran.status == 1
    assert "it goes on, over the limit of 10,000,000" in ran.err


def test_a_pipe_put_in_the_place_of_a_file_does_not_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"It rained.")
    status = path.stat()
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(type(path), "stat", lambda self, **options: status)
    with pytest.raises(UnreadableDocument):
        opened(str(path))


def test_a_file_that_grows_while_it_is_read_is_too_large(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        files.bounded(io.BytesIO(b"a" * 11), 10)
    (tmp_path / "a").write_bytes(b"a" * 10)
    assert bytes_of(str(tmp_path / "a"), 10) == b"a" * 10
