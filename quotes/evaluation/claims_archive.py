"""A temporary database to put claims to: texts through a real ingest, quotations found or given."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from quotes import pipeline as pipelines
from quotes.documents.reading import read_paths
from quotes.evaluation.corpus import read_corpus
from quotes.evaluation.names import same_name
from quotes.evaluation.speakers import annotated
from quotes.extraction import DEFAULT_EXTRACTOR
from quotes.ingest import Ingest
from quotes.pipeline import Pipeline, Result
from quotes.quotation import NAMED_KINDS, Attribution, SpeakerKind
from quotes.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from quotes.evaluation.corpus import GoldDocument, GoldQuotation
    from quotes.quotation import Notice, Quotation
    from quotes.summary import Summary
    from quotes.vectors.encoder import Encoder

GIVEN = "annotated"


class AnnotatedPipeline:
    """Gives the annotated quotations of the texts it knows, and runs a real pipeline on others.

    The real resolver finds the speakers. Where an annotation names another speaker than that, its
    name is taken; where a document's annotations name speakers, one without has none.
    """

    def __init__(self, real: Pipeline, documents: Mapping[str, GoldDocument]) -> None:
        self._real = real
        self._documents = documents
        self.name = f"{real.parser.name}+{GIVEN}+{real.resolver.name}"
        self.version = real.version
        self.models = real.models

    def read(self, text: str) -> Result:
        """Return what one text holds."""
        document = self._documents.get(text)
        if document is None:
            return self._real.read(text)
        return Result(text=text, quotations=self._given(document))

    def _given(self, document: GoldDocument) -> tuple[Quotation, ...]:
        doc = self._real.parser.parse(document.text)
        resolved = self._real.resolver.resolve(doc, annotated(document, doc))
        by_content = {(q.content, q.cue, q.source): q for q in resolved}
        named = any(gold.speaker for gold in document.quotations)
        return tuple(
            _with_speaker(by_content[gold.content, gold.cue, gold.source], gold, named=named)
            for gold in document.quotations
            if (gold.content, gold.cue, gold.source) in by_content
        )


def _with_speaker(quotation: Quotation, gold: GoldQuotation, *, named: bool) -> Quotation:
    kind, act = gold.kind or quotation.kind, gold.act or quotation.act
    quotation = replace(quotation, kind=kind, act=act)
    found = quotation.attribution
    if gold.speaker is None:
        return replace(quotation, attribution=None) if named else quotation
    if found is not None and same_name(gold.speaker, [found.name]):
        return quotation
    aliases = () if found is None or not same_name(gold.speaker, found.aliases) else (found.name,)
    given = Attribution(
        name=gold.speaker, kind=_kind(gold.speaker, found), method=GIVEN, aliases=aliases
    )
    return replace(quotation, attribution=given)


def _kind(name: str, found: Attribution | None) -> SpeakerKind:
    """Return the kind of a named speaker: what the resolver says, or by how the name is written."""
    if not all(word[:1].isupper() for word in name.split()):
        return SpeakerKind.UNNAMED
    return found.kind if found is not None and found.kind in NAMED_KINDS else SpeakerKind.PERSON


class _Listener:
    """Hears of an ingest, and says only what was skipped."""

    def progressed(self, summary: Summary) -> None:
        pass

    def skipped(self, path: str, reason: str) -> None:
        print(f"{path} was skipped: {reason}", file=sys.stderr)

    def noticed(self, path: str, text: str, notices: Sequence[Notice]) -> None:
        pass

    def remarked(self, path: str, remark: str) -> None:
        pass


@contextmanager
def archive(
    paths: Iterable[Path],
    *,
    gold: Mapping[str, GoldDocument] | None = None,
    extractor: str = DEFAULT_EXTRACTOR,
    encoder: Encoder | None = None,
) -> Iterator[Store]:
    """Open a database with what these files say, which is gone when the block ends.

    `gold` has annotated documents by their text; their quotations are taken as they are. With an
    encoder vectors are stored, as `quotes ingest` does.
    """
    real = pipelines.load(extractor=extractor)
    chosen = AnnotatedPipeline(real, gold) if gold else real
    with (
        TemporaryDirectory(prefix="quotes-claims-") as folder,
        Store(f"sqlite:///{folder}/claims.db", create=True) as store,
    ):
        documents = read_paths([str(path) for path in paths])
        ingest = Ingest(store, lambda: chosen, listener=_Listener(), encoder=encoder)
        ingest.run(documents)
        yield store


def annotated_documents(folders: Iterable[Path]) -> dict[str, GoldDocument]:
    """Return the documents of some annotated corpora by their text; folders of others do not count.

    A text that none of them holds goes through the extractor. Raises CorpusError.
    """
    corpora = [read_corpus(path) for path in folders if (path / "attributions").is_dir()]
    return {document.text: document for corpus in corpora for document in corpus.documents}
