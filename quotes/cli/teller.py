"""What `extract` and `ingest` tell on stderr: what is skipped, what is odd, how far it is."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from time import monotonic
from typing import TYPE_CHECKING, Any

from quotes.cli.output import notice, printable, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.progress import Progress

    from quotes.quotation import Notice

# A text with a hundred thousand stray marks is told about, not recited.
MOST_NOTICES = 10
MOST_REASONS = 3
REASON_LENGTH = 60


class Teller:
    """Tells what happens to documents, with a bar on a terminal only, and little when quiet."""

    def __init__(self, *, quiet: bool) -> None:
        self.passed_over = 0
        self._quiet = quiet
        self._bar: Progress | None = None
        self._task: Any = None
        self._total: int | None = None
        self._began = 0.0

    def bar(self, *, total: int | None = None) -> AbstractContextManager[Any]:
        """Return a bar to show meanwhile, with the time that is left where the total is known."""
        if self._quiet or not sys.stderr.isatty():
            return nullcontext()
        from rich import progress
        from rich.console import Console

        known: tuple[str | progress.ProgressColumn, ...] = (
            (progress.BarColumn(bar_width=20), progress.TimeRemainingColumn()) if total else ()
        )
        self._bar = progress.Progress(
            progress.SpinnerColumn(),
            progress.TextColumn("{task.description}"),
            *known,
            progress.TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._total, self._began = total, monotonic()
        self._task = self._bar.add_task("reading", total=total)
        return self._bar

    def progress(self, *, read: int, quotations: int, done: int | None = None) -> None:
        """Move the bar; `done` is how many of the total are."""
        if self._bar is None:
            return
        description = f"{read} read, {quotations} quotations"
        if done and self._total:
            rate = done / max(monotonic() - self._began, 0.001)
            description = f"{done} of {self._total}, {rate:.1f}/s, {quotations} quotations"
        self._bar.update(self._task, description=description, completed=done or 0)

    def left_out(self, path: str) -> None:
        """Count a file of a kind that holds no articles."""
        self.passed_over += 1

    def skipped(self, path: str, reason: str) -> None:
        """Tell why a document is left out, even when quiet: the exit status will be 1."""
        self._say(f"skipped {path}: {reason}")

    def remarked(self, path: str, remark: str) -> None:
        """Tell what became of a document."""
        if not self._quiet:
            self._say(f"{path}: {remark}")

    def noticed(self, path: str, text: str, notices: Sequence[Notice]) -> None:
        """Tell what is odd in a document, the first few places."""
        if self._quiet:
            return
        from quotes.links.position import position

        for one in notices[:MOST_NOTICES]:
            self._say(f"{path}:{position(text, one.start)}: {one.message}")
        if len(notices) > MOST_NOTICES:
            self._say(f"{path}: {len(notices) - MOST_NOTICES} more notices like these")

    def conclude(self, *counts: str, reasons: Iterable[str]) -> None:
        """Sum up: the counts, why documents were skipped, and what was passed over."""
        if self._quiet:
            return
        parts = [*counts, skipped_in_all(reasons)]
        if self.passed_over:
            parts.append(f"{self.passed_over} of other kinds passed over")
        notice(printable(", ".join(parts)))

    def _say(self, line: str) -> None:
        if self._bar is not None:
            from rich.text import Text

            self._bar.console.print(Text(printable(line)), soft_wrap=True)
        else:
            notice(printable(line))


def skipped_in_all(reasons: Iterable[str]) -> str:
    """Return how many were skipped and the most frequent reasons, without what to do next."""
    counted = Counter(shortened(reason.split(";")[0], REASON_LENGTH) for reason in reasons)
    told = [f"{count} × {reason}" for reason, count in counted.most_common(MOST_REASONS)]
    if rest := counted.total() - sum(count for _, count in counted.most_common(MOST_REASONS)):
        told.append(f"{rest} for other reasons")
    return f"{counted.total()} skipped" + (f" ({', '.join(told)})" if told else "")
