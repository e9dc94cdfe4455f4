"""Where a command writes: stdout, or a file or folder that is there in whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import QuotesError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

STDOUT = Path("-")


def refuse_missing_folder(target: Path) -> None:
    """Raise QuotesError where the folder that a file should go to is not there."""
    try:
        folder = _resolved(target).parent
    except OSError:
        return  # `opened` says what is wrong
    if target != STDOUT and not folder.is_dir():
        raise QuotesError(
            f"{target} cannot be written: there is no folder {folder}", hint="make it first"
        )


def refuse_database(target: Path, address: str) -> None:
    """Raise QuotesError where what is written would take the place of the database."""
    from quotes.store.engine import database_url, file_of

    database = file_of(database_url(address))
    if database is None or not database.exists() or not target.exists():
        return
    if target.samefile(database):
        raise QuotesError(f"{target} is the database", hint="choose another file after -o")


@contextmanager
def opened(target: Path) -> Iterator[BinaryIO]:
    """Open stdout, or a file beside the target that takes its place when all is written.

    A link is followed, as a shell follows it, unless somebody else put it into a folder where
    everybody may write; then QuotesError is raised.
    """
    if target == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        _refuse_foreign_link(target)
        final = _resolved(target)
        if final.exists() and not final.is_file():
            # A pipe or a device is written to and not replaced.
            with final.open("wb") as file:
                yield file
            return
        with _beside(final) as file:
            yield file
    except OSError as error:
        raise QuotesError(
            f"{target} cannot be written: {error.strerror}", hint="choose another file after -o"
        ) from error


@contextmanager
def _beside(final: Path) -> Iterator[BinaryIO]:
    """Open a new file in the folder of another, which it replaces at the end.

    Its name cannot be guessed, so nobody can have put a link there.
    """
    number, name = tempfile.mkstemp(prefix=f".{final.name[:100]}.", suffix=".tmp", dir=final.parent)
    written = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        written.chmod(stat.S_IMODE(final.stat().st_mode) if final.exists() else 0o666 & ~_umask())
        written.replace(final)
    finally:
        written.unlink(missing_ok=True)


def _refuse_foreign_link(target: Path) -> None:
    """Raise PermissionError on a link of somebody else's in a folder that all may write to.

    The same as Linux's fs.protected_symlinks, which guards opening and not replacing.
    """
    if not target.is_symlink() or not hasattr(os, "geteuid"):
        return
    folder = target.parent.stat()
    owner = target.lstat().st_uid
    shared = folder.st_mode & stat.S_ISVTX and folder.st_mode & stat.S_IWOTH
    if shared and owner not in (os.geteuid(), folder.st_uid):
        raise PermissionError(errno.EACCES, "somebody else's link in a folder that all may write")


def _umask() -> int:
    """Return the umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _resolved(target: Path) -> Path:
    try:
        return target.resolve()
    except RuntimeError:
        # What Python before 3.13 raises for links in a loop.
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from None


@contextmanager
def unpacked(target: Path) -> Iterator[BinaryIO]:
    """Open a file for a zip archive that becomes a folder when all is written.

    Raises QuotesError where the folder is there and holds something.
    """
    final = target.resolve()
    if final.exists() and (not final.is_dir() or any(final.iterdir())):
        raise QuotesError(f"{target} is there already", hint="choose a new folder after -o")
    try:
        # A folder that nobody else can have made, or can enter before it is done.
        written = Path(tempfile.mkdtemp(prefix=f".{final.name[:100]}.", dir=final.parent))
    except OSError as error:
        raise _refused_folder(target, error) from error
    try:
        with tempfile.TemporaryFile(prefix="quotes-") as file:
            yield file
            file.seek(0)
            with zipfile.ZipFile(file) as archive:
                archive.extractall(written)
        if final.is_dir():
            final.rmdir()
        written.chmod(0o777 & ~_umask())
        written.replace(final)
    except OSError as error:
        raise _refused_folder(target, error) from error
    finally:
        shutil.rmtree(written, ignore_errors=True)


def _refused_folder(target: Path, error: OSError) -> QuotesError:
    return QuotesError(
        f"{target} cannot be written: {error.strerror}", hint="choose another folder after -o"
    )
