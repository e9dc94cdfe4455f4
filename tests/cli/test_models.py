"""`quotes models`: what there is, how it is got, and what is said where it cannot be."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.extraction.learned.hashes import SHA256
from quotes.extraction.learned.model import FOLDER
from tests.nlp.treebank import conllu

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Run

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.model
def test_every_model_is_listed_with_its_hash(run: Run, tmp_path: Path) -> None:
    (tmp_path / "en" / "pos").mkdir(parents=True)
    (tmp_path / "en" / "pos" / "own.pt").write_bytes(b"made here")
    ran = run("models", "list", "--folder", str(tmp_path), "--format", "json")
    assert ran.status == 0
    rows = {row["name"]: row for row in json.loads(ran.out)}
    for name, digest in SHA256.items():
        assert rows[name]["sha256"] == f"sha256:{digest}"
        assert rows[name]["size"] == (FOLDER / name).stat().st_size
    own = rows["stanza pos own"]
    assert own["sha256"] == "sha256:" + hashlib.sha256(b"made here").hexdigest()
    assert (own["state"], own["size"], own["used_by"]) == ("found", 9, "parser stanza")
    assert rows["stanza ner"]["state"] == "missing"
    assert rows["ranker.json"]["used_by"] == "resolver learned"
    table = run("models", "list", "--folder", str(tmp_path)).out
    assert all(name in table for name in rows)


def test_a_corpus_that_is_none_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    ran = run("models", "train", str(tmp_path))
    assert (ran.status, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert "train" in ran.err
    assert "dev" in ran.err


def test_extract_without_models_says_what_to_do(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("stanza")
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path / "none"))
    (tmp_path / "a.txt").write_text("“We wait,” Mori said.\n", encoding="utf-8")
    ran = run("extract", "--parser", "stanza", str(tmp_path / "a.txt"))
    assert (ran.status, ran.out) == (1, "")
    assert "quotes models download" in ran.err


def quotes(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, since Stanza reads some of it once only."""
    return subprocess.run(
        [sys.executable, "-m", "quotes", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


@pytest.mark.slow
def test_a_missing_network_is_told_in_one_line(tmp_path: Path) -> None:
    pytest.importorskip("stanza")
    (tmp_path / "resources.json").write_text('{"en": {}}')
    ran = quotes(
        "models",
        "download",
        "--folder",
        str(tmp_path),
        STANZA_RESOURCES_URL="http://127.0.0.1:9",
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert len(ran.stderr.splitlines()) == 1
    assert "quotes models train" in ran.stderr
    assert (tmp_path / "resources.json").read_text() == '{"en": {}}'


@pytest.fixture
def server(stanza_folder: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server that has our own models as if they were the official ones."""
    from stanza import __resources_version__

    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path / "served"))
    served = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    address = f"http://127.0.0.1:{served.server_port}"
    resources = json.loads((stanza_folder / "resources.json").read_text())
    resources["url"] = address + "/{lang}/{filename}"
    for path in stanza_folder.glob("en/*/*.pt"):
        copy = tmp_path / "served" / path.relative_to(stanza_folder)
        copy.parent.mkdir(parents=True)
        copy.write_bytes(path.read_bytes())
        digest = hashlib.md5(path.read_bytes()).hexdigest()
        resources["en"][path.parent.name][path.stem]["md5"] = digest
    catalogue = tmp_path / "served" / f"resources_{__resources_version__}.json"
    catalogue.write_text(json.dumps(resources))
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield address
    served.shutdown()
    served.server_close()


@pytest.mark.slow
def test_models_are_downloaded_and_used(server: str, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    ran = quotes(
        "models", "download", STANZA_RESOURCES_URL=server, STANZA_RESOURCES_DIR=str(folder)
    )
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
    assert str(folder) in ran.stderr
    article = tmp_path / "a.txt"
    article.write_text("“We didn't wait,” said Ada Marsh.\n", encoding="utf-8")
    ran = quotes("extract", "--parser", "stanza", str(article), STANZA_RESOURCES_DIR=str(folder))
    (record,) = [json.loads(line) for line in ran.stdout.splitlines()]
    assert record["source"]["text"] == "Ada Marsh"
    assert record["content"]["text"] == "“We didn't wait,”"


@pytest.mark.slow
def test_ingest_records_the_parser_and_its_models(
    run: Run, stanza_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(stanza_folder))
    (tmp_path / "a.txt").write_text("“We didn't wait,” said Ada Marsh.\n", encoding="utf-8")
    db = f"sqlite:///{tmp_path / 'own.db'}"
    ran = run("ingest", "--parser", "stanza", str(tmp_path / "a.txt"), db=db)
    assert ran.status == 0, ran.err
    (record,) = json.loads(run("list", "--json", db=db).out)
    assert record["speaker"]["name"] == "Ada Marsh"


@pytest.mark.slow
def test_training_prints_the_files_it_wrote(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("stanza")
    (tmp_path / "own-train.conllu").write_text(conllu(8), encoding="utf-8")
    (tmp_path / "own-dev.conllu").write_text(conllu(8, skip=70), encoding="utf-8")
    arguments = ("--processor", "lemma", "--epochs", "1", "--dimension", "8", "--package", "mini")
    folder = tmp_path / "models"
    ran = run("models", "train", str(tmp_path), "--folder", str(folder), *arguments)
    assert ran.status == 0, ran.err
    assert ran.out.splitlines() == [str(folder / "en" / "lemma" / "mini.pt")]
    assert ran.err == "training lemma\n"
