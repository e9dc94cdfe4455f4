"""How often the act of an attribution is right, against acts decided by reading.

    python -m quotes.evaluation.acts CORPUS/dev fixtures/acts/polnear-dev.tsv

A file has a header and a line for each attribution of the corpus that was read: the document's
name, where the cue starts and ends (empty where there is none), where the content starts, and the
act. The spans are the corpus's own, so that nothing but the act is measured.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import CorpusError
from quotes.evaluation.corpus import read_corpus
from quotes.extraction.acts import act_of
from quotes.nlp import load_parser
from quotes.quotation import Act

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotes.evaluation.corpus import Corpus, GoldQuotation

COLUMNS = ["document", "cue_start", "cue_end", "content_start", "act"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Which attribution of a corpus a line is about; offsets of the document's text."""

    document: str
    cue_start: int | None
    cue_end: int | None
    content_start: int


def read_acts(path: Path) -> dict[Place, Act]:
    """Return the acts of a file by place; raises CorpusError with the line that is no such row."""
    acts: dict[Place, Act] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read ({error})") from error
    rows = csv.DictReader(lines, delimiter="\t")
    if rows.fieldnames != COLUMNS:
        raise CorpusError(f"{path} has other columns", hint="begin it with " + ", ".join(COLUMNS))
    for number, row in enumerate(rows, 2):
        try:
            start, end = (int(row[c]) if row[c] else None for c in ("cue_start", "cue_end"))
            place = Place(row["document"], start, end, int(row["content_start"]))
            acts[place] = Act(row["act"])
        except (TypeError, ValueError) as error:
            raise CorpusError(f"{path}, line {number}: {error}") from error
    return acts


def confusion(corpus: Corpus, acts: dict[Place, Act]) -> Counter[tuple[Act, Act]]:
    """Return how often each act was given for each act that was decided by reading.

    Raises CorpusError where an attribution does not stand in the corpus.
    """
    wanted = {place.document for place in acts}
    documents = [d for d in corpus.documents if d.name in wanted]
    left = dict(acts)
    counted: Counter[tuple[Act, Act]] = Counter()
    docs = load_parser("spacy").pipe(d.text for d in documents)
    for document, doc in zip(documents, docs, strict=True):
        for gold in document.quotations:
            decided = left.pop(_place(document.name, gold), None)
            if decided is not None:
                given = act_of(doc, cue=gold.cue, source=gold.source, content=gold.content)
                counted[decided, given] += 1
    if left:
        raise CorpusError(f"{corpus.path} has no attribution at {min(left, key=str)}")
    return counted


def _place(name: str, gold: GoldQuotation) -> Place:
    start = gold.cue[0].start if gold.cue else None
    return Place(name, start, gold.cue[-1].end if gold.cue else None, gold.content[0].start)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print how many acts are right, and which were taken for which."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("acts", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    corpus = read_corpus(options.corpus)
    for path in options.acts:
        counted = confusion(corpus, read_acts(path))
        right = sum(n for (decided, given), n in counted.items() if decided == given)
        total = counted.total()
        print(f"{path}: {right} of {total} right, {100 * right / max(1, total):.1f} %")
        for decided in Act:
            given = ", ".join(f"{counted[decided, act]} {act}" for act in Act)
            print(f"  {decided}: given {given}")


if __name__ == "__main__":
    main()
