"""PostgreSQL databases opened: one writer at a time, readers on a snapshot, queries with an end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Engine, create_engine, event

from quotes.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

#: What a writer locks for its turn: any number that other programs on the server do not lock.
WRITERS: Final = 0x71756F746573
#: Seconds after which a query is given up, unless the server, the role or the URL has a limit.
STATEMENT_TIMEOUT: Final = 60
_CONNECT_TIMEOUT: Final = 10
#: Seconds after which a writer of whom nothing is heard has lost its turn, unless the server has a
#: limit: where a network fails in silence, it would let everybody wait for hours.
SILENCE: Final = 300
# As psycopg numbers them.
_READ_COMMITTED, _REPEATABLE_READ = 2, 3
# To compile a plan takes longer than any of ours runs.
_READING: Final = (
    "SELECT set_config('jit', 'off', true), set_config('statement_timeout',"
    f" CASE current_setting('statement_timeout') WHEN '0' THEN '{STATEMENT_TIMEOUT}s'"
    " ELSE current_setting('statement_timeout') END, true)"
)


def open_postgres(url: URL, *, busy_timeout: float) -> Engine:
    """Return an engine; connects when it is first used. Raises StoreError without a driver.

    Transactions with the execution option `write` wait for each other, `busy_timeout` seconds, so
    that no speaker is added twice and ids become visible in their order, as in SQLite. With the
    option `turn` False they do so no earlier than they lock `WRITERS` themselves.
    """
    arguments: dict[str, Any] = {"application_name": "quotes", "connect_timeout": _CONNECT_TIMEOUT}
    arguments = {name: value for name, value in arguments.items() if name not in url.query}
    # A plan is made for each search anew: what is best for a rare word is not for a common one.
    arguments["prepare_threshold"] = None
    try:
        engine = create_engine(url, pool_pre_ping=True, connect_args=arguments)
    except ImportError as error:
        raise StoreError(
            f"the PostgreSQL driver cannot be loaded: {str(error).splitlines()[0]}",
            hint="install it with `pip install 'quotes[postgres]'`",
        ) from error
    writing = (
        "SELECT set_config('jit', 'off', true),"
        f" set_config('lock_timeout', '{max(1, round(busy_timeout * 1000))}', true),"
        " set_config('idle_in_transaction_session_timeout',"
        " CASE current_setting('idle_in_transaction_session_timeout')"
        f" WHEN '0' THEN '{SILENCE}s'"
        " ELSE current_setting('idle_in_transaction_session_timeout') END, true)"
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        write = options.get("write", False)
        driver: Any = connection.connection.driver_connection
        # A reader sees one state from first to last, as in SQLite.
        driver.isolation_level = _READ_COMMITTED if write else _REPEATABLE_READ
        driver.read_only = not write
        at_once = f", pg_advisory_xact_lock({WRITERS})" if options.get("turn", True) else ""
        connection.exec_driver_sql(writing + at_once if write else _READING)

    @event.listens_for(engine, "after_cursor_execute")
    def executed(*given: Any) -> None:
        connection, many = given[0], given[-1]
        if many and connection.get_execution_options().get("write", False):
            # psycopg sends many in a pipeline, behind which the server starts no idle time-out.
            connection.connection.driver_connection.execute("SELECT")

    return engine
