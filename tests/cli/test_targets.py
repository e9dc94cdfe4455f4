"""Files that commands write: whole or not at all, with their rights, and where they should be."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.cli.targets import opened, refuse_missing_folder, unpacked
from quotes.errors import QuotesError

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def mask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_has_the_rights_that_the_umask_leaves(tmp_path: Path) -> None:
    target = tmp_path / "sheet.csv"
    with opened(target) as file:
        (draft,) = tmp_path.iterdir()
        # Until it is done nobody else may read it, and nobody could have named it before.
        assert rights(draft) == 0o600
        assert str(os.getpid()) not in draft.name.split(".")
        file.write(b"a")
    assert (target.read_bytes(), rights(target)) == (b"a", 0o640)
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_is_replaced_keeps_its_rights(tmp_path: Path) -> None:
    target = tmp_path / "sheet.csv"
    target.write_bytes(b"old")
    target.chmod(0o604)
    with opened(target) as file:
        file.write(b"new")
    assert (target.read_bytes(), rights(target)) == (b"new", 0o604)


def test_what_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "sheet.csv"
    target.write_bytes(b"old")
    with pytest.raises(TypeError), opened(target) as file:
        file.write("no bytes")  # type: ignore[call-overload]  # what fails half way
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="asks for owners of files")
def test_somebody_elses_link_in_a_shared_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim, shared = tmp_path / "victim", tmp_path / "shared"
    victim.write_bytes(b"mine")
    shared.mkdir()
    link = shared / "sheet.csv"
    link.symlink_to(victim)
    shared.chmod(0o1777)
    owner = shared.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    # The folder's owner may put links there; a third may not.
    with opened(link) as file:
        file.write(b"followed")
    own = Path.lstat

    def foreign(self: Path) -> os.stat_result:
        status = own(self)
        return os.stat_result((*status[:4], owner + 2, *status[5:10])) if self == link else status

    monkeypatch.setattr(Path, "lstat", foreign)
    with pytest.raises(QuotesError, match="somebody else's link"), opened(link):
        pass
    assert victim.read_bytes() == b"followed"


def test_links_in_a_loop_are_one_line(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop.name)
    refuse_missing_folder(loop)
    with pytest.raises(QuotesError, match="Too many levels of symbolic links"), opened(loop):
        pass


def test_a_new_folder_is_closed_until_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "brat"
    seen = []
    with pytest.raises(zipfile.BadZipFile), unpacked(target) as file:
        seen = [rights(one) for one in tmp_path.iterdir() if file.writable()]
    assert seen == [0o700]
    assert not list(tmp_path.iterdir())
