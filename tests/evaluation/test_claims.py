"""Measuring verdicts: figures by hand, and claims put to a real database of a short text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from quotes.errors import CorpusError
from quotes.evaluation.claims import main
from quotes.evaluation.claims_archive import annotated_documents, archive
from quotes.evaluation.claims_peer import by_score, tuned
from quotes.evaluation.claims_table import figures, miss_lines, table
from quotes.evaluation.claims_values import Answer, Claim, read_claims
from quotes.store.queries import quotations
from quotes.verification.verdict import Ruling
from tests.evaluation.corpora import GOLD, STORY, write_corpus

if TYPE_CHECKING:
    from pathlib import Path

V, A, P, M, N = Ruling
LINES = [
    ("v1", "Mara Lindqvist", "The bridge opens in May", V),
    ("v2", "Lindqvist", "the bridge opens\nin May", V),
    ("n1", "Mara Lindqvist", "The ferries will sail at noon", N),
    ("n2", "Ada Marsh", "Nobody counts the gulls", N),
]


def claim(verdict: Ruling, *, sort: str = "") -> Claim:
    return Claim(id="c", speaker="Roe", claim="We sail", verdict=verdict, sort=sort)


def answer(right: Ruling, given: Ruling, seconds: float = 0.01, *, sort: str = "") -> Answer:
    return Answer(claim=claim(right, sort=sort), given=given, seconds=seconds, evidence="Roe: no")


def line(id_: str, speaker: str, said: str, verdict: Ruling) -> dict[str, Any]:
    fields = {"id": id_, "speaker": speaker, "claim": said, "verdict": str(verdict)}
    return {**fields, "text": "text/story.txt", "note": "as it stands"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of one text, and a file of claims over it."""
    write_corpus(tmp_path)
    lines = [json.dumps(line(*one)) for one in LINES]
    (tmp_path / "claims.jsonl").write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return tmp_path


def test_claims_are_read_as_they_stand(folder: Path) -> None:
    claims = read_claims(folder / "claims.jsonl")
    assert [one.verdict for one in claims] == [V, V, N, N]
    assert claims[1].claim == "the bridge opens\nin May"
    assert claims[1].text == "text/story.txt"


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        '{"id": "x"}',
        json.dumps({**line(*LINES[0]), "verdict": "true"}),
        json.dumps({**line(*LINES[0]), "claim": 7}),
        json.dumps({**line(*LINES[0]), "text": 7}),
    ],
)
def test_a_line_that_is_no_claim_is_named(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps(line(*LINES[0])) + "\n" + bad, encoding="utf-8")
    with pytest.raises(CorpusError, match="line 2"):
        read_claims(path)


def test_the_figures_count_each_verdict_apart() -> None:
    answers = [answer(V, V)] * 3 + [answer(V, N), answer(A, V), answer(A, A), answer(P, V)]
    found = figures(answers)
    assert (found["claims"], found["right"], found["accuracy"]) == (7, 4, 57.1)
    assert found["balanced"] == round((75 + 50 + 0) / 3, 1)
    assert found["verdicts"]["verbatim"]["given"]["not_found"] == 1
    # A paraphrase that is taken for verbatim is wrong, but not among the grave ones.
    assert found["wrongly_verbatim"] == {"altered": 1, "misattributed": 0, "not_found": 0}
    assert "misattributed" not in found["verdicts"]


def test_times_are_nearest_ranks() -> None:
    found = figures([answer(V, V, n / 1000) for n in range(20, 0, -1)])
    assert found["milliseconds"] == {"p50": 10.0, "p95": 19.0}
    assert figures([])["milliseconds"] == {"p50": 0.0, "p95": 0.0}


def test_classes_of_edits_are_counted_where_there_are_any() -> None:
    answers = [answer(A, A, sort="date"), answer(A, N, sort="date"), answer(N, N)]
    assert figures(answers)["sorts"] == {"altered: date": {"n": 2, "right": 1, "accuracy": 50.0}}
    rows = [row.split() for row in table(figures(answers))]
    assert ["altered:", "date", "2", "1", "50.0", "%"] in rows


def test_only_misses_are_listed() -> None:
    lines = miss_lines([answer(V, V), answer(A, N, sort="date")])
    assert lines[0] == "c: altered (date), answered not_found"
    assert lines[1:] == ["  Roe: We sail", "  best: Roe: no"]


@pytest.mark.model
def test_claims_are_put_to_what_the_texts_say(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(folder / "claims.jsonl"), "--root", str(folder)]
    main([*arguments, "--json", "--list"])
    found = json.loads(capsys.readouterr().out)
    assert (found["claims"], found["accuracy"], found["misses"]) == (4, 100.0, [])
    assert 0 < found["milliseconds"]["p50"] <= found["milliseconds"]["p95"]
    main([*arguments, "--list"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:4] == ["right", "verdict", "n", "right"]
    assert lines[1].split()[:4] == ["verbatim", "2", "2", "100.0"]


def test_a_text_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(SystemExit, match=r"story\.txt is not there"):
        main([str(folder / "claims.jsonl"), "--root", str(folder / "nowhere")])


@pytest.mark.model
def test_annotated_quotations_are_stored_as_they_are(folder: Path) -> None:
    renamed = GOLD.replace("#1\tSpeaker E1\tMara Lindqvist", "#1\tSpeaker E1\tOda Harbour")
    write_corpus(folder, gold=renamed)
    gold = annotated_documents([folder, folder / "text"])
    assert set(gold) == {STORY}
    with archive([folder / "text" / "story.txt"], gold=gold) as store, store.session() as session:
        stored = [one.record for one in quotations(session)]
    names = [one["speaker"]["name"] if one["speaker"] else None for one in stored]
    # In a corpus that names speakers, an annotation without one has none.
    assert names == ["Oda Harbour", None, None]
    assert [one["kind"] for one in stored] == ["direct", "indirect", "mixed"]
    assert stored[1]["act"] == "thought"


def test_the_peer_is_tuned_to_the_most_right_verdicts() -> None:
    scored = [(100.0, V), (99.0, V), (90.0, A), (70.0, P), (65.0, P), (50.0, N), (100.0, M)]
    thresholds = tuned(scored)
    assert list(thresholds) == sorted(thresholds, reverse=True)
    given = [by_score(score, thresholds) for score, _ in scored]
    assert given == [V, V, A, P, P, N, V]


@pytest.mark.model
def test_the_peer_knows_no_speaker(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("rapidfuzz")
    blamed = line("m1", "Ada Marsh", "The bridge opens in May", M)
    with (folder / "claims.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(blamed) + "\n")
    main([str(folder / "claims.jsonl"), "--root", str(folder), "--json", "--peer", "rapidfuzz"])
    own, peer = map(json.loads, capsys.readouterr().out.splitlines())
    assert (own["system"], peer["system"]) == ("quotes", "rapidfuzz")
    assert own["verdicts"]["misattributed"]["right"] == 1
    assert peer["wrongly_verbatim"]["misattributed"] == 1
