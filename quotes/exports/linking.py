"""The link from a sheet back to the source, where following it is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from quotes.links.fragment import with_text_fragment
from quotes.spans import Span

if TYPE_CHECKING:
    from quotes.store.values import StoredQuotation

# What a URL may hold unencoded (RFC 3986), and the sign of what is encoded.
PLAIN = ":/?#[]@!$&'()*+,;=-._~%"


def address(quotation: StoredQuotation) -> str | None:
    """Return the URL of a quotation's source, encoded; None where only a program could follow it.

    What a source says of itself is believed for the web alone (`javascript:` runs, and `file:`
    with a host asks that host), the URI it was read from for a local file too.
    """
    if quotation.url and _is_on_the_web(quotation.url):
        return quote(quotation.url.strip(), safe=PLAIN, errors="replace")
    if _is_on_the_web(quotation.uri) or _is_local(quotation.uri):
        return quote(quotation.uri, safe=PLAIN, errors="replace")
    return None


def link(quotation: StoredQuotation, text: str) -> str | None:
    """Return the URL with a text fragment that leads to the quotation's words."""
    url = address(quotation)
    if url is None:
        return None
    return with_text_fragment(url, text, content_spans(quotation))


def content_spans(quotation: StoredQuotation) -> tuple[Span, ...]:
    """Return the spans of the content."""
    return tuple(Span(start, end) for start, end in quotation.record["content"]["spans"])


def _is_on_the_web(url: str) -> bool:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _is_local(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "file" and not parts.netloc and parts.path.startswith("/")
