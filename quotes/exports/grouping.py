"""Sheets under headings: quotations by speaker or by source, as they come, none kept back."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from quotes.exports.exporter import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.store.values import StoredQuotation

UNKNOWN = "Unknown speaker"


def grouped(
    quotations: Iterable[StoredQuotation], group: str
) -> Iterator[tuple[str, Iterator[StoredQuotation]]]:
    """Yield a heading with its quotations, which must come in the order of the groups."""
    key = _source if group == SOURCE else _speaker
    for (_, heading), members in groupby(quotations, key=key):
        yield heading, members


def _speaker(quotation: StoredQuotation) -> tuple[str, str]:
    speaker = quotation.record["speaker"]
    return (speaker["id"], speaker["name"]) if speaker else ("", UNKNOWN)


def _source(quotation: StoredQuotation) -> tuple[str, str]:
    document = quotation.record["document"]
    title = document["title"]
    return document["id"], f"{title} ({document['path']})" if title else document["path"]


def origin(quotation: StoredQuotation) -> list[str]:
    """Return what is known of the source of a quotation: title, author, publisher and day."""
    document = quotation.record["document"]
    day = (document["published_at"] or "")[:10]
    known = (document["title"], quotation.author, quotation.publisher, day)
    return [part for part in known if part]


def facts(quotation: StoredQuotation, group: str) -> list[str]:
    """Return what is said of a quotation beside its words: speaker, kind, act, status and id."""
    record = quotation.record
    speaker = record["speaker"]
    named = [speaker["name"] if speaker else UNKNOWN] if group == SOURCE else []
    via = [f"via {record['via']['name']}"] if record["via"] else []
    return [*named, record["kind"], record["act"], *via, record["status"], record["id"]]


def by_version(
    quotations: Iterable[StoredQuotation],
) -> Iterator[tuple[int, list[StoredQuotation]]]:
    """Yield each version's id with its quotations, which must come in the order of sources."""
    for version, members in groupby(quotations, key=lambda one: one.version_id):
        yield version, list(members)
