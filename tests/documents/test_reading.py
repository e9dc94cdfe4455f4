from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.documents.reading import DEFAULT_MAX_BYTES, count_files, file_uri, read_paths
from quotes.errors import (
    BinaryDocument,
    EmptyDocument,
    MalformedRecord,
    MissingDocument,
    TooLarge,
    UnreadableDocument,
    WrongEncoding,
)
from tests.documents.sources import parted

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder `in`, in the current folder."""
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "in"
    made.mkdir()
    return made


@pytest.fixture
def foreign_folder() -> Iterator[Path]:
    """A folder in which permissions hold for this process, whoever runs it."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    root = os.geteuid() == 0
    try:
        yield made
    finally:
        if root:
            os.seteuid(0)
        for path in made.iterdir():
            path.chmod(0o755)
        shutil.rmtree(made)


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"This is {name}.")


def test_folders_are_walked_in_sorted_order_and_hidden_files_passed_over(folder: Path) -> None:
    fill(folder, "b.txt", "a.txt", "B/z.txt", "a/deep/er.txt", ".hidden.txt", ".git/x.txt", "c")
    documents, skipped = parted(list(read_paths(["in"])))
    assert [d.path for d in documents] == [
        "in/B/z.txt",
        "in/a/deep/er.txt",
        "in/a.txt",
        "in/b.txt",
        "in/c",
    ]
    assert not skipped
    assert count_files(["in"]) == 5


def test_paths_are_as_given_and_identities_are_not(folder: Path) -> None:
    fill(folder, "a b.txt")
    spellings = ["in", "in/", "./in", str(folder), "in/../in/a b.txt", "in/a b.txt"]
    documents = [parted(list(read_paths([path])))[0][0] for path in spellings]
    assert {d.uri for d in documents} == {(folder / "a b.txt").as_uri()}
    assert [d.path for d in documents] == [
        "in/a b.txt",
        "in/a b.txt",
        "./in/a b.txt",
        f"{folder}/a b.txt",
        "in/../in/a b.txt",
        "in/a b.txt",
    ]


def test_a_linked_file_keeps_its_own_name(folder: Path) -> None:
    fill(folder, "monday.txt")
    (folder / "latest.txt").symlink_to("monday.txt")
    assert file_uri("in/latest.txt") == (folder / "latest.txt").as_uri()


def test_links_in_loops_end(folder: Path) -> None:
    fill(folder, "sub/a.txt")
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "again").symlink_to(folder / "sub")
    (folder / "self").symlink_to("self")
    documents, skipped = parted(list(read_paths(["in"])))
    assert [d.path for d in documents] == ["in/again/a.txt"]
    assert [s.path for s in skipped] == ["in/self"]
    assert isinstance(skipped[0].error, UnreadableDocument)


def test_other_kinds_are_left_out_of_folders_and_tried_by_name(folder: Path) -> None:
    fill(folder, "a.txt", "b.py", "c.JPG", "d.db")
    (folder / "e.sav").write_bytes(b"\0\1\2")
    left_out: list[str] = []
    documents, skipped = parted(list(read_paths(["in"], on_left_out=left_out.append)))
    assert [d.path for d in documents] == ["in/a.txt"]
    assert not skipped
    assert left_out == ["in/b.py", "in/c.JPG", "in/d.db", "in/e.sav"]
    documents, skipped = parted(list(read_paths(["in/b.py", "in/e.sav"])))
    assert [d.path for d in documents] == ["in/b.py"]
    assert isinstance(skipped[0].error, BinaryDocument)


def test_sources_of_formats_to_come_are_not_left_out_silently(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"%PDF-1.7")
    (folder / "b.txt").write_bytes(b"\0\0")
    _, skipped = parted(list(read_paths(["in"])))
    assert [s.path for s in skipped] == ["in/a.pdf", "in/b.txt"]
    assert "later" in skipped[0].error.hint


def test_one_bad_file_does_not_stop_the_others(folder: Path) -> None:
    fill(folder, "a.txt", "z.txt")
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.txt").write_bytes("“no”".encode()[:-1])
    (folder / "d.html").write_text("<html></html>")
    (folder / "e.jsonl").write_text('{"id": "1", "text": "Good."}\n[]\n{"id": "2", "text": "Too."}')
    (folder / "gone.txt").symlink_to("nowhere")
    documents, skipped = parted(list(read_paths(["in", "missing", "in/a.txt/b"])))
    assert [d.path for d in documents] == ["in/a.txt", "in/e.jsonl#1", "in/e.jsonl#2", "in/z.txt"]
    assert [(s.path, type(s.error)) for s in skipped] == [
        ("in/b.txt", EmptyDocument),
        ("in/c.txt", WrongEncoding),
        ("in/d.html", EmptyDocument),
        ("in/e.jsonl:2", MalformedRecord),
        ("in/gone.txt", MissingDocument),
        ("missing", MissingDocument),
        ("in/a.txt/b", UnreadableDocument),
    ]
    for skip in skipped:
        assert str(skip).startswith(f"{skip.path}: ")
        assert "\n" not in str(skip)
        assert skip.error.hint


def test_a_file_deleted_after_listing_is_a_skip(folder: Path) -> None:
    fill(folder, "a.txt", "b.txt", "c.txt")
    results = read_paths(["in"])
    next(results)
    (folder / "b.txt").unlink()
    documents, skipped = parted(list(results))
    assert [d.path for d in documents] == ["in/c.txt"]
    assert [(s.path, type(s.error)) for s in skipped] == [("in/b.txt", MissingDocument)]


def test_a_folder_deleted_after_listing_is_a_skip(folder: Path) -> None:
    fill(folder, "a.txt", "sub/b.txt")
    results = read_paths(["in"])
    next(results)
    shutil.rmtree(folder / "sub")
    (skip,) = results
    assert str(skip).startswith("in/sub: there is no such file or folder;")


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_what_may_not_be_read_is_skipped(foreign_folder: Path) -> None:
    fill(foreign_folder, "a.txt", "b.txt", "sub/c.txt")
    (foreign_folder / "b.txt").chmod(0)
    (foreign_folder / "sub").chmod(0)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    documents, skipped = parted(list(read_paths([str(foreign_folder)])))
    assert [Path(d.path).name for d in documents] == ["a.txt"]
    assert [Path(s.path).name for s in skipped] == ["b.txt", "sub"]
    assert all("no permission" in s.error.message for s in skipped)


def test_pipes_sockets_and_devices_are_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("in/socket")
        documents, skipped = parted(list(read_paths(["in", "/dev/null"])))
    assert not documents
    assert [s.path for s in skipped] == ["in/pipe", "in/socket", "/dev/null"]
    assert all("not a file" in s.error.message for s in skipped)


def test_names_that_are_no_utf8_are_skipped_with_a_printable_line(folder: Path) -> None:
    try:
        (folder / os.fsdecode(b"caf\xe9.txt")).write_text("Words.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    fill(folder, "z.txt")
    documents, skipped = parted(list(read_paths(["in"])))
    assert [d.path for d in documents] == ["in/z.txt"]
    assert str(skipped[0]).startswith(r"in/caf\udce9.txt: its name is not valid UTF-8")
    str(skipped[0]).encode()


@pytest.mark.parametrize("path", ["", "a\0b", "x" * 5_000, "no/such/file"])
def test_paths_that_can_be_no_file_are_skipped(path: str) -> None:
    (skip,) = read_paths([path])
    assert isinstance(skip.error, MissingDocument | UnreadableDocument)  # type: ignore[union-attr] # a document has no error, and fails here


def test_a_name_with_a_line_break_is_said_on_one_line(folder: Path) -> None:
    (folder / "a\nb.txt").write_bytes(b"")
    (skip,) = read_paths(["in"])
    assert str(skip).startswith(r"in/a\nb.txt: ")


def test_the_size_limit_is_checked_before_reading(folder: Path) -> None:
    with (folder / "big.txt").open("wb") as file:
        file.truncate(DEFAULT_MAX_BYTES + 1)
    fill(folder, "small.txt")
    documents, skipped = parted(list(read_paths(["in"])))
    assert [d.path for d in documents] == ["in/small.txt"]
    assert isinstance(skipped[0].error, TooLarge)
    assert "10,000,001 bytes" in str(skipped[0])
    assert "--max-size" in skipped[0].error.hint


def test_the_limit_is_the_largest_size_read(folder: Path) -> None:
    (folder / "a.txt").write_text("12345")
    assert parted(list(read_paths(["in"], max_bytes=5)))[0]
    assert parted(list(read_paths(["in"], max_bytes=4)))[1]
    assert parted(list(read_paths(["-"], max_bytes=5, stdin=io.BytesIO(b"12345"))))[0]
    assert parted(list(read_paths(["-"], max_bytes=4, stdin=io.BytesIO(b"12345"))))[1]


def test_standard_input_is_known_by_its_content() -> None:
    raw = b"She said \xe2\x80\x9cgo\xe2\x80\x9d.\r\n"
    (document,) = parted(list(read_paths(["-"], stdin=io.BytesIO(raw))))[0]
    assert (document.path, document.raw) == ("-", raw)
    assert document.uri == "stdin:" + hashlib.sha256(raw).hexdigest()
    assert document.text == raw.decode()


def test_closed_standard_input_is_a_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    (skip,) = parted(list(read_paths(["-"])))[1]
    assert str(skip).startswith("-: standard input is closed;")


def test_standard_input_may_be_html_or_records() -> None:
    page = b"<html><body><p>The council met and agreed to open the bridge.</p></body></html>"
    (document,) = parted(list(read_paths(["-"], stdin=io.BytesIO(page))))[0]
    assert document.reader == "html"
    record = json.dumps({"id": "x", "text": "Words."}).encode()
    (document,) = parted(list(read_paths(["-"], stdin=io.BytesIO(record))))[0]
    assert (document.path, document.reader) == ("-#x", "jsonl")
    (skip,) = parted(list(read_paths(["-"], stdin=io.BytesIO(b""))))[1]
    assert isinstance(skip.error, EmptyDocument)


def test_the_encoding_is_given_to_every_file(folder: Path) -> None:
    (folder / "a.txt").write_bytes("Ž".encode("cp1250"))
    (folder / "b.jsonl").write_bytes('{"text": "Ž"}'.encode("cp1250"))
    documents, skipped = parted(list(read_paths(["in"], encoding="cp1250")))
    assert [d.text for d in documents] == ["Ž", "Ž"]
    assert not skipped


def test_an_unknown_encoding_stops_everything_at_once() -> None:
    with pytest.raises(WrongEncoding, match="'utf-9' is not an encoding"):
        read_paths(["missing"], encoding="utf-9")


def test_a_very_deep_folder_is_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(600):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.txt").write_text("Deep.")
    os.chdir(tmp_path)
    (document,) = parted(list(read_paths(["."])))[0]
    assert document.text == "Deep."
    assert document.path == "./" + "d/" * 600 + "a.txt"
