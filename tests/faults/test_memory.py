"""A document that eats all memory there is: set aside with its reason, and the rest goes on."""

from __future__ import annotations

import json
import resource
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.engines.engine import Failed, Found
from quotes.engines.process import ProcessEngine
from tests.engines.readers import armed
from tests.torture import faults, start, stored, write_articles

if TYPE_CHECKING:
    from quotes.engines.workshop import Workshop
    from tests.command import Run

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="memory is limited as Linux does it"
)

DOCUMENTS = 12
# Of addresses, most of which no program ever uses.
LIMIT = 3_000_000_000
HUNGRY = "foxglove “Word 4,” said Ada Moss. “No to 4,” said Bo Lund."
SET_ASIDE = "set aside: 3 workers were lost over it; the last had no memory left"


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("engine", "reason"),
    [
        (("--jobs", "2"), SET_ASIDE),
        (("--engine", "serial"), "extraction failed: there is not enough memory for it"),
    ],
    ids=["process", "serial"],
)
def test_a_document_that_eats_all_memory_is_set_aside_and_can_be_tried_again(
    tmp_path: Path, address: str, run: Run, engine: tuple[str, ...], reason: str
) -> None:
    articles = write_articles(tmp_path, DOCUMENTS)
    hungry = articles / "0004.txt"
    good = hungry.read_text(encoding="utf-8")
    hungry.write_text(HUNGRY, encoding="utf-8")
    with start(address, str(articles), *engine, preexec_fn=limited) as victim:
        told = victim.communicate()[1]
    assert victim.returncode == 1, told
    assert "Traceback" not in told
    assert reason in told
    assert f"{DOCUMENTS - 1} new" in told
    assert stored(address) == DOCUMENTS - 1
    assert run("audit").status == 0
    failed = run("jobs", "list", "--status", "failed", "--format", "jsonl").out.splitlines()
    (job,) = map(json.loads, failed)
    assert (Path(job["path"]).name, job["reason"]) == ("0004.txt", reason)

    hungry.write_text(good, encoding="utf-8")
    assert run("jobs", "retry").status == 0
    assert run("ingest", "--resume").status == 0
    assert run("audit").status == 0
    # It comes last, after what was not to blame.
    assert faults(address, documents=DOCUMENTS) == [
        "the documents are not stored in the order that they came in"
    ]


@dataclass(frozen=True)
class Text:
    text: str
    sentences: bool = False


@dataclass(frozen=True)
class Tight:
    """A loader of workers that have so many bytes more than they need when they are ready."""

    room: int

    def __call__(self) -> Workshop:
        ready = armed()
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + self.room
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        return ready


def test_a_text_that_does_not_even_fit_into_its_worker_is_set_aside_alone() -> None:
    texts = [Text(f"“Word {n},” said Ada Moss.") for n in range(6)]
    huge = Text("“Too much,” said Ada Moss. " * 4_000_000)
    with closing(ProcessEngine(Tight(60_000_000), jobs=1)) as engine:
        given = [*texts[:3], huge, *texts[3:]]
        outcomes = [outcome for ready in engine.run(given) for _, outcome in ready]
    assert [type(one) for one in outcomes] == [Found] * 3 + [Failed] + [Found] * 3
    (failed,) = [one for one in outcomes if isinstance(one, Failed)]
    assert failed.reason == SET_ASIDE
