"""Wordings of official texts, and the letters that were issued."""

import sqlalchemy as sa
from alembic import op

from migrations.rls import append_only, secure

revision = "0008_letters"
down_revision = "0007_exposures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_wording",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("base_digest", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("state", sa.String(), server_default="proposed", nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger(), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.String(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)",
            name=op.f("ck_letter_wording_decided_at_a_moment"),
        ),
        sa.CheckConstraint(
            "state <> 'returned' OR length(btrim(decision_note)) > 0",
            name=op.f("ck_letter_wording_returned_with_a_reason"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'returned', 'withdrawn')",
            name=op.f("ck_letter_wording_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'returned') OR decided_by_id <> proposed_by_id",
            name=op.f("ck_letter_wording_four_eyes"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)",
            name=op.f("ck_letter_wording_decided_by_somebody"),
        ),
        sa.CheckConstraint("length(btrim(note)) > 0", name=op.f("ck_letter_wording_says_why")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "decided_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_letter_wording_tenant_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposed_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_letter_wording_tenant_id_proposed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_letter_wording_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_letter_wording")),
        sa.UniqueConstraint(
            "tenant_id",
            "text_id",
            "number",
            name=op.f("uq_letter_wording_tenant_id_text_id_number"),
        ),
    )
    op.create_index(
        "uq_letter_wording_open",
        "letter_wording",
        ["tenant_id", "text_id"],
        unique=True,
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "issued_letter",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "fingerprint ~ '^[0-9a-f]{64}$'", name=op.f("ck_issued_letter_fingerprint_hex")
        ),
        sa.CheckConstraint("lang IN ('zh', 'en')", name=op.f("ck_issued_letter_lang_known")),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_issued_letter_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_issued_letter")),
        sa.UniqueConstraint(
            "tenant_id",
            "subject_kind",
            "subject_id",
            "lang",
            name=op.f("uq_issued_letter_tenant_id_subject_kind_subject_id_lang"),
        ),
    )
    op.create_index("ix_issued_letter_code", "issued_letter", ["tenant_id", "code"], unique=False)
    op.create_table(
        "issued_file",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("letter_id", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_with", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("form IN ('pdf', 'docx')", name=op.f("ck_issued_file_form_known")),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("ck_issued_file_sha256_hex")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "letter_id"],
            ["issued_letter.tenant_id", "issued_letter.id"],
            name=op.f("fk_issued_file_tenant_id_letter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_issued_file_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_issued_file")),
        sa.UniqueConstraint(
            "tenant_id",
            "letter_id",
            "sha256",
            name=op.f("uq_issued_file_tenant_id_letter_id_sha256"),
        ),
    )
    for statement in (
        *secure(
            "letter_wording",
            grants="SELECT, INSERT, UPDATE (state, decided_by_id, decided_at, decision_note)",
        ),
        *secure("issued_letter", grants="SELECT, INSERT"),
        *append_only("issued_letter"),
        *secure("issued_file", grants="SELECT, INSERT"),
        *append_only("issued_file"),
    ):
        op.execute(statement)
