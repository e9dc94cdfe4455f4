"""Sentences as vectors, so that what means the same is found in other words; no database here."""
