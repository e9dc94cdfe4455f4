"""How fast SQLite itself takes quotations with all that belongs to them: what no writer can beat.

`python -m quotes.scale.ceiling FOLDER` copies the rows of a generated database, which is made in
the folder where it is not there, into empty ones by the driver alone: with the full text that the
schema keeps in step with them, and without.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, Final

from quotes.scale.measuring import database
from quotes.store import migrate
from quotes.store.models import Base

if TYPE_CHECKING:
    from collections.abc import Sequence

_DOCUMENTS: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What it took; `quotations_per_second` are those of a processor's second."""

    full_text: bool
    quotations: int
    seconds: float
    processor_seconds: float
    quotations_per_second: int


def rate(source: Path, folder: Path, *, full_text: bool, documents: int = _DOCUMENTS) -> Rate:
    """Copy the rows of a database into an empty one, so many documents a transaction.

    What a transaction takes of each table is a share of its rows in their order, as an ingest
    writes them.
    """
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as read:
        tables = {table.name: _rows(read, table.name) for table in Base.metadata.sorted_tables}
    made = folder / "ceiling.db"
    made.unlink(missing_ok=True)
    migrate.upgrade(f"sqlite:///{made}")
    with closing(sqlite3.connect(made, isolation_level=None)) as write:
        if not full_text:
            asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for (name,) in write.execute(asked).fetchall():
                write.execute(f'DROP TRIGGER "{name}"')
        parts = max(1, -(-len(tables["document"]) // documents))
        processor, begun = process_time(), perf_counter()
        for part in range(parts):
            write.execute("BEGIN IMMEDIATE")
            for name, rows in tables.items():
                some = rows[len(rows) * part // parts : len(rows) * (part + 1) // parts]
                if some:
                    marks = ", ".join("?" * len(some[0]))
                    write.executemany(f'INSERT INTO "{name}" VALUES ({marks})', some)
            write.execute("COMMIT")
        taken, used = perf_counter() - begun, process_time() - processor
    quotations = len(tables["quotation"])
    return Rate(
        full_text=full_text,
        quotations=quotations,
        seconds=round(taken, 2),
        processor_seconds=round(used, 2),
        quotations_per_second=round(quotations / used),
    )


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return connection.execute(f'SELECT * FROM "{table}"').fetchall()


def main(arguments: Sequence[str] | None = None) -> None:
    """Print both rates."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, help="where the databases are, or are made")
    parser.add_argument("--size", type=int, default=20_000, help="how many quotations are copied")
    parser.add_argument("--json", action="store_true", help="print a JSON object a line")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    url = database(options.folder, options.size, lambda step: None)
    source = Path(url.removeprefix("sqlite:///"))
    for full_text in (True, False):
        with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
            found = rate(source, Path(scratch), full_text=full_text)
        if options.json:
            print(json.dumps(asdict(found)), flush=True)
            continue
        how = "with full text" if full_text else "without"
        print(
            f"{how:<15}  {found.quotations} quotations  {found.seconds:.2f} s"
            f"  {found.processor_seconds:.2f} s of a processor"
            f"  {found.quotations_per_second} a second",
            flush=True,
        )


if __name__ == "__main__":
    main()
