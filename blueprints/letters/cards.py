"""What the workbench says of official texts: those that wait for a second person."""

from flask import url_for
from flask_babel import gettext as _

from blueprints.letters import queries
from blueprints.notices.letters.texts import all_texts
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from blueprints.shared.workbench_cards import Card, Row, Stuck, card
from tenants.roles import May


@card(46, May.TEMPLATES_APPROVE)
def wordings_to_decide(viewer: Viewer) -> Card | None:
    """A proposed wording stands still until somebody else has read it."""
    texts = all_texts()
    rows = [
        Row(
            said(texts[one.text_id].title),
            url=url_for("letters.show", text_id=one.text_id),
            note=one.note,
            reason=_("A changed wording waits for approval."),
            act=_("Read and decide"),
            mine=True,
        )
        for one in queries.waiting()
        if one.text_id in texts and one.proposed_by_id != viewer.id
    ]
    return Stuck(_("Letter templates"), rows=rows) if rows else None
