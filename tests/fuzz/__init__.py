"""Bad input at scale: `python -m tests.fuzz` runs every reader on our own texts, spoiled."""
