"""A corpus parsed once, with every annotator's article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.extraction.learned.decoding import BEGIN_CUE
from quotes.training.articles import articles, parsed
from tests.evaluation.corpora import GOLD, STORY, write_corpus
from tests.training.made import NOTHING, read_pieces

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.model


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two texts; the second has two annotators, of whom one marked only the first quotation."""
    folder = write_corpus(tmp_path / "corpus", name="one")
    write_corpus(folder, name="two")
    first = "\n".join(GOLD.splitlines()[:4]) + "\n"
    (folder / "attributions" / "two_less.ann").write_text(first, encoding="utf-8")
    return folder


def test_every_annotator_has_an_article_and_a_text_one_vote(corpus: Path, tmp_path: Path) -> None:
    docs = parsed(corpus, tmp_path / "kept")
    found = articles(corpus, docs, vocabulary=NOTHING, read=read_pieces, unknown=3)
    assert [(item.name, len(item.cues), item.weight) for item in found] == [
        ("one", 3, 1.0),
        ("two", 3, 0.5),
        ("two", 1, 0.5),
    ]
    words = found[0].tokens.words
    begins = [w for w, label in zip(words, found[0].labels, strict=True) if label == BEGIN_CUE]
    assert begins == ["said", "fear", "according"]


def test_parses_are_kept(corpus: Path, tmp_path: Path) -> None:
    cache = tmp_path / "work" / "kept"
    first = parsed(corpus, cache)
    written = cache.stat().st_mtime_ns
    again = parsed(corpus, cache)
    assert cache.stat().st_mtime_ns == written
    assert {name: doc.text for name, doc in again.items()} == {"one": STORY, "two": STORY}
    for name, doc in again.items():
        assert [(t.tag_, t.dep_, t.head.i, t.is_sent_start) for t in doc] == [
            (t.tag_, t.dep_, t.head.i, t.is_sent_start) for t in first[name]
        ]


def test_parses_of_other_texts_are_refused(corpus: Path, tmp_path: Path) -> None:
    parsed(corpus, tmp_path / "kept")
    (corpus / "text" / "two.txt").write_text("Another story.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="remove it"):
        parsed(corpus, tmp_path / "kept")
