"""Older versions of a source: the text of each, and what became of its quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.store import Store
from tests.store.builders import find, make_document
from tests.web.archive import fill
from tests.web.conftest import client_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

OLD = (
    "“The bridge was painted green in the spring of that year,” said Ada Quill.\n\n"
    "“We counted the owls twice in the old tower,” said Bo Marsh.\n\n"
    "“The market opens at nine on every day but Monday,” said Cy Reed.\n"
)
NEW = (
    "A new beginning.\n\n"
    "“The bridge was painted green in the spring of that year,” said Ada Quill.\n\n"
    "“We counted the owls thrice in the old tower,” said Bo Marsh.\n"
)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A reader of a source that has changed once."""
    with Store(f"sqlite:///{tmp_path / 'quotes.db'}", create=True) as store:
        for text in (OLD, NEW):
            fill(store, (make_document(text, name="bridge.txt"), find(text)))
        yield client_of(store)


def test_each_version_can_be_read(client: TestClient) -> None:
    source = client.get("/api/v1/sources").json()["sources"][0]["id"]
    history = client.get(f"/api/v1/sources/{source}").json()["history"]
    older = f"/sources/{source}/versions/{history[0]['version'][7:]}"
    page = client.get(f"/sources/{source}").text
    assert older in page
    assert "the market opens" not in page.casefold()
    old = client.get(older).text
    assert "An older version" in old
    assert "The market opens at nine" in old
    # Its quotations lead to it, and not to what the source says now.
    assert f'href="{older}?q=q_' in old
    chosen = client.get(f"/api/v1{older}").json()["records"][0]["id"]
    assert f'data-panel="{chosen}"' in client.get(f"{older}?q={chosen}").text
    assert client.get(older[:-50]).status_code == 200
    for wrong in ("0" * 64, "zz", "%00"):
        assert client.get(f"/sources/{source}/versions/{wrong}").status_code == 404


def test_what_became_of_each_quotation_is_told(client: TestClient) -> None:
    source = client.get("/api/v1/sources").json()["sources"][0]["id"]
    history = client.get(f"/api/v1/sources/{source}").json()["history"]
    older = f"sources/{source}/versions/{history[0]['version'][7:19]}"
    found = client.get(f"/api/v1/{older}").json()["became"]
    assert [one["answer"] for one in found] == ["moved", "changed", "gone"]
    start, end = found[0]["spans"]["content"][0]
    assert NEW[start:end] == "“The bridge was painted green in the spring of that year,”"
    page = client.get(f"/{older}").text
    assert "1 moved, 1 changed, 1 gone" in page
    assert "<del>twice</del>" in page
    assert "<ins>thrice</ins>" in page
    assert f'href="/sources/{source}#:~:text=%E2%80%9CThe%20bridge' in page
    # Of the current one there is nothing to tell.
    assert (
        client.get(f"/api/v1/sources/{source}/versions/{history[1]['version']}").json()["became"]
        == []
    )
