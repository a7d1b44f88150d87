"""What administrators and auditors find on their workbench."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from blueprints.settings import federation, trail_queries, user_queries
from blueprints.shared.guards import Viewer
from blueprints.shared.trail import words as trail_words
from blueprints.shared.trail.things import FIELDS
from blueprints.shared.workbench_cards import Card, Row, Stuck, card
from tenants.clock import now
from tenants.roles import May

SHOWN = 5
PATIENCE = 7  # days an invitation works


@card(80, May.SETTINGS_EDIT)
def unfinished_settings(_viewer: Viewer) -> Card | None:
    """Letters name somebody to ask; without one they are not finished."""
    lacking = federation.missing(federation.federation())
    if not lacking:
        return None
    names = _(", ").join(str(FIELDS[name]) for name in lacking)
    row = Row(
        _("Contact in letters"),
        url=url_for("settings.index"),
        reason=_("Letters tell whom to ask. Missing: %(names)s.", names=names),
        act=_("Fill in"),
        mine=True,
    )
    return Stuck(_("Settings"), rows=[row])


@card(85, May.USERS_MANAGE)
def unused_invitations(_viewer: Viewer) -> Card | None:
    """Who was invited and has not come in; an old invitation has to be sent again."""
    waiting = user_queries.never_came_in()
    if not waiting:
        return None
    rows = []
    for user in waiting[:SHOWN]:
        days = (now() - user.created_at).days
        rows.append(
            Row(
                user.name,
                url=url_for("users.show", user_id=user.id),
                state="soon" if days >= PATIENCE else "run",
                state_words=_n("%(num)s day", "%(num)s days", days) if days else _("today"),
            )
        )
    return Card(
        _("Invited, not yet in"),
        figure=len(waiting),
        rows=rows,
        link=url_for("users.index", status="invited"),
    )


@card(90, May.TRAIL_READ)
def latest_lines(_viewer: Viewer) -> Card | None:
    """The newest lines of the trail."""
    found = trail_queries.latest(SHOWN, but="user.signed_in")
    if not found:
        return None
    rows = [
        Row(
            _(
                "%(who)s %(did)s",
                who=trail_words.actor_words(row.actor),
                did=trail_words.verb_words(row.verb),
            ),
            url=url_for("trail.index", kind=row.subject_kind, id=row.subject_id),
            at=row.at,
        )
        for row in found
    ]
    return Card(_("Latest in the trail"), rows=rows, link=url_for("trail.index"))
