"""Statements that somebody passes on: the source is who made them, `via` who reports them.

"Kyodo, citing an official, reported that X" is the official's X, by way of Kyodo. Only those
whose trade is to report pass on what they cite: police who cite witnesses speak for themselves, and
so does a paper that cites documents, which do not speak.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from quotes.extraction.acts import act_of
from quotes.extraction.contents import kind_of
from quotes.extraction.lexicon import REPORT, lemma_of
from quotes.extraction.relays import Way, is_outlet, is_reporter, relays
from quotes.extraction.syntax import without
from quotes.spans import Span, Spans, hull, merged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from quotes.extraction.reading import Reading
    from quotes.extraction.relays import Relay
    from quotes.quotation import Quotation

# Characters between a mention and what stands beside it: a comma, a space.
_BESIDE: Final = 2
# What an outlet puts out.
_STORIES: Final = frozenset({"report", "story", "article", "dispatch"})
# Pronouns by which a text takes up an outlet or a reporter.
_POINTERS: Final = frozenset({"it", "he", "she"})


def passed_on(reading: Reading, quotations: Iterable[Quotation]) -> list[Quotation]:
    """Return the quotations, those that somebody passes on given to the source that is named."""
    found = list(quotations)
    for relay in relays(reading):
        if relay.way is Way.AS_SAYING:
            found = _quoted_as_saying(reading, relay, found)
        elif relay.way is Way.CITED_BY:
            found = [_cited_by(reading, relay, quotation) for quotation in found]
        else:
            found = _citing(reading, relay, found)
    return found


def _quoted_as_saying(
    reading: Reading, relay: Relay, quotations: list[Quotation]
) -> list[Quotation]:
    """Make one of "the paper quoted her as saying X" and of "saying X" inside it."""
    outer = [q for q in quotations if _meet(q.cue, (relay.word,))]
    saying = (relay.saying,) if relay.saying is not None else ()
    inner = [q for q in quotations if q not in outer and _meet(q.cue, saying)]
    via = _outlet(relay, outer)
    made: list[Quotation] = []
    for quotation in outer:
        content = without(reading.text, quotation.content, (relay.voice, relay.phrase))
        if content:
            cue = without(reading.text, merged((*quotation.cue, *saying)), via)
            made.append(
                _renewed(
                    reading, quotation, content=content, cue=cue, source=(relay.voice,), via=via
                )
            )
    for quotation in inner:
        if not any(_meet(quotation.content, one.content) for one in made):
            made.append(replace(quotation, via=() if _meet(via, quotation.source) else via))
    others = [q for q in quotations if q not in outer and q not in inner]
    return others + made


def _outlet(relay: Relay, outer: Iterable[Quotation]) -> Spans:
    if relay.outlet is not None:
        return (relay.outlet,)
    sources = (q.source for q in outer if not _meet(q.source, (relay.voice,)))
    return next(sources, ())


def _cited_by(reading: Reading, relay: Relay, quotation: Quotation) -> Quotation:
    """Part "an official cited by the paper"."""
    if relay.outlet is None or not _meet(quotation.source, (relay.voice,)):
        return quotation
    source = without(reading.text, quotation.source, (relay.phrase,))
    content = without(reading.text, quotation.content, (relay.phrase,))
    if not source or not content:
        return quotation
    return _renewed(reading, quotation, content=content, source=source, via=(relay.outlet,))


def _citing(reading: Reading, relay: Relay, quotations: list[Quotation]) -> list[Quotation]:
    """Give what is said "citing an official" to the official, where the one who cites reports."""
    own = [q for q in quotations if _meet(q.cue, (relay.word,))]
    cut = {id(q): _behind_voice(reading, relay, q) for q in own}
    out = [cut.get(id(q)) or q for q in quotations]
    if not relay.can_speak:
        return out
    near = [q for q in out if _is_told_here(reading, relay, q)]
    main = min(near, key=lambda q: _apart(hull(q.cue), relay.word), default=None)
    if main is None:
        return out
    content = without(reading.text, main.content, (relay.phrase,))
    via = without(reading.text, main.source, (relay.phrase,))
    given = _renewed(reading, main, content=content, source=(relay.voice,), via=via)
    kept = [q for q in out if q is main or not _is_no_more_than(q, relay)]
    return [given if q is main else q for q in kept]


def _behind_voice(reading: Reading, relay: Relay, quotation: Quotation) -> Quotation | None:
    """Mend "reported, citing an official, that X" and "quoting her: “X”": X begins behind her."""
    rest = without(reading.text, quotation.content, (relay.phrase,))
    if not rest or not _meet(quotation.content, (relay.voice,)):
        return None
    first = reading.tokens_in(rest[0].start, rest[-1].end)
    begins = bool(first) and reading.doc[first[0]].lower_ == "that"
    verb = _reporting_before(reading, relay, quotation)
    if verb is None or not (begins or reading.marked_at(rest[0].start)):
        return None
    cue = (Span(verb.idx, verb.idx + len(verb)),)
    return _renewed(reading, quotation, content=rest, cue=cue, source=quotation.source)


def _reporting_before(reading: Reading, relay: Relay, quotation: Quotation) -> Token | None:
    """Return the reporting verb between who cites and "citing"."""
    start = hull(quotation.source).end if quotation.source else relay.word.start
    tokens = [reading.doc[index] for index in reading.tokens_in(start, relay.word.start)]
    verbs = [t for t in tokens if t.pos_ == "VERB" and lemma_of(t) in REPORT]
    return verbs[0] if verbs else None


def _is_told_here(reading: Reading, relay: Relay, quotation: Quotation) -> bool:
    """Tell whether a quotation in the sentence of "citing" is told by one who reports."""
    if not quotation.source or not quotation.cue or quotation.via:
        return False
    if _meet(quotation.cue, (relay.word,)):
        return False
    teller = without(reading.text, quotation.source, (relay.phrase,))
    if not teller or _sentence(reading, hull(teller)) != _sentence(reading, relay.word):
        return False
    if not without(reading.text, quotation.content, (relay.phrase,)):
        return False
    inside = any(relay.word.within(span) for span in quotation.content)
    beside = min(_apart(part, relay.phrase) for part in (*quotation.source, *quotation.cue))
    opens = abs(hull(quotation.content).start - relay.phrase.start) <= _BESIDE
    if inside and beside > _BESIDE and not opens:
        return False
    return _reports(reading, quotation, hull(teller), quoting=relay.way is Way.QUOTING)


def _reports(reading: Reading, quotation: Quotation, source: Span, *, quoting: bool) -> bool:
    """Tell whether a quotation's source only reports, by trade or, as a body does, by quoting."""
    phrase = reading.doc.char_span(source.start, source.end, alignment_mode="expand")
    if phrase is None:
        return False
    if is_outlet(phrase.root) or any(is_reporter(token) for token in phrase):
        return True
    if phrase.root.lemma_.lower() in _STORIES and any(is_outlet(token) for token in phrase):
        return True
    if quoting and phrase.root.pos_ != "PRON" and phrase.root.ent_type_ != "PERSON":
        return phrase.root.pos_ == "NOUN"
    cue = (reading.doc[i] for s in quotation.cue for i in reading.tokens_in(s.start, s.end))
    named = phrase.root.pos_ == "PROPN" or phrase.root.lower_ in _POINTERS
    return named and any(lemma_of(token) == "report" for token in cue)


def _is_no_more_than(quotation: Quotation, relay: Relay) -> bool:
    """Tell whether all that a quotation holds is the mention of who is cited."""
    return _meet(quotation.cue, (relay.word,)) and all(
        span.within(relay.phrase) for span in quotation.content
    )


def _renewed(
    reading: Reading,
    quotation: Quotation,
    *,
    content: Spans,
    source: Spans,
    cue: Spans | None = None,
    via: Spans = (),
) -> Quotation:
    """Return the quotation with these spans, and with the kind and the act that they have."""
    cue = quotation.cue if cue is None else cue
    return replace(
        quotation,
        kind=kind_of(reading, content),
        act=act_of(reading.doc, cue=cue, source=source, content=content),
        content=content,
        cue=cue,
        source=source,
        via=via,
    )


def _sentence(reading: Reading, span: Span) -> int:
    index = min(reading.first_token(span.start), len(reading.doc) - 1)
    return int(reading.doc[index].sent.start)


def _apart(one: Span, other: Span) -> int:
    return max(0, other.start - one.end, one.start - other.end)


def _meet(spans: Spans, others: Spans) -> bool:
    return any(one.overlaps(other) for one in spans for other in others)
