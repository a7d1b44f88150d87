"""Opened by its room."""

revision = "0002_registry"
down_revision = "0001_tenants"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
