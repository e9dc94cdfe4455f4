"""What stands between the network and the pages.

Every request is bounded in size and must name a host that this server goes by, so that no other
site can have its name led here (DNS rebinding). Writing needs the token that was printed at the
start, in a cookie or a header, and with the cookie also an `Origin` that is this server's: cookies
do not tell ports apart, origins do. Every response forbids whatever the pages do not use.
"""

from __future__ import annotations

import hmac
import ipaddress
import sys
import traceback
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_ADDRESS: Final = 16_384
MOST_BODY: Final = 65_536
#: What a server may take of a request before its body.
MOST_HEAD: Final = 262_144
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
UNEXPECTED: Final = "something went wrong here; nothing was changed"
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Without any referrer a browser would send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_DIGITS: Final = 30
_READING: Final = frozenset({"GET", "HEAD"})
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_SCHEMES: Final = ("http://", "https://")


class TooMuch(Exception):
    """A body over the limit, found while it is read."""

    def __init__(self) -> None:
        super().__init__("this is too much to send")


class Guard:
    """ASGI middleware; `names` are the hosts it answers to besides its own machine's.

    With `open_to_all` it listens on the network: then reading needs the token too, and any address
    in numbers will do for a host, since no site can have one led here.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        token: str,
        cookie: str,
        refuse: Callable[[Scope, int, str], Response],
        names: Iterable[str] = (),
        open_to_all: bool = False,
        debug: bool = False,
    ) -> None:
        self._app = app
        self._token = token
        self._cookie = cookie
        self._refuse = refuse
        self._names = _LOOPBACK | {name.casefold() for name in names}
        self._open_to_all = open_to_all
        self._debug = debug

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _add_headers(message, scope["path"])
            await send(message)

        try:
            answer = self._answer(scope)
            await (answer or self._app)(scope, _bounded(receive), guarded)
        except Exception as error:
            sys.stderr.write(f"quotes: {scope['path']!r}: unexpected {type(error).__name__}\n")
            if self._debug:
                traceback.print_exc()
            if not started:
                await self._refuse(scope, 500, UNEXPECTED)(scope, receive, guarded)

    def _answer(self, scope: Scope) -> Response | None:
        """Return the answer to a request that goes no further; say of others if they may write."""
        headers = Headers(scope=scope)
        scope["may_write"] = False
        if not self._is_ours(headers.get("host", "")):
            return self._refuse(scope, 421, "this server does not go by the name in the address")
        bearer = self._holds(headers.get("authorization", "").removeprefix("Bearer "))
        scope["may_write"] = bearer or self._holds(self._cookie_of(headers))
        length = len(scope["raw_path"]) + len(scope["query_string"])
        if length > MOST_ADDRESS:
            line = f"this address has {length:,} characters, and {MOST_ADDRESS:,} are allowed"
            return self._refuse(scope, 414, line)
        offered = parse_qs(scope["query_string"].decode("latin-1")).get("token")
        if offered and scope["method"] in _READING:
            return self._admit(scope, offered[0])
        if self._open_to_all and not scope["may_write"] and not _is_static(scope["path"]):
            return self._refuse(scope, 403, "open the address that `quotes serve` printed")
        if scope["method"] in _READING:
            return None
        return self._forbid(scope, headers, bearer=bearer)

    def _forbid(self, scope: Scope, headers: Headers, *, bearer: bool) -> Response | None:
        """Return why a request may not write, None where it may."""
        if not scope["may_write"]:
            line = "to change anything, open the address that `quotes serve` printed"
            return self._refuse(scope, 403, line)
        own = [scheme + headers.get("host", "") for scheme in _SCHEMES]
        if not bearer and headers.get("origin") not in own:
            return self._refuse(scope, 403, "this form was not sent from a page of this server")
        if int_of(headers.get("content-length")) > MOST_BODY:
            return self._refuse(scope, 413, str(TooMuch()))
        return None

    def _admit(self, scope: Scope, offered: str) -> Response:
        if not self._holds(offered):
            return self._refuse(scope, 403, "this is not the token that `quotes serve` printed")
        # Away from the address with the token, which stays in no history and on no screen.
        answer = RedirectResponse("/", status_code=303)
        answer.set_cookie(self._cookie, self._token, httponly=True, samesite="strict", path="/")
        return answer

    def _holds(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._token.encode())

    def _cookie_of(self, headers: Headers) -> str:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            return ""
        return found.value if found is not None else ""

    def _is_ours(self, host: str) -> bool:
        name = host_name(host)
        return name in self._names or (self._open_to_all and _is_address(name))


def host_name(host: str) -> str:
    """Return the name in a Host header, without its port and brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0].casefold()
    return host.partition(":")[0].casefold()


def int_of(text: str | None) -> int:
    """Return a length that a header gives, 0 where it gives none."""
    if not (text and text.isascii() and text.isdigit()):
        return 0
    # Python reads no number of thousands of digits; this one is over every limit anyway.
    return int(text[:_DIGITS])


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_static(path: str) -> bool:
    return path.startswith("/static/")


def _add_headers(message: Message, path: str) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in HEADERS.items():
        headers[name] = value
    headers["Cache-Control"] = "no-cache" if _is_static(path) else "no-store"


def _bounded(receive: Receive) -> Receive:
    """Return a receiver that raises TooMuch where a body goes on behind the limit."""
    had = 0

    async def bounded() -> Message:
        nonlocal had
        message = await receive()
        had += len(message.get("body", b""))
        if had > MOST_BODY:
            raise TooMuch
        return message

    return bounded
