"""The test mail as a notice: owed, taken up at once, and written down like every other.

What comes back is therefore understood by its return address, and the test stands in the list of
notices. Only what nobody waits for is left out: a test that was not taken is over, and whoever
pressed the button reads why. It opens no task, and no worker tries it again.
"""

from sqlalchemy import func, select

from blueprints.delivery.actions import setup_row
from blueprints.notices import outbox, sending
from blueprints.notices.actions import post
from blueprints.notices.models import Notice, NoticeState
from blueprints.notices.outbox import Claimed, Told
from blueprints.shared.guards import Viewer
from tenants import trail
from tenants.clock import now
from tenants.db import db
from tenants.federation import this_federation

KIND, TEXT = "mail_test", "28k-mail-test"


def owe_test(to: Viewer) -> Claimed:
    """A test mail to whoever asks for it, in our hands already: commit, then hand it over."""
    setup, recipient = setup_row(), f"user:{to.id}"  # locked: each test has its own number
    federation = this_federation()
    made = select(func.coalesce(func.max(Notice.sequence), 0)).where(
        Notice.kind == KIND, Notice.recipient == recipient
    )
    name = federation.name_en if to.locale == "en" and federation.name_en else federation.name
    notice = post(
        KIND,
        subject=setup,
        recipient=recipient,
        name=to.name,
        address=to.email,
        text_id=TEXT,
        locale=to.locale,
        sequence=db.session.scalars(made).one() + 1,
        values={"recipient_name": to.name, "tested_at": now(), "tenant_name": name},
    )
    return sending.take(notice)


def write_down(taken: Claimed, told: Told | None, *, answer: str) -> None:
    """What became of the test. `told` is None where the server could not be used at all."""
    if told is None:
        outbox.release([taken], due=now(), answer=answer)
        sending.give_back([taken])
    else:
        outbox.settle([told])
    if told is None or told.state is NoticeState.FAILED:
        query = select(Notice).where(Notice.id == taken.id)
        notice = db.session.scalars(query, execution_options={"populate_existing": True}).one()
        notice.state, notice.cancelled_at = NoticeState.CANCELLED, now()
    fine = told is not None and told.state is NoticeState.SENT
    trail.record("mail.tested", setup_row(), fine=fine, answer=answer)
