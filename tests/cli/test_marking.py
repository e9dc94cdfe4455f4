"""How what differs is shown with colours and without."""

from __future__ import annotations

import click
import pytest

from quotes.cli.marking import ONLY_FIRST, ONLY_SECOND, coloured, emphasised


def test_brackets_where_nothing_shows_colours() -> None:
    assert emphasised("no", ONLY_FIRST, "red") == "[-no-]"
    assert emphasised("no", ONLY_SECOND, "red", is_struck=True) == "{+no+}"
    assert coloured("holds", "green") == "holds"


@pytest.mark.parametrize(
    ("no_colour", "terminal", "shown"),
    [
        (None, "xterm", True),
        ("", "xterm", True),
        ("1", "xterm", False),
        (None, "dumb", False),
    ],
)
def test_colours_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, no_colour: str | None, terminal: str, shown: bool
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", terminal)
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_colour is not None:
        monkeypatch.setenv("NO_COLOR", no_colour)
    for text in (emphasised("no", ONLY_FIRST, "red"), coloured("no", "red")):
        assert ("\x1b[" in text) is shown
    assert click.unstyle(emphasised("no", ONLY_FIRST, "red")) == ("no" if shown else "[-no-]")
