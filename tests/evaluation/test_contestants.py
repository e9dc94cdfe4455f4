from __future__ import annotations

import sys
from types import ModuleType

import pytest

from quotes.errors import MissingModel
from quotes.evaluation.clock import Stopwatch
from quotes.evaluation.contestants import BASE, SYSTEMS, load_system, time_stages

TEXTS = ["“We sail at noon,” said Ada Marsh.", "Nobody waved.", ""]


def test_what_is_not_installed_cannot_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textacy", None)
    monkeypatch.setitem(sys.modules, "textacy.extract", None)
    with pytest.raises(MissingModel, match="not installed"):
        load_system("textacy")


@pytest.mark.model
@pytest.mark.parametrize("name", [BASE, "rules"])
def test_systems_read_every_text(name: str) -> None:
    assert name in SYSTEMS
    assert load_system(name)(TEXTS) == 0


@pytest.mark.model
def test_texts_that_textacy_refuses_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def direct_quotations(doc: object) -> list[object]:
        if "“" in str(doc):
            raise ValueError("an odd number of marks")
        return []

    module = ModuleType("textacy.extract")
    module.direct_quotations = direct_quotations  # type: ignore[attr-defined]  # made here
    monkeypatch.setitem(sys.modules, "textacy", ModuleType("textacy"))
    monkeypatch.setitem(sys.modules, "textacy.extract", module)
    assert load_system("textacy")(TEXTS) == 1


@pytest.mark.model
def test_each_stage_is_timed() -> None:
    watch = Stopwatch()
    time_stages(TEXTS * 10, ["rules"], watch)
    assert list(watch.clocks) == ["parse", "extract by rules", "resolve"]
    assert all(clock.wall > 0 for clock in watch.clocks.values())
