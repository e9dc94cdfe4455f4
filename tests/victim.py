"""`quotes` with a toy in place of the model, to be interrupted: python -m tests.victim SECONDS …

The toy takes so many seconds for a text, and does what `tests.engines.readers` says.
"""

from __future__ import annotations

import sys
from functools import partial

from quotes.cli import ingest
from quotes.cli.main import main
from tests.engines.readers import leisurely


def run() -> None:
    """Run the command line on the rest of the arguments."""
    seconds = float(sys.argv.pop(1))
    ingest.recipe = lambda options: partial(leisurely, seconds)
    main()


if __name__ == "__main__":
    run()
