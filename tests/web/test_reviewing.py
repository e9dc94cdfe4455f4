"""What people decide on a page, as forms and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.store import Store, queries, reviewing
from tests.web.conftest import TOKEN, client_of, ids_of

if TYPE_CHECKING:
    from starlette.testclient import TestClient

BOAT = "“We counted every boat twice,”"
CLERK = "“Nobody asked me,”"


def status(client: TestClient, id_: str) -> str:
    return str(client.get(f"/api/v1/quotations/{id_}").json()["status"])


def test_confirm_reject_and_undo(writer: TestClient) -> None:
    id_ = ids_of(writer)[BOAT]
    path = f"/quotations/{id_}/review"
    answer = writer.post(path, data={"action": "confirm", "note": "heard it"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/quotations/{id_}")
    assert status(writer, id_) == "confirmed"
    assert "confirm by <bdi>Kim</bdi>" in writer.get(f"/quotations/{id_}").text
    writer.post(path, data={"action": "reject"})
    assert status(writer, id_) == "rejected"
    assert id_ not in ids_of(writer).values()
    writer.post(path, data={"action": "undo"})
    writer.post(path, data={"action": "undo"})
    assert status(writer, id_) == "machine"
    assert "heard it" in writer.get("/reviews").text


def test_reassign_by_name_and_to_nobody(writer: TestClient) -> None:
    id_ = ids_of(writer)[CLERK]
    path = f"/quotations/{id_}/review"
    writer.post(path, data={"action": "reassign", "speaker": "Quill", "by": "Ana"})
    record = writer.get(f"/api/v1/quotations/{id_}").json()
    assert record["speaker"]["name"] == "Ada Quill"
    assert record["reviews"][-1]["reviewer"] == "Ana"
    writer.post(path, data={"action": "reassign", "speaker": ""})
    record = writer.get(f"/api/v1/quotations/{id_}").json()
    assert record["speaker"] is None
    # The browser remembers the name.
    assert record["reviews"][-1]["reviewer"] == "Ana"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"action": "undo"}, 409),
        ({"action": "reassign", "speaker": "zebra"}, 404),
        ({"action": "reassign", "speaker": "Ada Quill"}, 409),
        ({"action": "burn"}, 400),
        ({}, 400),
        ({"action": "confirm", "note": "x" * 2_001}, 400),
    ],
)
def test_what_makes_no_sense_is_one_line_and_changes_nothing(
    writer: TestClient, data: dict[str, str], expected: int
) -> None:
    id_ = ids_of(writer)[BOAT]
    answer = writer.post(f"/quotations/{id_}/review", data=data)
    assert answer.status_code == expected
    assert 'id="error"' in answer.text
    assert writer.get(f"/api/v1/quotations/{id_}").json()["reviews"] == []


def test_a_form_leads_back_to_a_page_of_this_server_only(writer: TestClient) -> None:
    id_ = ids_of(writer)[BOAT]

    def back(to: str) -> str:
        data = {"action": "confirm", "back": to}
        return writer.post(f"/quotations/{id_}/review", data=data).headers["location"]

    assert back("/quotations?speaker=Ada+Quill") == f"/quotations?speaker=Ada+Quill#{id_}"
    for bad in (
        "//evil.example/quotations",
        "https://evil.example/quotations",
        "/\\evil.example",
        "javascript:alert(1)",
        "/quotations\r\nSet-Cookie: a=b",
        "/static/quotes.js",
        "[",
    ):
        location = back(bad)
        assert location.startswith("/quotations")
        assert not set("\r\n\\") & set(location)
        assert "evil" not in location


def test_a_script_gets_the_part_that_it_asks_for(writer: TestClient) -> None:
    id_ = ids_of(writer)[BOAT]
    for part, begins in (("card", "<article"), ("panel", "<div")):
        answer = writer.post(
            f"/quotations/{id_}/review",
            data={"action": "confirm"},
            headers={"x-quotes-part": part},
        )
        assert answer.status_code == 200
        assert answer.text.lstrip().startswith(begins)
        assert "confirmed" in answer.text


def test_json_decides_as_a_form_does(url: str) -> None:
    with Store(url) as store:
        client = client_of(store)
        client.headers["authorization"] = f"Bearer {TOKEN}"
        id_ = ids_of(client)[BOAT]
        path = f"/api/v1/quotations/{id_}/reviews"
        answer = client.post(path, json={"action": "confirm", "by": "Ana"})
        assert answer.status_code == 201
        assert answer.json()["status"] == "confirmed"
        with store.session() as session:
            (made,) = reviewing.log(session)
            assert (made.reviewer, made.action) == ("Ana", "confirm")
            assert queries.quotation(session, id_).record == answer.json()
        for body in (b"", b"[]", b"\xff", b'{"action": 1}', b"[" * 60_000):
            refused = client.post(path, content=body)
            assert refused.status_code == 400
            assert set(refused.json()) == {"error", "hint"}


def test_a_database_that_cannot_be_written_offers_no_buttons(
    writer: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 'method="post"' in writer.get("/quotations").text
    monkeypatch.setattr(Store, "writable", False)
    assert 'method="post"' not in writer.get("/quotations").text
