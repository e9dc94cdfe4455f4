"""Files of annotations that are none: every line that is no record is said, none is a crash."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from quotes.errors import RefusedImport
from quotes.incoming import read_annotations

if TYPE_CHECKING:
    from pathlib import Path

RECORD: dict[str, Any] = {
    "document": {"id": "d_0123456789abcdef", "version": "sha256:" + "0" * 64},
    "content": {"text": "“Rain,”", "spans": [[0, 7]]},
    "speaker": {"id": "s_1", "name": "Ada Moss", "kind": "person"},
    "kind": "direct",
    "act": "speech",
}


def problems(tmp_path: Path, *lines: str) -> list[tuple[int, str]]:
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        read_annotations(path)
    except RefusedImport as refused:
        return list(refused.problems)
    return []


def test_a_record_is_one(tmp_path: Path) -> None:
    assert problems(tmp_path, json.dumps(RECORD)) == []


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        "9" * 5_000,
        json.dumps({**RECORD, "document": {**RECORD["document"], "id": []}}),
        json.dumps({**RECORD, "document": {**RECORD["document"], "id": {}}}),
        json.dumps({**RECORD, "speaker": {"name": ["Ada"]}}),
        json.dumps({**RECORD, "speaker": {"name": "Ada", "id": 1}}),
        json.dumps({**RECORD, "content": {"text": "x", "spans": [[0, "7"]]}}),
    ],
    ids=["deep", "a long number", "id a list", "id an object", "name", "speaker's id", "spans"],
)
def test_what_is_no_record_is_said_with_its_line(tmp_path: Path, line: str) -> None:
    ((number, said),) = problems(tmp_path, json.dumps(RECORD), line)
    assert number == 2
    assert "it is no record of a quotation" in said
