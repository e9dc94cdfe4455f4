"""Fitting the ranker of pronouns on texts small enough to read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from quotes.evaluation.decided import COLUMNS
from quotes.speakers import ranker as module
from quotes.speakers.candidates import FEATURES
from quotes.training import pronouns
from quotes.training.pronouns import Choice, cross_validated, fit
from tests.evaluation.corpora import CHAINS, write_corpus

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "Mayor Mara Lindqvist met Ida Farrow on Monday. She said the bridge opens in May. "
    "Lindqvist met Farrow again, and she feared that the tolls will double.\n"
)
SUBJECT = FEATURES.index("subject")


def choice(name: str, *subjects: int, right: int) -> Choice:
    features = np.zeros((len(subjects), len(FEATURES)))
    features[:, SUBJECT] = subjects
    return Choice(name, features, np.arange(len(subjects)) == right)


def test_what_was_decided_becomes_likelier() -> None:
    ranker = fit([choice(str(n), 1, 0, right=0) for n in range(20)])
    assert ranker.weights[SUBJECT] > 0.5
    assert all(w == 0.0 for i, w in enumerate(ranker.weights) if i != SUBJECT)


def test_nobody_can_be_decided() -> None:
    somebody = fit([choice(str(n), 1, right=0) for n in range(20)])
    nobody = fit([choice(str(n), 1, right=-1) for n in range(20)])
    assert somebody.intercept > 0 > nobody.intercept


def test_articles_are_held_out_whole() -> None:
    given = [choice(str(n % 7), 1, 0, right=0) for n in range(35)]
    held_out = cross_validated(given)
    assert len(held_out) == len(given)
    assert all(right and chance > 0.5 for chance, right in held_out)


@pytest.mark.model
def test_the_command_writes_a_ranker_that_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold, rows = [], ["\t".join(COLUMNS)]
    told = [("She", "said", "the bridge opens in May"), ("she", "feared", "that the tolls")]
    for number, (source, cue, content) in enumerate(told):
        base = 3 * number + 1
        for offset, words in enumerate((source, cue, content)):
            start = TEXT.index(words)
            role = ("Source", "Cue", "Content")[offset]
            gold.append(f"T{base + offset}\t{role} {start} {start + len(words)}\t{words}")
        roles = f"Source:T{base} Cue:T{base + 1} Content:T{base + 2}"
        gold.append(f"E{number + 1}\tAttribution:T{base + 1} {roles}")
        start = TEXT.index(source)
        name = ("Mara Lindqvist", "Ida Farrow")[number]
        place = f"{start}\t{start + len(source)}\tpronoun\tperson\t{name}"
        rows += [f"story\t{place}", f"tale\t{place}"]
    for story in ("story", "tale"):
        corpus = write_corpus(
            tmp_path / "corpus", text=TEXT, gold="\n".join(gold) + "\n", name=story
        )
    decided = tmp_path / "speakers.tsv"
    decided.write_text("\n".join(rows) + "\n", encoding="utf-8")
    output = tmp_path / "ranker.json"
    gum = tmp_path / "gum"
    gum.mkdir()
    (gum / "GUM_news_harbour.conllu").write_text(CHAINS, encoding="utf-8")
    (gum / "GUM_essay_harbour.conllu").write_text("unread", encoding="utf-8")
    pronouns.main([str(corpus), str(decided), "--gum", str(gum), "--output", str(output)])
    content = json.loads(output.read_text(encoding="utf-8"))
    assert set(content["weights"]) == set(FEATURES)
    assert content["held_out"].endswith(" of 4 right")
    monkeypatch.setattr(module, "files", lambda _: tmp_path)
    assert len(module.shipped_ranker.__wrapped__().weights) == len(FEATURES)
