"""The claims that are held against a single content each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.errors import CorpusError
from quotes.evaluation.phenomena import answer, main, read_statements
from quotes.verification.verdict import Ruling

PHENOMENA = Path("fixtures/claims/phenomena.jsonl")


def test_each_statement_of_the_file_is_judged_by_words_alone_and_none_is_verbatim() -> None:
    statements = read_statements(PHENOMENA)
    assert len({one.id for one in statements}) == len(statements) > 150
    answers = [answer(one) for one in statements]
    assert Ruling.VERBATIM not in {one.given for one in answers}
    assert sum(one.right for one in answers) >= 0.6 * len(statements)


def test_a_line_that_is_no_statement_is_named(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="line 1"):
        read_statements(path)


def test_what_is_answered_wrong_is_listed_with_the_content(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "claims.jsonl"
    line = {"id": "a", "content": "We sail at noon", "claim": "We sail at dusk", "note": "an hour"}
    path.write_text(json.dumps({**line, "verdict": "verbatim"}), encoding="utf-8")
    main([str(path), "--no-vectors", "--list"])
    told = capsys.readouterr().out
    assert "a: verbatim, answered" in told
    assert "best: We sail at noon" in told
