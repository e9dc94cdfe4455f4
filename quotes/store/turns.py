"""Writers of one database that wait for each other, for no longer than they must."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.store.dialects import bulk_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def take_turn(session: Session) -> None:
    """Wait until nobody else writes, in a session that was opened without waiting.

    What others have stored until then is seen from now on. Raises BusyDatabase where it takes too
    long, and Overtaken where somebody waits for what this session holds.
    """
    session.flush()
    connection = session.connection()
    bulk_of(connection).take_turn(connection)
