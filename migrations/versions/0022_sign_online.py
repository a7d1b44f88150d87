"""Signing on line: the federation's certificate, signed sheets, undertakings confirmed by link."""

import sqlalchemy as sa
from alembic import op

from migrations.rls import append_only, secure

revision = "0022_sign_online"
down_revision = "0021_surveys"
branch_labels = None
depends_on = None

# What was promised stands as it was promised: a later promise is a row of its own.
LAW = (
    """
    CREATE FUNCTION undertaking_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.signed_on IS NOT NULL AND (
            (NEW.case_id, NEW.representative_id, NEW.signed_on, NEW.until_on, NEW.covers)
                IS DISTINCT FROM
            (OLD.case_id, OLD.representative_id, OLD.signed_on, OLD.until_on, OLD.covers)
            OR (NEW.text, NEW.text_sha256, NEW.confirmed_at, NEW.confirmed_name)
                IS DISTINCT FROM (OLD.text, OLD.text_sha256, OLD.confirmed_at, OLD.confirmed_name)
        ) THEN
            RAISE check_violation USING MESSAGE = 'an undertaking stands as it was signed';
        END IF;
        IF OLD.replaced_at IS NOT NULL AND NEW.replaced_at IS DISTINCT FROM OLD.replaced_at THEN
            RAISE check_violation USING MESSAGE = 'an undertaking that was replaced stays so';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER undertaking_stands BEFORE UPDATE ON undertaking
    FOR EACH ROW EXECUTE FUNCTION undertaking_stands()
    """,
)


def upgrade() -> None:
    op.create_table(
        "signing_certificate",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("pkcs12", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("key_kind", sa.String(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "valid_until > valid_from", name=op.f("ck_signing_certificate_runs_forward")
        ),
        sa.CheckConstraint(
            "sha256 ~ '^[0-9a-f]{64}$'", name=op.f("ck_signing_certificate_fingerprint_whole")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "uploaded_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_signing_certificate_tenant_id_uploaded_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_signing_certificate_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_signing_certificate")),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_signing_certificate_tenant_id")),
    )
    op.create_table(
        "sheet_signature",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("signing_id", sa.BigInteger(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("certificate_sha256", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("seals", sa.BigInteger(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("seals >= 0", name=op.f("ck_sheet_signature_seals_counted")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "document_id"],
            ["document.tenant_id", "document.id"],
            name=op.f("fk_sheet_signature_tenant_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "signed_by_id"],
            ["user.tenant_id", "user.id"],
            name=op.f("fk_sheet_signature_tenant_id_signed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "signing_id", "text_sha256"],
            ["signing.tenant_id", "signing.id", "signing.text_sha256"],
            name=op.f("fk_sheet_signature_tenant_id_signing_id_text_sha256"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_sheet_signature_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_sheet_signature")),
    )
    op.create_index("ix_sheet_signature_signing", "sheet_signature", ["tenant_id", "signing_id"])
    op.alter_column("undertaking", "signed_on", existing_type=sa.Date(), nullable=True)
    op.add_column("undertaking", sa.Column("text", sa.String(), nullable=True))
    op.add_column("undertaking", sa.Column("text_sha256", sa.String(), nullable=True))
    for name in ("confirmed_at", "replaced_at"):
        op.add_column("undertaking", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("undertaking", sa.Column("confirmed_name", sa.String(), nullable=True))
    op.drop_constraint("uq_undertaking_tenant_id_case_id_representative_id", "undertaking")
    op.create_index(
        "uq_undertaking_standing",
        "undertaking",
        ["tenant_id", "case_id", "representative_id"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    for name, says in (
        ("hash_is_of_text", "text_sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex')"),
        ("text_has_its_hash", "(text IS NULL) = (text_sha256 IS NULL)"),
        ("asked_in_words", "signed_on IS NOT NULL OR text IS NOT NULL"),
        (
            "confirmed_is_signed",
            "confirmed_at IS NULL OR (signed_on IS NOT NULL AND text IS NOT NULL AND confirmed_name IS NOT NULL)",
        ),
    ):
        op.create_check_constraint(op.f(f"ck_undertaking_{name}"), "undertaking", says)
    for statement in (
        *secure("signing_certificate"),
        *secure("sheet_signature", grants="SELECT, INSERT"),
        *append_only("sheet_signature"),
        *LAW,
    ):
        op.execute(statement)
