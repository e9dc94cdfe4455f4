"""How every command prints: data on stdout, notices on stderr, bars on a terminal only."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


def format_option(command: F) -> F:
    """Give a listing `--format table|json|jsonl`, and `--json` for short."""
    command = click.option(
        "--format",
        "output",
        type=click.Choice(["table", "json", "jsonl"]),
        default="table",
        show_default=True,
        help="A table for people, one JSON document, or JSON Lines.",
    )(command)
    return click.option("--json", "output", flag_value="json", help="The same as --format json.")(
        command
    )


def quiet_option(command: F) -> F:
    """Give a command `--quiet`."""
    return click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")(command)


def print_json(value: Any) -> None:
    """Print one JSON document, UTF-8 unescaped."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_json_line(value: Any) -> None:
    """Print one line of JSON, UTF-8 unescaped."""
    click.echo(json.dumps(value, ensure_ascii=False))


def print_listing(
    rows: Iterable[Any],
    *,
    output: str,
    columns: Sequence[str],
    cells: Callable[[Any], Sequence[str]],
    empty: str,
) -> None:
    """Print rows as a table, a JSON array or JSON Lines; `empty` goes to stderr where none come."""
    if output == "jsonl":
        for row in rows:
            print_json_line(row)
        return
    listed = list(rows)
    if output == "json":
        print_json(listed)
    elif listed:
        print_table(columns, [cells(row) for row in listed])
    else:
        notice(empty)


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, numeric: Iterable[int] = ()
) -> None:
    """Print a plain table as wide as the terminal, or 120 characters in a pipe.

    The columns at the places in `numeric` are aligned to the right.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    right = set(numeric)
    for place, column in enumerate(columns):
        table.add_column(column, overflow="fold", justify="right" if place in right else "left")
    for row in rows:
        # Text, not str: markup in a source ("[red]") is data.
        table.add_row(*(Text(printable(cell)) for cell in row))
    width = shutil.get_terminal_size((120, 40)).columns if sys.stdout.isatty() else 120
    Console(width=width, highlight=False, file=sys.stdout).print(table)


def progress(items: Iterable[T], *, total: int, label: str, quiet: bool) -> Iterator[T]:
    """Yield the items, with a bar on stderr where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, length=total, label=label, file=sys.stderr) as bar:
        yield from bar


def printable(text: str) -> str:
    """Return the text on one line, control characters and terminal escapes made visible."""
    flat = " ".join(text.split())
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in flat)


def notice(message: str) -> None:
    """Say something on stderr."""
    click.echo(message, err=True)
