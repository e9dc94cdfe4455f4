"""One claim against one stored quotation.

First the ladder of normalisation (`quotes.verification.ladder`): a claim that it finds is verbatim,
unless it stops or starts where a negation or a part of a number is cut off. Where it finds nothing,
claim and content are aligned word by word (`align`), what differs is classed (`differences`), and
the rules of `agreement_of` say whether that is the same statement altered, a paraphrase, or
neither.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypedDict

from quotes.verification.agreement import (
    Agreement,
    agreement_in_meaning,
    agreement_of,
    is_guarded,
)
from quotes.verification.align import MOST_WORDS, align, window
from quotes.verification.changes import Change, Kind, Reading
from quotes.verification.cuts import cut_word, limit_after, negates, negation_before
from quotes.verification.differences import BEARING, read
from quotes.verification.find import Passage, read_claim, read_passage
from quotes.verification.frames import Frame, frames, without
from quotes.verification.ladder import (
    EDGES,
    Fragment,
    Occurrence,
    Rung,
    climb,
    open_words,
    read_fragments,
    refine,
)
from quotes.verification.lexicon import DOUBTS
from quotes.verification.synonyms import GROUPS
from quotes.verification.tokens import Token, tokenise

if TYPE_CHECKING:
    from collections.abc import Collection

    from quotes.records import PassageRecord
    from quotes.verification.likeness import Likeness

# How soon a part of a claim denies what it says, if it does.
_OPENING = 3


class Difference(TypedDict):
    """What differs between a claim and the words as they stand.

    Spans are code points: of the claim, and of the source's canonical text; None where one of them
    has nothing there.
    """

    kind: str
    claim: str
    source: str
    claim_span: list[int] | None
    source_span: list[int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The agreement, and what it rests on.

    `score`: how like the two are, 1 for the same words. `rung`: the lowest step of normalisation
    that found a verbatim claim. `span`: the part of the source that was compared, as its hull.
    """

    agreement: Agreement
    score: float = 0.0
    differences: tuple[Difference, ...] = ()
    note: str = ""
    rung: Rung | None = None
    span: tuple[int, int] | None = None
    close: bool = False  # so like that it may decide against another speaker
    reading: Reading | None = None
    claim: str = ""  # without what only says who said it
    sentences: str = ""  # what was aligned, as whole sentences
    told: float = 0.0  # the chance that it is told in other words, where meaning was weighed

    def with_likeness(self, likeness: Likeness) -> Comparison:
        """Return it judged anew with what claim and content have in common in meaning."""
        if self.reading is None:
            return self
        agreement, told = agreement_in_meaning(
            self.reading, claim=self.claim, passage=self.sentences, likeness=likeness
        )
        return replace(self, agreement=agreement, told=told)

    @property
    def open(self) -> bool:
        """Whether closeness in meaning may decide."""
        return self.reading is not None and not is_guarded(self.reading)


NOTHING = Comparison(agreement=Agreement.NONE)

CLOSE = 0.75
_BEFORE_NOUNS = frozenset({"a", "an", "the", "this", "that", "my", "our", "your", "his", "her"})
WORTH_ALIGNING = 0.2
_KEPT_READY = 2048
_KEPT_CLAIMS = 8


@dataclass(frozen=True)
class Claim:
    """A claim made ready to be compared many times."""

    text: str
    words: Passage = field(init=False)
    fragments: tuple[Fragment, ...] = field(init=False)
    frames: tuple[Frame, ...] = field(init=False)
    _tokens: dict[frozenset[str], list[Token]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Read the claim's words."""
        object.__setattr__(self, "words", read_claim(open_words(self.text)))
        object.__setattr__(self, "fragments", read_fragments(self.text))
        object.__setattr__(self, "frames", tuple(frames(self.words)))

    @property
    def core(self) -> str:
        """Its text without the words that only say who said it."""
        return without(self.text, self.frames) or self.text

    @property
    def tells(self) -> bool:
        """Whether it has more than one word, small words before a noun apart."""
        return sum(word.text.casefold() not in _BEFORE_NOUNS for word in self.words.words) > 1

    @property
    def doubts(self) -> bool:
        """Whether a word of it tells a denial or a doubt."""
        return any(token.key in DOUBTS for token in self.tokens(frozenset()))

    @property
    def aligns(self) -> bool:
        """Whether it is short enough to be aligned word by word."""
        return len(self.words.words) <= MOST_WORDS

    def tokens(self, speaker: frozenset[str]) -> list[Token]:
        """Return its tokens, those of the speaker's name as pronouns."""
        if speaker not in self._tokens:
            self._tokens[speaker] = tokenise(self.words, speaker=speaker)
        return self._tokens[speaker]


@lru_cache(maxsize=_KEPT_CLAIMS)
def read_once(text: str) -> Claim:
    """Return a claim made ready, the same one for the same words asked again soon."""
    return Claim(text)


def content_passage(content: PassageRecord) -> Passage:
    """Read the content of a record, whose text is that of its spans joined by one space."""
    return _passage(content["text"], tuple((start, end) for start, end in content["spans"]))


@lru_cache(maxsize=_KEPT_READY)
def _passage(text: str, spans: tuple[tuple[int, int], ...]) -> Passage:
    parts, offset = [], 0
    for start, end in spans:
        parts.append((start, text[offset : offset + end - start]))
        offset += end - start + 1
    return read_passage(parts)


def compare(
    claim: Claim,
    content: PassageRecord,
    *,
    speaker: Collection[str] = (),
    reworded: bool = True,
    least_shared: float = WORTH_ALIGNING,
) -> Comparison:
    """Compare a claim to the content of a quotation.

    `speaker` holds the folded words of the speaker's name, which a report puts for "I".
    Without `reworded` only the words as they stand are looked for. What has a smaller share of the
    claim's words than `least_shared` is not aligned with it.
    """
    if not claim.words.words:
        return NOTHING
    passage = content_passage(content)
    best = NOTHING
    for occurrence in climb(claim.text, claim.words, claim.fragments, passage):
        found = _verbatim(claim, occurrence, content)
        if (found.agreement, -(found.rung or 0)) > (best.agreement, -(best.rung or 0)):
            best = found
    if best.agreement > Agreement.NONE or not (reworded and claim.aligns):
        return best
    return _reworded(claim, content, speaker, least_shared)


def _verbatim(claim: Claim, occurrence: Occurrence, content: PassageRecord) -> Comparison:
    span = occurrence.start, occurrence.end
    source = _source(span, content)
    if cut := _cut(occurrence):
        word, at = cut
        kind = Kind.NEGATION if negates(word) else Kind.NUMBER
        return Comparison(
            agreement=Agreement.ALTERED,
            score=0.95,
            differences=(
                {
                    "kind": str(kind),
                    "claim": "",
                    "source": word,
                    "claim_span": None,
                    "source_span": list(at),
                },
            ),
            note=f"the claim leaves out “{word}” next to its words",
            span=span,
            close=True,
        )
    rung = refine(occurrence.rung, claim.text, source)
    stripped = claim.text.strip(EDGES)
    low = claim.text.find(stripped)
    different: Difference = {
        "kind": rung.label,
        "claim": stripped,
        "source": source,
        "claim_span": [low, low + len(stripped)],
        "source_span": list(span),
    }
    return Comparison(
        agreement=Agreement.VERBATIM,
        score=1.0,
        differences=() if rung is Rung.EXACT else (different,),
        note=_edges(occurrence),
        rung=rung,
        span=span,
        close=True,
    )


def _cut(occurrence: Occurrence) -> tuple[str, tuple[int, int]] | None:
    """Return a word that the claim may not leave out next to or between its words, and its span."""
    passage = occurrence.passage
    for place in occurrence.places:
        if (at := cut_word(passage, place)) is not None:
            word = passage.words[at]
            return word.text, (word.start, word.end)
    for before, after in zip(occurrence.places, occurrence.places[1:], strict=False):
        skipped = range(before.first + before.count, after.first)
        if any(_ends_sentence(passage.gaps[at]) for at in (*skipped, after.first)):
            continue
        opening = passage.words[after.first : after.first + _OPENING]
        if any(negates(word.text) for word in opening):
            continue  # what goes on denies by itself: "Do not shout … do not run"
        for at in skipped:
            word = passage.words[at]
            if negates(word.text):
                return word.text, (word.start, word.end)
    return None


def _ends_sentence(gap: str | None) -> bool:
    return gap is not None and any(mark in gap for mark in ".!?;")


def _edges(occurrence: Occurrence) -> str:
    """Say what stands before and behind the words that a reader of the claim should know."""
    notes = []
    if denial := negation_before(occurrence.passage, occurrence.places[0]):
        notes.append(
            f"“{denial}” stands before these words in the same sentence: read the whole quotation"
        )
    if limit := limit_after(occurrence.passage, occurrence.places[-1]):
        notes.append(f"the claim stops before “{limit}”: read on")
    return "; ".join(notes)


@dataclass(frozen=True, slots=True)
class Aligned:
    """A claim's tokens beside those of a passage, how they are read, and the span of sentences."""

    ours: list[Token]
    theirs: list[Token]
    reading: Reading
    sentences: str


def aligned(
    claim: Claim, content: PassageRecord, *, speaker: Collection[str] = (), least_shared: float = 0
) -> Aligned | None:
    """Align a claim with a content; None where it shares less than that with it, or has no word."""
    words = frozenset(speaker)
    theirs = _tokens(content_passage(content), words)
    ours, framed = _unframed(claim, words, theirs)
    if not ours or not theirs or _shared(ours, theirs) < least_shared:
        return None
    first, end = window(ours, theirs)
    theirs = theirs[first:end]
    reading = read(ours, theirs, align(ours, theirs), framed=framed)
    return Aligned(ours, theirs, reading, _source(_sentences(theirs, reading), content))


def _reworded(
    claim: Claim, content: PassageRecord, speaker: Collection[str], least_shared: float
) -> Comparison:
    beside = aligned(claim, content, speaker=speaker, least_shared=least_shared)
    if beside is None:
        return NOTHING
    reading, theirs = beside.reading, beside.theirs
    return Comparison(
        agreement=agreement_of(reading, claim=claim.core, passage=beside.sentences),
        score=min(0.99, round(0.5 * reading.same + 0.5 * reading.placed, 3)),
        differences=tuple(
            _difference(change, claim, beside.ours, theirs, content) for change in reading.changes
        ),
        span=(theirs[reading.first].start, theirs[reading.last].end),
        close=reading.kept >= CLOSE and not reading.hard,
        reading=reading,
        claim=claim.core,
        sentences=beside.sentences,
    )


def _unframed(
    claim: Claim, speaker: frozenset[str], theirs: list[Token]
) -> tuple[list[Token], bool]:
    """Return the claim's tokens without what only says who spoke, and whether that led it in.

    What the source itself says in these words is left to be compared.
    """
    ours = claim.tokens(speaker)
    keys = {token.key for token in theirs}
    away = [frame for frame in claim.frames if frame.verbs.isdisjoint(keys)]
    kept = [t for t in ours if not any(f.start <= t.start < f.end for f in away)]
    return kept, any(frame.leads for frame in away)


@lru_cache(maxsize=_KEPT_READY)
def _tokens(passage: Passage, speaker: frozenset[str]) -> list[Token]:
    return tokenise(passage, speaker=speaker)


def _sentences(theirs: list[Token], reading: Reading) -> tuple[int, int]:
    """Return the span of the sentences that the words which agree stand in."""
    first, last = reading.core
    among = range(theirs[first].sentence, theirs[last].sentence + 1)
    whole = [token for token in theirs if token.sentence in among]
    return whole[0].start, whole[-1].end


def overlap(claim: Claim, content: PassageRecord, *, speaker: Collection[str] = ()) -> float:
    """Return the share of a claim's bearing words that a content may have, however reworded."""
    if not claim.aligns:
        return 0.0
    theirs = _tokens(content_passage(content), frozenset(speaker))
    return _shared(_unframed(claim, frozenset(speaker), theirs)[0], theirs)


def _shared(ours: list[Token], theirs: list[Token]) -> float:
    keys = {token.key for token in theirs}
    groups: set[int] = set().union(*(GROUPS.get(key, ()) for key in keys))
    bearing = [token for token in ours if token.kind in BEARING]
    shared = sum(t.key in keys or not groups.isdisjoint(GROUPS.get(t.key, ())) for t in bearing)
    return shared / len(bearing) if bearing else 0.0


def _difference(
    change: Change,
    claim: Claim,
    ours: list[Token],
    theirs: list[Token],
    content: PassageRecord,
) -> Difference:
    claimed = _hull(ours, change.claim)
    stood = _hull(theirs, change.source)
    return {
        "kind": str(change.kind),
        "claim": claim.text[claimed[0] : claimed[1]] if claimed else "",
        "source": _source(stood, content) if stood else "",
        "claim_span": list(claimed) if claimed else None,
        "source_span": list(stood) if stood else None,
    }


def _hull(tokens: list[Token], among: tuple[int, int]) -> tuple[int, int] | None:
    first, end = among
    return (tokens[first].start, tokens[end - 1].end) if first < end else None


def _source(span: tuple[int, int], content: PassageRecord) -> str:
    """Return the words as they stand, those of several spans joined by one space."""
    parts, offset = [], 0
    for start, end in content["spans"]:
        low, high = max(start, span[0]), min(end, span[1])
        if low < high:
            parts.append(content["text"][offset + low - start : offset + high - start])
        offset += end - start + 1
    return " ".join(parts)
