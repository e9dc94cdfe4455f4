"""`python -m quotes`."""

from quotes.cli.main import main

main()
