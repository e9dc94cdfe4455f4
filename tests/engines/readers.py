"""Readers that do to their process what a text says: the same toy as the store's tests, armed."""

from __future__ import annotations

import os
import re
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.engines.workshop import Workshop
from quotes.errors import MissingModel
from tests.store.builders import ToyPipeline

if TYPE_CHECKING:
    from quotes.engines.engine import Outcome


class ArmedWorkshop(Workshop):
    """Does what a text says: see `read`."""

    def __init__(self) -> None:
        super().__init__(ToyPipeline(poison="arsenic"))
        self._hoard: list[bytes] = []

    def read(self, text: str, *, sentences: bool) -> Outcome:
        if "strychnine" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "hemlock" in text:
            raise MemoryError
        if "henbane" in text:
            time.sleep(0.2)
        if "mandrake" in text:
            time.sleep(600)
        if "belladonna" in text:
            gate = Path(os.environ["QUOTES_TEST_GATE"])
            while not gate.exists():
                time.sleep(0.01)
        if "foxglove" in text:
            # Asked for and never touched: it counts, and costs the machine nothing.
            eaten = [bytes(1 << 28) for _ in range(100)]
            raise AssertionError(f"{len(eaten)} pieces were not too many")
        if "aconite" in text:
            # No other thread of this process gets its turn meanwhile.
            re.match("(a|a)*b", "a" * 60)
        if "cocoa" in text:
            self._hoard.append(b"x" * 60_000_000)
        return super().read(text, sentences=sentences)


class _Leisurely(ArmedWorkshop):
    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    def read(self, text: str, *, sentences: bool) -> Outcome:
        time.sleep(self._seconds)
        return super().read(text, sentences=sentences)


def leisurely(seconds: float) -> Workshop:
    return _Leisurely(seconds)


def armed() -> Workshop:
    return ArmedWorkshop()


@dataclass(frozen=True)
class DiesOnce:
    """A loader of readers of which the first that meets the word dies, and no other."""

    folder: str
    word: str

    def __call__(self) -> Workshop:
        return _MayDie(Path(self.folder), self.word)


class _MayDie(Workshop):
    def __init__(self, folder: Path, word: str) -> None:
        super().__init__(ToyPipeline())
        self._mark = folder / "died"
        self._word = word

    def read(self, text: str, *, sentences: bool) -> Outcome:
        if self._word in text and not self._mark.exists():
            self._mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().read(text, sentences=sentences)


def unloadable() -> Workshop:
    raise MissingModel("there is no toy", hint="build one")


def stillborn() -> Workshop:
    os._exit(9)


def dawdling() -> Workshop:
    time.sleep(600)
    return armed()
