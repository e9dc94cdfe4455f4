from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.errors import CorpusError
from quotes.evaluation.corpus import read_corpus
from quotes.quotation import Act, Kind
from quotes.spans import Span, text_of
from tests.evaluation.corpora import GOLD, STORY, write_corpus

if TYPE_CHECKING:
    from pathlib import Path


def test_roles_kinds_acts_and_speakers_are_read(tmp_path: Path) -> None:
    corpus = read_corpus(write_corpus(tmp_path))
    (document,) = corpus.documents
    first, second, third = document.quotations
    assert text_of(STORY, first.content) == "“The bridge opens in May,”"
    assert (first.kind, first.act, first.speaker) == (Kind.DIRECT, Act.SPEECH, "Mara Lindqvist")
    assert (second.act, second.speaker) == (Act.THOUGHT, None)
    assert text_of(STORY, third.source) == "two clerks"
    assert third.act is None
    assert corpus.names_speakers


def test_a_corpus_without_speaker_notes_names_no_speakers(tmp_path: Path) -> None:
    gold = "".join(line + "\n" for line in GOLD.splitlines() if not line.startswith("#"))
    assert not read_corpus(write_corpus(tmp_path, gold=gold)).names_speakers


def test_discontinuous_spans_and_numbered_roles_are_gathered_in_order(tmp_path: Path) -> None:
    gold = (
        "T1\tContent 9 15;0 4\tx\nT2\tContent 20 22\ty\nT3\tCue 16 19\tz\n"
        "E1\tAttribution:T3 Content:T1 Content2:T2 Cue:T3\n"
    )
    (document,) = read_corpus(write_corpus(tmp_path, gold=gold)).documents
    assert document.quotations[0].content == (Span(0, 4), Span(9, 15), Span(20, 22))


def test_events_without_content_are_left_out(tmp_path: Path) -> None:
    gold = "T1\tCue 27 31\tsaid\nE1\tAttribution:T1 Cue:T1\n"
    (document,) = read_corpus(write_corpus(tmp_path, gold=gold)).documents
    assert document.quotations == ()


def test_line_ends_of_the_text_are_kept(tmp_path: Path) -> None:
    corpus = read_corpus(write_corpus(tmp_path, text=STORY.replace("\n", "\r\n")))
    assert corpus.documents[0].text.count("\r\n") == 3


def test_the_first_annotator_by_name_counts(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    (tmp_path / "attributions" / "story_aaaa.ann").write_text("", encoding="utf-8")
    assert read_corpus(tmp_path).documents[0].quotations == ()


def test_limit_reads_the_first_by_name(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        write_corpus(tmp_path, name=name)
    assert [d.name for d in read_corpus(tmp_path, limit=2).documents] == ["a", "b"]


def test_the_digest_follows_texts_and_annotations(tmp_path: Path) -> None:
    digest = read_corpus(write_corpus(tmp_path / "one")).digest
    assert read_corpus(write_corpus(tmp_path / "two")).digest == digest
    assert read_corpus(write_corpus(tmp_path / "two", text=STORY + "\n")).digest != digest
    assert read_corpus(write_corpus(tmp_path / "two", gold=GOLD + "\n")).digest != digest


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("T1\tContent 5\tx", "line 1"),
        ("T1\tContent 9 5\tx", "line 1"),
        ("T1\tContent a b\tx", "line 1"),
        ("T1\tContent 0 4\tx\nE1\tContent", "line 2"),
        ("T1\tContent 0 4\tx\nE1\tContent:T1\nA1\tKind E1 straight", "'straight'"),
    ],
)
def test_a_malformed_annotation_is_named(tmp_path: Path, line: str, named: str) -> None:
    with pytest.raises(CorpusError, match=named):
        read_corpus(write_corpus(tmp_path, gold=line + "\n"))


def test_a_folder_that_is_no_corpus_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no folder"):
        read_corpus(tmp_path / "nowhere")
    with pytest.raises(CorpusError, match="not laid out"):
        read_corpus(tmp_path)
    write_corpus(tmp_path)
    (tmp_path / "attributions" / "story_gold.ann").rename(tmp_path / "attributions" / "other.ann")
    with pytest.raises(CorpusError, match=r"story\.txt has no annotations"):
        read_corpus(tmp_path)
    (tmp_path / "text" / "story.txt").unlink()
    with pytest.raises(CorpusError, match=r"no \.txt files"):
        read_corpus(tmp_path)


def test_a_text_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    (tmp_path / "text" / "story.txt").write_bytes(b"caf\xe9")
    with pytest.raises(CorpusError, match=r"story\.txt cannot be read"):
        read_corpus(tmp_path)
