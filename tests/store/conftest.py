"""A real database on disk for every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(f"sqlite:///{tmp_path / 'quotes.db'}", create=True) as opened:
        yield opened
