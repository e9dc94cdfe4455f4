from __future__ import annotations

import socket
from datetime import UTC, datetime
from importlib.metadata import version
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.documents.html import HtmlReader
from quotes.errors import BinaryDocument, DocumentError, EmptyDocument, UnreadableDocument
from tests.documents.sources import read_one, source

FIRST = "The council of Larkspur met on Monday and agreed to open the bridge in spring."
SECOND = "“We have waited nine years for this,” said Ada Quill, who heads the council’s works."
PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Bridge to open | The Larkspur Post</title>
<meta property="og:title" content="Bridge to open">
<meta property="og:site_name" content="The Larkspur Post">
<meta name="author" content="Tom Vale">
<meta property="article:published_time" content="2024-03-05T10:11:12+09:00">
<link rel="canonical" href="https://post.example/2024/bridge">
<style>p {{ color: red }}</style>
<script>var quote = "“Nobody said this,” said the script.";</script>
</head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Bridge to open</h1><!-- “Nor this,” said a comment. -->
<p>{FIRST}</p><p>{SECOND}</p></article>
<footer>Copyright The Larkspur Post</footer></body></html>"""


def body(markup: str) -> str:
    return f"<html><head><title>T</title></head><body>{markup}<p>{FIRST}</p><p>{SECOND}</p></body>"


def test_a_page_gives_its_article_and_what_it_says_of_itself() -> None:
    document = read_one(HtmlReader(), PAGE)
    assert f"{FIRST}\n\n{SECOND}" in document.text
    assert "script" not in document.text
    assert "comment" not in document.text
    assert "Copyright" not in document.text
    assert document.title == "Bridge to open"
    assert document.author == "Tom Vale"
    assert document.publisher == "The Larkspur Post"
    assert document.url == "https://post.example/2024/bridge"
    assert document.language == "en-GB"
    assert document.published_at == datetime(2024, 3, 5, 1, 11, 12, tzinfo=UTC)
    assert document.raw == PAGE.encode()
    assert document.media_type == "text/html"
    assert document.reader == "html"
    assert version("trafilatura") in document.reader_version


def test_a_bare_page_says_nothing_of_itself() -> None:
    document = read_one(HtmlReader(), f"<html><body><p>{FIRST}</p><p>{SECOND}</p></body></html>")
    assert document.text == f"{FIRST}\n\n{SECOND}"
    assert document.author is None
    assert document.published_at is None
    assert document.url is None
    assert document.language is None


def test_a_day_without_an_hour_is_its_midnight_in_utc() -> None:
    page = PAGE.replace("2024-03-05T10:11:12+09:00", "2024-03-05")
    assert read_one(HtmlReader(), page).published_at == datetime(2024, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("charset", "encoding"), [("windows-1252", "cp1252"), ("utf-8", "utf-8"), ("latin1", "cp1252")]
)
def test_the_declared_charset_is_used(charset: str, encoding: str) -> None:
    page = PAGE.replace('charset="utf-8"', f"charset={charset}")
    document = read_one(HtmlReader(), page.encode(encoding))
    assert SECOND in document.text
    assert (document.encoding, document.encoding_choice) == (encoding, "declared")


def test_a_page_saved_as_utf8_that_still_declares_latin1_keeps_its_marks() -> None:
    page = PAGE.replace('charset="utf-8"', 'charset="iso-8859-1"')
    document = read_one(HtmlReader(), page)
    assert SECOND in document.text
    assert document.encoding_choice == "utf-8"


def test_an_xml_declaration_is_a_declaration() -> None:
    page = '<?xml version="1.0" encoding="iso-8859-2"?>' + body("<p>Žluťoučký kůň běžel.</p>")
    page = page.replace("“", "").replace("”", "").replace("’", "")
    document = read_one(HtmlReader(), page.encode("iso-8859-2"))
    assert "Žluťoučký kůň" in document.text
    assert document.encoding == "iso8859-2"


def test_character_references_become_characters() -> None:
    document = read_one(
        HtmlReader(),
        body(
            "<p>He wrote &#147;yes&#148; &amp; &#60;no&#x3E;, it&rsquo;s &#x201c;done&#8221;.</p>"
        ),
    )
    assert document.text.startswith("He wrote “yes” & <no>, it’s “done”.")


@pytest.mark.parametrize("around", ["{}", "<table><tr><td>{}</td></tr></table>", "<div>{}</div>"])
def test_blocks_are_parted_by_a_blank_line_wherever_they_stand(around: str) -> None:
    blocks = f"<p>{FIRST}</p>\n<p>It is <b>late</b>,\n<a href='/x'>they</a> said.<br>Very.</p>"
    text = read_one(HtmlReader(), body(around.format(blocks))).text
    assert text.startswith(f"{FIRST}\n\nIt is late, they said.\n\nVery.\n\n")


def test_lists_and_tables_get_no_signs_that_the_page_does_not_have() -> None:
    items = "<ul><li>“One,” he said.</li><li>Two</li></ul>"
    table = "<table><tr><td>a</td><td>b</td></tr></table>"
    page = PAGE.replace("</article>", f"{items}{table}</article>")
    assert f"{SECOND}\n\n“One,” he said.\n\nTwo\n\na\n\nb" in read_one(HtmlReader(), page).text


@pytest.mark.parametrize(
    "markup",
    [
        f"<p class='{'a' * 1_000_000}'>x</p>",
        "<p>&#0;&#1;&#xD800;&#xFFFF;&#x110000;&#99999999999999999999999;&#x;&nosuch;</p>",
        "<p>\x01\x0b\x1b\ufffe</p>",
        "</p></div></body></html><b><i></b></i><table><p><tr><li>",
        "<![CDATA[ x ]]><?php echo 1 ?><!doctype x><!ELEMENT y>",
        "<svg><math><mi></svg>",
        "<script>while(1){}</script><style>@import 'http://news.example/';</style>",
        "<iframe src='http://news.example/'></iframe><img src=x onerror=alert(1)>",
        "<time datetime='99999-99-99' itemprop=datePublished></time>",
        '<script type="application/ld+json">{"@type": [[[}</script>',
        "<base href='http://[::1'><link rel=canonical href='http://[bad'>",
    ],
)
def test_odd_markup_does_not_hide_the_article(markup: str) -> None:
    text = read_one(HtmlReader(), body(markup)).text
    assert FIRST in text
    assert SECOND in text
    assert "alert" not in text


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("<html><body>" + "<div>" * 100_000 + FIRST, UnreadableDocument),
        ("<html><body><p " + "a=1 " * 100_000 + ">" + FIRST, UnreadableDocument),
        ("<html><body>" + "<b>x</b>" * 200_000, UnreadableDocument),
        ("<html><body><!-- " + FIRST, EmptyDocument),
        ("<html><body><script>" + FIRST, EmptyDocument),
        ("<html><head></head><body></body></html>", EmptyDocument),
        ("<!-- nothing -->", EmptyDocument),
        ("<p" * 300_000, EmptyDocument),
        (" \n", EmptyDocument),
        ("<p>a\0b</p>", BinaryDocument),
    ],
    ids=["deep", "attributes", "tags", "comment", "script", "bare", "none", "open", "white", "nul"],
)
def test_pages_without_a_readable_article_are_one_clear_error(
    page: str, kind: type[DocumentError]
) -> None:
    with pytest.raises(kind) as caught:
        read_one(HtmlReader(), page)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_entities_of_a_hostile_doctype_are_not_expanded() -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    page = f'<!DOCTYPE html [{entities}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text = read_one(HtmlReader(), page + body("<p>&a11; &f;</p>")).text
    assert SECOND in text
    assert len(text) < 5_000
    assert "root:" not in text


def test_plaintext_swallows_the_rest_as_text() -> None:
    page = f"<html><body><p>{FIRST}</p><plaintext><p>{SECOND}</p>"
    assert SECOND in read_one(HtmlReader(), page).text


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the reader went to the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert SECOND in read_one(HtmlReader(), PAGE).text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "<p>",
                    "</p>",
                    "<div",
                    ">",
                    "<!--",
                    "-->",
                    "<script>",
                    "</script>",
                    "&#",
                    ";",
                    "<a ",
                ]
            ),
            st.text(max_size=12),
        ),
        max_size=25,
    )
)
def test_any_markup_gives_a_document_or_an_error_of_ours(parts: list[str]) -> None:
    raw = ("<html><body>" + "".join(parts)).encode("utf-8", "replace")
    try:
        (document,) = HtmlReader().read(source(raw))
    except DocumentError:
        return
    assert document.text.strip()
    assert "\0" not in document.text
    document.text.encode()
