"""Keep how each document names its speakers, whom that leads to and why, and what people decide.

What was stored before is entered under the names that its speakers have now.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from quotes.quotation import SpeakerKind

# No model of the database, but this program's own comparison of names: its keys are what is kept.
from quotes.speakers.naming import Naming

if TYPE_CHECKING:
    from collections.abc import Sequence

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KINDS = "kind IN ('person', 'organisation')"


def upgrade() -> None:
    _create_decisions()
    _create_namings()
    _create_appearances()
    _create_merges()
    with op.batch_alter_table("attribution") as table:
        table.add_column(sa.Column("appearance_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_attribution_appearance_id_appearance"),
            "appearance",
            ["appearance_id"],
            ["id"],
            ondelete="CASCADE",
        )
        table.create_index(op.f("ix_attribution_appearance_id"), ["appearance_id"], unique=False)
    _enter_what_is_stored()


def downgrade() -> None:
    with op.batch_alter_table("attribution") as table:
        table.drop_index(op.f("ix_attribution_appearance_id"))
        table.drop_constraint(op.f("fk_attribution_appearance_id_appearance"), type_="foreignkey")
        table.drop_column("appearance_id")
    for name in ("speaker_merge", "appearance", "naming_word", "naming", "speaker_decision"):
        op.drop_table(name)


def _create_decisions() -> None:
    op.create_table(
        "speaker_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("keys", JSON, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("into", sa.Text(), nullable=True),
        sa.Column("into_key", sa.Text(), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "action IN ('split', 'merge', 'undo')", name=op.f("ck_speaker_decision_action")
        ),
        sa.CheckConstraint(KINDS, name=op.f("ck_speaker_decision_kind")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_speaker_decision_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"],
            ["speaker_decision.id"],
            name=op.f("fk_speaker_decision_undoes_id_speaker_decision"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_decision")),
    )
    for column in ("document_id", "undoes_id"):
        op.create_index(
            op.f(f"ix_speaker_decision_{column}"), "speaker_decision", [column], unique=False
        )


def _create_namings() -> None:
    op.create_table(
        "naming",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", JSON, nullable=False),
        sa.Column("brief", sa.Boolean(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.Column("because", JSON, nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_naming_kind")),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["speaker.id"],
            name=op.f("fk_naming_speaker_id_speaker"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_naming")),
        sa.UniqueConstraint("form", name=op.f("uq_naming_form")),
    )
    op.create_index("ix_naming_kind_key", "naming", ["kind", "key"], unique=False)
    op.create_index(op.f("ix_naming_speaker_id"), "naming", ["speaker_id"], unique=False)
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


def _create_appearances() -> None:
    op.create_table(
        "appearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("naming_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(KINDS, name=op.f("ck_appearance_kind")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_appearance_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["naming_id"],
            ["naming.id"],
            name=op.f("fk_appearance_naming_id_naming"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["speaker.id"],
            name=op.f("fk_appearance_speaker_id_speaker"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["speaker_decision.id"],
            name=op.f("fk_appearance_decision_id_speaker_decision"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appearance")),
        sa.UniqueConstraint(
            "document_id", "kind", "key", name=op.f("uq_appearance_document_id_kind_key")
        ),
    )
    op.create_index(op.f("ix_appearance_decision_id"), "appearance", ["decision_id"], unique=False)
    op.create_index(
        "ix_appearance_speaker_id_current_naming_id",
        "appearance",
        ["speaker_id", "current", "naming_id"],
        unique=False,
    )
    op.create_index(
        "ix_appearance_naming_id_current", "appearance", ["naming_id", "current"], unique=False
    )


def _create_merges() -> None:
    op.create_table(
        "speaker_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appearance_id", sa.Integer(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("because", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["appearance_id"],
            ["appearance.id"],
            name=op.f("fk_speaker_merge_appearance_id_appearance"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["speaker_id"],
            ["speaker.id"],
            name=op.f("fk_speaker_merge_speaker_id_speaker"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_merge")),
    )
    for column in ("appearance_id", "speaker_id"):
        op.create_index(op.f(f"ix_speaker_merge_{column}"), "speaker_merge", [column], unique=False)


def _enter_what_is_stored() -> None:
    """Give each named speaker of each document an appearance, under the name it has now."""
    connection = op.get_bind()
    tables = sa.MetaData()
    tables.reflect(connection, only=_READ)
    speaker, alias = tables.tables["speaker"], tables.tables["speaker_alias"]
    attribution, quotation = tables.tables["attribution"], tables.tables["quotation"]
    version = tables.tables["document_version"]
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for id_, name in connection.execute(sa.select(alias.c.speaker_id, alias.c.alias)):
        aliases[id_].append(name)
    named = connection.execute(
        sa.select(
            speaker.c.id,
            speaker.c.kind,
            speaker.c.name,
            speaker.c.document_id.label("own"),
            version.c.document_id,
        )
        .join(attribution, attribution.c.speaker_id == speaker.c.id)
        .join(quotation, quotation.c.id == attribution.c.quotation_id)
        .join(version, version.c.id == quotation.c.version_id)
        .where(speaker.c.kind.in_(["person", "organisation"]))
        .distinct()
        .order_by(version.c.document_id, speaker.c.id)
    ).all()
    for row in named:
        others = tuple(sorted(set(aliases[row.id]) - {row.name}))
        naming = Naming(kind=SpeakerKind(row.kind), name=row.name, aliases=others)
        shared = row.id if row.own is None else None
        naming_id = _naming(connection, tables, naming, shared)
        _appearance(connection, tables, naming, (naming_id, row.id, row.document_id))


_READ = (
    "appearance",
    "attribution",
    "document_version",
    "naming",
    "quotation",
    "speaker",
    "speaker_alias",
    "speaker_merge",
)


def _naming(
    connection: sa.Connection, tables: sa.MetaData, naming: Naming, speaker_id: int | None
) -> int:
    table = tables.tables["naming"]
    told = json.dumps([naming.kind, naming.name, naming.aliases, False, None])
    form = hashlib.sha256(told.encode()).hexdigest()[:32]
    found = connection.scalar(sa.select(table.c.id).where(table.c.form == form))
    if found is not None:
        return int(found)
    added = connection.execute(
        sa.insert(table)
        .values(
            form=form,
            kind=str(naming.kind),
            key=naming.key,
            name=naming.name,
            aliases=list(naming.aliases),
            # What this was for and the words by which names were found, 0008 replaces.
            brief=True,
            listed=False,
            documents=0,
            speaker_id=speaker_id,
            reason="upgrade",
            because=[],
        )
        .returning(table.c.id)
    ).scalar_one()
    return int(added)


def _appearance(
    connection: sa.Connection, tables: sa.MetaData, naming: Naming, ids: tuple[int, int, int]
) -> None:
    naming_id, speaker_id, document_id = ids
    table, merges = tables.tables["appearance"], tables.tables["speaker_merge"]
    attribution, quotation = tables.tables["attribution"], tables.tables["quotation"]
    version = tables.tables["document_version"]
    taken = connection.scalar(
        sa.select(table.c.id).where(
            table.c.document_id == document_id,
            table.c.kind == str(naming.kind),
            table.c.key == naming.key,
        )
    )
    if taken is not None:
        return
    added = connection.execute(
        sa.insert(table)
        .values(
            document_id=document_id,
            kind=str(naming.kind),
            key=naming.key,
            naming_id=naming_id,
            speaker_id=speaker_id,
            current=True,
        )
        .returning(table.c.id)
    ).scalar_one()
    connection.execute(
        sa.insert(merges).values(
            appearance_id=added,
            speaker_id=speaker_id,
            reason="upgrade",
            because=[],
            created_at=_now(connection),
        )
    )
    of_document = sa.select(quotation.c.id).where(
        quotation.c.version_id.in_(
            sa.select(version.c.id).where(version.c.document_id == document_id)
        )
    )
    connection.execute(
        sa.update(attribution)
        .where(attribution.c.speaker_id == speaker_id, attribution.c.quotation_id.in_(of_document))
        .values(appearance_id=added)
    )
    naming_table = tables.tables["naming"]
    connection.execute(
        sa.update(naming_table)
        .where(naming_table.c.id == naming_id)
        .values(documents=naming_table.c.documents + 1)
    )


def _now(connection: sa.Connection) -> datetime:
    now = datetime.now(UTC)
    return now.replace(tzinfo=None) if connection.dialect.name == "sqlite" else now
