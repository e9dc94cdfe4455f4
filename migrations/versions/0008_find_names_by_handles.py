"""Find names by handles and not by words, which in a large collection thousands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

from quotes.quotation import SpeakerKind
from quotes.speakers.handles import stem
from quotes.speakers.names import organisation_key, parse_name

# No model of the database, but this program's own comparison of names: its handles are what is
# kept.
from quotes.speakers.naming import Naming

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

GRIPS = "grip IN ('name', 'letter', 'initial', 'borne', 'lone', 'body')"
_AT_ONCE = 10_000


def upgrade() -> None:
    op.create_table(
        "naming_handle",
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("grip", sa.String(8), nullable=False),
        sa.Column("naming_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(GRIPS, name=op.f("ck_naming_handle_grip")),
        sa.ForeignKeyConstraint(
            ["naming_id"],
            ["naming.id"],
            name=op.f("fk_naming_handle_naming_id_naming"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("handle", "grip", "naming_id", name=op.f("pk_naming_handle")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_naming_handle_naming_id", "naming_handle", ["naming_id"], unique=False)
    _enter("naming_handle", _handles)
    # Which names are forms of others has changed too: that is settled again when they are used.
    op.execute("UPDATE naming SET reason = 'upgrade' WHERE reason = 'fuller-name'")
    op.drop_table("naming_word")
    with op.batch_alter_table("naming") as table:
        table.drop_column("brief")


def downgrade() -> None:
    with op.batch_alter_table("naming") as table:
        table.add_column(sa.Column("brief", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("naming") as table:
        table.alter_column("brief", server_default=None)
    op.create_table(
        "naming_word",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("naming_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["naming_id"],
            ["naming.id"],
            name=op.f("fk_naming_word_naming_id_naming"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("word", "naming_id", name=op.f("pk_naming_word")),
    )
    op.create_index("ix_naming_word_naming_id", "naming_word", ["naming_id"], unique=False)
    _enter("naming_word", _words)
    op.drop_table("naming_handle")


def _enter(into: str, rows: Callable[[Naming], list[dict[str, Any]]]) -> None:
    """Enter by what each naming is found, many at a time."""
    connection = op.get_bind()
    tables = sa.MetaData()
    tables.reflect(connection, only=("naming", into))
    naming, table = tables.tables["naming"], tables.tables[into]
    columns = naming.c.id, naming.c.kind, naming.c.name, naming.c.aliases
    last = 0
    while some := connection.execute(
        sa.select(*columns).where(naming.c.id > last).order_by(naming.c.id).limit(_AT_ONCE)
    ).all():
        last = some[-1].id
        made = [
            {**row, "naming_id": one.id}
            for one in some
            for row in rows(
                Naming(kind=SpeakerKind(one.kind), name=one.name, aliases=tuple(one.aliases))
            )
        ]
        connection.execute(sa.insert(table), made)


def _handles(naming: Naming) -> list[dict[str, Any]]:
    return [{"handle": text, "grip": str(grip)} for grip, text in sorted(naming.handles)]


def _words(naming: Naming) -> list[dict[str, Any]]:
    """Return the words by which programs up to revision 0007 find a naming."""
    names = (naming.name, naming.shown, *naming.aliases)
    if naming.kind is SpeakerKind.PERSON:
        parts = (part for name in names for part in parse_name(name).parts)
        words = {part.text for part in parts if not part.initial} | {naming.key}
    else:
        keys = {organisation_key(name) for name in names}
        words = keys | {stem(key) for key in keys}
    return [{"word": word} for word in sorted(words)]
