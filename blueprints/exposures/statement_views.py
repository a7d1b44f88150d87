"""The enterprise's own page (陈述申辩专页): what is intended, until when it is heard, its words.

No account: the link is the key. Whatever is wrong with a link, the same page answers, so that
nobody learns about whom there is a case.
"""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.exposures import hearing, publishing
from blueprints.exposures.facts import announcement
from blueprints.exposures.links import exposure_behind, token_for_code
from blueprints.exposures.models import ENDED, SHOWN, Exposure, Heard
from blueprints.exposures.statement_forms import CodeForm, OwnObjectionForm, OwnStatementForm
from blueprints.exposures.statements import said_in
from blueprints.offers.feedback.actions import reply_address
from blueprints.offers.ground.letters import rendered
from blueprints.offers.ground.queries import get_offer
from blueprints.shared.guards import requires
from blueprints.shared.languages import language
from blueprints.shared.throttle import throttle
from blueprints.shared.uploads import upload
from tenants.acting import Actor, acting
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("statement_desk", __name__, url_prefix="/<tenant>/statement")
TRIES = "30/minute"
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


@bp.get("")
@requires(May.ANYONE)
def enter() -> ResponseReturnValue:
    """For those who hold the notice on paper: type the code that is printed on it."""
    return render_template("statement_desk/enter.html", form=CodeForm())


@bp.post("")
@requires(May.ANYONE)
def find() -> ResponseReturnValue:
    """Lead a code to its case; a wrong one is told so, and tried only so often."""
    throttle(TRIES, "statement-code")
    form = CodeForm()
    if form.validate():
        if token := token_for_code(form.code.data):
            return redirect(url_for(".show", token=token), 303)
        form.code.errors = [_("No notice has this code. Please compare it with the letter.")]
    return render_template("statement_desk/enter.html", form=form), 422


@bp.get("/<token>")
@requires(May.ANYONE)
def show(token: str) -> ResponseReturnValue:
    """What is intended, until when the enterprise is heard, and the form for its words."""
    exposure = exposure_behind(token)
    if exposure is None:
        return no_such_link()
    return desk(exposure, token), 200, PRIVATE


@bp.post("/<token>")
@requires(May.ANYONE)
def state(token: str) -> ResponseReturnValue:
    """Take the statement, word for word; a refused form comes back with all that was typed."""
    throttle(TRIES, "statement-desk")
    exposure = exposure_behind(token, lock=True)
    if exposure is None:
        return no_such_link()
    form = OwnStatementForm()
    kept = None
    if not form.validate() or not (kept := upload(form.material, "statement", exposure)).fine:
        return desk(exposure, token, form), 422, PRIVATE
    by = signed(form)
    with acting(Actor(f"{get_offer(exposure.offer_id).addressee_name}·{by}")):
        hearing.record_statement(
            exposure, form.words.data, open_=not form.withhold.data, channel=Heard.ONLINE,
            by=by, file_id=kept.document_id,
        )  # fmt: skip
        db.session.commit()
    return redirect(url_for(".show", token=token), 303)


@bp.post("/<token>/objection")
@requires(May.ANYONE)
def object_to(token: str) -> ResponseReturnValue:
    """Mark an objection in the very request that brings it."""
    throttle(TRIES, "statement-desk")
    exposure = exposure_behind(token, lock=True)
    if exposure is None:
        return no_such_link()
    form = OwnObjectionForm()
    if not form.validate():
        return desk(exposure, token, objection=form), 422, PRIVATE
    with acting(Actor(f"{get_offer(exposure.offer_id).addressee_name}·{signed(form)}")):
        publishing.object_to(exposure, form.words.data, channel=Heard.ONLINE)
        db.session.commit()
    return redirect(url_for(".show", token=token), 303)


def signed(form: Any) -> str:
    """Who filed it, as the record keeps it."""
    return " ".join(filter(None, (form.person_name.data, form.person_title.data)))


def desk(
    exposure: Exposure,
    token: str,
    form: OwnStatementForm | None = None,
    objection: OwnObjectionForm | None = None,
) -> str:
    """The page of one case as its enterprise sees it."""
    offer = get_offer(exposure.offer_id)
    pending = exposure.objection_at is not None and exposure.objection_decided_at is None
    return render_template(
        "statement_desk/show.html",
        exposure=exposure,
        offer=offer,
        token=token,
        form=form or OwnStatementForm(formdata=None),
        objection=objection or OwnObjectionForm(formdata=None),
        letter=rendered(announcement(exposure, language()), "html"),
        heard=hearing.may_be_heard(exposure),
        stands=exposure.state in SHOWN,
        ended=exposure.state in ENDED or exposure.state == "corrected",
        pending=pending,
        spoken=said_in(exposure),
        reply_url=reply_address(offer),
        today=today(),
    )


def no_such_link() -> ResponseReturnValue:
    """One calm page for every link that leads nowhere."""
    throttle(TRIES, "statement-desk-miss")
    return render_template("statement_desk/no_such_link.html"), 404, PRIVATE
