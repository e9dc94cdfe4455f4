"""TEI P5: a corpus of the whole texts, in which quotations are marked, with their speakers.

What is said or thought is `<said>`, what is written `<quote>`, as section 3.3.3 of the Guidelines
has them; their pieces are chained by `next` and `prev` (17.3). Cues and source mentions are
`<seg>`. The text of an `<ab>` is the text that the offsets count in.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.exports.grouping import by_version
from quotes.exports.nesting import Close, Open, nested
from quotes.exports.tei_header import PREAMBLE, corpus_header, empty_text, text_header
from quotes.exports.xml_text import attributes, xml_text
from quotes.quotation import Act, Kind
from quotes.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotes.exports.exporter import Setting
    from quotes.store.values import StoredQuotation

DIRECT = {Kind.DIRECT: "true", Kind.INDIRECT: "false", Kind.MIXED: "unknown"}


class TeiCorpus:
    """A teiCorpus with a TEI for each source."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def chunks(self, quotations: Iterable[StoredQuotation]) -> Iterator[bytes]:
        """Yield the corpus header, each text with its header, and the end."""
        yield f"{PREAMBLE}{corpus_header(self._setting.manifest)}".encode()
        nothing = True
        for version, members in by_version(quotations):
            nothing = False
            text = self._setting.passages(version)
            yield f"<TEI>\n{text_header(members)}".encode()
            yield b'<text>\n<body>\n<ab xml:space="preserve">'
            yield "".join(_marked(text, members)).encode()
            yield b"</ab>\n</body>\n</text>\n</TEI>\n"
        if nothing:
            yield empty_text().encode()
        yield b"</teiCorpus>\n"


def exporter(setting: Setting) -> TeiCorpus:
    """Return the exporter."""
    return TeiCorpus(setting)


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that becomes an element, or several; marks of one `chain` belong together."""

    span: Span
    element: str
    chain: str
    attributes: str


def _marked(text: str, quotations: Sequence[StoredQuotation]) -> Iterator[str]:
    marks = [*_contents(quotations), *_mentions(quotations)]
    steps = list(nested(len(text), [mark.span for mark in marks]))
    pieces = Counter(marks[step.mark].chain for step in steps if isinstance(step, Open))
    opened: Counter[str] = Counter()
    for step in steps:
        if isinstance(step, Open):
            mark = marks[step.mark]
            opened[mark.chain] += 1
            link = _chained(mark, opened[mark.chain], pieces[mark.chain])
            yield f"<{mark.element}{link}{mark.attributes}>"
        elif isinstance(step, Close):
            yield f"</{marks[step.mark].element}>"
        else:
            yield xml_text(text[step.start : step.end])


def _chained(mark: Mark, number: int, count: int) -> str:
    """Return what tells which piece of a chain this is."""
    if mark.element == "seg":
        part = None if count == 1 else "I" if number == 1 else "F" if number == count else "M"
        return attributes(part=part)
    return attributes(
        xml_id=_piece(mark.chain, number),
        prev="#" + _piece(mark.chain, number - 1) if number > 1 else None,
        next="#" + _piece(mark.chain, number + 1) if number < count else None,
    )


def _piece(chain: str, number: int) -> str:
    return chain if number == 1 else f"{chain}.{number}"


def _contents(quotations: Sequence[StoredQuotation]) -> Iterator[Mark]:
    for quotation in quotations:
        record = quotation.record
        home, speaker, via = record["document"]["id"], record["speaker"], record["via"]
        who = f"#{home}.{speaker['id']}" if speaker else None
        ana = f"#kind.{record['kind']} #act.{record['act']} #status.{record['status']}"
        written = record["act"] == Act.WRITING
        about = {"n": record["id"], "ana": ana, "resp": f"#{home}.{via['id']}" if via else None}
        if written:
            told = attributes(**about, corresp=who)
        else:
            aloud = "true" if record["act"] == Act.SPEECH else "false"
            direct = DIRECT[Kind(record["kind"])]
            told = attributes(**about, who=who, direct=direct, aloud=aloud)
        for start, end in record["content"]["spans"]:
            element = "quote" if written else "said"
            yield Mark(Span(start, end), element, f"{home}.{record['id']}", told)


def _mentions(quotations: Sequence[StoredQuotation]) -> Iterator[Mark]:
    """Yield cues and source mentions, those of several quotations once."""
    shared: dict[tuple[str, Span], list[str]] = {}
    for quotation in quotations:
        record = quotation.record
        target = f"#{record['document']['id']}.{record['id']}"
        for role, passage in (("source", record["source"]), ("cue", record["cue"])):
            for start, end in passage["spans"] if passage else ():
                shared.setdefault((role, Span(start, end)), []).append(target)
    for (role, span), targets in shared.items():
        told = attributes(type=role, corresp=" ".join(targets))
        yield Mark(span, "seg", f"{role} {span.start} {span.end}", told)
