"""Addresses of databases as they may be shown: who connects and where, never with what password."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

HIDDEN: Final = "***"
# Parts of an address's query that libpq takes a secret or the way to one from.
_TELLING: Final = re.compile("pass|secret|token|key|cert|service", re.IGNORECASE)
_BEGINNING: Final = re.compile(r"[\w.+-]*:/{1,3}")


def masked(address: str) -> str:
    """Return what was given for an address with everything hidden that may be a password.

    It need not be an address: what cannot be read as one may have a password where none belongs. So
    all between the first colon and the last at sign is hidden, and all of a query.
    """
    address, asked, _ = address.partition("?")
    beginning = _BEGINNING.match(address)
    start = beginning.end() if beginning else 0
    told, at, host = address[start:].rpartition("@")
    user, colon, _ = told.partition(":")
    if at and colon:
        told = f"{user}:{HIDDEN}"
    return address[:start] + told + at + host + (asked and f"?{HIDDEN}")


def shown(url: URL) -> str:
    """Return an address without its password, and without the secrets in its query."""
    hidden = {name: HIDDEN for name in url.query if _TELLING.search(name)}
    address = url.update_query_dict(hidden).render_as_string(hide_password=True)
    return address.replace("%2A%2A%2A", HIDDEN)


def without_secrets(text: str, url: URL) -> str:
    """Return what a driver says with the address's secrets hidden, should it name them."""
    asked = [value for name, value in url.query.items() if _TELLING.search(name)]
    several = [one for value in asked for one in ((value,) if isinstance(value, str) else value)]
    for secret in filter(None, (url.password and str(url.password), *several)):
        text = text.replace(str(secret), HIDDEN)
    return text
