"""Keep who passes a statement on, and the members of those who speak together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

if TYPE_CHECKING:
    from collections.abc import Sequence

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("attribution") as batch:
        batch.add_column(sa.Column("via_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("via_evidence", JSON, nullable=True))
        batch.create_foreign_key(
            op.f("fk_attribution_via_id_speaker"),
            "speaker",
            ["via_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        batch.create_index(op.f("ix_attribution_via_id"), ["via_id"], unique=False)
        batch.add_column(sa.Column("via_appearance_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_attribution_via_appearance_id_appearance"),
            "appearance",
            ["via_appearance_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch.create_index(
            op.f("ix_attribution_via_appearance_id"), ["via_appearance_id"], unique=False
        )
    op.create_table(
        "speaker_member",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("appearance_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("ordinal >= 0", name=op.f("ck_speaker_member_ordinal")),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["speaker.id"],
            name=op.f("fk_speaker_member_group_id_speaker"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["speaker.id"],
            name=op.f("fk_speaker_member_member_id_speaker"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["appearance_id"],
            ["appearance.id"],
            name=op.f("fk_speaker_member_appearance_id_appearance"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "ordinal", name=op.f("pk_speaker_member")),
    )
    for column in ("member_id", "appearance_id"):
        name = op.f(f"ix_speaker_member_{column}")
        op.create_index(name, "speaker_member", [column], unique=False)


def downgrade() -> None:
    op.drop_table("speaker_member")
    with op.batch_alter_table("attribution") as batch:
        batch.drop_index(op.f("ix_attribution_via_appearance_id"))
        batch.drop_constraint(
            op.f("fk_attribution_via_appearance_id_appearance"), type_="foreignkey"
        )
        batch.drop_column("via_appearance_id")
        batch.drop_index(op.f("ix_attribution_via_id"))
        batch.drop_constraint(op.f("fk_attribution_via_id_speaker"), type_="foreignkey")
        batch.drop_column("via_evidence")
        batch.drop_column("via_id")
