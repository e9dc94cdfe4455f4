"""Who does what to whom: words that stand round another the wrong way about.

Where a claim has "A … p … B" and the source "B … p … A", three words in exactly the other order,
the two have changed places around the third: "the letters were worse than the shouting" and "the
shouting was worse than the letters". Moving a part of a sentence, however long, never turns three
words round; a passive does, and so do words that bind both sides alike ("and", "is", "meet"), and
opposites, which turn the statement round once more ("larger than" and "smaller than"). No parser is
needed for this, and none is asked: a claim is judged in a few milliseconds.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from quotes.verification.lexicon import Class
from quotes.verification.stem import listed, stem
from quotes.verification.synonyms import antonyms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quotes.verification.tokens import Token

_SIDES: Final = frozenset({Class.CONTENT, Class.NAME, Class.NUMBER, Class.DATE, Class.PRONOUN})
# Words that bind what stands on either side of them alike, or that both sides may say anywhere.
_EVEN: Final = frozenset(
    stem(word)
    for word in listed(
        "mean meet marry resemble equal match differ agree talk speak share become remain seem say "
        "add be have do get go come like together each other same"
    )
)
_TURNING: Final = frozenset(listed("than against over before after"))
# What somebody is for and against stands on two sides as well.
_STANDS: Final = frozenset(listed("for against"))
_OURS: Final = frozenset(listed("i we me us"))
_THEIRS: Final = frozenset(listed("he she they him her them speaker"))
_FARTHEST: Final = 9
# An opposite that turns both may stand before them: "more chairs than tenors".
_BEFORE: Final = 2
# "Plumbing, not politics": what is contrasted stands right beside the negation.
_BESIDE: Final = 3
#: Three places of a claim: what has changed sides, around what, with what.
Turned = tuple[int, int, int]


def turned(
    claim: Sequence[Token], source: Sequence[Token], beside: Mapping[int, int]
) -> list[Turned]:
    """Return the triples of a claim that stand the other way about in the source.

    `beside` leads from places of the claim to places where the source has the same word. Where it
    has one more than once, those places count that are nearest to one another.
    """
    everywhere: dict[str, set[int]] = {}
    for at, token in enumerate(source):
        everywhere.setdefault(token.key, set()).add(at)
    told = {**beside, **_speaker(claim, source), **_stands(claim, everywhere)}
    places = {i: sorted({j} | everywhere.get(claim[i].key, set())) for i, j in told.items()}
    found = []
    for i, k in _sides(claim, places):
        pairs = ((low, high) for high in places[i] for low in places[k])
        low, high = min(pairs, key=lambda pair: abs(pair[1] - pair[0]))
        if not 0 < high - low <= _FARTHEST or _crosses(claim[i : k + 1], source[low : high + 1]):
            continue
        pivot = _pivot(claim, source[low + 1 : high], i, k)
        around = claim[max(0, i - _BEFORE) : k + 1], source[max(0, low - _BEFORE) : high + 1]
        if pivot is not None and not _passive(*around) and not _opposed(*around):
            found.append((i, pivot, k))
    return found


def contrasts(token: Token) -> bool:
    """Tell whether a word sets what stands on its sides apart in any wording: "than", "not"."""
    return token.kind is Class.NEGATION or token.surface in _TURNING


def _speaker(claim: Sequence[Token], source: Sequence[Token]) -> dict[int, int]:
    """Return where each side tells of the speaker, if each does so once."""
    ours = [at for at, token in enumerate(claim) if token.key in _OURS]
    if not ours:
        ours = [at for at, token in enumerate(claim) if token.key in _THEIRS]
        if any(token.key in _THEIRS for token in source):
            return {}
    theirs = [at for at, token in enumerate(source) if token.key in _OURS]
    return {ours[0]: theirs[0]} if len(ours) == len(theirs) == 1 else {}


def _stands(claim: Sequence[Token], everywhere: Mapping[str, set[int]]) -> dict[int, int]:
    """Return where the one "for" and the one "against" stand, of texts that have both."""
    ours = {token.surface: at for at, token in enumerate(claim) if token.surface in _STANDS}
    theirs = [everywhere.get(word, set()) for word in ours]
    if ours.keys() != _STANDS or any(len(places) != 1 for places in theirs):
        return {}
    return {at: next(iter(there)) for at, there in zip(ours.values(), theirs, strict=True)}


def _sides(claim: Sequence[Token], places: Mapping[int, list[int]]) -> Iterator[tuple[int, int]]:
    sides = [i for i in sorted(places) if claim[i].kind in _SIDES or claim[i].surface in _STANDS]
    for i, k in combinations(sides, 2):
        if 1 < k - i <= _FARTHEST and claim[i].key != claim[k].key:
            yield i, k


def _crosses(ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Tell whether only one side runs from one sentence into the next."""
    return ours[-1].sentence - ours[0].sentence != theirs[-1].sentence - theirs[0].sentence


def _pivot(claim: Sequence[Token], between: Sequence[Token], i: int, k: int) -> int | None:
    """Return the place of a word between two of the claim that stands between them there too."""
    theirs = {token.key for token in between}
    for at in range(i + 1, k):
        token = claim[at]
        turns = contrasts(token)
        small = token.kind in (Class.PRONOUN, Class.MODAL, Class.FUNCTION) or token.key in _EVEN
        if token.kind is Class.NEGATION and not (at - i <= _BESIDE and k - at <= _BESIDE):
            continue
        if token.key in theirs and (turns or not small):
            return at
    return None


def _passive(ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Tell whether only one side has an agent told with "by"."""
    return any(t.surface == "by" for t in ours) != any(t.surface == "by" for t in theirs)


def _opposed(ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
    """Tell whether an opposite has been put for a word that stands on the other side only."""
    mine, other = {token.key for token in ours}, {token.key for token in theirs}
    return any(antonyms(one, two) for one in mine - other for two in other - mine)
