"""Run the revisions on the connection that `quotes.store.migrate` hands over."""

from __future__ import annotations

from alembic import context

from quotes.store import fulltext
from quotes.store.models import Base

connection = context.config.attributes["connection"]

context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    include_name=fulltext.is_modelled,
    transaction_per_migration=False,
)

with context.begin_transaction():
    context.run_migrations()
