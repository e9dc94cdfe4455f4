"""`quotes serve`: the local page."""

from __future__ import annotations

import errno
import secrets
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from quotes.cli.options import reviewer_option
from quotes.cli.output import notice
from quotes.errors import CannotServe

if TYPE_CHECKING:
    from quotes.store import Store

LOOPBACK = ("127.0.0.1", "::1", "localhost")
EVERYWHERE = ("0.0.0.0", "::", "")


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="The port; 0 takes any that is free.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Where to listen; anywhere but on this machine alone, reading needs the token too.",
)
@click.option("--open", "open_", is_flag=True, help="Open the page in a browser.")
@reviewer_option
@click.pass_context
def command(ctx: click.Context, port: int, host: str, open_: bool, by: str) -> None:
    """Show the quotations on a local page, to read, check and correct.

    The address that is printed has a token: whoever opens it may review, others may only read.
    Ctrl-C stops it.

    Example: quotes serve --open
    """
    from quotes.store import Store

    with Store(ctx.obj["db"]) as store, _listening(host, port) as listener:
        _serve(store, listener, host=host, by=by, open_=open_, debug=ctx.obj["debug"])


def _serve(
    store: Store, listener: socket.socket, *, host: str, by: str, open_: bool, debug: bool
) -> None:
    import uvicorn

    from quotes.web.app import create
    from quotes.web.guard import MOST_HEAD

    port = listener.getsockname()[1]
    token = secrets.token_urlsafe(24)
    open_to_all = host not in LOOPBACK
    name = socket.gethostname()
    app = create(
        store,
        token=token,
        by=by,
        # Cookies do not tell ports apart: a second server must not put out the first's.
        cookie=f"quotes_{port}",
        names=(host, name, f"{name}.local") if open_to_all else (),
        open_to_all=open_to_all,
        debug=debug,
    )
    shown = name if host in EVERYWHERE else host
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/?token={token}"
    notice(f"{store.shown} is at {address}")
    if open_to_all:
        notice("reading needs the token too; nothing is encrypted on the way: trust the network")
    if not store.writable:
        notice("the database cannot be written, so nothing can be reviewed")
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            # So that the page itself, and not uvicorn, refuses an address that is too long.
            h11_max_incomplete_event_size=MOST_HEAD,
        )
    )
    if open_:
        click.launch(address)
    # Ctrl-C ends it in good order, and then is raised once more or not, as the moment has it.
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    notice("stopped")


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raises CannotServe."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        raise CannotServe(
            f"{host or 'every address'}, port {port} "
            + ("is taken" if taken else f"cannot be listened on: {error}"),
            hint="name another with --port or --host; --port 0 takes a free one",
        ) from error
