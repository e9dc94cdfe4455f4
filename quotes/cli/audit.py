"""`quotes audit`: proof that what is stored is what was read."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from quotes.cli.output import format_option, notice, print_listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class _Counted:
    """An iterable that knows afterwards how many it gave, so that findings can be streamed."""

    def __init__(self, findings: Iterable[Any]) -> None:
        self._findings = findings
        self.count = 0

    def __iter__(self) -> Iterator[dict[str, str]]:
        for finding in self._findings:
            self.count += 1
            yield asdict(finding)


@click.command()
@format_option
@click.pass_context
def command(ctx: click.Context, output: str) -> None:
    """Check every stored hash and offset again.

    The exit status is 0 where all is well, 3 where anything is not.

    Example: quotes audit --json
    """
    from quotes.store import Store
    from quotes.store.audit import audit

    with Store(ctx.obj["db"]) as store:
        findings = _Counted(audit(store))
        print_listing(
            findings,
            output=output,
            columns=("table", "row", "problem"),
            cells=lambda row: (row["table"], row["row"], row["problem"]),
            empty="every hash and offset holds",
        )
    if findings.count:
        notice("1 finding" if findings.count == 1 else f"{findings.count} findings")
    ctx.exit(3 if findings.count else 0)
