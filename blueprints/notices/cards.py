"""What the notices put on the workbench: contacts to repair, mail that does not leave."""

from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from blueprints.notices import contact_lists, queries
from blueprints.notices.labels import repair_reason, what_to_do
from blueprints.notices.models import NoticeState
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.read_once import read_once
from blueprints.shared.workbench_cards import Card, Row, Stuck, card
from tenants.clock import ZONE
from tenants.roles import May

SHOWN = 5
LONG = timedelta(minutes=15)


@card(45, May.CONTACTS_REPAIR)
def contacts_to_repair(_viewer: Viewer) -> Card | None:
    """Addresses that do not work: nothing reaches these recipients, and no period runs."""
    total, tasks = contact_lists.newest_open(SHOWN)
    if not total:
        return None
    return Stuck(
        _("Contact repair"),
        figure=total,
        link=url_for("contacts.index"),
        rows=[
            Row(
                task.recipient_name,
                url=url_for("contacts.show", repair_id=task.id),
                note=_(
                    "%(reason)s, since %(date)s",
                    reason=said(repair_reason(task.reason).label),
                    date=task.created_at.astimezone(ZONE).date().isoformat(),
                ),
                reason=said(what_to_do(task.reason)),
                act=_("Correct"),
                mine=True,
            )
            for task in tasks
        ],
    )


@read_once
def waiting(_viewer: Viewer) -> queries.Waiting:
    return queries.waiting(LONG)


@card(15, May.NOTICES_SEND)
def mail_that_does_not_leave(viewer: Viewer) -> Card | None:
    """Notices that were due long ago and that nobody has taken up."""
    count, answer, _printed = waiting(viewer)
    if not count:
        return None
    row = Row(
        _n(
            "%(num)s notice waits for the mail server",
            "%(num)s notices wait for the mail server",
            count,
        ),
        url=url_for("notices.index", state=NoticeState.QUEUED),
        reason=answer or _("No worker has taken them up."),
        waits_for=_("the platform's operator"),
    )
    return Stuck(_("Notices"), rows=[row])


@card(70, May.NOTICES_SEND)
def letters_on_paper(viewer: Viewer) -> Card | None:
    """Who has no working address is owed a letter on paper."""
    count = waiting(viewer).on_paper
    if not count:
        return None
    return Card(
        _("Owed on paper"),
        figure=count,
        link=url_for("notices.index", state=NoticeState.PAPER),
        note=_("These recipients have no e-mail address. Print their letters and serve them."),
    )
