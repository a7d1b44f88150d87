"""Pages of the notices: the list, one notice, how far a batch has come."""

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.notices import actions, cards, lists, queries
from blueprints.notices.labels import OUTCOME_LOOKS, OUTCOMES, STATES, bounce_words, notice_kind
from blueprints.notices.pages import notice_page
from blueprints.notices.sending import standing
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.links import here, same_questions
from rules.words import Text
from tenants.db import db
from tenants.roles import May

bp = Blueprint("notices", __name__, url_prefix="/<tenant>/notices")
WORDS = {
    "states": STATES,
    "outcomes": OUTCOMES,
    "outcome_looks": OUTCOME_LOOKS,
    "kind": notice_kind,
    "bounce": bounce_words,
}
__all__ = ["bp", "cards"]


@bp.app_context_processor
def for_progress() -> dict[str, object]:
    """For `notices/_progress.html`, which other rooms include: `batch` is its kind and id."""
    return {
        "notice_words": WORDS,
        "batch_progress": queries.batch_progress,
        "sending_held": sending_held,
    }


def sending_held() -> Text | None:
    """Why nothing of the whole federation goes out just now."""
    return standing().reason()


@bp.get("")
@requires(May.NOTICES_READ)
def index() -> ResponseReturnValue:
    """All notices, the newest first."""
    asked = lists.Asked.of(request.args)
    return page(
        "notices/index.html",
        fragment="notices/_list.html",
        asked=asked,
        page=lists.page_of(asked),
        total=lists.how_many(asked),
        kinds=lists.kinds(),
        words=WORDS,
        held=sending_held(),
        tags=[(_("One campaign only"), here(batch=None, cursor=None))] if asked.batch else [],
        exports=[
            ("XLSX", same_questions(url_for(".export", form="xlsx"))),
            ("CSV", same_questions(url_for(".export", form="csv"))),
        ],
    )


@bp.get("/export.<any(xlsx, csv):form>")
@requires(May.NOTICES_READ)
def export(form: str) -> ResponseReturnValue:
    """Just what is filtered, as a sheet."""
    asked = lists.Asked.of(request.args)
    return sheet(form, _("Notices"), lists.heads(), lists.lines(asked))


@bp.get("/<int:notice_id>")
@requires(May.NOTICES_READ)
def show(notice_id: int) -> ResponseReturnValue:
    """One notice: its text as sent, every attempt, what can be done."""
    notice = queries.get_notice(notice_id)
    return render_template("notices/show.html", words=WORDS, **notice_page(notice, viewer()))


@bp.post("/<int:notice_id>/attempts")
@requires(May.NOTICES_SEND)
def retry(notice_id: int) -> ResponseReturnValue:
    """Send a failed or waiting notice now."""
    notice = queries.get_notice(notice_id, lock=True)
    actions.retry(notice)
    db.session.commit()
    flash(_("It will be sent in a moment."), "success")
    return moved(url_for(".show", notice_id=notice.id))


@bp.post("/<int:notice_id>/cancellation")
@requires(May.NOTICES_SEND)
def cancel(notice_id: int) -> ResponseReturnValue:
    """Take a notice back that has not gone out."""
    notice = queries.get_notice(notice_id, lock=True)
    actions.cancel(notice)
    db.session.commit()
    flash(_("%(name)s will not get this notice.", name=notice.recipient_name), "success")
    return moved(url_for(".show", notice_id=notice.id))


@bp.get("/progress/<kind>/<int:batch_id>")
@requires(May.NOTICES_READ)
def progress(kind: str, batch_id: int) -> ResponseReturnValue:
    """How far a batch has come: the part that its page shows and asks for again."""
    return render_template(
        "notices/_progress.html", progress=queries.batch_progress(kind, batch_id)
    )
