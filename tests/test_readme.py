"""What README.md says is so: its examples print what it shows, and what it names is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest

from quotes.cli.main import COMMANDS, cli
from tests.readme import README, Example, blocks, examples, lay_out, run, wherever

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = README.read_text(encoding="utf-8")
# `quotes …` in a code span, in a line of a block, or after a prompt.
NAMED = re.compile(r"(?:`|^\$ |^)quotes ([a-z][^`#;\n]*)", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def command_lines() -> list[list[str]]:
    """Return what stands after `quotes` wherever the README names a command."""
    return [match[1].split() for match in NAMED.finditer(TEXT) if match[1].split()[0] in COMMANDS]


def parts(command: click.Command) -> Iterator[click.Command]:
    """Yield a command and all below it."""
    yield command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from parts(found)


def options_of(command: click.Command) -> set[str]:
    return {name for part in parts(command) for option in part.params for name in option.opts}


@pytest.mark.model
def test_every_example_prints_what_is_shown(tmp_path: Path) -> None:
    lay_out(tmp_path)
    shown = [example for block in blocks(TEXT) for example in block]
    assert len(shown) > 10
    for example in shown:
        printed = example.refreshed(run(example.command, tmp_path))
        assert wherever(printed) == wherever(example), (
            "README.md shows something else; `make readme` writes it anew"
        )


def test_every_command_is_named() -> None:
    assert {words[0] for words in command_lines()} == set(COMMANDS)


def test_every_command_line_has_a_command_and_options_that_exist() -> None:
    assert isinstance(cli, click.Group)
    for words in command_lines():
        command = cli.get_command(click.Context(cli), words[0])
        assert command is not None
        if isinstance(command, click.Group) and len(words) > 1:
            for name in words[1].split("|"):
                assert command.get_command(click.Context(command), name), words
        named = {option for word in words for option in OPTION.findall(word)}
        assert named <= options_of(command) | {"--db"}, words


def test_every_option_that_is_named_exists() -> None:
    others = {"--upgrade"}
    assert set(OPTION.findall(TEXT)) - others <= options_of(cli) | {"--help", "--version"}


def test_every_linked_file_is_there() -> None:
    prose = re.sub(r"^```.*?^```$", "", TEXT, flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", prose)
    assert links
    for link in links:
        assert (README.parent / link).is_file(), link


def test_an_example_is_cut_as_it_was_cut() -> None:
    (example,) = examples("$ quotes list\nhead\n…\ntail\n")
    assert example == Example("quotes list", ("head", "…", "tail"))
    assert example.refreshed("one\ntwo  \nthree\nfour\n").shown == ("one", "…", "four")
    (example,) = examples("$ quotes list\nhead\n…\n")
    assert example.refreshed("one\ntwo\n").shown == ("one", "…")
    assert str(example.refreshed("one\ntwo\n")) == "$ quotes list\none\n…\n"
    assert Example("quotes list", ()).refreshed("one\n").shown == ("one",)
