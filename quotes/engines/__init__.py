"""How texts are spread for extraction: in this process, over worker processes, over a cluster."""

from typing import Final

ENGINES: Final = ("serial", "process", "dask")
