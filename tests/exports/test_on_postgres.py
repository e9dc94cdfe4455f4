"""Each format gives of a server's database, byte for byte, what it gives of a file."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from quotes.exports import FORMATS
from quotes.exports.exporter import SOURCE, SPEAKER
from quotes.store import Store, queries, reviewing
from tests.exports.conftest import exported
from tests.web.archive import build, write

if TYPE_CHECKING:
    from tests.postgres import Databases

pytestmark = pytest.mark.postgres

TIMES = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*(?:Z|\+00:00)?")
SHEETS = [
    (form, group) for form in FORMATS for group in (SPEAKER, SOURCE)[: 1 + FORMATS[form].grouped]
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> tuple[str, str]:
    """The same articles in a file and on a server, some of their quotations reviewed."""
    urls = build(tmp_path_factory.mktemp("export")), databases.filled()
    write(urls[1])
    for url in urls:
        with Store(url) as store, store.session(write=True) as session:
            first, second, third, *_ = (one.record["id"] for one in queries.quotations(session))
            reviewing.confirm(session, first, by="Kim", note="heard it")
            reviewing.reject(session, second, by="Kim")
            reviewing.reassign(session, third, speaker_id=None, by="Lou")
    return urls


def contents(data: bytes) -> dict[str, bytes]:
    """Return what an export holds without the times of what was stored, by file of an archive."""
    if not data.startswith(b"PK"):
        return {"": TIMES.sub(b"", data)}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {one: TIMES.sub(b"", archive.read(one)) for one in archive.namelist()}


@pytest.mark.parametrize(("form", "group"), SHEETS)
def test_an_export_is_the_same(both: tuple[str, str], form: str, group: str) -> None:
    lite, server = (exported(url, form, group=group) for url in both)
    assert len(server) > 200
    assert contents(server) == contents(lite)
