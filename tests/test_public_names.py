"""What `import quotes` offers, and that it costs nothing until it is used."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

import quotes


def test_every_public_name_is_there() -> None:
    assert set(quotes.__all__) == {"Quotation", "Store", "__version__", "extract"}
    for name in quotes.__all__:
        assert getattr(quotes, name) is not None


def test_the_names_are_those_of_their_homes() -> None:
    from quotes.pipeline import extract
    from quotes.quotation import Quotation
    from quotes.store import Store

    assert quotes.extract is extract
    assert quotes.Quotation is Quotation
    assert quotes.Store is Store


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(AttributeError, match="tealeaves"):
        quotes.tealeaves  # noqa: B018  # the look-up itself is what fails


def test_the_version_is_that_of_the_distribution() -> None:
    assert quotes.__version__ == version("quotes")


@pytest.mark.parametrize(
    ("name", "unneeded"),
    [("Quotation", {"spacy", "sqlalchemy"}), ("Store", {"spacy"}), ("extract", {"sqlalchemy"})],
)
def test_a_public_name_loads_no_more_than_it_needs(name: str, unneeded: set[str]) -> None:
    code = f"import sys, quotes; quotes.{name}; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "quotes" in ran.stdout.split()
    assert not unneeded & set(ran.stdout.split())
