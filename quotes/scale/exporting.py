"""What an export of each format costs: time, peak memory and size of the file.

`python -m quotes.scale.exporting FOLDER --sizes 10000,1000000` exports generated databases, which
are made in the folder where they are not there. Each export is a command of its own, so that its
peak memory is nobody else's.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from quotes.errors import BenchmarkError
from quotes.exports import FORMATS
from quotes.scale.measuring import database
from quotes.scale.running import MEMORY_UNIT as _UNIT
from quotes.scale.running import started

if TYPE_CHECKING:
    from collections.abc import Sequence

MEGA: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one export took; `peak_bytes` is the most memory that was resident at once.

    `processor_seconds` do not depend on what else the machine does, as `seconds` do.
    """

    quotations: int
    form: str
    seconds: float
    processor_seconds: float
    peak_bytes: int
    file_bytes: int


def cost(url: str, size: int, form: str, folder: Path) -> Cost:
    """Export a database of so many quotations; raises BenchmarkError where the command fails."""
    target = folder / f"export-{form}{'.zip' if FORMATS[form].many else ''}"
    begun = perf_counter()
    with tempfile.TemporaryFile() as told:
        ran = started(url, "export", "--format", form, "-q", "-o", str(target), told=told)
        _, status, used = os.wait4(ran.pid, 0)
        ran.returncode = os.waitstatus_to_exitcode(status)
        taken = perf_counter() - begun
        if ran.returncode != 0:
            told.seek(0)
            line = told.read().decode(errors="replace").strip()
            raise BenchmarkError(f"the export to {form} left with {ran.returncode}: {line}")
    written = target.stat().st_size
    target.unlink()
    return Cost(
        quotations=size,
        form=form,
        seconds=round(taken, 1),
        processor_seconds=round(used.ru_utime + used.ru_stime, 1),
        peak_bytes=used.ru_maxrss * _UNIT,
        file_bytes=written,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, a line as soon as it is known."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, help="where the databases are, or are made")
    parser.add_argument("--sizes", default="10000,100000", help="how many quotations they have")
    parser.add_argument("--formats", default=",".join(FORMATS), help="which formats")
    parser.add_argument("--json", action="store_true", help="print a JSON object a line")
    options = parser.parse_args(arguments)
    forms = options.formats.split(",")
    if strange := [form for form in forms if form not in FORMATS]:
        parser.error(f"no format is called {', '.join(strange)}; there are {', '.join(FORMATS)}")
    options.folder.mkdir(parents=True, exist_ok=True)
    if not options.json:
        heads = "".join(f"  {head:>9}" for head in ("seconds", "processor", "peak MB", "file MB"))
        print(f"{'quotations':>10}  {'format':<13}{heads}")
    for size in map(int, options.sizes.split(",")):
        url = database(options.folder, size, lambda step: None)
        for form in forms:
            with tempfile.TemporaryDirectory(dir=options.folder) as scratch:
                found = cost(url, size, form, Path(scratch))
            print(json.dumps(asdict(found)) if options.json else _row(found), flush=True)


def _row(found: Cost) -> str:
    return (
        f"{found.quotations:>10}  {found.form:<13}  {found.seconds:>9.1f}  "
        f"{found.processor_seconds:>9.1f}  {found.peak_bytes / MEGA:>9.0f}  "
        f"{found.file_bytes / MEGA:>9.1f}"
    )


if __name__ == "__main__":
    main()
