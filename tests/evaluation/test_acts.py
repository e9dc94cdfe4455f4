from __future__ import annotations

from pathlib import Path

import pytest

from quotes.errors import CorpusError
from quotes.evaluation import acts
from quotes.evaluation.acts import COLUMNS, Place, read_acts
from quotes.quotation import Act
from tests.evaluation.corpora import STORY, write_corpus

DECIDED = Path(__file__).parents[2] / "fixtures" / "acts"
HEADER = "\t".join(COLUMNS) + "\n"


def written(folder: Path, *rows: str) -> Path:
    path = folder / "acts.tsv"
    path.write_text(HEADER + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def test_rows_are_read_by_place(tmp_path: Path) -> None:
    path = written(tmp_path, "story\t27\t31\t0\tspeech", "story\t\t\t40\tthought")
    assert read_acts(path) == {
        Place("story", 27, 31, 0): Act.SPEECH,
        Place("story", None, None, 40): Act.THOUGHT,
    }


@pytest.mark.parametrize("row", ["story\t27\t31\t0\tmusing", "story\tx\t31\t0\tspeech", "story"])
def test_a_row_that_is_none_is_named(tmp_path: Path, row: str) -> None:
    with pytest.raises(CorpusError, match=r"acts\.tsv, line 3"):
        read_acts(written(tmp_path, "story\t27\t31\t0\tspeech", row))


def test_other_columns_and_no_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "acts.tsv"
    with pytest.raises(CorpusError, match="cannot be read"):
        read_acts(path)
    path.write_text("document\tact\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="other columns"):
        read_acts(path)


@pytest.mark.model
def test_the_share_of_right_acts_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = write_corpus(tmp_path)
    said = STORY.index("said")
    row = f"story\t{said}\t{said + 4}\t0\t"
    acts.main([str(corpus), str(written(tmp_path, row + "speech"))])
    assert "1 of 1 right, 100.0 %" in capsys.readouterr().out
    acts.main([str(corpus), str(written(tmp_path, row + "writing"))])
    out = capsys.readouterr().out
    assert "0 of 1 right, 0.0 %" in out
    assert "writing: given 1 speech, 0 writing, 0 thought" in out


@pytest.mark.model
def test_an_attribution_that_the_corpus_lacks_is_refused(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path)
    with pytest.raises(CorpusError, match="no attribution at"):
        acts.main([str(corpus), str(written(tmp_path, "story\t1\t2\t0\tspeech"))])


def test_the_decided_acts_are_places_and_acts_alone() -> None:
    path = DECIDED / "polnear-dev.tsv"
    decided = read_acts(path)
    assert len(decided) == len(path.read_text(encoding="utf-8").splitlines()) - 1 == 800
    assert set(decided.values()) == set(Act)
