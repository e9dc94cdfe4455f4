"""Where Stanza's models lie and which a pipeline takes; no Stanza is needed to know."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from quotes.errors import CorruptModel, MissingModel
from quotes.nlp import load_parser, stanza_models
from quotes.nlp.stanza_models import installed, load_pipeline, models_folder, selected


def made(folder: Path, **packages: str) -> Path:
    """Make a folder of models, each a file with its own name, and its catalogue."""
    english = {"packages": {"default": packages}}
    for processor, package in packages.items():
        path = folder / "en" / processor / f"{package}.pt"
        path.parent.mkdir(parents=True)
        path.write_bytes(processor.encode())
        english[processor] = {package: {}}
    (folder / "resources.json").write_text(json.dumps({"en": english}))
    return folder


def test_the_environment_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path))
    assert models_folder() == tmp_path


def test_else_it_is_stanza_s_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    common = pytest.importorskip("stanza.resources.common")
    monkeypatch.delenv("STANZA_RESOURCES_DIR", raising=False)
    assert models_folder() == Path(common.USER_CACHE_DIR) / "resources"


def test_without_stanza_it_is_the_old_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STANZA_RESOURCES_DIR", raising=False)
    monkeypatch.setattr(stanza_models, "version", _not_installed)
    assert models_folder() == Path.home() / "stanza_resources"


def _not_installed(name: str) -> str:
    raise PackageNotFoundError(name)


def test_what_is_there_by_processor(tmp_path: Path) -> None:
    assert installed(tmp_path / "none") == {}
    made(tmp_path, pos="b", lemma="a")
    (tmp_path / "en" / "pos" / "a.pt").touch()
    found = installed(tmp_path)
    assert {name: [m.package for m in models] for name, models in found.items()} == {
        "lemma": ["a"],
        "pos": ["a", "b"],
    }
    (lemma,) = found["lemma"]
    assert (lemma.name, lemma.size, lemma.path.name) == ("stanza-en-lemma-a", 5, "a.pt")
    assert lemma.sha256() == "sha256:" + hashlib.sha256(b"lemma").hexdigest()


def test_the_default_package_is_taken_with_what_it_is_built_on(tmp_path: Path) -> None:
    made(tmp_path, pos="b", pretrain="v")
    (tmp_path / "en" / "pos" / "a.pt").touch()
    catalogue = json.loads((tmp_path / "resources.json").read_text())
    catalogue["en"]["pos"]["b"] = {"dependencies": [{"model": "pretrain", "package": "v"}]}
    (tmp_path / "resources.json").write_text(json.dumps(catalogue))
    assert [m.name for m in selected(["pos"], tmp_path)] == [
        "stanza-en-pos-b",
        "stanza-en-pretrain-v",
    ]
    (tmp_path / "en" / "pretrain" / "v.pt").unlink()
    with pytest.raises(MissingModel, match=r"v\.pt"):
        selected(["pos"], tmp_path)


def test_the_first_package_is_taken_where_none_is_the_default(tmp_path: Path) -> None:
    made(tmp_path, pos="b")
    (tmp_path / "en" / "ner").mkdir()
    (tmp_path / "en" / "ner" / "n.pt").touch()
    assert [m.package for m in selected(["ner"], tmp_path)] == ["n"]


@pytest.mark.parametrize("catalogue", ["", "[]", "{}", '{"en": 3}', "{"])
def test_a_broken_catalogue(tmp_path: Path, catalogue: str) -> None:
    (tmp_path / "resources.json").write_text(catalogue)
    with pytest.raises(CorruptModel, match=r"resources\.json"):
        selected(["pos"], tmp_path)


def test_no_models_at_all(tmp_path: Path) -> None:
    with pytest.raises(MissingModel, match="quotes models download") as refused:
        selected(["pos"], tmp_path)
    assert str(tmp_path) in refused.value.message


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    made(tmp_path, pos="b")
    with pytest.raises(MissingModel, match="lemma"):
        selected(["pos", "lemma"], tmp_path)


def test_a_file_that_is_no_model(tmp_path: Path) -> None:
    pytest.importorskip("stanza")
    with pytest.raises(CorruptModel) as refused:
        load_pipeline(["tokenize"], made(tmp_path, tokenize="t"))
    assert str(tmp_path) in refused.value.message


def test_without_stanza_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stanza_models, "version", _not_installed)
    with pytest.raises(MissingModel, match=r"pip install 'quotes\[stanza\]'"):
        load_parser("stanza")
