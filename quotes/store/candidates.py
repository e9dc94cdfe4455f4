"""What may hold a claim, for verification to read word for word."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from quotes.store import asking, fulltext, rows
from quotes.store.current import current_runs, is_current_version, of_run
from quotes.store.former import former
from quotes.store.fulltext import Counts
from quotes.store.members import is_or_has_member
from quotes.store.models import Attribution, Document, DocumentVersion, Quotation, Speaker
from quotes.store.rare import Worth, ranked, sought
from quotes.store.sentences import best_sentences
from quotes.store.values import Passage
from quotes.store.wording import folded_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from quotes.store.rare import Sought
    from quotes.store.values import StoredQuotation

# Of a speaker with no more quotations than this, each is read.
_FEW: Final = 300
# How many of the quotations with the rarest words are asked who said them, how many are read, and
# how many rows are fetched at a time.
_MOST_ASKED: Final = 2_000
_MOST_READ: Final = 400
_AT_A_TIME: Final = 20
_IN_ONE_QUERY: Final = 2_000
# More quotations than this have all of a claim's words by chance.
_MOST_ALIKE: Final = 1_000
# So many of one speaker's quotations are enough.
_MOST_OF_ONE: Final = 300
# What a quotation, and what a passage must at least hold of the words, by their worth.
_LEAST: Final = 0.25
_ENOUGH: Final = 0.5
# How many sources are read, at least and at most, and how many characters until it is enough.
_FEWEST_TEXTS: Final = 20
_MOST_TEXTS: Final = 60
_MOST_TEXT: Final = 500_000


class _Sayings:
    """The quotations that were ever given to some speakers or to their groups, by their keys."""

    def __init__(self, session: Session, keys: frozenset[int]) -> None:
        self.keys = keys
        self._session = session

    @cached_property
    def few(self) -> Sequence[int] | None:
        """All of them, None where they are more than 300."""
        given = select(Attribution.quotation_id).where(Attribution.speaker_id.in_(self.keys))
        found = self._session.scalars(given.limit(_FEW + 1)).all()
        return found if len(found) <= _FEW else None

    def among(self, ids: Sequence[int]) -> list[int]:
        """Return those of some quotations, in their order, that are among them, 300 at least."""
        if not ids:
            return []
        if self.few is not None:
            few = set(self.few)
            return [id_ for id_ in ids if id_ in few]
        kept: list[int] = []
        for start in range(0, len(ids), _IN_ONE_QUERY):
            some = ids[start : start + _IN_ONE_QUERY]
            # Asked for the speakers as well, SQLite may read all that they ever said.
            query = select(Attribution.quotation_id, Attribution.speaker_id)
            found = self._session.execute(query.where(Attribution.quotation_id.in_(some))).all()
            theirs = {id_ for id_, speaker in found if speaker in self.keys}
            kept += [id_ for id_ in some if id_ in theirs]
            if len(kept) >= _MOST_OF_ONE:
                break
        return kept


class Candidates:
    """What may hold one claim: what the index and the tables say of it is read once.

    The methods return keys, best first, which `stored` makes quotations. `speakers` are the public
    ids of those to whom quotations must be attributed, alone or together with others.
    """

    def __init__(self, session: Session, words: str) -> None:
        self._session = session
        self._words = words
        self._counts = Counts(session.connection(), "fulltext_quotation")
        self._said_by: dict[tuple[str, ...], _Sayings] = {}
        self._rows: dict[int, Row[*tuple[Any, ...]] | None] = {}
        self._stored: dict[int, StoredQuotation] = {}
        self._worths: dict[int, float] = {}

    def whole(
        self, *, speakers: Collection[str] | None = None, limit: int | None = None
    ) -> list[int]:
        """Return the current quotations with all the words.

        Where more than a thousand have them the words must also stand in this order, with nothing
        between them. With `speakers` and without a `limit` there are at most 300.
        """
        ids = self._whole
        if speakers is None:
            return self._standing(ids, None, limit)
        sayings = self._sayings(speakers)
        ids = sayings.among(ids)
        return self._standing(ids[:_MOST_OF_ONE] if limit is None else ids, sayings.keys, limit)

    def near(self, *, speakers: Collection[str] | None = None, limit: int) -> list[int]:
        """Return the current quotations that hold most of the claim's rare words.

        Endings do not count ("raises" is found for "raised"), order does not, and the words that
        every text has are not looked for.
        """
        if not self._sought:
            return []
        sayings = self._sayings(speakers) if speakers is not None else None
        likely = self._likely(sayings)
        self._read([id_ for id_ in likely if id_ not in self._worths])
        scored = [(self._worths.get(id_, 0.0), -id_) for id_ in dict.fromkeys(likely)]
        best = [-id_ for worth, id_ in sorted(scored, reverse=True) if worth >= _LEAST]
        return self._standing(best, sayings.keys if sayings else None, limit)

    def former(self, *, speakers: Collection[str], limit: int) -> list[StoredQuotation]:
        """Return the quotations of replaced versions with the words in this order."""
        # What has the words in this order has them all, whatever its version.
        if not self._whole:
            return []
        return former(self._session, self._words, speakers=speakers, limit=limit)

    def current(self, keys: Sequence[int]) -> list[int]:
        """Return those of some quotations that are current."""
        return self._standing(keys, None, None)

    def stored(self, keys: Iterable[int]) -> list[StoredQuotation]:
        """Return the quotations with these keys, which a method gave, each once."""
        wanted = list(dict.fromkeys(keys))
        new = [key for key in wanted if key not in self._stored]
        found = [row for key in new if (row := self._rows[key]) is not None]
        self._stored.update(zip(new, rows.stored(self._session, found), strict=True))
        return [self._stored[key] for key in wanted]

    @cached_property
    def _whole(self) -> list[int]:
        """The quotations with all the words, old ones among them."""
        wanted = asking.of_words(self._words)
        if wanted is None:
            return []
        # Words that everybody uses are looked for as they stand, one after the other.
        if self._counts.estimate(wanted) > _MOST_ALIKE:
            wanted = asking.Words(" ".join(folded_words(self._words)[: asking.MOST_WORDS]))
        return fulltext.found(self._counts, wanted, limit=fulltext.MOST_RANKED)

    @cached_property
    def _sought(self) -> list[Sought]:
        return sought(self._counts, self._words)

    @cached_property
    def _worth(self) -> Worth:
        return Worth(self._sought)

    @cached_property
    def _ranked(self) -> list[int]:
        connection = self._session.connection()
        return ranked(connection, "fulltext_quotation", self._sought, least=_LEAST)

    def _sayings(self, speakers: Collection[str]) -> _Sayings:
        asked = tuple(speakers)
        if asked not in self._said_by:
            query = select(Speaker.id).where(is_or_has_member(Speaker.public_id.in_(asked)))
            keys = frozenset(self._session.scalars(query))
            self._said_by[asked] = _Sayings(self._session, keys)
        return self._said_by[asked]

    def _likely(self, sayings: _Sayings | None) -> Sequence[int]:
        """Return the likeliest quotations, old ones and former speakers' too."""
        if sayings is None:
            return self._ranked[:_MOST_READ]
        if sayings.few is not None:
            return sayings.few
        return sayings.among(self._ranked[:_MOST_ASKED])[:_MOST_READ]

    def _read(self, ids: Sequence[int]) -> None:
        """Weigh the texts of quotations."""
        texts = select(Quotation.id, Quotation.text).where(Quotation.id.in_(ids))
        for id_, text in self._session.execute(texts).all() if ids else ():
            self._worths[id_] = self._worth.of(text)

    def _standing(
        self, ids: Sequence[int], speakers: Collection[int] | None, limit: int | None
    ) -> list[int]:
        """Return those of the quotations, in order, that are current and of these speakers."""
        kept: list[int] = []
        step = _IN_ONE_QUERY if limit is None else max(limit, _AT_A_TIME)
        for start in range(0, len(ids), step):
            some = ids[start : start + step]
            self._fetch([id_ for id_ in some if id_ not in self._rows])
            for id_ in some:
                row = self._rows[id_]
                if row is not None and (speakers is None or _is_of(row, speakers)):
                    kept.append(id_)
            if limit is not None and len(kept) >= limit:
                break
        return kept[:limit]

    def _fetch(self, ids: Sequence[int]) -> None:
        """Fetch the rows of quotations, None for what is not current."""
        if not ids:
            return
        runs = current_runs()
        query = rows.statement().join(runs, of_run(runs)).where(Quotation.id.in_(ids))
        self._rows.update(dict.fromkeys(ids))
        self._rows.update({row.Quotation.id: row for row in self._session.execute(query)})


def passages(session: Session, words: str, *, limit: int) -> list[Passage]:
    """Return the sentences of current sources that hold most of the words, best first.

    Of each source it is the best place alone: one sentence, or up to three where they share the
    words. What holds less than half of them, by their worth, is none.
    """
    connection = session.connection()
    wanted = sought(Counts(connection, "fulltext_version"), words)
    worth = Worth(wanted)
    likely = ranked(connection, "fulltext_version", wanted, least=_ENOUGH)[:_MOST_TEXTS]
    query = (
        select(DocumentVersion.id, Document.path, DocumentVersion.text)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(is_current_version())
    )
    found: list[tuple[float, Passage]] = []
    left = _MOST_TEXT
    for start in range(0, len(likely), step := max(_FEWEST_TEXTS, limit)):
        some = likely[start : start + step]
        for version_id, path, text in session.execute(query.where(DocumentVersion.id.in_(some))):
            left -= len(text)
            # No part of a text holds more than the whole.
            window = best_sentences(text, worth.by_stem) if worth.of(text) >= _ENOUGH else None
            if window is not None and window.worth >= _ENOUGH:
                span = window.span
                passage = Passage(
                    version_id=version_id,
                    path=path,
                    start=span.start,
                    end=span.end,
                    text=text[span.start : span.end],
                )
                found.append((window.worth, passage))
        if len(found) >= limit or left < 0:
            break
    found.sort(key=lambda one: (-one[0], one[1].version_id))
    return [passage for _, passage in found[:limit]]


def _is_of(row: Row[*tuple[Any, ...]], speakers: Collection[int]) -> bool:
    return row.Speaker is not None and row.Speaker.id in speakers
