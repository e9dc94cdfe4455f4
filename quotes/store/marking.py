"""Which words of a text a search was for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from quotes.store.asking import words_in
from quotes.store.wording import WORD, folded_word, folded_words

if TYPE_CHECKING:
    from quotes.store.asking import Query


class Marker:
    """Finds the words of a search in any text, whatever their case and diacritics."""

    def __init__(self, query: Query) -> None:
        self._alone: set[str] = set()
        #: By their first word, those of several, and whether the last only begins one.
        self._runs: defaultdict[str, list[tuple[list[str], bool]]] = defaultdict(list)
        self._words: set[str] = set()
        begun: set[str] = set()
        beginnings: set[str] = set()
        for leaf in words_in(query):
            run = folded_words(leaf.text)
            self._words.update(run[:-1] if leaf.prefix else run)
            if leaf.prefix:
                beginnings.add(run[-1])
            if len(run) > 1:
                self._runs[run[0]].append((run, leaf.prefix))
            else:
                (begun if leaf.prefix else self._alone).add(run[0])
        self._begun = sorted(begun)
        self._beginnings = sorted(beginnings)

    def wanted(self, word: str) -> str | None:
        """Return the word, or beginning, of the search that this one is; None where it is none."""
        word = folded_word(word)
        if word in self._words:
            return word
        return next((start for start in self._beginnings if word.startswith(start)), None)

    def marks(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the places of the words, start and end; of a phrase where it stands whole."""
        placed = [(match.span(), folded_word(match.group())) for match in WORD.finditer(text)]
        words = [word for _, word in placed]
        found: set[tuple[int, int]] = set()
        for at, (place, word) in enumerate(placed):
            if word in self._alone or any(word.startswith(one) for one in self._begun):
                found.add(place)
            for run, is_beginning in self._runs.get(word, ()):
                here = words[at : at + len(run)]
                if here == run or (is_beginning and _begins(here, run)):
                    found.update(one for one, _ in placed[at : at + len(run)])
        return tuple(sorted(found))


def _begins(words: list[str], run: list[str]) -> bool:
    return len(words) == len(run) and words[:-1] == run[:-1] and words[-1].startswith(run[-1])
