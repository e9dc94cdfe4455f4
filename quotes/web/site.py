"""What all pages share: the database, the templates, and the numbers that are counted once."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import unquote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, JSONResponse

import quotes
from quotes.errors import MissingModel
from quotes.exports import evidence
from quotes.exports.decided import told
from quotes.indexing import follow_up
from quotes.store import queries
from quotes.store.keys import row_named
from quotes.store.overview import overview, state_of
from quotes.store.paging import of_version
from quotes.verification.showing import ruling_words
from quotes.web.became import Became, became
from quotes.web.visible import finalize

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session
    from starlette.requests import Request
    from starlette.responses import Response

    from quotes.store import Store
    from quotes.store.overview import Overview
    from quotes.store.values import StoredQuotation, StoredSource, StoredSpeaker, StoredVersion
    from quotes.vectors.encoder import Encoder

T = TypeVar("T")
STATIC: Final = resources.files("quotes.web") / "static"
#: The cookie with the name of who reviews.
BY: Final = "quotes_by"
_LONGEST: Final = 500
_SHOWN: Final = 420
_MOST_KEPT: Final = 32


class Site:
    """An open database with its templates; `by` is who reviews where a page does not say.

    Threads share it.
    """

    def __init__(self, store: Store, *, by: str) -> None:
        self.store = store
        self.by = by
        self._lock = threading.Lock()
        self._counting = threading.Lock()
        self._counted: tuple[object, Overview] | None = None
        self._made: tuple[object, dict[Hashable, Any]] = (None, {})
        self._encoder: list[Encoder | None] = []
        self.templates = Environment(
            loader=PackageLoader("quotes.web"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templates.filters.update(
            address=address,
            cut=cut,
            day=day,
            minute=minute,
            number=number,
            percent=percent,
            ruling=ruling_words,
            tail=tail,
            told=told,
            web_address=web_address,
            why=evidence.why,
        )
        self.templates.globals.update(
            version=quotes.__version__, database=store.shown, people=evidence.PEOPLE
        )

    @contextmanager
    def session(self, *, write: bool = False) -> Iterator[Session]:
        """Open a session, as `Store.session` does."""
        with self.store.session(write=write) as session:
            yield session

    def render(self, request: Request, template: str, **values: Any) -> str:
        """Return a template's HTML for a request."""
        return self.templates.get_template(template).render(
            here=request.scope["path"],
            asked=request.query_params,
            may_write=request.scope.get("may_write", False) and self.store.writable,
            by=self.reviewer(request),
            **values,
        )

    def reviewer(self, request: Request) -> str:
        """Return who reviews: the last name that this browser gave, or else the server's."""
        return unquote(request.cookies.get(BY, ""))[:_LONGEST].strip() or self.by

    def page(
        self, request: Request, template: str, *, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """Return a page made of a template."""
        return HTMLResponse(self.render(request, template, **values), status_code=status)

    def refusal(self, request: Request, status: int, line: str, hint: str = "") -> Response:
        """Return an error as one clear line: a page, or JSON where the API was asked."""
        # It may repeat what was asked, which may be as long as an address.
        line = cut(line)
        if request.scope["path"].startswith("/api/"):
            return JSONResponse({"error": line, "hint": hint}, status_code=status)
        return self.page(request, "error.html", status=status, line=line, hint=hint)

    def overview(self, session: Session) -> Overview:
        """Return the numbers of the collection, counted again only where something changed."""
        state = state_of(session)
        # A lock of its own: what takes a second must not hold up other pages.
        with self._counting:
            if self._counted is None or self._counted[0] != state:
                self._counted = (state, overview(session))
            return self._counted[1]

    def speaker(self, session: Session, ref: str) -> StoredSpeaker:
        """Return a speaker, as `queries.speaker`.

        Of who is quoted a hundred thousand times, counting takes a second.
        """
        return self._kept(session, ("speaker", ref), lambda: queries.speaker(session, ref))

    def quotations(
        self, session: Session, version_id: int, *, start: int = 0, end: int | None = None
    ) -> list[StoredQuotation]:
        """Return the quotations of a version, as `of_version`; a long source has hundreds."""

        def make() -> list[StoredQuotation]:
            return of_version(session, version_id, start=start, end=end)

        return self._kept(session, ("version", version_id, start, end), make)

    def became(self, session: Session, source: StoredSource, old: StoredVersion) -> list[Became]:
        """Return what became of the quotations of an older version in the current one."""

        def make() -> list[Became]:
            return became(
                queries.passage(session, old.id),
                queries.passage(session, source.version_id),
                queries.quotations_of(session, old.id),
                address=f"/sources/{source.id}",
            )

        return self._kept(session, ("became", old.id, source.version_id), make)

    def _kept(self, session: Session, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made before, or make it; all is made again where something changed."""
        state = state_of(session)
        with self._lock:
            if self._made[0] != state:
                self._made = (state, {})
            if key in self._made[1]:
                return self._made[1][key]  # type: ignore[no-any-return]  # a key has one type
        made = make()
        with self._lock:
            if self._made[0] == state:
                while len(self._made[1]) >= _MOST_KEPT:
                    del self._made[1][next(iter(self._made[1]))]
                self._made[1][key] = made
        return made

    def decided(self, public_id: str) -> None:
        """Do what a decision on a quotation calls for, when it is stored."""
        with self.session() as session:
            version = row_named(session, public_id).version_id
        follow_up(self.store, [version], self.encoder)

    def encoder(self) -> Encoder | None:
        """Return the sentence encoder, loaded once; None where its package is missing."""
        from quotes.vectors.encoder import Encoder

        with self._lock:
            if not self._encoder:
                try:
                    self._encoder.append(Encoder())
                except MissingModel:
                    self._encoder.append(None)
            return self._encoder[0]


def site_of(request: Request) -> Site:
    """Return the site that a request is made to."""
    found = request.app.state.site
    assert isinstance(found, Site)
    return found


def address(path: str, given: Mapping[str, Any] | None = None, **more: Any) -> str:
    """Return a path with a query; what is None or empty is left out."""
    asked = {name: value for name, value in {**(given or {}), **more}.items() if value}
    return path + ("?" + urlencode(asked, doseq=True, errors="replace") if asked else "")


def web_address(url: str | None) -> str | None:
    """Return the URL if a browser may be led there: http or https, never a script or a file."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def cut(text: str, length: int = _SHOWN) -> str:
    """Return the text on one line, cut before a word where it is longer than this."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    return flat[: length - 1].rsplit(" ", 1)[0].rstrip() + "…"


def tail(path: str) -> str:
    """Return the last part of a path."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path


def day(moment: datetime | str | None) -> str:
    """Return the day of a time."""
    if moment is None:
        return ""
    return moment[:10] if isinstance(moment, str) else f"{moment:%Y-%m-%d}"


def minute(moment: datetime) -> str:
    """Return a time in UTC to the minute."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def number(count: int) -> str:
    """Return a number with its thousands apart."""
    return f"{count:,}"


def percent(share: float | None) -> str:
    """Return a share of one in hundredths."""
    return "" if share is None else f"{share:.0%}"
