"""Every page, by the words that it must have and the elements it must not."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from quotes.quotation import Attribution, Evidence, Kind, Quotation, SpeakerKind
from quotes.spans import Span
from quotes.store import Store
from quotes.web.asking import clean
from quotes.web.visible import visible
from tests.hostile import HOSTILE
from tests.store.builders import make_document
from tests.web.archive import MAYOR, ferry_id, fill
from tests.web.conftest import TOKEN, client_of, ids_of

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from quotes.documents.document import Document

PIECES = "“The fares will rise in March,” “Nobody likes it.”"


def words(page: str) -> str:
    """Return the text of a page on one line."""
    bare = re.sub(r"<(script|style|title)\b.*?</\1>|<[^>]*>", " ", page, flags=re.S)
    return " ".join(html.unescape(bare).split())


def text_of(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    return words(answer.text)


def test_home_counts_and_plots(reader: TestClient) -> None:
    page = reader.get("/").text
    shown = words(page)
    assert "Quotations 7" in shown
    assert "Sources 3" in shown
    assert "Told by several 1" in shown
    assert f"{MAYOR} 4" in shown
    assert page.count("<svg") >= 2
    assert "Quotations per" in shown
    assert 'role="img"' in page


def test_home_of_an_empty_database_says_what_to_do(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'quotes.db'}", create=True) as store:
        assert "quotes ingest" in text_of(client_of(store), "/")


def test_the_list_has_all_and_the_filters_some(reader: TestClient) -> None:
    page = reader.get("/quotations").text
    assert page.count("<article") == 7
    some = reader.get("/quotations?speaker=marsh&kind=mixed").text
    assert some.count("<article") == 1
    assert "a wet letter" in some
    assert "speaker marsh , kind mixed" in words(some)


def test_pages_of_the_list_lead_to_each_other(reader: TestClient) -> None:
    found, path = [], "/quotations?limit=3&kind=direct"
    while path:
        page = reader.get(path).text
        found += re.findall(r'<article [^>]*id="(q_\w+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = html.unescape(following[1]) + "&limit=3" if following else ""
    records = reader.get("/api/v1/quotations?kind=direct").json()["quotations"]
    assert found == [one["id"] for one in records]


def test_search_finds_words_and_marks_them(reader: TestClient) -> None:
    page = reader.get("/search?q=boat").text
    assert "<mark>boat</mark>" in page
    assert "Nothing found" in text_of(reader, "/search?q=zebra")
    assert "closes nothing" in text_of(reader, "/search?q=a)", 400)
    assert "Name a word" in text_of(reader, "/search?q=---")


def test_search_by_meaning_without_vectors_says_so(reader: TestClient) -> None:
    assert "by their words" in text_of(reader, "/search?q=boat&by=meaning")


def test_a_source_has_its_whole_text_and_a_chosen_quotation(
    reader: TestClient, ids: dict[str, str]
) -> None:
    path = f"/sources/{ferry_id()}"
    page = reader.get(path).text
    shown = words(page)
    assert "She told reporters that Bo Marsh had called the timetable “a wet letter”" in shown
    assert page.count(f'data-q="{ids[PIECES]}"') == 2
    assert page.count(f'id="{ids[PIECES]}"') == 1
    outer = ids["that Bo Marsh had called the timetable “a wet letter” and meant it"]
    assert f'data-q="{ids["“a wet letter”"]} {outer}"' in page
    assert "Choose a quotation" in shown
    chosen = reader.get(f"{path}?q={outer}").text
    assert "“ Ilse Vandermolen ” at 3:38 is what the pronoun stands for" in words(chosen)
    assert 'class="is-source" data-source' in chosen
    assert "Overlaps “a wet letter”" in words(chosen)


def test_the_way_back_leads_to_the_web_only_where_there_is_one(
    reader: TestClient, ids: dict[str, str]
) -> None:
    page = reader.get(f"/quotations/{ids['“a wet letter”']}").text
    assert "https://example.org/ferry#:~:text=" in page
    other = reader.get(f"/quotations/{ids['“Nobody asked me,”']}").text
    assert "file:" not in "".join(re.findall(r'href="([^"]*)"', other))


def test_a_quotation_has_its_passage_evidence_and_history(
    reader: TestClient, ids: dict[str, str]
) -> None:
    shown = text_of(reader, f"/quotations/{ids[PIECES]}")
    for expected in (MAYOR, "articles/ferry.html:3:1", "sha256:", "TextQuoteSelector", "75%"):
        assert expected in shown
    assert words(reader.get(f"/quotations/{ids[PIECES]}/panel").text) in shown


def test_the_beginning_of_an_id_leads_to_the_whole(reader: TestClient, ids: dict[str, str]) -> None:
    id_ = ids["“a wet letter”"]
    answer = reader.get(f"/quotations/{id_[:14]}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/quotations/{id_}")


def test_a_speaker_has_names_sources_and_what_several_tell(reader: TestClient) -> None:
    shown = text_of(reader, f"/speakers/{MAYOR}")
    assert "4 quotations in 3 sources" in shown
    assert "Told by several sources" in shown
    page = reader.get(f"/speakers/{MAYOR}").text
    assert "<ins>all</ins>" in page or "<del>all</del>" in page


def test_lists_of_speakers_and_sources_are_searched(reader: TestClient) -> None:
    assert "Ada Quill" in text_of(reader, "/speakers")
    found = text_of(reader, "/speakers?name=quill")
    assert "Ada Quill person 1" in found
    assert "Bo Marsh" not in found
    assert "No speakers" in text_of(reader, "/speakers?name=zebra")
    assert "The harbour" in text_of(reader, "/sources")
    assert "No sources" in text_of(reader, "/sources?name=zebra")


def test_verify_shows_what_differs(reader: TestClient) -> None:
    path = "/verify?speaker=Quill&claim=We+counted+every+boat+thrice"
    page = reader.get(path).text
    assert "altered" in words(page)
    assert '<ins class="claimed">thrice</ins>' in page
    assert '<del class="held">twice</del>' in page
    assert "verbatim" in text_of(reader, "/verify?speaker=Quill&claim=we+counted+every+boat")
    assert "misattributed" in text_of(reader, "/verify?speaker=Marsh&claim=we+counted+every+boat")
    assert "not found" in text_of(reader, "/verify?speaker=Quill&claim=zebras+graze+at+noon")
    assert "Give both" in text_of(reader, "/verify?speaker=Quill")
    assert "no words" in text_of(reader, "/verify?speaker=Quill&claim=...")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/quotations/q_0000000000000000",
        "/quotations/q_0000000000000000/panel",
        "/quotations/nothing",
        "/sources/d_0",
        "/sources/ferry.html",
        "/speakers/s_zebra",
        "/quotations/",
    ],
)
def test_a_wrong_id_is_a_page_of_one_line(reader: TestClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404
    (line,) = re.findall(r'id="error">([^<]*)<', answer.text)
    assert line.strip()
    assert "\n" not in line
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/quotations?kind=x", "/quotations?after=x", "/sources?after=x", "/verify?act=x"],
)
def test_a_wrong_question_is_a_page_of_one_line(reader: TestClient, path: str) -> None:
    assert "choose" in text_of(reader, path, 400) or "begin" in text_of(reader, path, 400)


def test_pages_load_nothing_from_elsewhere_and_have_nothing_inline(
    reader: TestClient, ids: dict[str, str]
) -> None:
    paths = ["/", "/quotations", "/search?q=boat", f"/sources/{ferry_id()}", "/verify", "/reviews"]
    for path in [*paths, f"/quotations/{ids[PIECES]}", f"/speakers/{MAYOR}"]:
        page = reader.get(path).text
        assert not re.search(r"\son\w+=|\sstyle=|<style", page), path
        assert re.findall(r"<script[^>]*>", page) == ['<script src="/static/quotes.js" defer>']
        loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="([^"]*)"', page)
        assert all(one.startswith(("/static/", "data:,")) for one in loaded)


def hostile_documents() -> list[tuple[Document, tuple[Quotation, ...]]]:
    """Return a document for each hostile string: in its title, text, speaker's name, and URL."""
    found: list[tuple[Document, tuple[Quotation, ...]]] = []
    for number, bad in enumerate(HOSTILE):
        text = f"Before {bad} it. “Words {bad} said,” noted {bad}, at last.\n"
        start, source = text.index("“"), text.rindex(bad)
        content = Span(start, text.index("”") + 1)
        mention = Span(source, source + len(bad))
        step = Evidence(text=bad, start=mention.start, end=mention.end, relation="source")
        quotation = Quotation(
            kind=Kind.DIRECT,
            content=(content,),
            cue=(Span(text.index("noted"), text.index("noted") + 5),),
            source=(mention,),
            method=bad,
            attribution=Attribution(
                name=bad, kind=SpeakerKind.UNNAMED, method="name", evidence=(step,)
            ),
        )
        document = make_document(
            text,
            name=f"{number}-{bad[:300].replace('/', ' ')}",
            title=bad,
            url=bad,
            published_at=datetime(2025, 1, 1, tzinfo=UTC),
        )
        found.append((replace(document, author=bad, publisher=bad), (quotation,)))
    return found


@pytest.fixture(scope="module")
def hostile_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database in which every text is hostile."""
    url = f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'quotes.db'}"
    with Store(url, create=True) as store:
        fill(store, *hostile_documents())
    return url


WRITTEN = """
html head meta title link script body a header nav ul li form label input button main p footer
span code kbd dialog h1 h2 h3 dl div dt dd table caption thead tbody tr th td svg rect line section
figure figcaption details summary article blockquote bdi time ol aside pre mark fieldset legend
select option textarea strong del ins
"""
OURS = frozenset(WRITTEN.split())
CUT = 300


def test_hostile_text_is_shown_on_every_page_and_is_never_markup(hostile_url: str) -> None:
    with Store(hostile_url) as store:
        client = client_of(store)
        records = client.get("/api/v1/quotations?limit=200").json()["quotations"]
        assert len(records) == len(HOSTILE)
        whole = " ".join(html.unescape(client.get("/quotations?limit=200").text).split())
        for bad, record in zip(HOSTILE, records, strict=True):
            assert record["speaker"]["name"] == bad
            document, id_ = record["document"]["id"], record["id"]
            # Pages cut what is very long, but for the text of a source.
            shown = " ".join(visible(bad[:CUT]).split())
            assert shown in whole or len(bad) > CUT, bad
            for path in (
                f"/sources/{document}?q={id_}",
                f"/quotations/{id_}",
                f"/speakers/{record['speaker']['id']}",
            ):
                page = client.get(path).text
                if len(bad) > CUT and not path.startswith("/sources/"):
                    shown = ""
                assert shown in " ".join(html.unescape(page).split()), (path, bad)
                check_markup(page)


class Elements(HTMLParser):
    """The elements of a page with their attributes, as a browser reads them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


def check_markup(page: str) -> None:
    """Fail where a page has an element, attribute or address that is not ours."""
    for tag, attributes in Elements(page).found:
        assert tag in OURS, tag
        for name, value in attributes:
            assert not name.startswith("on"), name
            assert name not in ("style", "srcdoc", "autofocus"), name
            if name in ("href", "src", "action"):
                assert re.match(r"/(?!/)|[#?]|data:,$|https?://", value or ""), value
    assert not re.search("[\x00-\x08\x1b\u202a-\u202e\u2066-\u2069]", page)


def test_hostile_questions_are_shown_as_they_are(reader: TestClient) -> None:
    pages = (
        ("/search", "q"),
        ("/quotations", "contains"),
        ("/speakers", "name"),
        ("/sources", "name"),
        ("/verify", "claim"),
        ("/quotations", "before"),
        ("/quotations", "kind"),
    )
    # Two of them in twelve signs a letter are as much as an address may hold.
    for bad in (one[:300] for one in HOSTILE):
        for path, name in pages:
            answer = reader.get(path, params={name: bad, "speaker": bad})
            assert answer.status_code in (200, 400), (path, bad)
            check_markup(answer.text)
            assert "evil.example" not in str(answer.headers)
        for path in ("/quotations/", "/sources/", "/speakers/"):
            answer = reader.get(path + quote(bad, safe=""))
            assert answer.status_code in (303, 404), (path, bad)
            check_markup(answer.text)


def test_hostile_forms_are_shown_again_and_stored_as_they_are(writer: TestClient) -> None:
    id_ = ids_of(writer)["“a wet letter”"]
    forms = (f"/quotations/{id_}/edit", f"/sources/{ferry_id()}/add")
    named = ("content", "cue", "source", "speaker", "note", "by")
    notes = []
    for number, bad in enumerate(one[:500] for one in HOSTILE):
        answer = writer.post(forms[number % 2], data=dict.fromkeys(named, bad))
        assert answer.status_code == 400, bad
        check_markup(answer.text)
        data = {"action": "confirm", "note": bad, "by": bad, "back": bad}
        decided = writer.post(f"/quotations/{id_}/review", data=data)
        assert decided.headers["location"] == f"/quotations/{id_}", bad
        assert "evil.example" not in str({**decided.headers, "set-cookie": ""})
        notes.append(clean("note", bad, 2_000))
    stored = writer.get(f"/api/v1/quotations/{id_}").json()["reviews"]
    assert [one["note"] or "" for one in stored] == notes
    for path in ("/reviews", f"/quotations/{id_}", f"/quotations/{id_}/edit"):
        check_markup(writer.get(path).text)


def test_what_no_database_keeps_is_left_out(writer: TestClient) -> None:
    bearer = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
    path = f"/api/v1/sources/{ferry_id()}/quotations"
    body = b'{"content": [[0, 5]], "note": "half \\ud800 a pair, \\u0000 nul", "by": "K\\udfff"}'
    added = writer.post(path, content=body, headers=bearer)
    assert added.status_code == 201
    review = writer.get(f"/api/v1/quotations/{added.json()['id']}").json()["reviews"][-1]
    assert (review["note"], review["reviewer"]) == ("half  a pair,  nul", "K")
    for query in ("%00", "%ED%A0%80", "a%00b", "%FF%FE"):
        for page in ("/search?q=", "/sources?name=", "/quotations?contains="):
            assert writer.get(page + query).status_code == 200


def test_ids_are_those_of_the_database(reader: TestClient) -> None:
    assert len(ids_of(reader)) == 7
