"""Alembic without an alembic.ini: the revisions are found beside or inside the package."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from warnings import catch_warnings, filterwarnings

from sqlalchemy import Connection, inspect, text

import quotes
from quotes.errors import BrokenDatabase, NewerDatabase, OutdatedDatabase, StoreError
from quotes.store.engine import BUSY_TIMEOUT, database_url, file_of, open_engine, use_wal
from quotes.store.failures import shown, translated
from quotes.store.revisions import HEAD, KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alembic.config import Config
    from sqlalchemy.engine import URL


def upgrade(address: str, *, busy_timeout: float = BUSY_TIMEOUT) -> tuple[str | None, str]:
    """Bring a database to this program's schema, creating its file if need be.

    Returns the revision before and the one after.
    """
    from alembic import command

    url = database_url(address)
    with _connection(url, create=True, busy_timeout=busy_timeout) as connection:
        before = revision(connection, url)
        if before != HEAD:
            command.upgrade(_config(connection), "head")
        return before, HEAD


def downgrade(address: str, to: str) -> tuple[str | None, str | None]:
    """Take a database back to an older revision, or to `base`: every table gone.

    Returns the revision before and the one after; raises StoreError for an unknown revision.
    """
    from alembic import command

    if to != "base" and to not in KNOWN:
        raise StoreError(
            f"there is no revision {to!r}", hint=f"name one of {', '.join(('base', *KNOWN))}"
        )
    url = database_url(address)
    with _connection(url) as connection:
        before = revision(connection, url)
        after = None if to == "base" else to
        if (KNOWN.index(to) if after else -1) > (KNOWN.index(before) if before else -1):
            raise StoreError(
                f"{shown(url)} is at {before or 'base'}, below {to}", hint="run `quotes db upgrade`"
            )
        if before is not None:
            command.downgrade(_config(connection), to)
        if after is None:
            connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        return before, after


def current(address: str) -> str | None:
    """Return the revision of a database, None where it has no tables."""
    url = database_url(address)
    with _connection(url, write=False) as connection:
        return revision(connection, url)


def check(address: str) -> list[str]:
    """Return how the tables differ from this program's models; none where all is well.

    Raises OutdatedDatabase or NewerDatabase where the revision is another.
    """
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from quotes.store import fulltext
    from quotes.store.models import Base

    url = database_url(address)
    with _connection(url, write=False) as connection:
        require_head(revision(connection, url), url)
        context = MigrationContext.configure(
            connection, opts={"include_name": fulltext.is_modelled, "compare_type": True}
        )
        with catch_warnings():
            # SQLAlchemy does not know the type of pgvector's column, which no model has.
            filterwarnings("ignore", "Did not recognize type 'halfvec'")
            drift = [_sentence(step) for step in compare_metadata(context, Base.metadata)]
        missing = fulltext.missing(connection)
        return drift + [f"full-text part is missing: {name}" for name in missing]


def revision(connection: Connection, url: URL) -> str | None:
    """Return the revision that a database is at; raises BrokenDatabase for a stranger's."""
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        if tables:
            raise BrokenDatabase(
                f"{shown(url)} is the database of another program",
                hint="name another with --db",
            )
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if found is not None and found not in KNOWN:
        raise NewerDatabase(
            f"{shown(url)} has schema {found}, which quotes {quotes.__version__} does not know",
            hint="upgrade quotes",
        )
    return found


def require_head(found: str | None, url: URL) -> None:
    """Raise OutdatedDatabase unless this is the newest revision."""
    if found != HEAD:
        state = f"has schema {found}" if found else "has no tables yet"
        raise OutdatedDatabase(
            f"{shown(url)} {state}; this program needs {HEAD}", hint="run `quotes db upgrade`"
        )


@contextmanager
def _connection(
    url: URL, *, create: bool = False, write: bool = True, busy_timeout: float = BUSY_TIMEOUT
) -> Iterator[Connection]:
    """Open one transaction around everything, so that a revision is applied whole or not at all.

    Foreign keys rest meanwhile, since SQLite changes a table by copying and dropping it; they are
    checked before the commit.
    """
    engine = open_engine(url, create=create, foreign_keys=not write, busy_timeout=busy_timeout)
    with translated(url):
        try:
            if create and file_of(url) is not None:
                with engine.connect() as connection:
                    revision(connection, url)
                use_wal(engine, busy_timeout)
            with engine.execution_options(write=write).begin() as connection:
                yield connection
                if write and connection.dialect.name == "sqlite":
                    _check_foreign_keys(connection, url)
        finally:
            engine.dispose()


def _check_foreign_keys(connection: Connection, url: URL) -> None:
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise BrokenDatabase(
            f"{shown(url)}: a row of {broken[0]} refers to a row that is not there",
            hint="nothing was changed; run `quotes audit`",
        )


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    # A percent sign in a path would be read as an interpolation.
    config.set_main_option("script_location", str(script_location()).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    return config


def script_location() -> Path:
    """Return the folder of the revisions: in the package when installed, else beside it."""
    package = Path(quotes.__file__).parent
    for folder in (package / "migrations", package.parent / "migrations"):
        if (folder / "env.py").is_file():
            return folder
    raise StoreError("the migrations are missing from this installation", hint="reinstall quotes")


def _sentence(step: object) -> str:
    return " ".join(str(part) for part in step) if isinstance(step, tuple) else str(step)
