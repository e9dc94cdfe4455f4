"""What listings say of quotations that they leave out because a review has rejected them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.cli.output import notice

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from quotes.store.values import Filter


def say_left_out(session: Session, which: Filter) -> None:
    """Say on stderr how many quotations pass a filter but were rejected."""
    from quotes.store import queries

    number = queries.left_out(session, which)
    if number:
        are, them = ("quotation is", "it") if number == 1 else ("quotations are", "them")
        notice(f"{number} rejected {are} left out; --status rejected shows {them}")
