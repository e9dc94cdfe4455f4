"""A quote sheet as one HTML page: printable, in dark and light, no script, nothing from outside."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from quotes.exports.grouping import facts, grouped, origin
from quotes.exports.linking import link
from quotes.exports.passage import legible, runs
from quotes.exports.printable import printable
from quotes.links.position import position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.exports.exporter import Setting
    from quotes.store.values import StoredQuotation

# Nothing but the styles of this page: should a text ever get out of its quotes, it still does not
# run and asks no server.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --faint: #595959; --line: #d0d0d0;
  --content: #fff3b0; --cue: #0b5c8a; --source: #1b6b2f; --link: #0b57d0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --paper: #161616; --faint: #b0b0b0; --line: #444; --content: #5a4b00;
    --cue: #7cc4f0; --source: #86d99a; --link: #9ec1ff; } }
body { margin: 0 auto; padding: 1rem; max-width: 46rem; font: 1rem/1.5 Georgia, serif;
  color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
a { color: var(--link); }
article { margin: 1.5rem 0; padding-bottom: 1rem; border-bottom: 1px solid var(--line); }
blockquote { margin: 0 0 .5rem; padding-left: 1rem; border-left: 4px solid var(--line);
  font-size: 1.1rem; }
blockquote, .passage { white-space: pre-wrap; unicode-bidi: isolate; }
.about, .facts, .origin, footer { color: var(--faint); font: .85rem/1.4 system-ui, sans-serif; }
.facts, .origin { margin: .2rem 0; }
mark { color: inherit; background: var(--content); }
.cue { color: var(--cue); font-weight: bold; } .source { color: var(--source); font-weight: bold; }
@media print {
  :root { --ink: #000; --paper: #fff; --faint: #333; --line: #999; --content: #eee; --cue: #000;
    --source: #000; --link: #000; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  article { break-inside: avoid; } h2 { break-after: avoid; }
  mark { text-decoration: underline; } .cue { font-style: italic; }
}
"""
TAGS = {
    "": "{}",
    "content": "<mark>{}</mark>",
    "cue": '<span class="cue">{}</span>',
    "source": '<span class="source">{}</span>',
}


class HtmlSheet:
    """One section a speaker or a source, one article a quotation with the passage around it."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def chunks(self, quotations: Iterable[StoredQuotation]) -> Iterator[bytes]:
        """Yield the head, a section for each group, and the end."""
        yield self._head().encode()
        for heading, members in grouped(quotations, self._setting.group):
            yield f"<section>\n<h2>{_line(heading)}</h2>\n".encode()
            for quotation in members:
                yield self._article(quotation).encode()
            yield b"</section>\n"
        yield b"</main>\n</body>\n</html>\n"

    def _head(self) -> str:
        manifest = self._setting.manifest
        told = "".join(f"<p>{_line(sentence)}</p>\n" for sentence in manifest.sentences())
        return (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n'
            f'<meta name="generator" content="{_line(manifest.program)}">\n'
            f'<meta name="dcterms.created" content="{manifest.created.isoformat()}">\n'
            f"<title>Quotations</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
            f'<header>\n<h1>Quotations</h1>\n<div class="about">\n{told}</div>\n</header>\n<main>\n'
        )

    def _article(self, quotation: StoredQuotation) -> str:
        record, text = quotation.record, self._setting.passages(quotation.version_id)
        place = f"{record['document']['path']}:{position(text, record['content']['start'])}"
        where = _linked(place, link(quotation, text))
        known = "".join(f", {_line(part)}" for part in origin(quotation))
        passage = "".join(TAGS[run.role].format(_text(run.text)) for run in runs(text, record))
        return (
            f'<article id="{_line(record["document"]["id"])}-{_line(record["id"])}">\n'
            f'<blockquote dir="auto">{_text(legible(record["content"]["text"]))}</blockquote>\n'
            f'<p class="facts">{_line(", ".join(facts(quotation, self._setting.group)))}</p>\n'
            f'<p class="origin">{where}{known}</p>\n'
            f'<div class="passage" dir="auto">{passage}</div>\n'
            "</article>\n"
        )


def exporter(setting: Setting) -> HtmlSheet:
    """Return the exporter."""
    return HtmlSheet(setting)


def _linked(shown: str, url: str | None) -> str:
    if url is None:
        return _line(shown)
    return f'<a href="{escape(url)}" rel="noreferrer noopener">{_line(shown)}</a>'


def _line(text: str) -> str:
    return escape(printable(text))


def _text(text: str) -> str:
    return escape(text)
