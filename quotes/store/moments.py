"""Times as people write them, made bounds of a filter."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

_DATE_ONLY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def moment(value: str, *, end: bool = False) -> datetime:
    """Return a time in UTC; a bare date means its beginning, with `end` the next day's.

    A time without a zone is taken for UTC. Raises ValueError for what is no date.
    """
    try:
        if _DATE_ONLY.fullmatch(value):
            day = datetime.combine(date.fromisoformat(value), time(), UTC)
            return day + timedelta(days=1) if end else day
        found = datetime.fromisoformat(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(
            f"{value!r} is no date; write for example 2024-11-01 or 2024-11-01T09:30+09:00"
        ) from None
