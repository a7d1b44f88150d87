"""Name nobody who answered, was renamed or agreed elsewhere; stop letters that have not left."""

from alembic import op

from migrations.innocence_law import INNOCENCE

revision = "0024_presume_innocence"
down_revision = "0023_roster_votes"
branch_labels = None
depends_on = None

TABLE = "exposure_exclusion"
BY_ITSELF = "'exposure.signed', 'exposure.answered_elsewhere'"


def upgrade() -> None:
    op.drop_constraint(op.f(f"ck_{TABLE}_recorded_by_somebody"), TABLE)
    op.create_check_constraint(
        op.f(f"ck_{TABLE}_recorded_by_somebody"), TABLE,
        f"recorded_by_id IS NOT NULL OR code IN ({BY_ITSELF})",
    )  # fmt: skip
    op.create_check_constraint(
        op.f(f"ck_{TABLE}_lifted_by_somebody"), TABLE,
        "(lifted_at IS NULL) = (lifted_by_id IS NULL)",
    )  # fmt: skip
    for statement in INNOCENCE:
        op.execute(statement)
