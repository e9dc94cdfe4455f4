"""Filters made conditions: names by their keys, sources by id, path or title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlalchemy import ColumnElement, and_, false, func, literal, or_, select, true

from quotes.speakers.names import name_key, organisation_key
from quotes.store import folding
from quotes.store.current import stands
from quotes.store.members import is_or_has_member
from quotes.store.models import (
    Attribution,
    Document,
    Quotation,
    ReviewStatus,
    Speaker,
    SpeakerAlias,
)

if TYPE_CHECKING:
    from quotes.store.values import Filter

_STATUSES = (
    ReviewStatus.MACHINE,
    ReviewStatus.CONFIRMED,
    ReviewStatus.CORRECTED,
    ReviewStatus.REJECTED,
)
# No name has more words; with some hundreds a database refuses the condition.
_MOST_WORDS = 60
# An id as listings show it.
SHORT_ID = re.compile(r"s_[0-9a-f]{8,16}")


def conditions(which: Filter) -> list[ColumnElement[bool]]:
    """Return the conditions on a statement that joins quotation, document and speaker.

    That of its status is `has_status`, which passages have none of.
    """
    found: list[ColumnElement[bool]] = []
    if which.speaker is not None:
        found.append(is_or_has_member(answers_to(which.speaker)))
    if which.via is not None:
        fitting = select(Speaker.id).where(is_or_has_member(answers_to(which.via)))
        found.append(Attribution.via_id.in_(fitting.correlate(None)))
    if which.kind is not None:
        found.append(Quotation.kind == which.kind)
    if which.act:
        found.append(Quotation.act.in_(which.act))
    if which.source is not None:
        found.append(or_(*source_tiers(which.source)))
    when = func.coalesce(Document.published_at, Document.created_at)
    if which.since is not None:
        found.append(when >= literal(which.since, Document.published_at.type))
    if which.until is not None:
        found.append(when < literal(which.until, Document.published_at.type))
    if which.contains is not None:
        found.append(folding.contains(Quotation.text, which.contains))
    if which.min_confidence is not None:
        found.append(is_sure(which.min_confidence))
    return found


def has_status(which: Filter) -> ColumnElement[bool]:
    """Return the condition that a quotation's reviews left it as a filter asks."""
    wanted = {ReviewStatus(status) for status in which.status}
    if not wanted:
        return ~stands(ReviewStatus.REJECTED)
    others = set(_STATUSES) - wanted
    if ReviewStatus.MACHINE in wanted:
        # What nobody has looked at has no review to go by.
        return ~stands(*sorted(others)) if others else true()
    return stands(*sorted(wanted))


def answers_to(name: str) -> ColumnElement[bool]:
    """Return the condition that this is the speaker's id, whole or cut, or in a name of theirs."""
    is_id = Speaker.public_id == name
    if SHORT_ID.fullmatch(name):
        is_id = Speaker.public_id.startswith(name, autoescape=True)
    return or_(is_id, is_named(name))


def is_sure(confidence: float) -> ColumnElement[bool]:
    """Return the condition that a quotation is at least this sure, or has no confidence."""
    return or_(Quotation.confidence.is_(None), Quotation.confidence >= confidence)


def is_named(name: str) -> ColumnElement[bool]:
    """Return the condition that one alias of the speaker has every word of this name.

    An initial stands for any word that begins with it: "A. Moss" is Ada Moss.
    """
    keys = {name_key(name), organisation_key(name)} - {""}
    if any(len(key.split()) > _MOST_WORDS for key in keys):
        return false()
    padded = literal(" ").concat(SpeakerAlias.key).concat(" ")
    fits = [
        and_(*(padded.contains(_bounded(word), autoescape=True) for word in key.split()))
        for key in sorted(keys)
    ]
    return Speaker.id.in_(select(SpeakerAlias.speaker_id).where(or_(false(), *fits)))


def _bounded(word: str) -> str:
    """Return a word with the spaces around it; an initial with the one before it."""
    return f" {word}" if len(word) == 1 and word.isalpha() else f" {word} "


def has_key(name: str) -> ColumnElement[bool]:
    """Return the condition that one alias of the speaker is this name, in any order."""
    keys = {name_key(name), organisation_key(name)}
    return Speaker.id.in_(select(SpeakerAlias.speaker_id).where(SpeakerAlias.key.in_(keys)))


def source_tiers(ref: str) -> list[ColumnElement[bool]]:
    """Return the ways in which `ref` can name a document, the surest first."""
    tail = ref.removeprefix("./")
    encoded = quote(tail)
    return [
        or_(Document.public_id == ref, Document.uri == ref, Document.path == ref),
        or_(
            Document.url == ref,
            Document.path == tail,
            Document.path.endswith("/" + tail, autoescape=True),
            Document.path.endswith("\\" + tail, autoescape=True),
            Document.uri.endswith("/" + tail.lstrip("/"), autoescape=True),
            Document.uri.endswith("/" + encoded.lstrip("/"), autoescape=True),
        ),
        Document.public_id.startswith(ref, autoescape=True),
        folding.contains(Document.title, ref),
    ]
