"""The page over a server's database shows what it shows over a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from quotes.store import Store
from tests.web.archive import FERRY, TOWN, build, ferry_id, write
from tests.web.conftest import BASE, TOKEN, client_of, ids_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

    from tests.postgres import Databases

pytestmark = pytest.mark.postgres

# When something was stored or decided, and which database it is.
CHANGING = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*(?:Z|\+00:00)?|(?:sqlite|postgresql)[\w+]*://[^<\s]*"
)
BOAT, CLERK, WALL = "“We counted every boat twice,”", "“Nobody asked me,”", TOWN.split(" said")[0]
PAGES = (
    "/",
    "/quotations",
    "/quotations?limit=3&kind=direct",
    "/quotations?speaker=marsh&kind=mixed",
    "/quotations?contains=WINTER&since=2025-03-01",
    "/quotations?status=rejected",
    "/sources",
    "/sources?q=harbour",
    f"/sources/{ferry_id()}",
    f"/sources/{ferry_id()}/add?content=0:5",
    f"/api/v1/sources/{ferry_id()}",
    "/speakers",
    "/search?q=boat",
    f"/search?q={quote('“winter storms” -boat')}",
    f"/search?q={quote('harb* OR fares')}",
    f"/verify?speaker=Quill&claim={quote('We counted every boat twice')}",
    f"/verify?speaker=Quill&claim={quote('We counted every ship twice')}",
    "/reviews",
    "/api/v1/quotations",
    "/api/v1/sources",
    "/api/v1/speakers",
    "/api/v1/search?q=storms",
)


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, databases: Databases
) -> Iterator[tuple[TestClient, TestClient]]:
    """A page over the same articles in a file, and one over a server's database."""
    lite, server = build(tmp_path_factory.mktemp("page")), databases.filled()
    write(server)
    with Store(lite) as one, Store(server) as other:
        yield _opened(one), _opened(other)


def _opened(store: Store) -> TestClient:
    client = client_of(store)
    client.get(f"/?token={TOKEN}")
    client.headers["origin"] = BASE
    return client


def same(both: tuple[TestClient, TestClient], path: str) -> str:
    """Return what both answer, without its times."""
    lite, server = (client.get(path) for client in both)
    assert lite.status_code == server.status_code == 200
    assert CHANGING.sub("…", server.text) == CHANGING.sub("…", lite.text)
    return server.text


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_the_same(both: tuple[TestClient, TestClient], path: str) -> None:
    same(both, path)


def test_pages_of_each_quotation_and_speaker_are_the_same(
    both: tuple[TestClient, TestClient],
) -> None:
    for id_ in ids_of(both[0]).values():
        same(both, f"/quotations/{id_}")
        same(both, f"/quotations/{id_}/panel")
        same(both, f"/quotations/{id_}/edit")
    for speaker in both[0].get("/api/v1/speakers").json()["speakers"]:
        same(both, f"/speakers/{speaker['id']}")


def test_what_is_decided_on_the_page_is_kept_alike(both: tuple[TestClient, TestClient]) -> None:
    ids = ids_of(both[0])
    start = FERRY.index("Bo Marsh had")
    decisions = (
        (f"/quotations/{ids[BOAT]}/review", {"action": "confirm", "note": "heard it"}),
        (f"/quotations/{ids[CLERK]}/review", {"action": "reassign", "speaker": "Quill"}),
        (f"/quotations/{ids[WALL]}/review", {"action": "reject"}),
        (f"/sources/{ferry_id()}/add", {"content": f"{start}:{start + 8}", "speaker": "Bo Marsh"}),
        (f"/quotations/{ids[BOAT]}/review", {"action": "undo"}),
    )
    for path, fields in decisions:
        answers = [client.post(path, data=fields) for client in both]
        told = {(one.status_code, one.headers["location"]) for one in answers}
        assert len(told) == 1, told
        assert told.pop()[0] == 303
    assert "heard it" in same(both, "/reviews")
    assert len(ids_of(both[1])) == len(ids)
    for path in PAGES:
        same(both, path)
    for client in both:
        refused = client.post(f"/quotations/{ids[BOAT]}/review", data={"action": "undo"})
        assert refused.status_code == 409
