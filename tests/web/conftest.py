"""The page over a real database, asked through Starlette's client."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from starlette.testclient import TestClient

from quotes.store import Store
from quotes.web.app import create
from tests.web.archive import build

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "a-token-of-the-tests"
BASE = "http://127.0.0.1:8000"

Client = Callable[..., TestClient]


@pytest.fixture(scope="session")
def read_only_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database that tests only read."""
    return build(tmp_path_factory.mktemp("page"))


@pytest.fixture
def url(read_only_url: str, tmp_path: Path) -> str:
    """A database of the test's own."""
    shutil.copy(read_only_url.removeprefix("sqlite:///"), tmp_path / "quotes.db")
    return f"sqlite:///{tmp_path / 'quotes.db'}"


def client_of(store: Store, *, base: str = BASE, **options: Any) -> TestClient:
    """Return a client of the page over a store; it follows no redirect."""
    app = create(store, token=TOKEN, by="Kim", **options)
    return TestClient(app, base_url=base, follow_redirects=False)


@pytest.fixture
def reader(read_only_url: str) -> Iterator[TestClient]:
    """Somebody who has no token."""
    with Store(read_only_url) as store:
        yield client_of(store)


@pytest.fixture
def writer(url: str) -> Iterator[TestClient]:
    """Somebody who has opened the address with the token, on a database of the test's own."""
    with Store(url) as store:
        client = client_of(store)
        client.get(f"/?token={TOKEN}")
        client.headers["origin"] = BASE
        yield client


@pytest.fixture
def ids(reader: TestClient) -> dict[str, str]:
    """The ids of quotations by the first words of their content."""
    return ids_of(reader)


def ids_of(client: TestClient) -> dict[str, str]:
    """Return the ids of all quotations by their content."""
    found = client.get("/api/v1/quotations").json()["quotations"]
    return {one["content"]["text"]: one["id"] for one in found}
