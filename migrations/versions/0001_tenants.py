"""Federations, users, the trail and its chain, serial numbers, documents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from migrations.rls import APP, CURRENT_TENANT, OWNER, append_only, secure

revision = "0001_tenants"
down_revision = None
branch_labels = None
depends_on = None

TRAIL = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION trail_line(e event) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat_ws(E'\\x1f', e.prev_hash, e.tenant_id, e.seq,
    to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    coalesce(e.actor_id::text, ''), e.actor, e.verb, e.subject_kind, e.subject_id,
    e.payload::text)
$$;

CREATE FUNCTION trail_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE head trail_head;
BEGIN
  INSERT INTO trail_head (tenant_id, seq, hash) VALUES (NEW.tenant_id, 0, repeat('0', 64))
    ON CONFLICT (tenant_id) DO NOTHING;
  SELECT * INTO STRICT head FROM trail_head WHERE tenant_id = NEW.tenant_id FOR UPDATE;
  NEW.seq := head.seq + 1;
  NEW.prev_hash := head.hash;
  NEW.hash := encode(sha256(convert_to(trail_line(NEW), 'UTF8')), 'hex');
  UPDATE trail_head SET seq = NEW.seq, hash = NEW.hash WHERE tenant_id = NEW.tenant_id;
  RETURN NEW;
END $$;

CREATE TRIGGER event_is_chained BEFORE INSERT ON event
  FOR EACH ROW EXECUTE FUNCTION trail_chain();

CREATE FUNCTION trail_verdict(tenant bigint)
RETURNS TABLE (events bigint, broken_at bigint) LANGUAGE plpgsql STABLE AS $$
DECLARE
  line event;
  expected_hash text := repeat('0', 64);
  expected_seq bigint := 0;
  head trail_head;
BEGIN
  events := 0;
  broken_at := NULL;
  FOR line IN SELECT * FROM event e WHERE e.tenant_id = tenant ORDER BY e.seq LOOP
    events := events + 1;
    expected_seq := expected_seq + 1;
    IF line.seq <> expected_seq OR line.prev_hash <> expected_hash
       OR line.hash <> encode(sha256(convert_to(trail_line(line), 'UTF8')), 'hex') THEN
      broken_at := expected_seq;
      RETURN NEXT;
      RETURN;
    END IF;
    expected_hash := line.hash;
  END LOOP;
  SELECT * INTO head FROM trail_head h WHERE h.tenant_id = tenant;
  IF FOUND AND (head.seq <> expected_seq OR head.hash <> expected_hash) THEN
    broken_at := expected_seq + 1;  -- lines are missing from the end
  END IF;
  RETURN NEXT;
END $$;
"""


def owned(*columns: sa.schema.SchemaItem) -> list[sa.schema.SchemaItem]:
    """The columns every table of a federation has, around its own."""
    return [
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenant.id"), primary_key=True),
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        *columns,
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
    ]


def upgrade() -> None:
    tenants()
    users()
    trail()
    books()


def tenants() -> None:
    op.create_table(
        "tenant",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("slug", sa.String, nullable=False, unique=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("name_en", sa.String, nullable=False),
        sa.Column("short_name", sa.String, nullable=False),
        sa.Column("division", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False, server_default="active"),
        sa.Column("users_epoch", sa.BigInteger, nullable=False, server_default="1"),
        sa.Column("settings", JSONB, nullable=False, server_default=sa.text("'{}'")),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
        sa.CheckConstraint("status IN ('active', 'suspended')", name="status_known"),
        sa.CheckConstraint("slug ~ '^[a-z][a-z0-9-]{1,30}$'", name="slug_plain"),
        sa.CheckConstraint("division ~ '^[0-9]{6}$'", name="division_code"),
    )
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {APP}",
        "ALTER TABLE tenant ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE tenant FORCE ROW LEVEL SECURITY",
        # An address names a federation before any is in scope; only the owner makes one.
        f"CREATE POLICY tenant_by_address ON tenant FOR SELECT TO {APP} USING (true)",
        f"CREATE POLICY tenant_own ON tenant FOR UPDATE TO {APP} USING (id = {CURRENT_TENANT})",
        f"CREATE POLICY tenant_platform ON tenant TO {OWNER} USING (true)",
        f"GRANT SELECT, UPDATE (name, name_en, short_name, users_epoch, settings) ON tenant TO {APP}",
    ):
        op.execute(statement)


def users() -> None:
    op.create_table(
        "user",
        *owned(
            sa.Column("email", sa.String, nullable=False),
            sa.Column("name", sa.String, nullable=False),
            sa.Column("role", sa.String, nullable=False),
            sa.Column("title", sa.String),
            sa.Column("phone", sa.String),
            sa.Column("locale", sa.String, nullable=False, server_default="zh_CN"),
            sa.Column("status", sa.String, nullable=False, server_default="invited"),
            sa.Column("password_hash", sa.String),
            sa.Column("password_changed_at", sa.DateTime(timezone=True)),
            sa.Column("union_id", sa.BigInteger),
            sa.Column("last_seen_at", sa.DateTime(timezone=True)),
            sa.CheckConstraint(
                "role IN ('administrator', 'officer', 'approver', 'supervisor', 'union', "
                "'partner', 'auditor')",
                name="role_known",
            ),
            sa.CheckConstraint("status IN ('invited', 'active', 'disabled')", name="status_known"),
            sa.CheckConstraint("locale IN ('zh_CN', 'en')", name="locale_known"),
            sa.CheckConstraint(
                "status <> 'active' OR password_hash IS NOT NULL", name="active_has_password"
            ),
        ),
    )
    op.create_index("uq_user_email", "user", ["tenant_id", sa.text("lower(email)")], unique=True)
    for statement in secure("user"):
        op.execute(statement)


def trail() -> None:
    op.create_table(
        "event",
        *owned(
            sa.Column("seq", sa.BigInteger, nullable=False, server_default="0"),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("actor_id", sa.BigInteger),
            sa.Column("actor", sa.String, nullable=False),
            sa.Column("verb", sa.String, nullable=False),
            sa.Column("subject_kind", sa.String, nullable=False),
            sa.Column("subject_id", sa.BigInteger, nullable=False),
            sa.Column("payload", JSONB, nullable=False, server_default=sa.text("'{}'")),
            sa.Column("prev_hash", sa.String, nullable=False, server_default=""),
            sa.Column("hash", sa.String, nullable=False, server_default=""),
            sa.UniqueConstraint("tenant_id", "seq"),
        ),
    )
    op.create_index("ix_event_subject", "event", ["tenant_id", "subject_kind", "subject_id", "seq"])
    op.create_table(
        "trail_head",
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenant.id"), primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String, nullable=False),
    )
    op.execute(TRAIL)
    for statement in (
        *secure("event", grants="SELECT, INSERT"),
        *append_only("event"),
        *secure("trail_head", grants="SELECT"),
    ):
        op.execute(statement)


def books() -> None:
    op.create_table(
        "serial",
        *owned(
            sa.Column("kind", sa.String, nullable=False),
            sa.Column("year", sa.BigInteger, nullable=False),
            sa.Column("last", sa.BigInteger, nullable=False),
            sa.UniqueConstraint("tenant_id", "kind", "year"),
        ),
    )
    op.create_table(
        "document",
        *owned(
            sa.Column("subject_kind", sa.String),
            sa.Column("subject_id", sa.BigInteger),
            sa.Column("purpose", sa.String, nullable=False),
            sa.Column("name", sa.String, nullable=False),
            sa.Column("media_type", sa.String, nullable=False),
            sa.Column("size", sa.BigInteger, nullable=False),
            sa.Column("sha256", sa.String, nullable=False),
            sa.Column("storage_key", sa.String, nullable=False),
            sa.Column("uploaded_by_id", sa.BigInteger),
            sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256_hex"),
            sa.ForeignKeyConstraint(
                ["tenant_id", "uploaded_by_id"],
                ["user.tenant_id", "user.id"],
            ),
        ),
    )
    op.create_index("ix_document_sha256", "document", ["tenant_id", "sha256"])
    op.create_index("ix_document_subject", "document", ["tenant_id", "subject_kind", "subject_id"])
    for statement in (*secure("serial"), *secure("document", grants="SELECT, INSERT")):
        op.execute(statement)
