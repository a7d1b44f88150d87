"""Pages of contact repair: whom nothing reaches, and the address that works."""

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext as _n

from blueprints.notices import contact_lists, queries, repairs
from blueprints.notices.forms import AddressForm
from blueprints.notices.labels import STATES, notice_kind, repair_reason, what_to_do
from blueprints.notices.models import ContactRepair
from blueprints.notices.pages import door, whose
from blueprints.shared.guards import requires
from blueprints.shared.htmx import moved, page
from tenants.db import db
from tenants.roles import May

bp = Blueprint("contacts", __name__, url_prefix="/<tenant>/contacts")
WORDS = {"reason": repair_reason, "advice": what_to_do, "kind": notice_kind, "states": STATES}


@bp.get("")
@requires(May.NOTICES_READ)
def index() -> ResponseReturnValue:
    """Addresses that do not work; or, asked for, those dealt with."""
    closed = request.args.get("show") == "done"
    return page(
        "contacts/index.html",
        fragment="contacts/_list.html",
        closed=closed,
        page=contact_lists.page_of(closed=closed, cursor=request.args.get("cursor")),
        total=contact_lists.how_many(closed=closed),
        words=WORDS,
    )


@bp.get("/<int:repair_id>")
@requires(May.NOTICES_READ)
def show(repair_id: int) -> ResponseReturnValue:
    return _shown(queries.get_repair(repair_id), AddressForm())


@bp.post("/<int:repair_id>/address")
@requires(May.CONTACTS_REPAIR)
def update(repair_id: int) -> ResponseReturnValue:
    """Write down the address that works; what waited for it goes out."""
    task = queries.get_repair(repair_id, lock=True)
    form = AddressForm()
    if not form.validate_on_submit():
        return _shown(task, form), 422
    sent = repairs.repair(task, form.address.data or "")
    db.session.commit()
    flash(
        _n(
            "The address is corrected; %(num)s notice goes out to it.",
            "The address is corrected; %(num)s notices go out to it.",
            sent,
        ),
        "success",
    )
    return moved(url_for(".index"))


@bp.post("/<int:repair_id>/paper")
@requires(May.CONTACTS_REPAIR)
def give_up(repair_id: int) -> ResponseReturnValue:
    """No address can be found: letters on paper instead."""
    task = queries.get_repair(repair_id, lock=True)
    turned = repairs.to_paper(task)
    db.session.commit()
    flash(
        _n(
            "%(num)s notice is now owed on paper.", "%(num)s notices are now owed on paper.", turned
        ),
        "success",
    )
    return moved(url_for(".index"))


def _shown(task: ContactRepair, form: AddressForm) -> str:
    return render_template(
        "contacts/show.html",
        task=task,
        form=form,
        waiting=repairs.waiting_for(task),
        recipient_url=door(*whose(task.recipient)),
        words=WORDS,
    )
