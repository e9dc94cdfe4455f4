"""How well the quotations of an article are found again in an edited copy, the truth being known.

    python -m quotes.evaluation.anchoring CORPUS/dev --articles 40 --seed 1

Each article with annotated quotations is edited in several ways, some of them in a quotation and
some around it, and `quotes.anchoring` is asked for all its quotations. The table counts, for each
way, the answers that are right (the kind of answer and the place), those that are in doubt
(`ambiguous`, or `gone` for one that is still there) and those that are wrong and sound sure: a
place where the quotation does not stand, or `exact` or `moved` where its words have changed.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quotes.anchoring import Anchored, Answer, anchor
from quotes.errors import QuotesError
from quotes.evaluation.anchoring_edits import EDITS, Edited
from quotes.evaluation.corpus import read_corpus
from quotes.spans import hull

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quotes.evaluation.corpus import GoldDocument
    from quotes.spans import Spans

_STANDS: Final = (Answer.EXACT, Answer.MOVED)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One quotation after one way of editing: `right`, `doubt` or `wrong`."""

    edit: str
    outcome: str


def outcomes(documents: Sequence[GoldDocument], *, seed: int) -> Iterator[Outcome]:
    """Edit each document in every way and judge the answers."""
    for document in documents:
        quotations = [_roles(document, number) for number in range(len(document.quotations))]
        for name, edit in EDITS.items():
            rng = random.Random(f"{seed}/{document.name}/{name}")
            edited = edit(document.text, quotations, rng)
            if edited is None:
                continue
            answers = anchor(document.text, edited.text, quotations)
            for quotation, answer in zip(quotations, answers, strict=True):
                yield Outcome(name, _judge(quotation, answer, edited))


def _roles(document: GoldDocument, number: int) -> Mapping[str, Spans]:
    gold = document.quotations[number]
    return {"content": gold.content, "cue": gold.cue, "source": gold.source}


def _judge(quotation: Mapping[str, Spans], answer: Anchored, edited: Edited) -> str:
    content = hull(quotation["content"])
    places = edited.places(content)
    attributed = all(edited.stands(span) for role in ("cue", "source") for span in quotation[role])
    if not places:
        return "right" if answer.answer is Answer.GONE else _doubt(answer)
    if answer.answer in (Answer.GONE, Answer.AMBIGUOUS):
        return "doubt"
    found = hull(answer.spans["content"])
    if not any(found.overlaps(place) for place in places):
        return "wrong"
    is_whole = all(edited.stands(span) for span in quotation["content"])
    if answer.answer in _STANDS:
        return "right" if is_whole and attributed else "wrong"
    return "doubt" if is_whole and attributed else "right"


def _doubt(answer: Anchored) -> str:
    return "doubt" if answer.answer is Answer.AMBIGUOUS else "wrong"


def table(found: Sequence[Outcome]) -> Iterator[str]:
    """Yield the lines of the report."""
    counts = Counter((one.edit, one.outcome) for one in found)
    yield f"{'edit':<22}{'quotations':>11}{'right':>9}{'doubt':>9}{'wrong':>9}"
    for name in [*dict.fromkeys(one.edit for one in found), "all"]:
        some = [
            sum(
                n
                for (edit, result), n in counts.items()
                if result == kind and name in (edit, "all")
            )
            for kind in ("right", "doubt", "wrong")
        ]
        total = sum(some) or 1
        shares = "".join(f"{100 * n / total:>8.2f}%" for n in some)
        yield f"{name:<22}{sum(some):>11}{shares}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m quotes.evaluation.anchoring")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(argv)
    try:
        corpus = read_corpus(given.corpus)
    except QuotesError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    chosen = [document for document in corpus.documents if document.quotations]
    random.Random(given.seed).shuffle(chosen)
    for line in table(list(outcomes(chosen[: given.articles], seed=given.seed))):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
