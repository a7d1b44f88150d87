"""The page of a vote, its slips, and the public pages on which a slip is cast."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.ballots import casting
from blueprints.bargaining.ballots import queries as reads
from blueprints.bargaining.ballots.acts import BALLOT, UNIT
from blueprints.bargaining.ballots.casting import Fate
from blueprints.bargaining.ballots.forms import ReceiptForm, SlipForm, VoteForm
from blueprints.bargaining.ballots.pages import FATES, ballot_page, slips_pdf, vote_page
from blueprints.bargaining.ground import queries
from blueprints.bargaining.table.acts import bp
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from blueprints.shared.languages import said
from blueprints.shared.throttle import throttle
from tenants.db import db
from tenants.roles import May

public = Blueprint("voting", __name__, url_prefix="/<tenant>/vote")
TRIES = "60/minute"


@bp.get("/votes/<int:ballot_id>")
@requires(May.CASES_READ)
def vote(ballot_id: int) -> ResponseReturnValue:
    """One round: what is needed, before anything is counted; then how it came out, and why."""
    ballot = reads.get_ballot(ballot_id, viewer())
    case = queries.get_case(ballot.case_id)
    return render_template("bargaining/vote.html", **ballot_page(case, ballot, viewer()))


@bp.post("/votes/<int:ballot_id>/slips")
@requires(May.CASES_EDIT)
def slips(ballot_id: int) -> ResponseReturnValue:
    """New slips to print and cut. They are shown this once and kept nowhere."""
    ballot = reads.get_ballot(ballot_id, viewer(), May.CASES_EDIT, lock=True)
    case = queries.get_case(ballot.case_id)
    data = slips_pdf(case, ballot, casting.make_slips(case, ballot))
    db.session.commit()
    return attachment(data, f"{_('Slips')}-{ballot.round}.pdf", "application/pdf")


@public.get("")
@requires(May.ANYONE)
def enter() -> ResponseReturnValue:
    """For those who type: the code on the slip, or a receipt to be looked up."""
    return render_template("voting/enter.html", form=SlipForm(), receipt=ReceiptForm(), found=None)


@public.post("")
@requires(May.ANYONE)
def find() -> ResponseReturnValue:
    throttle(TRIES, "slip-code")
    form = SlipForm()
    if form.validate():
        code = casting.typed(form.code.data)
        if casting.behind(code) is not None:
            return redirect(url_for(".show", token=code), 303)
        form.code.errors = [_("There is no slip with this code. Please compare it.")]
    page = {"form": form, "receipt": ReceiptForm(formdata=None), "found": None}
    return render_template("voting/enter.html", **page), 422


@public.post("/receipt")
@requires(May.ANYONE)
def look_up() -> ResponseReturnValue:
    """Whether a receipt is of a ballot in the box; never how it was cast."""
    throttle(TRIES, "slip-code")
    receipt = ReceiptForm()
    found = casting.counted(receipt.receipt.data) if receipt.validate() else None
    page = {"form": SlipForm(formdata=None), "receipt": receipt, "found": found}
    return render_template("voting/enter.html", **page), 200 if found is not None else 422


@public.get("/<token>")
@requires(May.ANYONE)
def show(token: str) -> ResponseReturnValue:
    """The text that is voted on, its fingerprint, and the three choices."""
    found = casting.behind(token)
    if found is None:
        return no_such_slip()
    return render_template("voting/show.html", **vote_page(token, *found), form=VoteForm())


@public.post("/<token>")
@requires(May.ANYONE)
def cast(token: str) -> ResponseReturnValue:
    """Put it in. The receipt is shown this once."""
    throttle(TRIES, "slip")
    found = casting.behind(token)
    if found is None:
        return no_such_slip()
    form = VoteForm()
    if not form.validate():
        return render_template("voting/show.html", **vote_page(token, *found), form=form), 422
    fate, receipt = casting.cast(token, form.vote())
    db.session.commit()
    if fate is not Fate.COUNTED:
        page = vote_page(token, *found, refused=said(FATES[fate]))
        return render_template("voting/show.html", **page, form=form), 409
    return render_template("voting/done.html", receipt=casting.shown(receipt), draft=found[2])


def no_such_slip() -> ResponseReturnValue:
    """One calm page for every code that is no slip."""
    throttle(TRIES, "slip-miss")
    return render_template("voting/no_such_slip.html"), 404


DESKS = (BALLOT, UNIT)
