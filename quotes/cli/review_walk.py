"""`quotes review walk`: one uncertain quotation after the other, and a key for each decision."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import click

from quotes.cli.output import print_rich, printable
from quotes.cli.show import marked_passage
from quotes.errors import QuotesError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from quotes.store import Store
    from quotes.store.uncertain import Place
    from quotes.store.values import Filter, StoredQuotation

KEYS: Final = (
    "y right · n no quotation · NAME said it (+NAME if new, - nobody) · s skip · u undo · q quit"
)
_AT_A_TIME: Final = 50


@dataclass
class Walk:
    """A walk through the quotations that pass a filter; nothing that is decided waits to be kept.

    It ends where the quotations or the answers do.
    """

    store: Store
    which: Filter
    by: str
    note: str = ""
    _waiting: deque[str] = field(default_factory=deque)
    _seen: set[str] = field(default_factory=set)
    _after: Place | None = None
    #: What was decided on this walk, by the id under which it went on.
    _decided: list[tuple[str, str]] = field(default_factory=list)
    _versions: set[int] = field(default_factory=set)

    def run(self) -> None:
        """Ask about one quotation after the other, and say at the end what was decided."""
        if not self.which.status:
            self.which = replace(self.which, status=("machine",))
        try:
            while (id_ := self._next()) is not None and self._ask(id_):
                pass
        except click.Abort:
            # The answers have ended, or the person has had enough: what is decided is kept.
            click.echo()
        finally:
            self._link()
        counts = Counter(what for _, what in self._decided)
        told = ", ".join(f"{number} {what}" for what, number in counts.items())
        click.echo(told or "nothing was decided")

    def _next(self) -> str | None:
        if not self._waiting:
            self._read_on()
        return self._waiting.popleft() if self._waiting else None

    def _read_on(self) -> None:
        from quotes.store.uncertain import least_sure

        with self.store.session() as session:
            found = least_sure(session, self.which, after=self._after, limit=_AT_A_TIME)
        for place, stored in found:
            self._after = place
            if stored.record["id"] not in self._seen:
                self._waiting.append(stored.record["id"])

    def _ask(self, id_: str) -> bool:
        """Show a quotation and take what is answered; tells whether to go on."""
        from quotes.store import queries

        with self.store.session() as session:
            stored = queries.quotation(session, id_)
            text = queries.passage(session, stored.version_id)
        again = id_ in self._seen
        self._seen.add(id_)
        if not again and (not stored.current or stored.record["status"] not in self.which.status):
            # Somebody else has decided on it meanwhile.
            return True
        _show(stored, text)
        while True:
            answer = click.prompt(">", prompt_suffix=" ", default="", show_default=False).strip()
            if answer in ("q", "Q"):
                return False
            if answer in ("s", "S"):
                return True
            if answer in ("u", "U"):
                if self._take_back(id_):
                    return True
            elif answer in ("", "?", "h"):
                click.echo(KEYS)
            elif self._decide(stored, answer):
                return True

    def _decide(self, stored: StoredQuotation, answer: str) -> bool:
        """Take one decision and keep it; tells whether it could be taken."""
        from quotes.store import reviewing

        id_ = stored.record["id"]
        if answer in ("y", "Y"):
            return self._act(
                stored,
                "confirmed",
                lambda session: reviewing.confirm(session, id_, by=self.by, note=self.note),
            )
        if answer in ("n", "N"):
            return self._act(
                stored,
                "rejected",
                lambda session: reviewing.reject(session, id_, by=self.by, note=self.note),
            )

        def give(session: Session) -> str:
            whose = _speaker(session, answer, stored.version_id)
            return reviewing.reassign(session, id_, speaker_id=whose, by=self.by, note=self.note)

        return self._act(stored, "reassigned", give)

    def _act(self, stored: StoredQuotation, what: str, act: Callable[[Session], str]) -> bool:
        try:
            with self.store.session(write=True) as session:
                done = act(session)
        except QuotesError as error:
            click.echo(printable(str(error)))
            return False
        self._decided.append((done, what))
        self._versions.add(stored.version_id)
        click.echo(what)
        return True

    def _take_back(self, id_: str) -> bool:
        """Take back the last decision of this walk and show its quotation again."""
        from quotes.store import reviewing

        if not self._decided:
            click.echo("nothing was decided on this walk")
            return False
        last, what = self._decided[-1]
        try:
            with self.store.session(write=True) as session:
                back = reviewing.undo(session, last, by=self.by, note=self.note)
        except QuotesError as error:
            click.echo(printable(str(error)))
            return False
        self._decided.pop()
        click.echo(f"taken back: {what}")
        self._waiting.extendleft((id_, back))
        return True

    def _link(self) -> None:
        from quotes.verification.utterances import join

        if self._versions:
            with self.store.session(write=True) as session:
                join(session, self._versions)


def _show(stored: StoredQuotation, text: str) -> None:
    from rich.padding import Padding

    from quotes.links import position

    record = stored.record
    sure = record["confidence"]
    parts = [
        record["id"],
        record["speaker"]["name"] if record["speaker"] else "(unknown)",
        f"{record['kind']}, {record['act']}",
        "no confidence" if sure is None else f"confidence {sure:.0%}",
        f"{record['document']['path']}:{position(text, record['content']['start'])}",
    ]
    click.echo()
    click.echo(printable("  ".join(parts)))
    print_rich(Padding(marked_passage(stored, text), (0, 0, 0, 2)))


def _speaker(session: Session, answer: str, version_id: int) -> str | None:
    """Return the public id that an answer means: `-` nobody, `+NAME` a new speaker."""
    from quotes.store import queries
    from quotes.store.new_speakers import new_speaker

    if answer == "-":
        return None
    if answer.startswith("+"):
        return new_speaker(session, answer[1:], version_id=version_id)
    return queries.speaker(session, answer, count=False).id
