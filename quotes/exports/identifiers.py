"""Names for things outside the database: IRIs of what is stored, moments as the W3C writes them."""

from __future__ import annotations

import base64
from datetime import UTC
from typing import TYPE_CHECKING
from urllib.parse import quote

from quotes.exports.linking import address

if TYPE_CHECKING:
    from datetime import datetime

    from quotes.store.values import StoredQuotation

ROOT = "urn:quotes:"


def iri(*parts: str) -> str:
    """Return the IRI of something by the ids that lead to it."""
    return ROOT + ":".join(quote(part, safe="", errors="replace") for part in parts)


def quotation_iri(quotation: StoredQuotation) -> str:
    """Return a quotation's IRI; two sources with the same bytes have quotations of the same id."""
    return iri(quotation.record["document"]["id"], quotation.record["id"])


def source_iri(quotation: StoredQuotation) -> str:
    """Return the address of a quotation's source, or where it has none its IRI."""
    return address(quotation) or iri(quotation.record["document"]["id"])


def bytes_iri(version: str) -> str:
    """Return the name of the bytes with this `sha256:` and hash (RFC 6920)."""
    digest = bytes.fromhex(version.removeprefix("sha256:"))
    return "ni:///sha-256;" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def zulu(moment: datetime) -> str:
    """Return a moment as xsd:dateTime in UTC, with Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
