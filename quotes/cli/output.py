"""How every command prints: data on stdout, notices on stderr, bars on a terminal only."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quotes.exports.json_lines import encode, plain_row
from quotes.exports.printable import printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

__all__ = [
    "Marked",
    "format_option",
    "json_option",
    "notice",
    "plain_row",
    "print_json",
    "print_json_line",
    "print_listing",
    "print_rich",
    "print_table",
    "printable",
    "progress",
    "quiet_option",
    "shortened",
    "terminal_width",
]

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

PIPE_WIDTH = 120


@dataclass(frozen=True, slots=True)
class Marked:
    """A cell of a table, with the offsets of what is bold on a terminal, in order."""

    text: str
    marks: Sequence[Sequence[int]]


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


def json_option(command: F) -> F:
    """Give a command `--json`; it gets it as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def quiet_option(command: F) -> F:
    """Give a command `--quiet`."""
    return click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")(command)


def print_json(value: Any) -> None:
    """Print one JSON document in UTF-8, letters unescaped."""
    _print_utf8(encode(value, indent=2))


def print_json_line(value: Any) -> None:
    """Print one line of JSON in UTF-8, letters unescaped."""
    _print_utf8(encode(value))


def print_listing(
    rows: Iterable[Any],
    *,
    output: str,
    columns: Sequence[str],
    cells: Callable[[Any], Sequence[str | Marked]],
    empty: str,
    plain: Callable[[Any], Any] = lambda row: row,
    numeric: Iterable[int] = (),
    wide: int | None = None,
) -> None:
    """Print rows as a table, a JSON array or JSON Lines; `empty` goes to stderr where none come.

    `cells` makes a row of the table, `plain` what JSON has instead.
    """
    if output == "jsonl":
        for row in rows:
            print_json_line(plain(row))
        return
    listed = list(rows)
    if output == "json":
        print_json([plain(row) for row in listed])
    elif listed:
        print_table(columns, [cells(row) for row in listed], numeric=numeric, wide=wide)
    else:
        notice(empty)


def print_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str | Marked]],
    *,
    numeric: Iterable[int] = (),
    wide: int | None = None,
) -> None:
    """Print a plain table as wide as the terminal, or 120 characters in a pipe.

    The columns at the places in `numeric` are aligned to the right; the one at `wide` takes the
    room that the others leave, and they take no more than they need.
    """
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    right = set(numeric)
    for place, column in enumerate(columns):
        table.add_column(
            column,
            overflow="fold",
            justify="right" if place in right else "left",
            ratio=1 if place == wide else None,
            max_width=None if wide in (None, place) else max(10, terminal_width() // 4),
        )
    for row in rows:
        table.add_row(*(_text(cell) for cell in row))
    print_rich(table)


def _text(cell: str | Marked) -> Text:
    """Return what rich prints; a Text, not a str, for markup in a source ("[red]") is data."""
    from rich.text import Text

    if isinstance(cell, str):
        return Text(printable(cell))
    shown, done = Text(), 0
    for start, end in cell.marks:
        shown.append(_one_line(cell.text[done:start]))
        shown.append(_one_line(cell.text[start:end]), style="bold")
        done = end
    return shown.append(_one_line(cell.text[done:]))


def _one_line(piece: str) -> str:
    """Return a piece of a text as `printable` shows it, with the space at its edges."""
    before = " " if piece[:1].isspace() else ""
    after = " " if piece[-1:].isspace() and piece.strip() else ""
    return f"{before}{printable(piece)}{after}"


def print_rich(renderable: RenderableType) -> None:
    """Print what rich lays out, in colour on a terminal only, no spaces at the ends of lines."""
    from rich.console import Console

    # Without a height too, rich takes a terminal that calls itself dumb for one of 80 columns.
    console = Console(width=terminal_width(), height=40, highlight=False, file=sys.stdout)
    # Captured, for rich itself would leave with status 1 when the reader of a pipe has left.
    with console.capture() as capture:
        console.print(renderable)
    for line in capture.get().splitlines():
        click.echo(line.rstrip())


def terminal_width() -> int:
    """Return the terminal's width, or 120 characters in a pipe."""
    if not sys.stdout.isatty():
        return PIPE_WIDTH
    return shutil.get_terminal_size((PIPE_WIDTH, 40)).columns


def progress(items: Iterable[T], *, total: int, label: str, quiet: bool) -> Iterator[T]:
    """Yield the items, with a bar on stderr where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, length=total, label=label, file=sys.stderr) as bar:
        yield from bar


def shortened(text: str, length: int) -> str:
    """Return the text on one line, cut before a word where it is longer than this."""
    flat = printable(text)
    if len(flat) <= length:
        return flat
    cut = flat[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip() + "…"


def notice(message: str) -> None:
    """Say something on stderr."""
    click.echo(message, err=True)


def _print_utf8(text: str) -> None:
    # Bytes, so that the locale has no say in a data format.
    click.echo(text.encode("utf-8"))
