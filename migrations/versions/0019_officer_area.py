"""An officer may be bound to one area of the federation."""

from alembic import op

revision = "0019_officer_area"
down_revision = "0018_hear_to_the_end"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute('ALTER TABLE "user" ADD COLUMN area character varying')
    op.execute(
        'ALTER TABLE "user" ADD CONSTRAINT ck_user_area_of_an_officer CHECK '
        "(area IS NULL OR (role = 'officer' AND area ~ '^[0-9]{6}([0-9]{3}){0,2}$'))"
    )


def downgrade() -> None:
    op.execute('ALTER TABLE "user" DROP CONSTRAINT ck_user_area_of_an_officer')
    op.execute('ALTER TABLE "user" DROP COLUMN area')
