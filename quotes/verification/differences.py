"""Reading an alignment: what differs between a claim and a passage, in classes.

The classes are in `quotes.verification.changes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.verification.align import FAITHFUL, Alignment, Pair, Relation, relate
from quotes.verification.changes import Change, Kind, Reading, cancelled, merged
from quotes.verification.lexicon import AUXILIARIES, REPORTING, Class
from quotes.verification.moments import SIGN
from quotes.verification.roles import contrasts, turned
from quotes.verification.stance import stance
from quotes.verification.stem import listed, stem
from quotes.verification.synonyms import UNITS, converse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotes.verification.tokens import Token

_REPORTING = frozenset(stem(word) for word in REPORTING)
# Verbs through which a negation reaches the clause behind them.
_THROUGH = frozenset(
    stem(word)
    for word in listed(
        "plan intend want wish expect think believe mean try seem appear say aim hope "
        "suppose propose feel consider"
    )
)
BEARING = frozenset({Class.CONTENT, Class.NAME, Class.NUMBER, Class.DATE})
_EXACTING = frozenset({Class.NUMBER, Class.DATE})
_NEAR = 3
_FAR = 8
# A claim is near the wording where so much of it stands unchanged and in place.
NEAR_WORDING = 0.66
FAR_WORDING = 0.5
# Words that only change places are two, and neither is where it was.
_SWAPPED = 2


_OF_CLASS = {
    Class.NUMBER: Kind.NUMBER,
    Class.DATE: Kind.DATE,
    Class.NAME: Kind.NAME,
    Class.QUANTIFIER: Kind.QUANTIFIER,
    Class.MODAL: Kind.MODAL,
}


class _Reader:
    """Reads one alignment; it holds what the steps share."""

    def __init__(self, claim: Sequence[Token], source: Sequence[Token], pairs: Sequence[Pair]):
        self.claim, self.source, self.pairs = claim, source, pairs
        placed = [p.source for p in pairs if p.source is not None]
        self.first = placed[0] if placed else 0
        self.last = placed[-1] if placed else 0
        self.faithful = {
            p.claim: p.source
            for p in pairs
            if p.claim is not None and p.source is not None and p.relation in FAITHFUL
        }
        self.beside = {p.claim: p.source for p in pairs if p.claim is not None}
        self.same = sum(p.relation is Relation.SAME for p in pairs)
        self.near = self.same >= NEAR_WORDING * len(claim)
        self.far = self.same < FAR_WORDING * len(claim)
        self.moved: dict[int, int] = {}
        self._find_moved()
        self.everywhere = {**self.moved, **self.faithful}
        # Far from the wording a verb may stand between any two words.
        self.turned = [
            triple
            for triple in turned(claim, source, self.everywhere)
            if not self.far or contrasts(claim[triple[1]])
        ]
        self.taken = set(self.faithful.values()) | set(self.moved.values())
        self.pointing = sum(
            t.kind is Class.PRONOUN
            for j, t in enumerate(source)
            if j not in self.taken and self.first - _FAR <= j <= self.last + _FAR
        )

    def _find_moved(self) -> None:
        """Find words of the claim that stand elsewhere in the source."""
        free = {
            j
            for j in range(len(self.source))
            if j not in set(self.faithful.values())
            and (
                self.source[j].kind in BEARING
                or self.source[j].kind in (Class.NEGATION, Class.MODAL, Class.QUANTIFIER)
            )
        }
        for i, token in enumerate(self.claim):
            if i in self.faithful or token.kind in (Class.PRONOUN, Class.FUNCTION):
                continue
            for j in sorted(free, key=lambda j: abs(j - (self.beside.get(i) or self.first))):
                if self._is_moved(i, j):
                    self.moved[i] = j
                    free.discard(j)
                    break

    def _is_moved(self, i: int, j: int) -> bool:
        one, other = self.claim[i], self.source[j]
        if not likeness(one, other):
            return False
        if one.kind in BEARING and (one.kind not in _EXACTING or self._is_single(one)):
            return True
        if one.kind is Class.NEGATION and self.far and self._only_denials(j):
            return True
        return self._share_head(i, j)

    def _is_single(self, token: Token) -> bool:
        """Tell whether a number or a date stands once in either text, away from the wording."""
        counts = [sum(t.key == token.key for t in side) for side in (self.claim, self.source)]
        return not self.near and counts == [1, 1]

    def _only_denials(self, j: int) -> bool:
        """Tell whether the claim denies one thing, and so does the sentence."""
        ours = sum(t.kind is Class.NEGATION for t in self.claim)
        sentence = self.source[j].sentence
        theirs = sum(t.kind is Class.NEGATION and t.sentence == sentence for t in self.source)
        return ours == theirs == 1

    def _share_head(self, i: int, j: int) -> bool:
        """Tell whether both stand before the same words; near the wording the next."""
        most = 1 if self.near and self.claim[i].kind is Class.NEGATION else _NEAR
        theirs = heads(self.source, j, most)
        for k in heads(self.claim, i, most):
            at = self.faithful.get(k, self.moved.get(k))
            if at is not None and at in theirs:
                return True
            if at is None and any(likeness(self.claim[k], self.source[h]) for h in theirs):
                return True
        return False

    def head_kept(self, j: int) -> bool:
        """Tell whether what follows a source token is in the claim."""
        most = 1 if self.source[j].part else 2
        kept = [k in self.taken for k in heads(self.source, j, most)]
        return any(kept) if self.near else bool(kept) and all(kept)

    def same_head(self, i: int, j: int) -> bool:
        """Tell whether the word behind both tokens is the same."""
        ours, theirs = heads(self.claim, i, most=1), heads(self.source, j, most=2)
        return any(self.faithful.get(k) in theirs for k in ours) or not ours

    def changes(self) -> list[Change]:
        """Return all changes, in order, adjacent ones of one kind as one."""
        led = self._led_in()
        found: list[Change] = []
        for pair in self.pairs:
            if pair.claim is not None and pair.claim < led:
                continue
            found += self._of_pair(pair)
        found += self._around()
        return merged(self._turned(self._swapped(cancelled(found))))

    def _turned(self, changes: list[Change]) -> list[Change]:
        """Call the first word that changed sides a changed one, not one in another order."""
        for i, _, k in self.turned[:1]:
            at = next(
                (n for n, c in enumerate(changes) if c.kind is Kind.ORDER and c.claim[0] in (i, k)),
                len(changes),
            )
            place = changes[at].claim[0] if at < len(changes) else i
            j = self.everywhere.get(place, self.beside.get(place) or self.first)
            kind = _OF_CLASS.get(self.claim[place].kind, Kind.CHANGED)
            changes[at : at + 1] = [Change(kind, (place, place + 1), (j, j + 1), hard=True)]
        return changes

    def _led_in(self) -> int:
        """Return how many tokens of the claim only lead a report in: "the mayor said that"."""
        first = next(
            (i for i in sorted(self.faithful) if self.claim[i].kind in BEARING), len(self.claim)
        )
        led = [i for i in range(min(first, _FAR)) if self.claim[i].key in _REPORTING]
        if not led or any(self.claim[i].kind is Class.NEGATION for i in range(led[-1])):
            return 0
        return led[-1] + 1

    def _of_pair(self, pair: Pair) -> Iterator[Change]:
        i, j = pair.claim, pair.source
        if i is None and j is not None:
            if j not in self.taken:
                yield self._dropped(j)
        elif i is not None and i in self.moved:
            yield Change(Kind.ORDER, (i, i + 1), (self.moved[i], self.moved[i] + 1))
            if j is not None and j not in self.taken:
                yield self._dropped(j)
        elif i is not None and j is None:
            yield self._inserted(i)
        elif i is not None and j is not None and pair.relation is not Relation.SAME:
            opposite = pair.relation is Relation.ANTONYM and self.near
            if j in self.taken and j != self.faithful.get(i) and not opposite:
                yield self._inserted(i)
            else:
                yield self._substituted(i, j, pair.relation)

    def _substituted(self, i: int, j: int, relation: Relation | None) -> Change:
        one, other = self.claim[i], self.source[j]
        at = (i, i + 1), (j, j + 1)
        if relation is Relation.INFLECTED:
            return Change(Kind.TENSE, *at)
        if relation in (Relation.SYNONYM, Relation.RELATED):
            return Change(Kind.TENSE if one.kind is Class.MODAL else Kind.SYNONYM, *at)
        if relation is Relation.POINTED:
            return Change(Kind.PRONOUN, *at)
        if relation is Relation.SMALL:
            return Change(Kind.FUNCTION, *at)
        if relation is Relation.ANTONYM and self.far and converse(one.key, other.key):
            return Change(Kind.SYNONYM, *at)
        if relation is Relation.ANTONYM:
            firm = one.kind in BEARING or self.near or self.same_head(i, j)
            return Change(Kind.ANTONYM, *at, hard=firm)
        if relation is Relation.DEGREE:
            firm = one.kind in BEARING or self.same_head(i, j)
            other_unit = Kind.NUMBER if {one.key, other.key} <= UNITS else Kind.CHANGED
            return Change(_OF_CLASS.get(one.kind, other_unit), *at, hard=firm)
        if Class.NAME in (one.kind, other.kind) and (one.opens or other.opens):
            return Change(Kind.NAME, *at, hard=True)
        return Change(Kind.CHANGED, *at)

    def _inserted(self, i: int) -> Change:
        token = self.claim[i]
        behind = max((self.beside[k] or 0 for k in range(i) if self.beside.get(k)), default=0)
        at = (i, i + 1), (behind, behind)
        if token.kind is Class.NEGATION:
            return Change(Kind.ANTONYM if token.part else Kind.NEGATION, *at, hard=True)
        if token.kind is Class.NUMBER:
            return Change(Kind.NUMBER, *at, hard=True)
        if token.kind is Class.DATE:
            other = any(
                t.kind is Class.DATE and t.key[0] != SIGN and j not in self.taken
                for j, t in enumerate(self.source)
            )
            return Change(Kind.DATE, *at, hard=other)
        if token.kind is Class.NAME:
            if self.pointing:
                self.pointing -= 1
                return Change(Kind.PRONOUN, *at)
            # A report may name those whom the speaker only described.
            return Change(Kind.NAME, *at, hard=self.near or self._other_name())
        if token.key in _REPORTING:
            return Change(Kind.FUNCTION, *at)
        return Change(_of_lone(token, Kind.INSERTED), *at)

    def _other_name(self) -> bool:
        among = range(self.first, self.last + 1)
        return any(self.source[j].kind is Class.NAME and j not in self.taken for j in among)

    def _dropped(self, j: int) -> Change:
        token = self.source[j]
        before = [i for i, k in self.beside.items() if k is not None and k < j]
        behind = max(before, default=-1) + 1
        at = (behind, behind), (j, j + 1)
        if token.kind is Class.NEGATION:
            kind = Kind.ANTONYM if token.part else Kind.NEGATION
            kept = self.head_kept(j)
            return Change(kind if kept else Kind.DROPPED, *at, hard=kept)
        return Change(_of_lone(token, Kind.DROPPED), *at)

    def _around(self) -> Iterator[Change]:
        """Yield a negation that stands before what was aligned or moved and reaches into it."""
        sentence = self.source[self.first].sentence
        moved = [j for j in self.moved.values() if self.source[j].sentence == sentence]
        first = min([self.first, *(j for j in moved if self.first - j <= _FAR)])
        for j in range(first - 1, max(-1, first - 1 - _FAR), -1):
            token = self.source[j]
            if token.sentence != sentence:
                return
            if token.kind is Class.NEGATION:
                if j not in self.taken and self.head_kept(j):
                    yield Change(Kind.NEGATION, (0, 0), (j, j + 1), hard=True)
                return
            if token.kind in BEARING and token.key not in _THROUGH:
                return

    def _swapped(self, changes: list[Change]) -> list[Change]:
        """Turn words that changed places into names and changed words, unless the voice changed.

        Of words that are no names, only in the source's own wording; "gas and steel" may turn.
        """
        voices = {any(t.surface == "by" for t in side) for side in (self.claim, self.source)}
        if len(voices) > 1:
            return changes
        turned = []
        near = self.near or (
            len(self.moved) == _SWAPPED and self.same + _SWAPPED >= NEAR_WORDING * len(self.claim)
        )
        for change in changes:
            i, j = change.claim[0], change.source[0]
            if change.kind is Kind.ORDER and self.claim[i].kind in (Class.NAME, Class.CONTENT):
                beside = self.beside.get(i)
                back = next((k for k, v in self.moved.items() if v == beside), None)
                if (
                    back is not None
                    and self.beside.get(back) == j
                    and not self._coordinate(i, back)
                ):
                    named = Class.NAME in (self.claim[i].kind, self.source[j].kind)
                    if named or near:
                        kind = Kind.NAME if named else Kind.CHANGED
                        change = Change(kind, change.claim, change.source, hard=True)
            turned.append(change)
        return turned

    def _coordinate(self, i: int, k: int) -> bool:
        between = self.claim[min(i, k) + 1 : max(i, k)]
        return all(t.kind is Class.FUNCTION for t in between) and any(
            t.surface in ("and", "or") for t in between
        )


def likeness(one: Token, other: Token) -> bool:
    """Tell whether two tokens say the same, however inflected or reworded."""
    return relate(one, other)[1] in FAITHFUL


def heads(tokens: Sequence[Token], at: int, most: int = _NEAR) -> list[int]:
    """Return the indices of the next bearing words of the sentence, or else of the last one."""
    found: list[int] = []
    for index in range(at + 1, min(len(tokens), at + 1 + _FAR)):
        if tokens[index].sentence != tokens[at].sentence or len(found) == most:
            break
        if tokens[index].kind in BEARING:
            found.append(index)
    if found:
        return found
    before = range(at - 1, max(-1, at - 1 - _FAR), -1)
    return [index for index in before if tokens[index].kind in BEARING][:1]


def read(
    claim: Sequence[Token],
    source: Sequence[Token],
    alignment: Alignment,
    *,
    framed: bool = False,
) -> Reading:
    """Read an alignment; `framed` where words that led a report in were taken off the claim."""
    reader = _Reader(claim, source, alignment.pairs)
    changes = reader.changes()
    led = reader._led_in()
    total = kept = placed = same = 0.0
    bearing = 0
    relations = {p.claim: p.relation for p in alignment.pairs if p.claim is not None}
    for i, token in enumerate(claim[led:], led):
        same += relations.get(i) is Relation.SAME
        if token.kind not in BEARING or _leads(token, i, reader):
            continue
        total += token.weight
        if i in reader.faithful or i in reader.moved:
            kept += token.weight
            placed += token.weight
            bearing += 1
        elif relations.get(i) in (Relation.ANTONYM, Relation.DEGREE, Relation.POINTED):
            placed += token.weight
    core = _core(claim, reader)
    return Reading(
        changes=tuple(changes),
        kept=kept / total if total else 0.0,
        placed=placed / total if total else 0.0,
        same=same / max(1, len(claim) - led),
        bearing=bearing,
        first=reader.first,
        last=reader.last,
        core=core,
        skipped=sum(source[j].kind in BEARING and j not in reader.taken for j in range(*core)),
        led_in=led > 0 or framed,
        stance=stance(
            claim[led:],
            source,
            kept=[i - led for i in reader.everywhere],
            taken=reader.taken,
            among=range(source[core[0]].sentence, source[core[1]].sentence + 1),
            turned=len(reader.turned),
        ),
    )


def _core(claim: Sequence[Token], reader: _Reader) -> tuple[int, int]:
    agreed = [j for i, j in reader.faithful.items() if claim[i].kind in BEARING]
    return (min(agreed), max(agreed)) if agreed else (reader.first, reader.last)


def _leads(token: Token, i: int, reader: _Reader) -> bool:
    return token.key in _REPORTING and i not in reader.faithful and i not in reader.moved


def _of_lone(token: Token, otherwise: Kind) -> Kind:
    """Return the kind of a token that stands in one text only."""
    if token.kind is Class.MODAL and "will" in token.degrees:
        return Kind.TENSE
    if token.kind in (Class.PRONOUN, Class.FUNCTION):
        return Kind.TENSE if token.key in AUXILIARIES else Kind.FUNCTION
    return _OF_CLASS.get(token.kind, otherwise)
