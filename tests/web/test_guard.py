"""Who may read, who may write, and what every answer forbids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.store import Store
from quotes.web.guard import MOST_ADDRESS, MOST_BODY, host_name, int_of
from tests.web.conftest import BASE, TOKEN, client_of, ids_of

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def decide(client: TestClient, **options: object) -> int:
    """Confirm the first quotation and return the status."""
    id_ = next(iter(ids_of(client).values()))
    data = {"action": "confirm"}
    answer = client.post(f"/quotations/{id_}/review", data=data, **options)  # type: ignore[arg-type]  # the client's own options
    return answer.status_code


@pytest.mark.parametrize("path", ["/", "/quotations", "/nothing", "/api/v1/quotations"])
def test_every_answer_forbids_what_no_page_uses(reader: TestClient, path: str) -> None:
    headers = reader.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example:8000", 421),
        ("evil@127.0.0.1", 421),
        ("", 421),
        ("[", 421),
    ],
)
def test_only_names_of_this_machine_are_answered_to(
    reader: TestClient, host: str, status: int
) -> None:
    assert reader.get("/", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("given", "length"), [("12", 12), (None, 0), ("", 0), ("-1", 0), ("１２", 0), ("1e9", 0)]
)
def test_a_length_is_read_where_there_is_one(given: str | None, length: int) -> None:
    assert int_of(given) == length


def test_a_length_of_thousands_of_digits_is_over_the_limit() -> None:
    assert int_of("9" * 10_000) > MOST_BODY


def test_host_names_lose_their_port_and_brackets() -> None:
    hosts = ("A.b:1", "[::1]:80", "[", "x")
    assert [host_name(host) for host in hosts] == ["a.b", "::1", "", "x"]


def test_the_token_becomes_a_cookie_and_leaves_the_address(reader: TestClient) -> None:
    answer = reader.get(f"/?token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].casefold()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_a_wrong_token_opens_nothing(reader: TestClient) -> None:
    answer = reader.get("/?token=guess")
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_without_the_token_nothing_is_written(reader: TestClient) -> None:
    assert decide(reader, headers={"origin": BASE}) == 403
    assert 'method="post"' not in reader.get("/quotations").text


def test_with_the_cookie_and_the_origin_it_is(writer: TestClient) -> None:
    assert decide(writer) == 303


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "", BASE + ".evil.example"]
)
def test_a_form_of_another_origin_is_refused(writer: TestClient, origin: str) -> None:
    assert decide(writer, headers={"origin": origin}) == 403


def test_a_form_without_an_origin_is_refused(writer: TestClient) -> None:
    del writer.headers["origin"]
    assert decide(writer) == 403


def test_a_program_writes_with_the_token_in_a_header(url: str) -> None:
    with Store(url) as store:
        client = client_of(store)
        assert decide(client, headers={"authorization": f"Bearer {TOKEN}"}) == 303
        assert decide(client, headers={"authorization": "Bearer guess"}) == 403
        assert decide(client, headers={"authorization": "Bearer é".encode()}) == 403


def test_on_the_network_reading_needs_the_token_too(read_only_url: str) -> None:
    base = "http://192.0.2.7:8000"
    with Store(read_only_url) as store:
        client = client_of(store, base=base, open_to_all=True, names=["desk"])
        assert client.get("/").status_code == 403
        assert client.get("/api/v1/quotations").status_code == 403
        assert client.get("/static/quotes.css").status_code == 200
        assert client.get("/", headers={"host": "evil.example"}).status_code == 421
        assert client.get(f"/?token={TOKEN}").status_code == 303
        assert client.get("/").status_code == 200
        assert client.get("/api/v1/quotations").status_code == 200


def test_too_long_an_address_is_refused(reader: TestClient) -> None:
    long = reader.get("/search?q=" + "a" * MOST_ADDRESS)
    assert long.status_code == 414
    assert "this address has 16,393 characters, and 16,384 are allowed." in long.text
    # What was asked for is in the line, but not all of it.
    missing = reader.get("/api/v1/sources/" + "a" * 8_000).json()["error"]
    assert missing.startswith("no source has the id")
    assert len(missing) < 500


def test_too_large_a_body_is_refused_announced_or_not(writer: TestClient) -> None:
    path = f"/quotations/{next(iter(ids_of(writer).values()))}/review"
    assert writer.post(path, content=b"x" * (MOST_BODY + 1)).status_code == 413
    chunks = (b"x" * 10_000 for _ in range(10))
    assert writer.post(path, content=chunks).status_code == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(writer: TestClient, method: str) -> None:
    assert writer.request(method, "/quotations").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fapp.py",
        "/static//etc/passwd",
        "/sources/..%2f..%2fetc%2fpasswd",
        "/sources/%2fetc%2fpasswd",
        "/sources/file:%2f%2f%2fetc%2fpasswd",
        "/static/",
    ],
)
def test_no_path_leads_out(reader: TestClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_what_fails_unexpectedly_is_one_line(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("quotes.web.pages.lists.page", broken)
    answer = reader.get("/quotations")
    assert answer.status_code == 500
    assert "something went wrong here" in answer.text
    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["content-security-policy"]
    assert "ZeroDivisionError" in capsys.readouterr().err
