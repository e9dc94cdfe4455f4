from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from quotes.exports import load_exporter
from quotes.store import Store, queries
from tests.cli.archive import build

if TYPE_CHECKING:
    from pathlib import Path

Export = Callable[[str], str]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Exports a small archive in one format."""
    url = build(tmp_path)

    def exported(form: str) -> str:
        with Store(url) as store, store.session() as session:
            exporter = load_exporter(form, lambda version: queries.passage(session, version))
            return "".join(exporter.chunks(queries.quotations(session)))

    return exported
