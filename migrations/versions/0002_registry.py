"""Enterprises, unions, employers' associations, and the imports they come by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from migrations.rls import APP, FINDER, finder, secure

revision = "0002_registry"
down_revision = "0001_tenants"
branch_labels = None
depends_on = None

# Search operators are not leakproof, so under row security no index would be used. The function
# names the federation, and gives out nothing of any other one than that in scope.
SEARCH = """
CREATE FUNCTION find_{plural}(tenant bigint, patterns text[]) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public ROWS 50 AS $$
  SELECT id FROM {table}
   WHERE tenant_id = tenant AND search_key LIKE ALL (patterns)
     AND tenant = nullif(current_setting('app.tenant_id', true), '')::bigint
$$
"""


def owned(*columns: sa.schema.SchemaItem) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("tenant_id", sa.BigInteger, sa.ForeignKey("tenant.id"), primary_key=True),
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        *columns,
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
    ]


def to(table: str, column: str, **options: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{table}.tenant_id", f"{table}.id"],
        name=f"fk_{column}_{table}",
        **options,
    )


def texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String) for name in names]


def kept() -> list[sa.Column[object]]:
    return [
        sa.Column("sort_key", sa.String, nullable=False),
        sa.Column("search_key", sa.String, nullable=False),
        sa.Column(
            "updated_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()
        ),
    ]


def upgrade() -> None:
    unions()
    enterprises()
    facts()
    imports()
    for table in (
        "trade_union",
        "enterprise",
        "enterprise_name",
        "headcount",
        "employer_association",
        "import_run",
        "import_row",
    ):
        for statement in secure(table):
            op.execute(statement)
    search()


def unions() -> None:
    op.create_table(
        "trade_union",
        *owned(
            sa.Column("name", sa.String, nullable=False),
            sa.Column("level", sa.String, nullable=False),
            sa.Column("parent_id", sa.BigInteger),
            *texts("area", "industry"),
            sa.Column("standing", sa.String, nullable=False, server_default="able"),
            *texts("chair"),
            sa.Column("chair_since", sa.Date),
            *texts("contact_name", "phone", "email", "address"),
            sa.Column("status", sa.String, nullable=False, server_default="active"),
            *kept(),
            sa.CheckConstraint(
                "level IN ('city', 'county', 'township', 'sector', 'park', 'enterprise', 'joint')",
                name="level_known",
            ),
            sa.CheckConstraint("standing IN ('able', 'weak', 'none')", name="standing_known"),
            sa.CheckConstraint("status IN ('active', 'dissolved')", name="status_known"),
            sa.CheckConstraint(
                "level <> 'sector' OR industry IS NOT NULL", name="sector_has_industry"
            ),
            sa.CheckConstraint("parent_id <> id", name="not_its_own_parent"),
            to("trade_union", "parent_id"),
        ),
    )
    op.create_index("ix_trade_union_sort", "trade_union", ["tenant_id", "sort_key", "id"])
    op.create_index("ix_trade_union_parent", "trade_union", ["tenant_id", "parent_id"])
    op.create_index(
        "ix_trade_union_level", "trade_union", ["tenant_id", "level", "area", "industry"]
    )
    op.create_index("ix_trade_union_search", "trade_union", ["tenant_id", "search_key", "id"])


def enterprises() -> None:
    op.create_table(
        "enterprise",
        *owned(
            sa.Column("name", sa.String, nullable=False),
            *texts("credit_code", "area", "locality", "address", "industry"),
            sa.Column("industries", ARRAY(sa.Text), nullable=False, server_default="{}"),
            *texts("ownership"),
            sa.Column("headcount", sa.BigInteger),
            sa.Column("women", sa.BigInteger),
            sa.Column("frontline", sa.BigInteger),
            sa.Column("counted_on", sa.Date),
            sa.Column("union_id", sa.BigInteger),
            *texts("contact_name", "contact_title", "phone", "email"),
            sa.Column("contract_claimed", sa.Boolean),
            sa.Column("contract_claimed_until", sa.Date),
            *texts("remark"),
            sa.Column("status", sa.String, nullable=False, server_default="active"),
            sa.Column("merged_into_id", sa.BigInteger),
            sa.Column("name_key", sa.String, nullable=False),
            *kept(),
            sa.CheckConstraint(
                "ownership IN ('state', 'collective', 'limited', 'joint_stock', 'private', "
                "'foreign', 'hmt', 'cooperative', 'sole_trader', 'other')",
                name="ownership_known",
            ),
            sa.CheckConstraint(
                "status IN ('active', 'closed', 'moved', 'merged')", name="status_known"
            ),
            sa.CheckConstraint("credit_code ~ '^[0-9A-Z]{18}$'", name="credit_code_form"),
            sa.CheckConstraint("women <= headcount", name="women_within_headcount"),
            sa.CheckConstraint("frontline <= headcount", name="frontline_within_headcount"),
            sa.CheckConstraint(
                "(status = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into_another"
            ),
            sa.CheckConstraint("merged_into_id <> id", name="not_merged_into_itself"),
            to("trade_union", "union_id"),
            to("enterprise", "merged_into_id"),
        ),
    )
    op.create_index(
        "uq_enterprise_credit_code",
        "enterprise",
        ["tenant_id", "credit_code"],
        unique=True,
        postgresql_where=sa.text("status <> 'merged'"),
    )
    op.create_index("ix_enterprise_name_key", "enterprise", ["tenant_id", "name_key"])
    op.create_index("ix_enterprise_sort", "enterprise", ["tenant_id", "sort_key", "id"])
    op.create_index("ix_enterprise_place", "enterprise", ["tenant_id", "area", "industry"])
    op.create_index("ix_enterprise_union", "enterprise", ["tenant_id", "union_id"])
    op.create_index("ix_enterprise_search", "enterprise", ["tenant_id", "search_key", "id"])


def facts() -> None:
    op.create_table(
        "enterprise_name",
        *owned(
            sa.Column("enterprise_id", sa.BigInteger, nullable=False),
            sa.Column("name", sa.String, nullable=False),
            sa.Column("until_on", sa.Date),
            sa.UniqueConstraint("tenant_id", "enterprise_id", "name"),
            to("enterprise", "enterprise_id"),
        ),
    )
    op.create_table(
        "headcount",
        *owned(
            sa.Column("enterprise_id", sa.BigInteger, nullable=False),
            sa.Column("counted_on", sa.Date, nullable=False),
            sa.Column("total", sa.BigInteger, nullable=False),
            sa.Column("women", sa.BigInteger),
            sa.Column("frontline", sa.BigInteger),
            sa.Column("dispatched", sa.BigInteger),
            sa.Column("source", sa.String, nullable=False),
            sa.UniqueConstraint("tenant_id", "enterprise_id", "counted_on"),
            sa.CheckConstraint("total >= 0", name="total_not_negative"),
            to("enterprise", "enterprise_id"),
        ),
    )
    op.create_table(
        "employer_association",
        *owned(
            sa.Column("name", sa.String, nullable=False),
            sa.Column("kind", sa.String, nullable=False),
            *texts("area", "industry", "head", "contact_name", "phone", "email", "address"),
            sa.Column("status", sa.String, nullable=False, server_default="active"),
            *kept(),
            sa.CheckConstraint("kind IN ('trade', 'confederation', 'chamber')", name="kind_known"),
            sa.CheckConstraint("status IN ('active', 'dissolved')", name="status_known"),
        ),
    )
    op.create_index(
        "ix_employer_association_sort", "employer_association", ["tenant_id", "sort_key", "id"]
    )


def imports() -> None:
    zero = {"nullable": False, "server_default": "0"}
    op.create_table(
        "import_run",
        *owned(
            sa.Column("document_id", sa.BigInteger, nullable=False),
            sa.Column("file_name", sa.String, nullable=False),
            sa.Column("sheet", sa.String, nullable=False),
            sa.Column("other_sheets", JSONB, nullable=False, server_default=sa.text("'[]'")),
            sa.Column("header", JSONB, nullable=False),
            sa.Column("state", sa.String, nullable=False, server_default="uploaded"),
            sa.Column("counted_on", sa.Date, nullable=False),
            *(
                sa.Column(name, sa.BigInteger, **zero)
                for name in ("total", "done", "rows", "new", "changed", "unchanged", "rejected")
            ),
            sa.Column("reasons", JSONB, nullable=False, server_default=sa.text("'{}'")),
            sa.Column("aside", JSONB, nullable=False, server_default=sa.text("'{}'")),
            sa.Column("failure", JSONB),
            sa.Column("started_by_id", sa.BigInteger),
            sa.Column("heartbeat_at", sa.DateTime(timezone=True)),
            sa.Column("finished_at", sa.DateTime(timezone=True)),
            sa.CheckConstraint(
                "state IN ('uploaded', 'checking', 'checked', 'importing', 'imported', 'failed', "
                "'dropped')",
                name="state_known",
            ),
            to("document", "document_id"),
            to("user", "started_by_id"),
        ),
    )
    op.create_index("ix_import_run_state", "import_run", ["tenant_id", "state"])
    op.create_table(
        "import_row",
        *owned(
            sa.Column("run_id", sa.BigInteger, nullable=False),
            sa.Column("number", sa.BigInteger, nullable=False),
            sa.Column("outcome", sa.String, nullable=False),
            sa.Column("enterprise_id", sa.BigInteger),
            sa.Column("name", sa.String, nullable=False),
            *texts("credit_code"),
            sa.Column("findings", JSONB, nullable=False, server_default=sa.text("'[]'")),
            sa.Column("changes", JSONB, nullable=False, server_default=sa.text("'{}'")),
            sa.Column("cells", JSONB),
            sa.CheckConstraint(
                "outcome IN ('new', 'changed', 'unchanged', 'rejected')", name="outcome_known"
            ),
            sa.UniqueConstraint("tenant_id", "run_id", "number"),
            to("import_run", "run_id", ondelete="CASCADE"),
        ),
    )
    op.create_index("ix_import_row_enterprise", "import_row", ["tenant_id", "enterprise_id"])


def search() -> None:
    for table, plural in (("enterprise", "enterprises"), ("trade_union", "unions")):
        op.execute(f"GRANT SELECT (tenant_id, id, search_key) ON {table} TO {FINDER}")
        op.execute(SEARCH.format(table=table, plural=plural))
        for statement in finder(f"find_{plural}(bigint, text[])"):
            op.execute(statement)
        # A set-based import gives out the ids itself, so that it can link rows before writing.
        op.execute(f"GRANT USAGE ON SEQUENCE {table}_id_seq TO {APP}")
