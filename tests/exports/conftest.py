from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from quotes.exports import FORMATS, load_exporter
from quotes.exports.exporter import SPEAKER, Setting
from quotes.exports.manifest import Manifest
from quotes.store import Store, queries
from tests.cli.archive import build

if TYPE_CHECKING:
    from pathlib import Path

Export = Callable[..., bytes]
WRITTEN = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)


def exported(url: str, form: str, *, group: str = SPEAKER) -> bytes:
    """Return the export of a whole database."""
    with Store(url) as store, store.session() as session:
        manifest = Manifest(created=WRITTEN, pipelines=tuple(queries.pipelines(session)))
        setting = Setting(
            passages=lambda version: queries.passage(session, version),
            manifest=manifest,
            group=group,
        )
        by_speaker = FORMATS[form].grouped and group == SPEAKER
        found = queries.quotations(session, by_speaker=by_speaker)
        return b"".join(load_exporter(form, setting).chunks(found))


@pytest.fixture
def archive(tmp_path: Path) -> str:
    """The URL of a small archive."""
    return build(tmp_path)


@pytest.fixture
def export(archive: str) -> Export:
    """Exports a small archive in one format."""

    def run(form: str, **options: str) -> bytes:
        return exported(archive, form, **options)

    return run
