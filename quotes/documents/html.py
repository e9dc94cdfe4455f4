"""HTML: the article's own text and what the page says of it, by trafilatura; never any network.

The canonical text is what trafilatura takes for the article, its blocks parted by a blank line.
Which text that is depends on trafilatura's version, so the reader's version names it.
"""

from __future__ import annotations

import html
import logging
import re
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING

from quotes.documents.document import Document, Input
from quotes.documents.encoding import decode, encoding_notices
from quotes.errors import EmptyDocument, UnreadableDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element
    from lxml.html import HtmlElement
    from trafilatura.settings import Document as Extract

# Libraries warn of odd pages through logging; ours is the one line that a user reads.
for _library in ("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

# Browsers look for the declaration in the first 1024 bytes; long preload lists push it further.
_HEAD = 8192
_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
# What XML, and so lxml, cannot hold: most control characters, surrogates, U+FFFE and U+FFFF.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[0-9]+|[xX][0-9a-fA-F]+);?")
_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*+>?""")
# Both may be left out; libxml2, unlike browsers, drops whatever follows them.
_END_OF_PAGE = re.compile(r"</(?:body|html)\s*>", re.I)
_INLINE = frozenset({"hi", "ref", "del", "code", "fw", "graphic"})
_WHITE_SPACE = re.compile(r"[ \t\r\n]+")
# libxml2's time grows with the square of a tag's attributes: a hundred thousand hang it.
_MOST_ATTRIBUTES = 2000
# Ten times a long live blog; what has more takes trafilatura minutes and is no article.
_MOST_TAGS = 100_000
_SAVE_AS_TEXT = "save the article's text as .txt and give that"


class HtmlReader:
    """Reads saved web pages: main text, title, author, publisher, date, address and language."""

    name = "html"

    @cached_property
    def version(self) -> str:
        """This reader's version and trafilatura's."""
        return f"1 (trafilatura {version('trafilatura')})"

    def read(self, source: Input) -> Iterator[Document]:
        """Yield the one document; raises DocumentError where the page holds no article."""
        declared = source.declared_charset or _declared_charset(source.raw)
        decoded = decode(source.raw, given=source.encoding, declared=declared)
        tree = _tree(decoded.text)
        language = (tree.get("lang") or tree.get("xml:lang") or "").strip() or None
        published_at = _published_at(tree)
        extract = _extract(tree)
        text = _paragraphs(extract.body)
        if not text:
            raise EmptyDocument("no article was found in its HTML", hint=_SAVE_AS_TEXT)
        yield Document(
            uri=source.uri,
            path=source.path,
            raw=source.raw,
            text=text,
            media_type="text/html",
            reader=self.name,
            reader_version=self.version,
            encoding=decoded.encoding,
            encoding_choice=decoded.choice,
            title=extract.title or None,
            author=extract.author or None,
            publisher=extract.sitename or None,
            url=extract.url if (extract.url or "").startswith(("https://", "http://")) else None,
            language=language,
            published_at=published_at or _day(extract.date),
            notices=encoding_notices(decoded),
        )


def _declared_charset(raw: bytes) -> str | None:
    found = _CHARSET.search(raw[:_HEAD])
    return found[1].decode("ascii", "replace") if found else None


def _tree(text: str) -> HtmlElement:
    """Return the page's element tree; raises DocumentError on markup that cannot be parsed."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    _check_size(text)
    parser = HTMLParser(encoding="utf-8", no_network=True)
    try:
        markup = _END_OF_PAGE.sub("", _storable(text))
        tree: HtmlElement = document_fromstring(markup.encode(), parser=parser)
    except ParserError:
        raise EmptyDocument("there is nothing in its HTML", hint=_SAVE_AS_TEXT) from None
    if any("depth" in entry.message for entry in parser.error_log.filter_from_fatals()):
        raise UnreadableDocument("its markup is nested too deep to read", hint=_SAVE_AS_TEXT)
    return tree


def _check_size(text: str) -> None:
    """Raise UnreadableDocument on markup that would hang the libraries beneath."""
    for number, tag in enumerate(_TAG.finditer(text)):
        if number > _MOST_TAGS:
            raise UnreadableDocument(f"it has over {_MOST_TAGS:,} tags", hint=_SAVE_AS_TEXT)
        if len(tag[0]) > _MOST_ATTRIBUTES and len(tag[0].split()) > _MOST_ATTRIBUTES:
            raise UnreadableDocument(
                f"one of its tags has over {_MOST_ATTRIBUTES:,} attributes", hint=_SAVE_AS_TEXT
            )


def _storable(text: str) -> str:
    """Return the markup with U+FFFD for what no tree can hold, written out or as a reference."""
    return _NOT_XML.sub("\ufffd", _REFERENCE.sub(_checked_reference, text))


def _checked_reference(found: re.Match[str]) -> str:
    # html.unescape gives U+FFFD for surrogates, cp1252's letters for 128 to 159, and nothing for
    # what is no character; markup that a reference spells out must stay a reference.
    char = html.unescape(found[0]) if len(found[0]) < 20 else ""
    return found[0] if char and char in "<>&\"'" else char or "\ufffd"


def _extract(tree: HtmlElement) -> Extract:
    """Return the article and its metadata; raises DocumentError where there is none."""
    from trafilatura import bare_extraction

    try:
        extract = bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            # Without the extensive search a page without a date gets none, not a likely one.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception as error:  # whatever hostile markup provokes in the libraries beneath
        raise UnreadableDocument(
            f"its HTML cannot be read ({type(error).__name__})", hint=_SAVE_AS_TEXT
        ) from error
    if extract is None or isinstance(extract, dict):
        raise EmptyDocument("no article was found in its HTML", hint=_SAVE_AS_TEXT)
    return extract


def _paragraphs(body: _Element) -> str:
    """Return the article's text with a blank line between its blocks.

    trafilatura's own plain text adds list signs and table bars, and runs a cell's paragraphs
    together; here no character stands that the page does not have, white space apart.
    """
    from lxml.etree import iterwalk

    blocks: list[list[str]] = [[]]
    for event, element in iterwalk(body, events=("start", "end")):
        if element.tag not in _INLINE:
            blocks.append([])
        if event == "start":
            blocks[-1].append(element.text or "")
        elif element is not body:
            blocks[-1].append(element.tail or "")
    texts = (_WHITE_SPACE.sub(" ", "".join(block)).strip() for block in blocks)
    return _NOT_XML.sub("\ufffd", "\n\n".join(text for text in texts if text))


def _published_at(tree: HtmlElement) -> datetime | None:
    """Return the time that the page's metadata give to the second, in UTC; None without one."""
    for path in (
        "//meta[@property='article:published_time']/@content",
        "//meta[@itemprop='datePublished']/@content",
        "//time[@itemprop='datePublished']/@datetime",
    ):
        for value in tree.xpath(path):
            time = _time(str(value))
            if time:
                return time
    return None


def _day(date: str | None) -> datetime | None:
    return _time(date) if date else None


def _time(string: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(string.strip())
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
