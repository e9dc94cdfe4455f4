"""Where Stanza's English models lie, which are there, and a pipeline of them; no network, ever."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.errors import CorruptModel, MissingModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stanza import Pipeline

PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
# What processors are built on: word vectors and character language models.
FOUNDATIONS = ("pretrain", "forward_charlm", "backward_charlm")
LANGUAGE = "en"

GET_MODELS = "run `quotes models download`, or `quotes models train`"
_EXTRA = "install it: pip install 'quotes[stanza]'"
_READ = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class StanzaModel:
    """A model file: what it does (`pos`, `coref`, `pretrain` …), its package, and its bytes."""

    processor: str
    package: str
    path: Path
    size: int

    @property
    def name(self) -> str:
        """The name that a run records."""
        return f"stanza-{LANGUAGE}-{self.processor}-{self.package}"

    def sha256(self) -> str:
        """Read the file, however large, and return `sha256:` and its hash."""
        digest = hashlib.sha256()
        with self.path.open("rb") as file:
            while block := file.read(_READ):
                digest.update(block)
        return "sha256:" + digest.hexdigest()


def stanza_version() -> str:
    """Return Stanza's version; raises MissingModel where it is not installed."""
    try:
        return version("stanza")
    except PackageNotFoundError:
        raise MissingModel("Stanza is not installed", hint=_EXTRA) from None


def models_folder() -> Path:
    """Return where Stanza looks for models: STANZA_RESOURCES_DIR, or else its own cache folder.

    That is `~/.cache/stanza/VERSION/resources` on Linux, and it need not exist. Where Stanza is not
    installed it is `~/stanza_resources`, the folder of its older versions.
    """
    if chosen := os.environ.get("STANZA_RESOURCES_DIR"):
        return Path(chosen)
    try:
        from platformdirs import user_cache_dir

        return Path(user_cache_dir("stanza", "StanfordNLP", stanza_version())) / "resources"
    except (ImportError, MissingModel):
        return Path.home() / "stanza_resources"


def installed(folder: Path | None = None) -> dict[str, list[StanzaModel]]:
    """Return the English models in a folder, by processor, in the order of their packages' names.

    A folder that is not there holds none.
    """
    found: dict[str, list[StanzaModel]] = {}
    for path in sorted(((folder or models_folder()) / LANGUAGE).glob("*/*.pt")):
        model = _model(path)
        found.setdefault(model.processor, []).append(model)
    return found


def selected(processors: Sequence[str], folder: Path | None = None) -> list[StanzaModel]:
    """Return the models that a pipeline of these processors loads, with what they are built on.

    They are the default package's, as `resources.json` has it, else the first that is there.
    Raises MissingModel where one is not there, CorruptModel where `resources.json` cannot be read.
    """
    folder = folder or models_folder()
    catalogue = _catalogue(folder)
    there = installed(folder)
    out: dict[Path, StanzaModel] = {}
    for processor in processors:
        package = _package(processor, catalogue, there)
        needed = catalogue.get(processor, {}).get(package, {}).get("dependencies", [])
        wanted = [(processor, package)] + [(one["model"], one["package"]) for one in needed]
        for kind, name in wanted:
            path = folder / LANGUAGE / kind / f"{name}.pt"
            if not path.is_file():
                raise MissingModel(f"Stanza's model {path} is missing", hint=GET_MODELS)
            out[path] = _model(path)
    return list(out.values())


def load_pipeline(
    processors: Sequence[str], folder: Path | None = None, **options: Any
) -> Pipeline:
    """Load a Stanza pipeline from what is there; nothing is downloaded.

    `options` are Stanza's own, such as `coref_model_path`. Raises MissingModel where Stanza or a
    model is not installed, CorruptModel where Stanza cannot load one.
    """
    stanza_version()
    folder = folder or models_folder()
    packages = {
        model.processor: model.package
        for model in selected([p for p in processors if f"{p}_model_path" not in options], folder)
        if model.processor not in FOUNDATIONS
    }
    import stanza

    try:
        return stanza.Pipeline(
            LANGUAGE,
            dir=str(folder),
            package=None,
            processors=packages,
            download_method=None,
            verbose=False,
            **options,
        )
    except Exception as error:  # a broken file makes torch raise nearly anything
        raise CorruptModel(
            f"Stanza cannot load its models in {folder} ({type(error).__name__}: {error})",
            hint=f"get them again: {GET_MODELS}",
        ) from error


def _model(path: Path) -> StanzaModel:
    size = path.stat().st_size
    return StanzaModel(processor=path.parent.name, package=path.stem, path=path, size=size)


def _catalogue(folder: Path) -> Mapping[str, Any]:
    """Return what `resources.json` says of English."""
    path = folder / "resources.json"
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))[LANGUAGE])
    except FileNotFoundError:
        raise MissingModel(
            f"there are no Stanza models in {folder} (no resources.json)", hint=GET_MODELS
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorruptModel(
            f"{path} cannot be read ({type(error).__name__}: {error})",
            hint=f"get the models again: {GET_MODELS}",
        ) from error


def _package(
    processor: str, catalogue: Mapping[str, Any], there: Mapping[str, Sequence[StanzaModel]]
) -> str:
    default = catalogue.get("packages", {}).get("default", {})
    package = default.get(processor) or default.get("optional", {}).get(processor)
    if package:
        return str(package)
    if there.get(processor):
        return there[processor][0].package
    raise MissingModel(f"there is no Stanza model for {processor}", hint=GET_MODELS)
