from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.cli.output import print_table, printable, shortened

if TYPE_CHECKING:
    from collections.abc import Callable

ROW = (
    "q_12345678",
    "A Very Long Name of an Association of Harbour Masters",
    "“Yes.” " * 30,
    "a.txt",
)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes stdout look like a terminal of this width to the layout."""

    def of_width(columns: int) -> None:
        size = os.terminal_size((columns, 40))
        monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
        monkeypatch.setattr("shutil.get_terminal_size", lambda *_: size)

    return of_width


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_table_is_never_wider_than_the_terminal(
    capsys: pytest.CaptureFixture[str], terminal: Callable[[int], None], width: int
) -> None:
    terminal(width)
    print_table(("id", "speaker", "quotation", "source"), [ROW], wide=2)
    lines = click.unstyle(capsys.readouterr().out).splitlines()
    assert max(len(line) for line in lines) <= width
    assert lines[1].startswith("q_12345678  ")
    assert " ".join(lines[0].split()) == "id speaker quotation source"


def test_a_dumb_terminal_has_its_own_width_too(
    capsys: pytest.CaptureFixture[str],
    terminal: Callable[[int], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    terminal(60)
    print_table(("id", "speaker", "quotation", "source"), [ROW], wide=2)
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 60


def test_numbers_are_aligned_to_the_right(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("name", "n"), [("a", "1"), ("b", "100")], numeric=(1,))
    assert capsys.readouterr().out.splitlines()[1:] == ["a       1", "b     100"]


def test_markup_in_a_source_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("words",), [("[red]no[/red]",)])
    assert "[red]no[/red]" in capsys.readouterr().out


@given(st.text())
def test_what_is_printable_steers_nothing(text: str) -> None:
    assert printable(text).isprintable()
    assert printable(printable(text)) == printable(text)


@given(st.text(), st.integers(2, 50))
def test_what_is_shortened_is_short_and_a_beginning(text: str, length: int) -> None:
    short = shortened(text, length)
    assert len(short) <= length
    assert printable(text).startswith(short.removesuffix("…").rstrip()) or short == printable(text)
