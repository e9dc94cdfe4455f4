from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.documents.single import read_one
from quotes.errors import BinaryDocument, DocumentError, MissingDocument, UnreadableDocument

if TYPE_CHECKING:
    from pathlib import Path


def test_one_article_is_read(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("The ferry sails.\n")
    assert read_one(str(path)).text == "The ferry sails.\n"


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("gone.txt", None, MissingDocument),
        ("noise.txt", b"\0\1\2" * 100, BinaryDocument),
        (
            "two.jsonl",
            b'{"text": "The ferry sails."}\n{"text": "It is back."}\n',
            UnreadableDocument,
        ),
        ("empty.txt", b"", DocumentError),
    ],
)
def test_a_refusal_names_the_file(
    tmp_path: Path, name: str, content: bytes | None, error: type[DocumentError]
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error, match=name) as refused:
        read_one(str(path))
    assert "--" not in refused.value.hint


def test_a_folder_is_not_one_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="is a folder, not one file"):
        read_one(str(tmp_path))
