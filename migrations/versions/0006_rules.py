"""Opened by its room."""

revision = "0006_rules"
down_revision = "0005_offers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
