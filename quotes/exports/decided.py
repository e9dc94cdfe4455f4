"""What a review is called, in `quotes review log` and `quotes show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotes.store.values import StoredReview

_ROLES = ("content", "cue", "source", "addressee")


def told(review: StoredReview) -> str:
    """Return what was done, and to what end."""
    old, new = review.old or {}, review.new or {}
    if review.action == "inherit":
        return f"{review.status}, taken on from {old.get('id', review.quotation)}"
    if review.action == "reassign":
        return f"reassign from {_speaker(old)} to {_speaker(new)}"
    if review.action == "add":
        return f"add, said by {_speaker(new)}"
    if review.action == "edit":
        changed = [role for role in _ROLES if _spans(old, role) != _spans(new, role)]
        return f"edit the {', '.join(changed)}: {review.quotation} is {new.get('id')} now"
    if review.action == "undo":
        after = f", {new.get('id')} again" if new.get("id") != review.quotation else ""
        return f"undo: {new.get('status', review.status)}{after}"
    return review.action


def _speaker(state: dict[str, Any]) -> str:
    speaker = state.get("speaker")
    return str(speaker["name"]) if speaker else "nobody"


def _spans(state: dict[str, Any], role: str) -> object:
    return (state.get("spans") or {}).get(role)
