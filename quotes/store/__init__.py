"""Quotations in a database, migrated by Alembic, with everything that proves them."""

from quotes.store.store import Store

__all__ = ["Store"]
