"""Keep how a quotation stands after a review, and which review of another row it takes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Sequence

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ACTIONS = "'confirm', 'reject', 'reassign', 'edit', 'undo'"
AFTER = {
    "confirm": "confirmed",
    "reject": "rejected",
    "reassign": "corrected",
    "edit": "corrected",
}


def upgrade() -> None:
    with op.batch_alter_table("review") as batch:
        batch.add_column(sa.Column("status", sa.String(16), nullable=True))
        batch.add_column(
            sa.Column("assigned", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(sa.Column("speaker_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("inherits_id", sa.Integer(), nullable=True))
        for column, table in (("speaker_id", "speaker"), ("inherits_id", "review")):
            batch.create_foreign_key(
                op.f(f"fk_review_{column}_{table}"), table, [column], ["id"], ondelete="RESTRICT"
            )
            batch.create_index(op.f(f"ix_review_{column}"), [column], unique=False)
        batch.drop_constraint(op.f("ck_review_action"), type_="check")
        batch.create_check_constraint(
            op.f("ck_review_action"), f"action IN ({ACTIONS}, 'add', 'inherit')"
        )
    _take_decisions("'split', 'merge', 'link', 'rename', 'alias', 'undo'")
    _say_how_quotations_stand()
    with op.batch_alter_table("review") as batch:
        batch.alter_column("status", nullable=False, existing_type=sa.String(16))
        batch.create_check_constraint(
            op.f("ck_review_status"),
            "status IN ('machine', 'confirmed', 'corrected', 'rejected', 'withdrawn')",
        )


def _take_decisions(actions: str) -> None:
    with op.batch_alter_table("speaker_decision") as batch:
        batch.drop_constraint(op.f("ck_speaker_decision_action"), type_="check")
        batch.create_check_constraint(op.f("ck_speaker_decision_action"), f"action IN ({actions})")


def _say_how_quotations_stand() -> None:
    review = sa.table("review", sa.column("id"), sa.column("quotation_id"), sa.column("action"),
                      sa.column("status"))  # fmt: skip
    connection = op.get_bind()
    standing: dict[int, list[str]] = {}
    for id_, quotation, action in connection.execute(
        sa.select(review.c.id, review.c.quotation_id, review.c.action).order_by(review.c.id)
    ).all():
        held = standing.setdefault(quotation, [])
        if action != "undo":
            held.append(action)
        elif held:
            held.pop()
        status = AFTER[held[-1]] if held else "machine"
        connection.execute(review.update().where(review.c.id == id_).values(status=status))


def downgrade() -> None:
    gone = "SELECT id FROM speaker_decision WHERE action IN ('link', 'rename', 'alias')"
    op.execute(f"DELETE FROM speaker_decision WHERE undoes_id IN ({gone})")
    op.execute(f"DELETE FROM speaker_decision WHERE id IN ({gone})")
    _take_decisions("'split', 'merge', 'undo'")
    # What the older schema has no word for goes; the rows that stand for it stay as they are.
    op.execute("UPDATE review SET inherits_id = NULL")
    op.execute("DELETE FROM review WHERE action IN ('add', 'inherit')")
    with op.batch_alter_table("review") as batch:
        batch.drop_constraint(op.f("ck_review_status"), type_="check")
        batch.drop_constraint(op.f("ck_review_action"), type_="check")
        batch.create_check_constraint(op.f("ck_review_action"), f"action IN ({ACTIONS})")
        for column, table in (("speaker_id", "speaker"), ("inherits_id", "review")):
            batch.drop_index(op.f(f"ix_review_{column}"))
            batch.drop_constraint(op.f(f"fk_review_{column}_{table}"), type_="foreignkey")
        for column in ("status", "assigned", "speaker_id", "inherits_id"):
            batch.drop_column(column)
