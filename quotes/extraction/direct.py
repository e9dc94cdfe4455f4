"""Direct quotations: passages in quotation marks with the cue and the source beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.extraction import beside
from quotes.extraction.candidates import Candidate
from quotes.extraction.contents import INNER_MARKS
from quotes.extraction.lexicon import REPORT
from quotes.extraction.sentences import sentence_start, sentences_in
from quotes.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.extraction.beside import Beside
    from quotes.extraction.marks import Marked
    from quotes.extraction.reading import Reading

_ENDS_SPEECH = frozenset(",.!?…—–-:;")
_SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "the", "to"}
)
_LONGEST_ATTRIBUTION = 260
_ENDS_SENTENCE = tuple(".!?…")
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Chain:
    """One marked passage, or several that continue each other over paragraphs."""

    parts: tuple[Marked, ...]

    @property
    def start(self) -> int:
        return self.parts[0].span.start

    @property
    def end(self) -> int:
        return self.parts[-1].span.end

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(part.span for part in self.parts)


def direct_candidates(reading: Reading) -> Iterator[Candidate]:
    """Yield candidates for each passage: by the cue after it, the cue before it, or by neither.

    A passage that goes on after its attribution (“A,” she said. “B.”), or in paragraphs that are
    all quotation, is one candidate with several content spans.
    """
    chains = [
        chain
        for chain in _chains(reading)
        if not reading.turn_at(chain.start) and not reading.is_furniture_at(chain.start)
    ]
    befores = [_before(reading, chains, index) for index in range(len(chains))]
    afters = [_after(reading, chains, index) for index in range(len(chains))]
    joined: set[int] = set()
    for index, chain in enumerate(chains):
        if index in joined and befores[index] is None:
            continue
        before, after = befores[index], afters[index]
        if before is not None and not _leads_into_speech(reading.text, chain, before):
            before = None
        for cue in (after, before):
            if cue is None or (cue is after and index in joined):
                continue
            spans = list(chain.spans)
            if cue is after:
                spans[0] = _from_sentence_start(reading, chains, index)
            for follower in _followers(reading, chains, befores, afters, index, cue):
                joined.add(follower)
                spans.extend(chains[follower].spans)
            yield _candidate(reading, tuple(spans), cue)
        if before is None and after is None and index not in joined:
            yield from _bare(reading, chain)


def _chains(reading: Reading) -> list[_Chain]:
    chains: list[_Chain] = []
    for passage in reading.marked:
        if passage.continues and chains:
            chains[-1] = _Chain((*chains[-1].parts, passage))
        else:
            chains.append(_Chain((passage,)))
    return chains


def _speech_like(text: str, chain: _Chain) -> bool:
    """Tell whether a passage reads as an utterance, not as a title, a nickname or a fragment."""
    last = chain.parts[-1]
    words = text[chain.parts[0].inside.start : chain.parts[0].inside.end].split()
    if not words or _is_title(text, chain, words):
        return False
    inside = text[last.inside.start : last.inside.end].rstrip(INNER_MARKS)
    if inside and inside[-1] in _ENDS_SPEECH and inside[-1] not in ":;":
        return True
    if len(chain.parts) > 1:
        return True
    following = text[chain.end : chain.end + 1]
    return following == "," and (len(words) >= 4 or words[0][:1].isupper())


def _leads_into_speech(text: str, chain: _Chain, cue: Beside) -> bool:
    """Tell whether the cue before a passage leads into an utterance, not into a name.

    People call, dub and name each other things; “the Iron Abacus” is a nickname, not a speech.
    """
    words = text[chain.parts[0].inside.start : chain.parts[0].inside.end].split()
    if cue.lemma not in REPORT and _is_name(words):
        return False
    return cue.strong or _speech_like(text, chain)


def _is_title(text: str, chain: _Chain, words: Sequence[str]) -> bool:
    """Tell whether a passage is the name of a programme, a film or a paper: “Face the Day.”"""
    if chain.start == 0 or not _is_name(words) or words[-1][-1:] not in ".,":
        return False
    before = text[max(0, chain.start - 4) : chain.start].rstrip(" \xa0")[-1:]
    return before not in {"", ",", ":", "\n", "\r"}


def _is_name(words: Sequence[str]) -> bool:
    """Tell whether every word of two to six is capitalised, little ones left aside."""
    bare = [w.strip("\"“”'‘’.,") for w in words]
    return 2 <= len(bare) <= 6 and all(w[:1].isupper() or w.lower() in _SMALL for w in bare)


def _allows_after(text: str, chain: _Chain, cue: Beside) -> bool:
    """A full stop inside the marks ends the sentence, so only an inverted cue may follow."""
    inside = text[chain.parts[-1].inside.start : chain.parts[-1].inside.end].rstrip(INNER_MARKS)
    following = text[chain.end : chain.end + 1]
    if inside.endswith(".") and not inside.endswith("..") and following != ",":
        return cue.inverted or not cue.opens_upper
    return True


def _after(reading: Reading, chains: Sequence[_Chain], index: int) -> Beside | None:
    """Return the cue after a passage, in its paragraph and before the next passage."""
    chain = chains[index]
    if not _speech_like(reading.text, chain):
        return None
    limit = reading.paragraphs[reading.paragraph_of(chain.end - 1)].end
    for following in chains[index + 1 : index + 4]:
        # A nickname in marks (said Tom “Moss” Ashby) is part of the attribution.
        if following.start >= limit or _speech_like(reading.text, following):
            limit = min(limit, following.start)
            break
    cue = beside.after(reading, chain.end, limit) or _signed_below(reading, chain)
    return cue if cue is not None and _allows_after(reading.text, chain, cue) else None


def _signed_below(reading: Reading, chain: _Chain) -> Beside | None:
    """Return the signature that stands in a paragraph of its own under a passage."""
    number = reading.paragraph_of(chain.end - 1)
    if chain.end != reading.paragraphs[number].end or number + 1 >= len(reading.paragraphs):
        return None
    return beside.signature(reading, chain.end, reading.paragraphs[number + 1].end)


def _before(reading: Reading, chains: Sequence[_Chain], index: int) -> Beside | None:
    """Return the cue before a passage: in its paragraph, or at the end of the one above."""
    chain = chains[index]
    number = reading.paragraph_of(chain.start)
    paragraph = reading.paragraphs[number]
    floor = max(paragraph.start, chains[index - 1].end if index else 0)
    if floor < chain.start and reading.text[floor : chain.start].strip():
        return beside.before(reading, floor, chain.start)
    if chain.start == paragraph.start and number:
        above = reading.paragraphs[number - 1]
        if reading.text[above.end - 1] == ":" and not reading.is_furniture_at(above.start):
            return beside.before(reading, above.start, above.end)
    return None


def _followers(
    reading: Reading,
    chains: Sequence[_Chain],
    befores: Sequence[Beside | None],
    afters: Sequence[Beside | None],
    index: int,
    cue: Beside,
) -> Iterator[int]:
    """Yield the passages that go on where the one at `index` stopped, under the same cue."""
    text = reading.text
    current = index
    for following in range(index + 1, len(chains)):
        same = reading.paragraph_of(chains[current].end - 1) == reading.paragraph_of(
            chains[following].start
        )
        if same and not _speech_like(text, chains[following]):
            continue  # a title or a fragment inside the attribution: “…,” she told “Face the Day.”
        own = befores[following]
        if (own is not None and own.strong and own.cue != cue.cue) or afters[following] is not None:
            return
        gap = text[chains[current].end : chains[following].start]
        if len(gap) > _LONGEST_ATTRIBUTION or not _speech_like(text, chains[following]):
            return
        if same and not _joins(gap, cue, first=current == index):
            return
        if not same and not (
            _fills_paragraph(reading, chains[following])
            and _ends_paragraph(reading, chains[current].end, cue)
        ):
            return
        yield following
        current = following


def _from_sentence_start(reading: Reading, chains: Sequence[_Chain], index: int) -> Span:
    """Return a passage's first span, with the words before it that its sentence begins with.

    The pier is “temporary” and “will look better wet,” said the builder: all of it is the
    builder's.
    """
    span = chains[index].spans[0]
    inside = chains[index].parts[0].inside.start
    paragraph = reading.paragraphs[reading.paragraph_of(span.start)]
    if not reading.text[inside].islower() or span.start == paragraph.start:
        return span
    start = sentence_start(reading.text, paragraph.start, span.start)
    lead = reading.text[start : span.start]
    if not lead.strip() or lead.rstrip()[-1:] in {",", ":", "—", "–"}:
        return span
    return Span(start, span.end)


def _joins(gap: str, cue: Beside, *, first: bool) -> bool:
    """Tell whether what stands between two passages is no more than the attribution."""
    if not gap.strip(" \t…"):
        return True
    if not first or cue.where != "after":
        return False
    return gap.rstrip()[-1:] in ".,;:—–" and sentences_in(gap) <= 1


def _fills_paragraph(reading: Reading, chain: _Chain) -> bool:
    first = reading.paragraphs[reading.paragraph_of(chain.start)]
    final = reading.paragraphs[reading.paragraph_of(chain.end - 1)]
    return chain.start == first.start and chain.end >= final.end - 1


def _is_sentence(reading: Reading, chain: _Chain) -> bool:
    """Tell whether a passage stands between sentences, a sentence of several words by itself."""
    text = reading.text
    paragraph = reading.paragraphs[reading.paragraph_of(chain.start)]
    inside = text[chain.parts[0].inside.start : chain.parts[-1].inside.end].rstrip(INNER_MARKS)
    return (
        sentence_start(text, paragraph.start, chain.start) == chain.start
        and inside[:1].isupper()
        and inside[-1:] in _ENDS_SENTENCE
        and len(inside.split()) >= _FEWEST_WORDS
    )


def _ends_paragraph(reading: Reading, end: int, cue: Beside) -> bool:
    """Tell whether nothing but the attribution follows a passage in its paragraph."""
    rest = reading.text[end : reading.paragraphs[reading.paragraph_of(end - 1)].end]
    if cue.where == "after" and cue.cue[0].start >= end:
        return sentences_in(rest) <= 1
    return not rest.strip(" \t.,…—–-")


def _candidate(reading: Reading, content: tuple[Span, ...], cue: Beside) -> Candidate:
    return Candidate(
        pattern=f"direct-{cue.where}",
        lemma=cue.lemma,
        content=content,
        cue=cue.cue,
        source=cue.source,
        addressee=cue.addressee,
        cue_at=cue.head_at,
        features=(*cue.features, *_shape(reading.text, content)),
    )


def _shape(text: str, content: tuple[Span, ...]) -> Iterator[str]:
    first = text[content[0].start : content[0].end].strip("\"“”«»„'‘’`")
    words = len(first.split())
    yield f"words={min(words, 8)}"
    yield f"ends={first[-1:] if first[-1:] in _ENDS_SPEECH else 'x'}"
    yield f"upper={first[:1].isupper()}"
    yield f"spans={min(len(content), 3)}"


def _bare(reading: Reading, chain: _Chain) -> Iterator[Candidate]:
    """A paragraph that is all quotation, or whole sentences of one, with nobody named beside it."""
    fills = _fills_paragraph(reading, chain)
    if (fills or _is_sentence(reading, chain)) and _speech_like(reading.text, chain):
        yield Candidate(
            pattern="direct-bare" if fills else "direct-free",
            lemma="",
            content=chain.spans,
            cue=(),
            cue_at=chain.start,
            features=tuple(_shape(reading.text, chain.spans)),
        )
