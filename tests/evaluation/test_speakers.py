"""Source mentions held against speakers decided by reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.errors import CorpusError
from quotes.evaluation import speakers
from quotes.evaluation.decided import COLUMNS, Decision, MentionType, Sort, read_decisions
from quotes.evaluation.speakers import Answer, Outcome, table
from quotes.quotation import Attribution, Kind, Quotation, SpeakerKind
from quotes.spans import Span
from tests.evaluation.corpora import write_corpus

DECIDED = Path(__file__).parents[2] / "fixtures" / "speakers"
HEADER = "\t".join(COLUMNS) + "\n"
SPEAKS = "“Low water,” she said, and Mara Lindqvist nodded."


def written(folder: Path, *rows: str) -> Path:
    path = folder / "speakers.tsv"
    path.write_text(HEADER + "".join(row + "\n" for row in rows), encoding="utf-8")
    return path


def test_rows_are_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "story\t32\t46\tfull\tperson\tMara Lindqvist|Mara E. Lindqvist",
        "story\t68\t75\tnominal\tgroup\t-",
        "story\t80\t84\tpronoun\tgroup\tAda Marsh&Mara Lindqvist|Lindqvist",
    )
    first, second, third = read_decisions(path)
    assert first == Decision(
        document="story",
        start=32,
        end=46,
        mention=MentionType.FULL,
        sort=Sort.PERSON,
        names=(("Mara Lindqvist", "Mara E. Lindqvist"),),
    )
    assert second.names == ()
    assert third.names == (("Ada Marsh",), ("Mara Lindqvist", "Lindqvist"))


@pytest.mark.parametrize(
    "row",
    [
        "story\t32\t46\twhole\tperson\tMara",
        "story\tx\t46\tfull\tperson\tMara",
        "story\t32\t46\tfull\tperson\t",
        "story",
    ],
)
def test_a_row_that_is_none_is_named(tmp_path: Path, row: str) -> None:
    with pytest.raises(CorpusError, match=r"speakers\.tsv, line 3"):
        read_decisions(written(tmp_path, "story\t32\t46\tfull\tperson\tMara", row))


def test_other_columns_and_no_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "speakers.tsv"
    with pytest.raises(CorpusError, match="cannot be read"):
        read_decisions(path)
    path.write_text("document\tname\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="other columns"):
        read_decisions(path)


def answer(
    *names: str, given: str | None, kind: SpeakerKind = SpeakerKind.PERSON, found: bool = True
) -> Answer:
    decision = Decision(
        document="story",
        start=SPEAKS.index("she"),
        end=SPEAKS.index("she") + 3,
        mention=MentionType.PRONOUN,
        sort=Sort.PERSON,
        names=tuple((name,) for name in names),
    )
    attribution = Attribution(name=given, kind=kind, method="name") if given else None
    quotation = Quotation(kind=Kind.DIRECT, content=(Span(0, 12),), attribution=attribution)
    return Answer(decision=decision, text=SPEAKS, quotation=quotation if found else None)


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (answer("Mara Lindqvist", given="Mara Lindqvist"), Outcome.RIGHT),
        (answer("Mara Lindqvist", given="Lindqvist Mara"), Outcome.RIGHT),
        (answer("Mara Lindqvist", given="Ada Marsh"), Outcome.WRONG),
        (answer("Mara Lindqvist", given=None), Outcome.UNKNOWN),
        (answer("Mara Lindqvist", given="a clerk", kind=SpeakerKind.UNNAMED), Outcome.UNKNOWN),
        (answer("Mara Lindqvist", given=None, found=False), Outcome.MISSED),
        (answer(given="Ada Marsh"), Outcome.WRONG),
        (answer(given="two clerks", kind=SpeakerKind.GROUP), Outcome.RIGHT),
        (answer(given=None), Outcome.RIGHT),
        (
            answer("Ada Marsh", "Mara Lindqvist", given="Ada Marsh and Mara Lindqvist"),
            Outcome.RIGHT,
        ),
        (answer("Ada Marsh", "Mara Lindqvist", given="Ada Marsh"), Outcome.WRONG),
    ],
)
def test_outcomes(given: Answer, outcome: Outcome) -> None:
    assert given.outcome is outcome


def test_the_table_counts_by_type() -> None:
    lines = table(
        [
            answer("Mara Lindqvist", given="Mara Lindqvist"),
            answer("Mara Lindqvist", given="Ada Marsh"),
            answer("Mara Lindqvist", given=None, found=False),
            answer(given="Ada Marsh"),
        ]
    )
    rows = {line.split("  ")[0]: line.split() for line in lines}
    assert rows["pronoun"][1:] == ["1", "1", "0", "1", "50.0", "%"]
    assert rows["full"][-1] == "-"
    assert lines[-1].endswith("none: 1 of 1, 100.0 %")


@pytest.mark.model
@pytest.mark.parametrize("extractor", [(), ("--extractor", "rules")])
def test_the_command_prints_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], extractor: tuple[str, ...]
) -> None:
    corpus = write_corpus(tmp_path)
    path = written(
        tmp_path,
        "story\t32\t46\tfull\tperson\tMara Lindqvist",
        "story\t68\t75\tnominal\tgroup\t-",
    )
    speakers.main([str(corpus), str(path), *extractor])
    out = capsys.readouterr().out
    assert "none: 0 of 1, 0.0 %" in out
    assert "100.0 %" in out
    path = written(tmp_path, "story\t32\t46\tfull\tperson\tAda Marsh")
    speakers.main([str(corpus), str(path), "--list", *extractor])
    assert "full 'Mara Lindqvist': Ada Marsh, given 'Mara Lindqvist'" in capsys.readouterr().out


@pytest.mark.model
def test_a_mention_that_the_corpus_lacks_is_refused(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path)
    with pytest.raises(CorpusError, match="no source at"):
        speakers.main([str(corpus), str(written(tmp_path, "story\t1\t2\tfull\tperson\tMara"))])
    with pytest.raises(CorpusError, match="no text tale"):
        speakers.main([str(corpus), str(written(tmp_path, "tale\t1\t2\tfull\tperson\tMara"))])


@pytest.mark.parametrize(
    ("part", "count"), [("dev", 536), ("train", 12973), ("unseen", 959), ("fresh", 1244)]
)
def test_the_decided_speakers_are_places_and_names_alone(part: str, count: int) -> None:
    decisions = read_decisions(DECIDED / f"polnear-{part}.tsv")
    assert len(decisions) == len({(d.document, d.start, d.end) for d in decisions}) == count
    assert {d.mention for d in decisions} == set(MentionType)
    assert all(len(name) < 100 for d in decisions for forms in d.names for name in forms)
