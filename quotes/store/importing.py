"""Annotations of people made reviews: of the quotation with the same words, or a new one.

Nothing is taken on trust: a record names the version it is about by a hash, and what it says of
its words must stand there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select

from quotes.errors import Ambiguous, OffsetError, QuotesError, RefusedImport
from quotes.quotation import Act, SpeakerKind
from quotes.spans import Span, Spans, check_spans, hull, merged, text_of, trimmed
from quotes.speakers.names import name_key
from quotes.store import reviewing, rows
from quotes.store.handmade import kind_of, run_of
from quotes.store.models import Document, DocumentVersion, Quotation, ReviewStatus
from quotes.store.new_speakers import new_speaker
from quotes.store.people import answering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from quotes.store.values import StoredQuotation

ROLES = ("content", "cue", "source")
LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A speaker as an annotation names one; `id` where it knows that of this database."""

    name: str
    kind: str = SpeakerKind.PERSON
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One annotation of a person, and the line of the file in which it stands.

    The version is the one with these bytes or this text, by SHA-256, of the document with this id
    where it is given. `spans` and `texts` are by role; a role without spans says nothing. `speaker`
    is None for nobody, unless `leaves_speaker`: then nothing is said of the speaker.
    """

    line: int
    sha256: str | None = None
    text_sha256: str | None = None
    document: str | None = None
    spans: dict[str, Spans]
    texts: dict[str, str] = field(default_factory=dict)
    kind: str | None = None
    act: str | None = None
    speaker: Named | None = None
    leaves_speaker: bool = False
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the annotations, by the number of each, and the versions they are about."""

    counts: Counter[str]
    versions: frozenset[int]


def take_in(session: Session, incoming: Iterable[Incoming], *, by: str, note: str = "") -> Taken:
    """Store annotations as decisions of `by`; raises RefusedImport where any of them does not fit.

    The words of a stored quotation confirm it, reassign it where the speaker is another, and edit
    it where cue or source are others. Words that no quotation has become one. What `by` has said
    already is left as it stands. Nothing is committed here, so the caller's transaction keeps all
    of it or nothing.
    """
    counts: Counter[str] = Counter()
    problems: list[tuple[int, str]] = []
    pages: dict[tuple[str | None, ...], _Page] = {}
    for one in incoming:
        try:
            which = (one.sha256, one.text_sha256, one.document)
            if which not in pages:
                pages[which] = _Page(session, one)
            counts.update(pages[which].take(one, by=by, note=note))
        except QuotesError as error:
            problems.append((one.line, str(error)))
    if problems:
        raise RefusedImport(f"{len(problems)} of its annotations do not fit", problems=problems)
    return Taken(counts, frozenset(page.version.id for page in pages.values()))


class _Page:
    """A version's text with the quotations that it has now."""

    def __init__(self, session: Session, one: Incoming) -> None:
        self._session = session
        self.version = _version(session, one)
        self._text = self.version.text
        query = rows.statement().where(
            Quotation.version_id == self.version.id,
            Quotation.run_id == run_of(session, self.version.id),
        )
        found = rows.stored(session, session.execute(query.order_by(Quotation.id)).all())
        self._found: dict[Spans, list[StoredQuotation]] = {}
        for stored in found:
            if stored.record["status"] != ReviewStatus.WITHDRAWN:
                key = self._key(_spans_of(stored, "content"))
                self._found.setdefault(key, []).append(stored)
        self._seen: set[tuple[Spans, ...]] = set()

    def take(self, one: Incoming, *, by: str, note: str) -> Iterator[str]:
        """Yield what was done for an annotation."""
        self._check(one)
        keys = tuple(self._key(one.spans.get(role, ())) for role in ROLES)
        if keys in self._seen:
            yield "unchanged"
            return
        self._seen.add(keys)
        stored = self._match(keys)
        if stored is None:
            yield self._add(one, by=by, note=note)
        elif one.rejected:
            if stored.record["status"] == ReviewStatus.REJECTED:
                yield "unchanged"
            else:
                reviewing.reject(self._session, stored.record["id"], by=by, note=note)
                yield "rejected"
        else:
            yield from self._review(stored, one, by=by, note=note)

    def _check(self, one: Incoming) -> None:
        """Raise OffsetError unless the words stand where they should."""
        if not one.spans.get("content"):
            raise OffsetError("it has no content")
        for role, spans in one.spans.items():
            check_spans(len(self._text), spans)
            here, said = text_of(self._text, spans), one.texts.get(role)
            if said is not None and said != here:
                place = hull(spans)
                raise OffsetError(
                    f"the {role} at [{place.start}, {place.end}) is {here[:60]!r} in the stored "
                    f"text, not {said[:60]!r}"
                )

    def _match(self, keys: tuple[Spans, ...]) -> StoredQuotation | None:
        """Return the quotation with these words, of several that whose cue and source agree."""
        found = self._found.get(keys[0], [])
        for stored in found:
            if all(
                self._key(_spans_of(stored, role)) == key
                for role, key in zip(ROLES[1:], keys[1:], strict=True)
            ):
                found.remove(stored)
                return stored
        return found.pop(0) if found else None

    def _add(self, one: Incoming, *, by: str, note: str) -> str:
        if one.rejected:
            return "unchanged"
        content = self._joined(one.spans["content"])
        reviewing.add(
            self._session,
            version_id=self.version.id,
            content=content,
            cue=self._joined(one.spans.get("cue", ())),
            source=self._joined(one.spans.get("source", ())),
            speaker_id=self._speaker_id(one.speaker) if one.speaker else None,
            kind=one.kind or kind_of(self._text, content),
            act=one.act or Act.SPEECH,
            by=by,
            note=note,
        )
        return "added"

    def _review(
        self, stored: StoredQuotation, one: Incoming, *, by: str, note: str
    ) -> Iterator[str]:
        record = stored.record
        id_, speaker = record["id"], record["speaker"]
        changed = {
            role: self._joined(spans)
            for role in ROLES[1:]
            if (spans := one.spans.get(role))
            and self._key(spans) != self._key(_spans_of(stored, role))
        }
        if changed:
            id_ = reviewing.edit(
                self._session,
                id_,
                cue=changed.get("cue"),
                source=changed.get("source"),
                by=by,
                note=note,
            )
            yield "edited"
        now = speaker["id"] if speaker else None
        meant = now
        if not one.leaves_speaker and not (
            one.speaker and speaker and one.speaker.name == speaker["name"]
        ):
            meant = self._speaker_id(one.speaker) if one.speaker else None
        if meant != now:
            reviewing.reassign(self._session, id_, speaker_id=meant, by=by, note=note)
            yield "reassigned"
        elif (
            not changed
            and stored.reviews
            and stored.reviews[-1].reviewer == by
            and (record["status"] in (ReviewStatus.CONFIRMED, ReviewStatus.CORRECTED))
        ):
            yield "unchanged"
        elif not changed:
            reviewing.confirm(self._session, id_, by=by, note=note)
            yield "confirmed"

    def _speaker_id(self, named: Named) -> str:
        """Return the id of the speaker that is meant, of a new one where nobody has the name."""
        for known in answering(self._session, named.id) if named.id else ():
            if known.id == named.id and named.name in (known.name, *known.aliases):
                return known.id
        found = answering(self._session, named.name)
        if len(named.name.split()) > 1:
            # Part of a longer name is not that name.
            key = name_key(named.name)
            found = [one for one in found if key in map(name_key, (one.name, *one.aliases))]
        exact = [one for one in found if one.name == named.name]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0].id
        if found:
            names = ", ".join(f"{one.name} ({one.id})" for one in found[:5])
            raise Ambiguous(f"several speakers answer to {named.name!r}: {names}")
        return new_speaker(self._session, named.name, kind=named.kind, version_id=self.version.id)

    def _key(self, spans: Sequence[Span]) -> Spans:
        """Return spans in the one form in which they are compared: their lines, without margins."""
        return tuple(
            line for span in merged(spans) for piece in self._lines(span) for line in piece
        )

    def _lines(self, span: Span) -> Iterator[Spans]:
        start = span.start
        for offset in range(span.start, span.end + 1):
            if offset == span.end or self._text[offset] in LINE_ENDS:
                if start < offset and (line := trimmed(self._text, Span(start, offset))):
                    yield (line,)
                start = offset + 1

    def _joined(self, spans: Spans) -> Spans:
        """Return spans with those made one between which nothing but a line end stands."""
        out: list[Span] = []
        for span in merged(spans):
            between = self._text[out[-1].end : span.start] if out else ""
            if between and between.isspace() and set(between) & set(LINE_ENDS):
                out[-1] = Span(out[-1].start, span.end)
            else:
                out.append(span)
        return tuple(out)


def _spans_of(stored: StoredQuotation, role: str) -> Spans:
    record = stored.record
    passage = {"content": record["content"], "cue": record["cue"], "source": record["source"]}[role]
    return tuple(Span(start, end) for start, end in passage["spans"]) if passage else ()


def _version(session: Session, one: Incoming) -> DocumentVersion:
    """Return the version that an annotation is about; raises OffsetError where there is none."""
    query = select(DocumentVersion).join(Document, Document.id == DocumentVersion.document_id)
    if one.sha256 is not None:
        query = query.where(DocumentVersion.sha256 == one.sha256)
    if one.text_sha256 is not None:
        query = query.where(DocumentVersion.text_sha256 == one.text_sha256)
    found = session.scalars(query.order_by(DocumentVersion.id.desc())).all()
    if one.document is not None:
        ids = {version.id for version in found if version.document.public_id == one.document}
        found = [version for version in found if version.id in ids]
    if not found:
        raise OffsetError(
            "no stored version has this text", hint="ingest the source as it was annotated"
        )
    if len({version.document_id for version in found}) > 1:
        named = ", ".join(version.document.public_id for version in found[:5])
        raise Ambiguous(f"several sources have this text: {named}", hint="name one by its id")
    return found[0]
