"""Keep the vectors of quotations and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

# No model of the database, but how this program packs the numbers of a vector.
from quotes.store.dialects import pgvector

if TYPE_CHECKING:
    from collections.abc import Sequence

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "embedding_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(80), nullable=False),
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_embedding_model")),
        sa.UniqueConstraint("digest", name=op.f("uq_embedding_model_digest")),
    )
    op.create_table(
        "embedding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("quotation_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('quotation', 'sentence')", name=op.f("ck_embedding_kind")),
        sa.CheckConstraint(
            "(kind = 'quotation') = (quotation_id IS NOT NULL)",
            name=op.f("ck_embedding_quotation"),
        ),
        sa.CheckConstraint('start >= 0 AND start < "end"', name=op.f("ck_embedding_offsets")),
        *(
            sa.ForeignKeyConstraint(
                [f"{column}_id"],
                [f"{table}.id"],
                name=op.f(f"fk_embedding_{column}_id_{table}"),
                ondelete="CASCADE",
            )
            for column, table in (
                ("model", "embedding_model"),
                ("version", "document_version"),
                ("quotation", "quotation"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_embedding")),
        sqlite_autoincrement=True,
    )
    for columns in (["model_id", "kind", "id"], ["version_id", "kind"], ["quotation_id"]):
        name = op.f("ix_embedding_" + "_".join(columns))
        op.create_index(name, "embedding", columns, unique=False)
    if op.get_bind().dialect.name == "postgresql":
        pgvector.create(op.get_bind())


def downgrade() -> None:
    op.drop_table("embedding")
    op.drop_table("embedding_model")
    if op.get_bind().dialect.name == "postgresql":
        pgvector.drop(op.get_bind())
