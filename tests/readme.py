"""The examples in README.md: run in a copy of the repository, and their outputs written anew.

    python -m tests.readme

An example is a line `$ command` in a console block, with what it prints after it. A line `…` stands
for any number of lines; as many as stand before and after it in the README are kept.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.modules import clean_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
ELISION = "…"
_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
# When and where something was read: days, times, and ids of documents, which are those of their
# paths.
_VARYING = re.compile(
    r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?|(?<=\bread )\d{4}-\d\d-\d\d"
    r"|\bd_[0-9a-f]{16}\b|(?<=now: )s_\w{16}"
)


@dataclass(frozen=True)
class Example:
    """A command, and the lines that the README shows of what it prints."""

    command: str
    shown: tuple[str, ...]

    def refreshed(self, printed: str) -> Example:
        """Return the example with what was printed, cut as it was cut before."""
        lines = [line.rstrip() for line in printed.splitlines()]
        if ELISION in self.shown:
            at = self.shown.index(ELISION)
            head, tail = lines[:at], lines[len(lines) - (len(self.shown) - at - 1) :]
            lines = [*head, ELISION, *tail]
        return Example(self.command, tuple(lines))

    def __str__(self) -> str:
        return "".join(line + "\n" for line in (f"$ {self.command}", *self.shown))


def examples(block: str) -> Iterator[Example]:
    """Yield the examples of one console block."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield Example(command, tuple(shown.splitlines()))


def blocks(text: str) -> list[list[Example]]:
    """Return the examples of each console block of a README."""
    return [list(examples(match[0])) for match in _BLOCK.finditer(text)]


def lay_out(folder: Path) -> None:
    """Give a folder what the commands read, and this interpreter's programs in place of make's."""
    for name in ("seeds", "fixtures"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").mkdir()
    (folder / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (folder / ".venv" / ".installed").touch()


def run(command: str, folder: Path) -> str:
    """Return what a command prints in a terminal of no width, errors among it."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=clean_environment() | {"PATH": path, "QUOTES_DB": "sqlite:///.demo/quotes.db"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    return ran.stdout


def wherever(example: Example) -> Example:
    """Return the example as it would be in any folder at any time."""
    return Example(example.command, tuple(_VARYING.sub("*", line) for line in example.shown))


def main() -> None:
    """Write the outputs in README.md anew."""
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Path(folder))

        def anew(match: re.Match[str]) -> str:
            ran = (one.refreshed(run(one.command, Path(folder))) for one in examples(match[0]))
            return "".join(map(str, ran))

        README.write_text(_BLOCK.sub(anew, text), encoding="utf-8")


if __name__ == "__main__":
    main()
