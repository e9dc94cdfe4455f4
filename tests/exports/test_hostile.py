"""Hostile texts through every format: none is obeyed, and none is lost.

Each text stands in every place of a quotation at once: as its words, speaker, title, path, author,
note of a review. Formats for programs keep it to the character. Where a format has no place for a
character, it is replaced by something to be seen, as `SHOWN` says for each.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest
from lxml import etree, html
from markdown_it import MarkdownIt
from openpyxl.utils.escape import unescape
from prov.model import ProvDocument, ProvEntity

from quotes.evaluation.corpus import read_corpus
from quotes.exports import FORMATS, load_exporter
from quotes.exports.csv_sheet import safe_cell
from quotes.exports.exporter import Setting
from quotes.exports.manifest import Manifest
from quotes.exports.passage import legible
from quotes.exports.printable import printable
from quotes.exports.xlsx import CONTINUED, LONG, shown
from quotes.exports.xml_text import FORBIDDEN, _picture
from quotes.quotation import Evidence
from quotes.store.values import RunInfo, StoredQuotation, StoredReview
from tests.hostile import HOSTILE, IMPOSSIBLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotes.records import PassageRecord, SpeakerRecord

TEXTS = HOSTILE + IMPOSSIBLE
MOMENT = datetime(2026, 11, 22, tzinfo=UTC)
BEFORE, AFTER = "Yesterday, Ada Moss said: ", " Nobody else spoke.\n"
SCHEMAS = Path(__file__).parent / "schemas"
CHROMIUM = shutil.which("chromium")
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "section", "article",
    "div", "h1", "h2", "p", "a", "blockquote", "mark", "span",
}  # fmt: skip


def body(text: str) -> str:
    return BEFORE + text + AFTER


def quotation(text: str, number: int) -> StoredQuotation:
    """Return a quotation of which every text is this one."""
    whole = body(text)

    def passage(start: int, end: int) -> PassageRecord:
        return {"text": whole[start:end], "start": start, "end": end, "spans": [[start, end]]}

    speaker: SpeakerRecord = {"id": f"s_{number:016x}", "name": text, "kind": "person"}
    id_, at = f"{number:016x}", len(BEFORE)
    review = StoredReview(
        id=number,
        quotation=f"q_{id_}",
        reviewer=text,
        created_at=MOMENT,
        action="confirm",
        status="confirmed",
        old={"was": text},
        new={text[:40]: text},
        note=text,
        inherits=None,
    )
    return StoredQuotation(
        record={
            "id": f"q_{id_}",
            "kind": "direct",
            "act": "speech",
            "document": {
                "id": f"d_{id_}",
                "path": text,
                "version": "sha256:" + "0" * 48 + id_,
                "title": text,
                "published_at": MOMENT.isoformat(),
            },
            "content": passage(at, at + len(text)),
            "cue": passage(at - 6, at - 2),
            "source": passage(11, 19),
            "speaker": speaker,
            "via": {**speaker, "id": f"s_f{number:015x}", "kind": "organisation"},
            "confidence": 0.5,
            "status": "confirmed",
            "method": text,
        },
        version_id=number,
        uri=text,
        url=text,
        author=text,
        publisher=text,
        media_type="text/plain",
        ingested_at=MOMENT,
        addressee=None,
        evidence=(Evidence(text=text, start=at, end=at + len(text), relation="source"),),
        via_evidence=(),
        attribution_confidence=None,
        reviews=(review,),
        run=RunInfo(id=1, pipeline=text, version="1", started_at=MOMENT),
        current=True,
    )


def exported(form: str, texts: tuple[str, ...] = TEXTS, group: str = "speaker") -> bytes:
    manifest = Manifest(pipelines=tuple((text, "1") for text in texts[:3]))
    setting = Setting(passages=lambda version: body(texts[version]), manifest=manifest, group=group)
    found = [quotation(text, number) for number, text in enumerate(texts)]
    return b"".join(load_exporter(form, setting).chunks(found))


def xml(text: str) -> str:
    return FORBIDDEN.sub(_picture, text)


def replaced(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "?", text)


def same(text: str) -> str:
    return text


# How each format shows a text of which it cannot hold, or must not obey, a character.
SHOWN: dict[str, Callable[[str], str]] = {
    "csv": safe_cell,
    "xlsx": shown,
    "jsonl": same,
    "md": printable,
    "html": legible,
    "docx": legible,
    "webannotation": same,
    "tei": xml,
    "brat": replaced,
    "prov": same,
    "schema": same,
}


def read_csv(raw: bytes, _: Path) -> list[str]:
    rows = list(csv.DictReader(io.StringIO(raw.decode(), newline="")))
    assert all(row["speaker"] == row["quotation"] == row["title"] for row in rows)
    return [row["quotation"] for row in rows]


def read_xlsx(raw: bytes, _: Path) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(raw))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    links = [cell.hyperlink.target for cell in cells if cell.hyperlink]
    assert all(str(target).startswith(("http://", "https://", "FILE:///")) for target in links)
    more = {(row[0].value, row[1].value): str(row[3].value) for row in book[LONG].iter_rows()}
    found = []
    for row in book["Quotations"].iter_rows(min_row=2):
        # Excel reads `_x005F_` as an underscore, openpyxl in the strings of cells does not.
        id_, text = row[0].value, unescape(str(row[7].value))
        if text.endswith(CONTINUED):
            text = text.removesuffix(CONTINUED) + more[id_, "quotation"]
        found.append(text)
    return found


def read_jsonl(raw: bytes, _: Path) -> list[str]:
    return [json.loads(line)["content"]["text"] for line in raw.decode().split("\n") if line]


def read_md(raw: bytes, _: Path) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(raw.decode())
    kinds = {token.type for token in tokens}
    blocks = {kind.removesuffix("_open").removesuffix("_close") for kind in kinds}
    assert blocks <= {"heading", "paragraph", "blockquote", "inline"}
    inner = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inner} <= {"text", "text_special", "hardbreak", "softbreak"}
    return [
        "".join(child.content for child in token.children or ())
        for before, token in pairwise(tokens)
        if before.type == "paragraph_open" and before.level == 1
    ]


def read_html(raw: bytes, _: Path) -> list[str]:
    page = html.document_fromstring(raw.decode())
    assert {str(element.tag) for element in page.iter()} <= ALLOWED
    names = {name for element in page.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or name in ("style", "src")]
    links = [a.get("href") for a in page.iter("a")]
    assert all(link.startswith(("http://", "https://", "file:///")) for link in links)
    return [quote.text_content() for quote in page.iter("blockquote")]


def read_docx(raw: bytes, _: Path) -> list[str]:
    document = docx.Document(io.BytesIO(raw))
    main = zipfile.ZipFile(io.BytesIO(raw)).read("word/document.xml")
    assert b"instrText" not in main.replace(b"&lt;w:instrText", b"").replace(
        b"&lt;/w:instrText", b""
    )
    fields = etree.fromstring(main, etree.XMLParser(huge_tree=True)).iterfind(".//{*}fldSimple")
    for field in fields:
        (instruction,) = field.attrib.values()
        assert re.fullmatch(r' HYPERLINK "(https?|file)://[^"\\\s]+" ', instruction)
    styled = [(p.style.name if p.style else "", p.text) for p in document.paragraphs]
    return [text for name, text in styled if name == "Intense Quote"]


def read_webannotation(raw: bytes, _: Path) -> list[str]:
    items = json.loads(raw)["first"]["items"]
    assert {item["body"][0]["value"] for item in items} == set(TEXTS)
    return [item["target"]["selector"][0]["exact"] for item in items]


def read_tei(raw: bytes, _: Path) -> list[str]:
    corpus = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, huge_tree=True))
    etree.RelaxNG(etree.parse(SCHEMAS / "tei.rng")).assertValid(corpus)
    return ["".join(said.itertext()) for said in corpus.iterfind(".//{*}said")]


def read_brat(raw: bytes, folder: Path) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert all(re.fullmatch(r"[\w.-]+", name, re.ASCII) for name in archive.namelist())
        archive.extractall(folder)
    corpus = read_corpus(folder)
    documents = sorted(corpus.documents, key=lambda one: one.name.rpartition("d_")[2])
    found = []
    for document, text in zip(documents, TEXTS, strict=True):
        (one,) = document.quotations
        assert one.speaker == printable(text)
        found.append(document.text[one.content[0].start : one.content[-1].end])
    return found


def read_prov(raw: bytes, _: Path) -> list[str]:
    document: Any = ProvDocument.deserialize(content=raw.decode(), format="json")
    bundles = sorted(document.bundles, key=lambda one: one.identifier.localpart)
    return [
        str(value)
        for bundle in bundles
        for entity in bundle.get_records(ProvEntity)
        for value in entity.get_attribute("prov:value")
    ]


def read_schema(raw: bytes, _: Path) -> list[str]:
    nodes = json.loads(raw)["@graph"][1:]
    assert {node["spokenByCharacter"]["name"] for node in nodes} == set(TEXTS)
    return [node["text"] for node in nodes]


READERS: dict[str, Callable[[bytes, Path], list[str]]] = {
    form: globals()[f"read_{form}"] for form in FORMATS
}


def trimmed(text: str) -> str:
    """Return a text as it is when white space, which some formats do not keep, is left aside."""
    return " ".join(text.split())


@pytest.mark.parametrize("form", FORMATS)
def test_none_is_obeyed_and_none_is_lost(form: str, tmp_path: Path) -> None:
    read = READERS[form](exported(form), tmp_path)
    assert len(read) == len(TEXTS) >= 200
    for got, text in zip(read, TEXTS, strict=True):
        expected = SHOWN[form](text)
        if FORMATS[form].grouped or form == "brat":
            got, expected = trimmed(got), trimmed(expected)
        assert got == expected


@pytest.mark.parametrize("form", [form for form, about in FORMATS.items() if about.grouped])
def test_under_headings_of_sources_neither(form: str, tmp_path: Path) -> None:
    read = READERS[form](exported(form, group="source"), tmp_path)
    assert [trimmed(one) for one in read] == [trimmed(SHOWN[form](text)) for text in TEXTS]


@pytest.mark.parametrize("form", [form for form, about in FORMATS.items() if not about.binary])
def test_no_text_format_steers_a_terminal(form: str) -> None:
    texts = tuple(text for text in TEXTS if "\u2028" not in text)
    written = exported(form, texts).decode()
    if form != "tei":
        assert not re.search("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]", written)
    else:
        assert not re.search("[\x00-\x08\x0b-\x0c\x0e-\x1f]", written)


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")
def test_a_browser_runs_nothing_of_it(tmp_path: Path) -> None:
    page = tmp_path / "sheet.html"
    page.write_bytes(exported("html"))
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"]
    command += ["--no-first-run", "--disable-background-networking", "--dump-dom", page.as_uri()]
    ran = subprocess.run(command, capture_output=True, check=True, timeout=120)
    seen = html.document_fromstring(ran.stdout.decode())
    assert seen.findtext(".//title") == "Quotations"
    assert {str(element.tag) for element in seen.iter()} <= ALLOWED
    assert len(seen.findall(".//blockquote")) == len(TEXTS)
