"""What every database complains of in its own words, as errors that say what to do next."""

from __future__ import annotations

from enum import Enum

from quotes.errors import BusyDatabase, OutdatedDatabase, Overtaken, StoreError


class Complaint(Enum):
    """What is wrong, whichever database says so."""

    BUSY = "another program has locked it"
    OVERTAKEN = "another program came first, and goes on"
    ABSENT = "a table or column is not there"
    FULL = "there is no space left"
    SHUT = "it may only be read"


def error_of(complaint: Complaint, name: str, text: str) -> StoreError:
    """Return the error for a database of this name, with what its driver said."""
    if complaint is Complaint.BUSY:
        return BusyDatabase(
            f"{name} is locked by another program", hint="wait until it is done, and try again"
        )
    if complaint is Complaint.OVERTAKEN:
        return Overtaken(f"another program came first in {name}", hint="try again")
    if complaint is Complaint.ABSENT:
        return OutdatedDatabase(
            f"{name} lacks a part of the schema: {text}", hint="run `quotes db check`"
        )
    if complaint is Complaint.FULL:
        return StoreError(f"{name} cannot grow: {text}", hint="free some space, and try again")
    return StoreError(f"{name} cannot be written: {text}", hint="check its permissions")
