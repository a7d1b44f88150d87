"""Hear the enterprise online, visit it before it is too late, and track what was handed over."""

import sqlalchemy as sa
from alembic import op

from migrations.exposure_law import FINDING_FIRST
from migrations.rls import secure

revision = "0011_hear_enterprises"
down_revision = "0010_complete_delivery"
branch_labels = None
depends_on = None

WORDS = sa.String()
HAND_OVER = (
    "outcome IS NULL OR (kind IN ('proposal', 'referral') AND outcome_on >= served_on "
    "AND length(btrim(outcome_text)) > 0)"
)
STEP_KINDS = "'reminder', 'demand', 'opinion', 'proposal', 'interview', 'referral'"


def upgrade() -> None:
    hear()
    hand_over()
    links()
    visits()
    exclude_by_contract()
    for statement in (
        *secure("exposure_link", grants="SELECT, INSERT, UPDATE"),
        *secure("exposure_visit", grants="SELECT, INSERT, UPDATE"),
        *FINDING_FIRST,
    ):
        op.execute(statement)


def hear() -> None:
    """Whose words they are, how they came, and what came with them."""
    for name in ("statement_channel", "statement_by", "objection_channel"):
        op.add_column("exposure", sa.Column(name, WORDS, nullable=True))
    op.add_column("exposure", sa.Column("statement_file_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_exposure_tenant_id_statement_file_id"), "exposure", "document",
        ["tenant_id", "statement_file_id"], ["tenant_id", "id"],
    )  # fmt: skip
    for name in ("statement_channel", "objection_channel"):
        op.create_check_constraint(
            op.f(f"ck_exposure_{name}_known"), "exposure", f"{name} IN ('online', 'paper')"
        )
    for statement in (  # no federation is in scope here, and forced row security hides all rows
        "ALTER TABLE exposure NO FORCE ROW LEVEL SECURITY",
        "UPDATE exposure SET statement_channel = 'paper' WHERE statement IS NOT NULL",
        "ALTER TABLE exposure FORCE ROW LEVEL SECURITY",
    ):
        op.execute(statement)
    op.create_check_constraint(
        op.f("ck_exposure_statement_says_how_it_came"), "exposure",
        "statement IS NULL OR (statement_at IS NOT NULL AND statement_channel IS NOT NULL)",
    )  # fmt: skip


def exclude_by_contract() -> None:
    """A contract in force excludes by itself; every other reason has somebody who recorded it."""
    op.alter_column("exposure_exclusion", "recorded_by_id", nullable=True)
    op.create_check_constraint(
        op.f("ck_exposure_exclusion_recorded_by_somebody"), "exposure_exclusion",
        "recorded_by_id IS NOT NULL OR code = 'exposure.signed'",
    )  # fmt: skip


def hand_over() -> None:
    """The reminder letter, and the outcome of what was handed to another body."""
    op.drop_constraint(op.f("ck_exposure_step_kind_known"), "exposure_step")
    op.create_check_constraint(
        op.f("ck_exposure_step_kind_known"), "exposure_step", f"kind IN ({STEP_KINDS})"
    )
    for name in ("outcome", "outcome_no", "outcome_text"):
        op.add_column("exposure_step", sa.Column(name, WORDS, nullable=True))
    op.add_column("exposure_step", sa.Column("outcome_on", sa.Date(), nullable=True))
    op.add_column("exposure_step", sa.Column("outcome_evidence_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_exposure_step_tenant_id_outcome_evidence_id"), "exposure_step", "document",
        ["tenant_id", "outcome_evidence_id"], ["tenant_id", "id"],
    )  # fmt: skip
    for name, law in (
        (
            "outcome_known",
            "outcome IN ('violation', 'no_violation', 'corrected', 'listed', 'not_taken')",
        ),
        (
            "outcome_of_a_hand_over",
            HAND_OVER,
        ),
        (
            "finding_has_a_document",
            "outcome NOT IN ('violation', 'listed') OR outcome_no IS NOT NULL",
        ),
    ):
        op.create_check_constraint(op.f(f"ck_exposure_step_{name}"), "exposure_step", law)


def links() -> None:
    op.create_table(
        "exposure_link",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("exposure_id", sa.BigInteger(), nullable=False),
        sa.Column("token", WORDS, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        created(),
        sa.CheckConstraint("length(token) >= 40", name=op.f("ck_exposure_link_cannot_be_guessed")),
        pointing("exposure_link", "exposure", "exposure_id"),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_exposure_link_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_exposure_link")),
        sa.UniqueConstraint("tenant_id", "token", name=op.f("uq_exposure_link_tenant_id_token")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_exposure_link_tenant_id_code")),
    )
    op.create_index(
        "uq_exposure_link_open", "exposure_link", ["tenant_id", "exposure_id"], unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )  # fmt: skip


def visits() -> None:
    op.create_table(
        "exposure_visit",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", WORDS, nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("met_office", WORDS, nullable=True),
        sa.Column("reason_code", WORDS, nullable=True),
        sa.Column("words", WORDS, nullable=False),
        sa.Column("wished_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        created(),
        sa.CheckConstraint(
            "purpose IN ('remind', 'feedback')", name=op.f("ck_exposure_visit_purpose_known")
        ),
        sa.CheckConstraint(
            "length(btrim(words)) > 0", name=op.f("ck_exposure_visit_says_something")
        ),
        sa.CheckConstraint(
            "confirmed_by_id <> recorded_by_id", name=op.f("ck_exposure_visit_confirmed_by_another")
        ),
        sa.CheckConstraint(
            "reached OR met_office IS NULL", name=op.f("ck_exposure_visit_nobody_met_unreached")
        ),
        pointing("exposure_visit", "offer", "offer_id"),
        pointing("exposure_visit", "user", "recorded_by_id"),
        pointing("exposure_visit", "user", "confirmed_by_id"),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_exposure_visit_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_exposure_visit")),
        sa.UniqueConstraint(
            "tenant_id", "offer_id", "purpose",
            name=op.f("uq_exposure_visit_tenant_id_offer_id_purpose"),
        ),
    )  # fmt: skip


def created() -> sa.Column[object]:
    return sa.Column(
        "created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
    )


def pointing(table: str, target: str, column: str) -> sa.ForeignKeyConstraint:
    """A key into the same federation."""
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{target}.tenant_id", f"{target}.id"],
        name=op.f(f"fk_{table}_tenant_id_{column}"),
    )
