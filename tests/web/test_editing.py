"""Correcting the words of a quotation and adding one, as forms without a script and as JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.archive import FERRY, HARBOUR, ferry_id
from tests.web.conftest import TOKEN, ids_of

if TYPE_CHECKING:
    from starlette.testclient import TestClient

WET = "“a wet letter”"
LINE = "Ferry fares to rise"


def record(client: TestClient, id_: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/quotations/{id_}").json()
    return found


def led_to(location: str) -> str:
    """Return the id of the quotation that an answer leads to, in its source."""
    found = re.fullmatch(r"/sources/d_\w+\?q=(q_\w+)#\1", location)
    assert found is not None
    return found[1]


def value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_the_form_has_the_spans_and_shows_the_words(writer: TestClient) -> None:
    ids = ids_of(writer)
    id_ = next(one for text, one in ids.items() if text.startswith("“The fares"))
    page = writer.get(f"/quotations/{id_}/edit").text
    first, second = FERRY.index("“The fares"), FERRY.index("“Nobody likes")
    assert value(page, "content") == f"{first}:{first + 31} {second}:{second + 18}"
    assert "“The fares will rise in March,” “Nobody likes it.”" in page
    assert re.search(r'<span class="is-cue" data-at="\d+">said</span>', page)
    # What other quotations say can be seen.
    assert 'class="taken"' in page


def test_offsets_and_words_correct_a_quotation(writer: TestClient) -> None:
    id_ = ids_of(writer)[WET]
    at = FERRY.index("wet letter")
    fields = {"content": f"{at}:{at + 10}", "cue": "had called", "source": "Bo Marsh"}
    answer = writer.post(f"/quotations/{id_}/edit", data={**fields, "note": "no marks"})
    assert answer.status_code == 303
    new = record(writer, led_to(answer.headers["location"]))
    assert new["content"]["text"] == "wet letter"
    assert new["cue"]["text"] == "had called"
    assert new["status"] == "corrected"
    assert "no marks" in [one["note"] for one in new["reviews"]]
    # The old id leads to it.
    assert record(writer, id_)["id"] == new["id"]


def test_an_empty_field_takes_a_part_away_and_pieces_stand_apart(writer: TestClient) -> None:
    id_ = ids_of(writer)[WET]
    first, second = FERRY.index("wet"), FERRY.index("letter")
    data = {"content": f"{second}:{second + 6}, {first}:{first + 3}", "cue": "", "source": ""}
    answer = writer.post(f"/quotations/{id_}/edit", data=data)
    new = record(writer, led_to(answer.headers["location"]))
    assert new["content"]["spans"] == [[first, first + 3], [second, second + 6]]
    assert new["cue"] is None
    assert new["source"] is None


@pytest.mark.parametrize(
    ("content", "status", "told"),
    [
        ("", 400, "a quotation has words"),
        ("0:99999", 400, "[0, 99999)"),
        ("9:3", 400, "9, 3"),
        ("the", 400, "times in the"),
        ("zebra <b>", 400, "does not say &#39;zebra &lt;b&gt;&#39;"),
    ],
)
def test_what_does_not_fit_is_told_and_the_form_keeps_it(
    writer: TestClient, content: str, status: int, told: str
) -> None:
    id_ = ids_of(writer)[WET]
    data = {"content": content, "cue": "called", "note": "a <note>"}
    answer = writer.post(f"/quotations/{id_}/edit", data=data)
    assert answer.status_code == status
    assert told in answer.text
    assert value(answer.text, "cue") == "called"
    assert value(answer.text, "note") == "a &lt;note&gt;"
    assert record(writer, id_)["status"] == "machine"


def test_spans_that_are_there_already_are_refused(writer: TestClient) -> None:
    id_ = ids_of(writer)[WET]
    page = writer.get(f"/quotations/{id_}/edit").text
    same = {role: value(page, role) for role in ("content", "cue", "source")}
    assert writer.post(f"/quotations/{id_}/edit", data=same).status_code == 409


def test_a_missed_quotation_is_added_with_a_new_speaker(writer: TestClient) -> None:
    path = f"/sources/{ferry_id()}/add"
    assert writer.get(path).status_code == 200
    data = {"content": LINE, "speaker": "Zed Zebra", "speaker_kind": "person", "by": "Ana"}
    answer = writer.post(path, data=data)
    new = record(writer, led_to(answer.headers["location"]))
    assert (new["method"], new["kind"], new["confidence"]) == ("manual", "indirect", None)
    assert new["speaker"]["name"] == "Zed Zebra"
    assert new["reviews"][-1]["reviewer"] == "Ana"
    assert writer.post(path, data=data).status_code == 409
    assert writer.post(path, data={"content": ""}).status_code == 400
    assert writer.post(path, data={"content": "0:5", "act": "song"}).status_code == 400
    unknown = writer.post(path, data={"content": "0:5", "speaker": "Nobody Known"})
    assert unknown.status_code == 400
    assert value(unknown.text, "speaker") == "Nobody Known"


def test_the_same_by_json(writer: TestClient) -> None:
    bearer = {"authorization": f"Bearer {TOKEN}"}
    id_ = ids_of(writer)[WET]
    at = FERRY.index("wet letter")
    edit = {"action": "edit", "content": [[at, at + 10]], "source": [], "by": "Ana"}
    new = writer.post(f"/api/v1/quotations/{id_}/reviews", json=edit, headers=bearer)
    assert new.status_code == 201
    assert new.json()["content"]["spans"] == [[at, at + 10]]
    assert new.json()["source"] is None
    # What is not named stays.
    assert new.json()["cue"]["text"] == "called"
    none = {"action": "edit", "content": []}
    reviews = f"/api/v1/quotations/{new.json()['id']}/reviews"
    assert writer.post(reviews, json=none, headers=bearer).status_code == 400
    path = f"/api/v1/sources/{ferry_id()}/quotations"
    added = writer.post(path, json={"content": [[0, 5]], "speaker": "Bo Marsh"}, headers=bearer)
    assert added.json()["speaker"]["name"] == "Bo Marsh"
    for wrong in ([], "0:5", [[0]], [[0, True]], [[5, 0]], [[0, 10**9]], [["a", "b"]]):
        assert writer.post(path, json={"content": wrong}, headers=bearer).status_code == 400


def test_who_only_reads_sees_no_form_and_changes_nothing(reader: TestClient) -> None:
    id_ = ids_of(reader)[WET]
    for path in (f"/quotations/{id_}/edit", f"/sources/{ferry_id()}/add"):
        page = reader.get(path)
        assert page.status_code == 200
        assert "data-edit" not in page.text
        assert reader.post(path, data={"content": "0:5"}).status_code == 403
    assert reader.get("/quotations/q_0/edit").status_code == 404
    assert reader.get("/sources/d_0/add").status_code == 404


def test_an_edited_telling_is_joined_with_the_others_anew(writer: TestClient) -> None:
    whole = next(text for text in ids_of(writer) if text.startswith("“The harbour wall will hold "))
    id_ = ids_of(writer)[whole]
    assert record(writer, id_)["other_sources"] == 1
    start = HARBOUR.index("nobody in the old town")
    data = {"content": f"{start}:{start + 22}", "cue": "", "source": ""}
    answer = writer.post(f"/quotations/{id_}/edit", data=data)
    assert record(writer, led_to(answer.headers["location"]))["other_sources"] == 0
