"""Why a document's name leads to a speaker, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quotes.store.values import StoredMerge

# {} are the names that this hangs on.
REASONS = {
    "same-name": "the full name",
    "other-order": "given name and surname in the other order",
    "fuller-name": "a form of the name {}",
    "surname": "surname borne by one speaker of the collection, {}",
    "nickname": "what documents call one speaker of the collection, {}",
    "short-form": "introduced abbreviation or short form of {}",
    "lone-name": "the same single name; nobody in the collection bears it in full",
    "doubt": "in doubt, so kept apart: it may be {}",
    "rival": "kept apart: the document tells it from {}",
    "listed": "listed in known people",
    "split": "split off by a person",
    "merge": "merged by a person: {}",
    "upgrade": "stored before reasons were kept",
}


def why(merge: StoredMerge, speaker: str) -> str:
    """Return the reason for which a document's name leads to the speaker who is shown so."""
    from quotes.speakers.names import fold

    reason = merge.reason
    here, there = fold(merge.name).split(), fold(speaker).split()
    if reason == "same-name" and here != there and sorted(here) == sorted(there):
        reason = "other-order"
    joint = " is " if reason == "merge" else " or "
    return REASONS.get(reason, reason).replace("{}", joint.join(merge.because))
