"""The command line: commands load when they are named, errors become one line and a status."""

from __future__ import annotations

import gc
import os
import re
import sys
import traceback
from importlib import import_module

import click

import quotes
from quotes.cli.output import printable
from quotes.errors import QuotesError

DEFAULT_DB = "sqlite:///quotes.db"
# How many more objects are made than freed until the collector looks through the young ones.
_ALLOCATED = 50_000
_PASSWORD = re.compile(r"(://[^\s:/@]*:)[^\s@]+(@)|(?<=[?&]password=)[^\s&'\"]+")

# Command -> module in quotes.cli and the one sentence that `quotes --help` shows. The modules are
# imported on use, so that `--help` stays instant; a test holds each sentence to its command's own.
COMMANDS = {
    "extract": ("extract", "Print the quotations of files as JSON Lines; no database."),
    "ingest": ("ingest", "Read files and folders, extract, and store what is new."),
    "jobs": ("jobs", "List what ingests have to do, try it again, or call it off."),
    "list": ("listing", "List the stored quotations."),
    "show": ("show", "Show one quotation in its passage, with its evidence."),
    "search": ("search", "Search quotations and sources by their words."),
    "verify": ("verify", "Check whether a speaker said these words."),
    "variants": ("variants", "Show how several sources tell what a quotation says."),
    "utterances": (
        "utterances",
        "List the statements that several sources tell, or find them anew.",
    ),
    "link": ("link", "Print the ways back to a quotation's passage."),
    "anchor": ("anchor", "Find a source's quotations again in a changed text."),
    "source": ("source", "List the sources, show one, or list its versions."),
    "speakers": (
        "speakers",
        "List the speakers, show one, and say who is the same.",
    ),
    "review": ("review", "Confirm, correct and reject quotations, and take it back."),
    "export": ("export", "Write quote sheets, and quotations for other programs."),
    "import": ("imports", "Take in what people annotated, as reviews and new quotations."),
    "audit": ("audit", "Check every stored hash and offset again."),
    "serve": ("serve", "Show the quotations on a local page, to read, check and correct."),
    "evaluate": ("evaluate", "Score the extractor against an annotated corpus."),
    "benchmark": ("benchmark", "Measure words a second and memory, beside spaCy alone."),
    "index": ("index", "Say what can be found by meaning, or make it so."),
    "models": ("models", "List the models, or get Stanza's."),
    "db": ("db", "Create, upgrade or check the database's schema."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"quotes.cli.{COMMANDS[cmd_name][0]}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--db",
    envvar="QUOTES_DB",
    default=DEFAULT_DB,
    show_default=True,
    metavar="URL",
    help="The database; QUOTES_DB is read where this is not given.",
)
@click.option("--debug", is_flag=True, help="Show a traceback on errors.")
@click.version_option(quotes.__version__, prog_name="quotes")
@click.pass_context
def cli(ctx: click.Context, db: str, debug: bool) -> None:
    """Find every quotation in news and transcripts, and who said it, with exact offsets.

    Example: quotes ingest articles/ && quotes list --speaker Ishiba
    """
    ctx.obj = {"db": db, "debug": debug}


def main() -> None:
    """Run the command line and leave with its exit status."""
    # What commands import is never garbage: to look through it again and again takes a fifth of the
    # time of a short one, here and at the end.
    gc.set_threshold(_ALLOCATED)
    debug = "--debug" in sys.argv
    status = _status_of(cli, debug=debug)
    try:
        sys.stdout.flush()
    except OSError as error:
        _silence_stdout()
        # What has failed once already is not complained of twice.
        if status in (0, 3) and not isinstance(error, BrokenPipeError):
            _complain(_refusal(error), debug=debug)
            status = 1
    gc.freeze()
    sys.exit(status)


def _status_of(command: click.Command, *, debug: bool) -> int:
    """Run the command and return its exit status, errors told in a line each."""
    try:
        status = command.main(standalone_mode=False)
    except QuotesError as error:
        _complain(str(error), debug=debug)
        return error.exit_status
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "quotes"
        message = error.format_message().removesuffix(".")
        _complain(f"{message}; see `{path} --help`", debug=debug)
        return error.exit_code
    except click.ClickException as error:
        _complain(error.format_message(), debug=debug)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _complain("stopped; what was reported as done is kept", debug=False)
        return 130
    except (BrokenPipeError, SystemExit):
        # The reader of our output left, as `head` does; nothing is wrong. Only then does click
        # leave by itself.
        _silence_stdout()
        return 0
    except OSError as error:
        _complain(_refusal(error), debug=debug)
        return 1
    except Exception as error:
        hint = "" if debug else "; run it again with --debug and report what it prints"
        _complain(f"unexpected {type(error).__name__}: {error}{hint}", debug=debug)
        return 1
    return status if isinstance(status, int) else 0


def _silence_stdout() -> None:
    """Point stdout to nowhere, so that the flush at exit does not complain of a closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refusal(error: OSError) -> str:
    """Return what the operating system refused; files that are read are told of where they are."""
    what = error.filename or "the output"
    return f"{what}: {error.strerror or error}; check that it can be written and the disk has room"


def _complain(message: str, *, debug: bool) -> None:
    if debug:
        click.echo(without_passwords(traceback.format_exc()), err=True, nl=False)
    click.echo(f"quotes: {printable(without_passwords(message))}", err=True)


def without_passwords(text: str) -> str:
    """Return a text with the passwords in its URLs hidden, whoever wrote them there."""
    return _PASSWORD.sub(r"\1***\2", text)
