"""The collection as this package's own reader of brat reads it, and by brat's own rules."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.evaluation.brat import parse_standoff
from quotes.evaluation.corpus import read_corpus
from quotes.evaluation.predictions import prediction_of
from quotes.evaluation.score import score
from quotes.exports.brat import file_name
from quotes.pipeline import Result
from quotes.quotation import Act, Kind, Quotation
from quotes.spans import Span
from quotes.store import Store, queries
from quotes.store.models import RunStatus
from quotes.store.speaker_book import SpeakerBook
from quotes.store.writer import finish_run, save, start_run
from tests.cli.archive import COUNCIL, HARBOUR
from tests.exports.conftest import exported
from tests.store.builders import make_document

if TYPE_CHECKING:
    from quotes.pipeline import Pipeline
    from tests.exports.conftest import Export

LINES = "“One\r\n\r\ntwo\u2028three,” said Ada Moss\tagain, to all.\n"
GOLD = Path(__file__).parents[2] / "fixtures" / "gold" / "text"


def unpacked(archive: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        assert files.testzip() is None
        files.extractall(folder)
    return folder


def stored(folder: Path, text: str, *quotations: Quotation, name: str = "summit.txt") -> str:
    url = f"sqlite:///{folder / 'made.db'}"
    with Store(url, create=True) as store, store.session(write=True) as session:
        run = start_run(session, pipeline="hand", version="1", models={}, config={})
        result = Result(text=text, quotations=quotations)
        save(session, make_document(text, name=name), result, run, SpeakerBook())
        finish_run(session, run, RunStatus.DONE)
    return url


def check_by_the_rules_of_brat(text: str, annotations: str) -> None:
    """Check what brat's server checks when it opens a document."""
    seen = set()
    bound: dict[str, str] = {}
    for line in annotations.splitlines():
        id_, data, *tail = line.split("\t", 2)
        assert id_ not in seen
        seen.add(id_)
        if id_.startswith("T"):
            type_, places = data.split(" ", 1)
            fragments = [tuple(map(int, place.split())) for place in places.split(";")]
            assert all(0 <= start < end <= len(text) for start, end in fragments)
            assert all(a[1] < b[0] for a, b in pairwise(fragments))
            assert tail == [" ".join(text[start:end] for start, end in fragments)]
            bound[id_] = type_
        elif id_.startswith("E"):
            (trigger, *arguments) = data.split()
            assert bound[trigger.partition(":")[2]] == trigger.partition(":")[0] == "Attribution"
            for argument in arguments:
                role, _, target = argument.partition(":")
                assert bound[target] == role.rstrip("0123456789")
        else:
            assert data.split()[1] in seen


def test_the_texts_are_the_sources_and_brat_would_open_them(export: Export, tmp_path: Path) -> None:
    folder = unpacked(export("brat"), tmp_path / "brat")
    texts = sorted(folder.glob("*.txt"))
    assert [one.name[:8] for one in texts] == ["council-", "harbour-"]
    assert [one.read_bytes().decode() for one in texts] == [COUNCIL, HARBOUR]
    for one in texts:
        annotations = one.with_suffix(".ann").read_bytes().decode()
        check_by_the_rules_of_brat(one.read_bytes().decode(), annotations)
    configuration = (folder / "annotation.conf").read_text(encoding="utf-8")
    assert re.findall(r"^\[(\w+)\]$", configuration, re.MULTILINE) == [
        "entities",
        "relations",
        "events",
        "attributes",
    ]
    assert json.loads((folder / "manifest.json").read_bytes())["pipelines"] == [
        {"name": "hand", "version": "1"}
    ]


def test_the_reader_gets_every_span_kind_act_and_speaker(
    export: Export, archive: str, tmp_path: Path
) -> None:
    corpus = read_corpus(unpacked(export("brat"), tmp_path / "brat"))
    with Store(archive) as store, store.session() as session:
        records = [one.record for one in queries.quotations(session)]
    read = [q for document in reversed(corpus.documents) for q in document.quotations]
    for gold, record in zip(read, records, strict=True):
        for role in ("content", "cue", "source"):
            passage = record[role]
            spans = passage["spans"] if passage else []
            assert [[span.start, span.end] for span in getattr(gold, role)] == spans
        assert (gold.kind, gold.act) == (record["kind"], record["act"])
        assert gold.speaker == (record["speaker"]["name"] if record["speaker"] else None)


def test_a_span_over_line_ends_is_given_as_its_lines(tmp_path: Path) -> None:
    whole = Quotation(kind=Kind.DIRECT, act=Act.SPEECH, content=(Span(0, LINES.index(" said")),))
    written = exported(stored(tmp_path, LINES, whole), "brat")
    folder = unpacked(written, tmp_path / "brat")
    (path,) = folder.glob("*.ann")
    annotations = path.read_bytes().decode()
    assert annotations.startswith("T1\tContent 0 4;8 11;12 19\t“One two three,”\n")
    check_by_the_rules_of_brat(LINES, annotations)
    (event,) = parse_standoff(annotations.split("\n"), name="made")
    assert [(s.start, s.end) for s in event.roles["Content"]] == [(0, 4), (8, 11), (12, 19)]


@pytest.mark.parametrize(
    ("path", "start"),
    [
        ("../../etc/passwd.txt", "passwd-d_"),
        ("C:\\Users\\x\\..\\note.txt", "note-d_"),
        ("\u0645\u0642\u0627\u0644", "d_"),
        ("café au lait.html", "cafe-au-lait-d_"),
        ("a" * 300, "a" * 60 + "-d_"),
        ("-rf .txt", "rf-d_"),
    ],
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, path: str, start: str) -> None:
    quotation = Quotation(kind=Kind.DIRECT, content=(Span(0, 4),))
    url = stored(tmp_path, LINES, quotation)
    with Store(url) as store, store.session() as session:
        (one,) = queries.quotations(session)
    one.record["document"]["path"] = path
    assert file_name(one).startswith(start)
    assert re.fullmatch(r"[A-Za-z0-9-]*d_[0-9a-f]{16}", file_name(one))


@pytest.mark.model
def test_evaluating_the_export_of_what_the_extractor_found_gives_a_hundred(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    texts = {path.stem: path.read_bytes().decode() for path in sorted(GOLD.glob("*.txt"))}
    url = f"sqlite:///{tmp_path / 'gold.db'}"
    predictions = {}
    with Store(url, create=True) as store, store.session(write=True) as session:
        run = start_run(session, pipeline="p", version="1", models={}, config={})
        for (name, text), result in zip(texts.items(), pipeline.run(texts.values()), strict=True):
            save(session, make_document(text, name=f"{name}.txt"), result, run, SpeakerBook())
            digest = hashlib.sha256(text.encode()).hexdigest()
            predictions[digest] = [prediction_of(one) for one in result.quotations]
        finish_run(session, run, RunStatus.DONE)
    corpus = read_corpus(unpacked(exported(url, "brat"), tmp_path / "brat"))
    named = {
        document.name: predictions[hashlib.sha256(document.text.encode()).hexdigest()]
        for document in corpus.documents
    }
    scores = score(corpus, named)
    assert scores.attribution.gold > 100
    for tally in (scores.attribution, scores.content, *scores.exact.values()):
        assert tally.f1 == 100
    for tally in scores.overlap.values():
        assert tally.f1 == 100
