"""`quotes db`: the schema of the database."""

from __future__ import annotations

import click

from quotes.cli.output import notice


@click.group()
def command() -> None:
    """Create, upgrade or check the database's schema.

    Example: quotes --db sqlite:///archive.db db upgrade
    """


@command.command()
@click.pass_context
def upgrade(ctx: click.Context) -> None:
    """Bring the database to this program's schema; creates it where there is none."""
    from quotes.store import migrate

    before, after = migrate.upgrade(ctx.obj["db"])
    if before == after:
        notice(f"the schema is at {after} already")
    else:
        notice(f"upgraded the schema from {before or 'nothing'} to {after}")


@command.command()
@click.argument("revision")
@click.option("--yes", is_flag=True, help="Do not ask before data is lost.")
@click.pass_context
def downgrade(ctx: click.Context, revision: str, yes: bool) -> None:
    """Take the schema back to REVISION; `base` drops every table with all its data."""
    from quotes.store import migrate

    if not yes:
        click.confirm(
            f"Data of newer revisions than {revision} is lost. Go on?", abort=True, err=True
        )
    before, after = migrate.downgrade(ctx.obj["db"], revision)
    notice(f"downgraded the schema from {before or 'nothing'} to {after or 'nothing'}")


@command.command()
@click.pass_context
def current(ctx: click.Context) -> None:
    """Print the revision that the database is at."""
    from quotes.store import migrate

    click.echo(migrate.current(ctx.obj["db"]) or "nothing")


@command.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Compare the tables with this program's models; exit status 3 where they differ."""
    from quotes.store import migrate

    drift = migrate.check(ctx.obj["db"])
    for line in drift:
        click.echo(line)
    if not drift:
        notice("the schema is what this program expects")
    ctx.exit(3 if drift else 0)
