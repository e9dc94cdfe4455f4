"""Which models there are: the parsers', and the weights that ship with this package."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import MissingModel

if TYPE_CHECKING:
    from collections.abc import Iterator

FOUND, MISSING, CORRUPT = "found", "missing", "corrupt"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """A model: what uses it, where it lies or should lie, its bytes, and `sha256:` with its hash.

    `state` is found, missing, or corrupt where it is not the file that was shipped.
    """

    used_by: str
    name: str
    path: str | None
    size: int | None
    sha256: str | None
    state: str


def inventory(stanza_folder: Path | None = None) -> Iterator[ModelFile]:
    """Yield every model that this program may use, those that are not there too."""
    yield _spacy()
    yield from _shipped()
    yield from _stanza(stanza_folder)


def _spacy() -> ModelFile:
    from quotes.nlp.spacy_parser import SpacyParser

    try:
        parser = SpacyParser()
    except MissingModel:
        return _missing("parser spacy", "en_core_web_sm", None)
    ((name, digest),) = parser.models.items()
    size = sum(file.stat().st_size for file in parser.path.rglob("*") if file.is_file())
    return _found("parser spacy", name, parser.path, size, digest)


def _shipped() -> Iterator[ModelFile]:
    from quotes.extraction.learned.hashes import SHA256
    from quotes.extraction.learned.model import FOLDER
    from quotes.extraction.scoring import WEIGHTS
    from quotes.speakers.given import NAMES
    from quotes.speakers.ranker import WEIGHTS as RANKER

    for name, expected in SHA256.items():
        yield _file("extractor learned", FOLDER / name, expected=f"sha256:{expected}")
    yield _file("extractor rules", Path(str(files("quotes.extraction").joinpath(WEIGHTS))))
    for name in (RANKER, *NAMES):
        yield _file("resolver learned", Path(str(files("quotes.speakers").joinpath(name))))
    yield from _sentence_encoder()


def _sentence_encoder() -> Iterator[ModelFile]:
    from quotes.vectors.hashes import SHA256
    from quotes.vectors.model import GRAPH, WEIGHTS, weights_path

    try:
        weights = weights_path()
    except MissingModel:
        yield _missing("vectors", WEIGHTS, None)
    else:
        yield _file("vectors", weights, expected=f"sha256:{SHA256[WEIGHTS]}")
    yield _file("vectors", GRAPH, expected=f"sha256:{SHA256[GRAPH.name]}")


def _stanza(folder: Path | None) -> Iterator[ModelFile]:
    from quotes.nlp.stanza_models import LANGUAGE, PROCESSORS, installed, models_folder

    folder = folder or models_folder()
    there = installed(folder)
    for processor in dict.fromkeys([*PROCESSORS, *there]):
        if processor not in there:
            path = folder / LANGUAGE / processor
            yield _missing("parser stanza", f"stanza {processor}", path)
        user = "parser stanza" if processor in PROCESSORS else "stanza"
        for model in there.get(processor, ()):
            name = f"stanza {processor} {model.package}"
            yield _found(user, name, model.path, model.size, model.sha256())


def _file(used_by: str, path: Path, *, expected: str | None = None) -> ModelFile:
    try:
        content = path.read_bytes()
    except OSError:
        return _missing(used_by, path.name, path)
    digest = "sha256:" + hashlib.sha256(content).hexdigest()
    state = FOUND if expected in (None, digest) else CORRUPT
    return _found(used_by, path.name, path, len(content), digest, state=state)


def _found(
    used_by: str, name: str, path: Path, size: int, digest: str, *, state: str = FOUND
) -> ModelFile:
    return ModelFile(
        used_by=used_by, name=name, path=str(path), size=size, sha256=digest, state=state
    )


def _missing(used_by: str, name: str, path: Path | None) -> ModelFile:
    where = None if path is None else str(path)
    return ModelFile(used_by=used_by, name=name, path=where, size=None, sha256=None, state=MISSING)
