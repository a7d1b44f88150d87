"""The reply desk (答复专页): an enterprise reads the offer, confirms receipt and answers.

No account: the link is the key. Whatever is wrong with a link — mistyped, revoked, guessed —
the same page answers, so that nobody learns which offers exist.
"""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.offers.ground import deadlines, queries
from blueprints.offers.ground.facts import offer_facts
from blueprints.offers.ground.labels import REPLY_KINDS
from blueprints.offers.ground.letters import handed_out, render_letter
from blueprints.offers.ground.links import offer_behind, token_for_code
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import ReplyChannel
from blueprints.offers.register.pages import days_of, rule_url
from blueprints.offers.replies.forms import CodeForm, ReceiptForm, ReplyForm
from blueprints.offers.service import actions
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires
from blueprints.shared.languages import language
from blueprints.shared.throttle import throttle
from blueprints.shared.uploads import upload
from tenants.acting import Actor, acting
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("reply_desk", __name__, url_prefix="/<tenant>/reply")
TRIES = "30/minute"


@bp.get("")
@requires(May.ANYONE)
def enter() -> ResponseReturnValue:
    """For those who hold the letter on paper: type the code that is printed on it."""
    return render_template("reply_desk/enter.html", form=CodeForm())


@bp.post("")
@requires(May.ANYONE)
def find() -> ResponseReturnValue:
    """Lead a code to its offer; a wrong one is told so, and tried only so often."""
    throttle(TRIES, "reply-code")
    form = CodeForm()
    if form.validate():
        if token := token_for_code(form.code.data):
            return redirect(url_for(".show", token=token), 303)
        form.code.errors = [_("No offer has this code. Please compare it with the letter.")]
    return render_template("reply_desk/enter.html", form=form), 422


@bp.get("/<token>")
@requires(May.ANYONE)
def show(token: str) -> ResponseReturnValue:
    """The offer, its clock, and the form for the answer."""
    offer = offer_behind(token)
    if offer is None:
        return no_such_link()
    return desk(offer, token, ReceiptForm(), ReplyForm(kind="accept", earliest=today()))


@bp.post("/<token>/receipt")
@requires(May.ANYONE)
def acknowledge(token: str) -> ResponseReturnValue:
    """The addressee says that the offer has arrived; the clock starts today."""
    throttle(TRIES, "reply-desk")
    offer = offer_behind(token, lock=True)
    if offer is None:
        return no_such_link()
    form = ReceiptForm()
    if not form.validate():
        return desk(offer, token, form, ReplyForm(formdata=None, kind="accept")), 422
    with acting(Actor(f"{offer.addressee_name}·{form.receiver_name.data}")):
        actions.acknowledge(
            offer, person_name=form.receiver_name.data, person_title=form.receiver_title.data
        )
        db.session.commit()
    return redirect(url_for(".show", token=token), 303)


@bp.post("/<token>")
@requires(May.ANYONE)
def reply(token: str) -> ResponseReturnValue:
    """Take the answer; a refused form comes back with everything that was typed."""
    throttle(TRIES, "reply-desk")
    offer = offer_behind(token, lock=True)
    if offer is None:
        return no_such_link()
    form = ReplyForm(earliest=today())
    scan = None
    if not form.validate() or not (scan := upload(form.scan, "reply", offer)).fine:
        return desk(offer, token, ReceiptForm(formdata=None), form), 422
    with acting(Actor(f"{offer.addressee_name}·{form.person_name.data}")):
        answer = form.answer(ReplyChannel.REPLY_DESK, scan_id=scan.document_id)
        actions.record_reply(offer, answer)
        db.session.commit()
    return redirect(url_for(".done", token=token), 303)


@bp.get("/<token>/done")
@requires(May.ANYONE)
def done(token: str) -> ResponseReturnValue:
    """What was answered, when it arrived, and until when it may be corrected."""
    offer = offer_behind(token)
    answer = queries.standing_reply(offer) if offer else None
    if offer is None or answer is None:
        return no_such_link()
    return render_template(
        "reply_desk/done.html",
        offer=offer,
        token=token,
        reply=answer,
        given=queries.feedbacks(offer)[0],
        reply_kinds=REPLY_KINDS,
        today=today(),
    )


@bp.get("/<token>/letter.pdf")
@requires(May.ANYONE)
def letter(token: str) -> ResponseReturnValue:
    """The letter to keep or print."""
    offer = offer_behind(token)
    if offer is None:
        return no_such_link()
    data = handed_out(offer, language(), "pdf")
    db.session.commit()
    return attachment(data, f"{offer.document_no}.pdf", "application/pdf")


def desk(offer: Offer, token: str, receipt: ReceiptForm, form: ReplyForm) -> str:
    """The page of one offer as its addressee sees it."""
    clock = deadlines.reply_clock(offer)
    return render_template(
        "reply_desk/show.html",
        offer=offer,
        token=token,
        receipt=receipt,
        form=form,
        service=queries.proven_service(offer),
        standing=queries.standing_reply(offer),
        clock=clock,
        due=deadlines.explained(clock) if clock else None,
        rule_url=rule_url(clock, "rules.public") if clock else "",
        days=days_of(clock) if clock else [],
        letter=render_letter(offer, language()),
        facts=offer_facts(offer, language()),
        reply_kinds=REPLY_KINDS,
        today=today(),
    )


def no_such_link() -> ResponseReturnValue:
    """One calm page for every link that leads nowhere."""
    throttle(TRIES, "reply-desk-miss")
    return render_template("reply_desk/no_such_link.html"), 404
