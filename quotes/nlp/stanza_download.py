"""Stanza's official English models from the network, when somebody asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.errors import ModelError
from quotes.nlp.stanza_models import LANGUAGE, PROCESSORS, models_folder, stanza_version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def download(processors: Sequence[str] = PROCESSORS, folder: Path | None = None) -> Path:
    """Download the official models for these processors, and return the folder they lie in.

    They become the folder's default; models trained there stay as files. Where it fails the
    folder is used as before. Raises MissingModel where Stanza is not installed, ModelError where
    the network or the disk refuses.
    """
    stanza_version()
    folder = folder or models_folder()
    catalogue = folder / "resources.json"
    before = catalogue.read_bytes() if catalogue.is_file() else None
    import stanza

    try:
        folder.mkdir(parents=True, exist_ok=True)
        stanza.download(
            LANGUAGE,
            model_dir=str(folder),
            processors=",".join(processors),
            verbose=False,
        )
    except Exception as error:  # requests, the hub, the disk and Stanza each raise their own
        if before is not None:
            catalogue.write_bytes(before)
        else:
            catalogue.unlink(missing_ok=True)
        raise ModelError(
            f"Stanza's models could not be downloaded ({_short(error)})",
            hint="connect to the network and run it again, or copy the folder from a machine that "
            f"has them to {folder}, or train some: quotes models train",
        ) from error
    return folder


def _short(error: BaseException) -> str:
    """Return the first error that the system gave, without what was wrapped around it."""
    innermost, inner = error, error.__context__
    while inner is not None:
        innermost = inner if isinstance(inner, OSError) else innermost
        inner = inner.__context__
    return " ".join(f"{type(innermost).__name__}: {innermost}".split())[:160]
