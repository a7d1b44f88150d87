"""Let an enterprise add to its statement; what was added is examined before anybody decides."""

import sqlalchemy as sa
from alembic import op

from migrations.hearing_law import HEARD_TO_THE_END
from migrations.rls import secure

revision = "0018_hear_to_the_end"
down_revision = "0017_visits"
branch_labels = None
depends_on = None

TABLE = "exposure_supplement"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("exposure_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("filed_by", sa.String(), nullable=True),
        sa.Column("file_id", sa.BigInteger(), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("examined_by_id", sa.BigInteger(), nullable=True),
        sa.Column("examined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("examined_note", sa.String(), nullable=True),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "channel IN ('online', 'paper')", name=op.f(f"ck_{TABLE}_channel_known")
        ),
        sa.CheckConstraint("length(btrim(words)) > 0", name=op.f(f"ck_{TABLE}_says_something")),
        sa.CheckConstraint(
            "(examined_at IS NULL) = (examined_by_id IS NULL) "
            "AND (examined_at IS NULL) = (examined_note IS NULL)",
            name=op.f(f"ck_{TABLE}_finding_is_whole"),
        ),
        pointing("exposure", "exposure_id"),
        pointing("document", "file_id"),
        pointing("user", "examined_by_id"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{TABLE}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{TABLE}")),
    )  # fmt: skip
    op.create_index(f"ix_{TABLE}_exposure", TABLE, ["tenant_id", "exposure_id"])
    for statement in (*secure(TABLE, grants="SELECT, INSERT, UPDATE"), *HEARD_TO_THE_END):
        op.execute(statement)


def pointing(target: str, column: str) -> sa.ForeignKeyConstraint:
    """A key into the same federation."""
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{target}.tenant_id", f"{target}.id"],
        name=op.f(f"fk_{TABLE}_tenant_id_{column}"),
    )
