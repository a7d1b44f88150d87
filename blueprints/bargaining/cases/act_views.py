"""Acts of the procedure that need nothing more than their conditions: one button each."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.cases.corrections import close, withdraw
from blueprints.bargaining.cases.opening_forms import WithdrawalForm
from blueprints.bargaining.cases.views import bp
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.contributions import View, door, doors
from blueprints.bargaining.ground.models import BargainingCase, CaseState
from blueprints.bargaining.ground.moves import move
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

PLAIN: dict[str, Text] = {
    "open": Text("开始准备：调查情况、收集诉求。", "Begin to prepare: survey and demands."),
    "take_up": Text("企业已书面同意协商。", "The other side has agreed in writing."),
    "choose_teams": Text("调查和诉求已完成。", "Survey and demands are done."),
    "offer": Text("要约已送达，双方代表已确定。", "The offer is served and the teams are named."),
    "accept": Text("登记应约，安排首次会议。", "Record the acceptance; arrange the first meeting."),
    "decline": Text("答复说明了理由。", "The answer gave a reason."),
    "lapse": Text("各要约答复期均已届满。", "The period of every offer has ended."),
    "exchange": Text("会前资料已提供。", "What was asked for has been supplied."),
}


IN_VAIN = Text(
    "立项有误或者不再协商的，写明理由撤销；所列要约可以另行立项。",
    "Opened by mistake or in vain: with a reason; its offers may be taken up in another case.",
)
RAN_OUT = Text(
    "协商期限已满、未形成合同的，写明情况后终结。",
    "The time is over and there is no contract: close it and say how it ended.",
)
PROPER = Text("全部要约的理由均经认定成立。", "Every reason given was found proper.")


def plain_doors(view: View) -> View:
    """A button for each plain act, unless another room has made a page for it."""
    for event, said in PLAIN.items():
        if event not in doors():
            door(event, "cases.act", May.CASES_EDIT, said, post=True, event=event)
    return view


@bp.post("/<int:case_id>/acts/<event>")
@requires(May.CASES_EDIT)
@plain_doors
def act(case_id: int, event: str) -> ResponseReturnValue:
    """Take the step; refused in the page's own words where a condition is not met."""
    if event not in PLAIN:
        abort(404)
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    move(case, event)
    db.session.commit()
    return moved(url_for(".show", case_id=case.id))


@bp.post("/<int:case_id>/reason")
@requires(May.CASES_APPROVE)
@door("accept_reason", "cases.accept_reason", May.CASES_APPROVE, PROPER, post=True, grave=True)
def accept_reason(case_id: int) -> ResponseReturnValue:
    """The upper union lets the case rest, because the reason was found proper."""
    case = queries.seen(case_id, viewer(), May.CASES_APPROVE, lock=True)
    move(case, "accept_reason")
    db.session.commit()
    return moved(url_for(".show", case_id=case.id))


@bp.get("/<int:case_id>/withdrawal")
@requires(May.CASES_OPEN)
@door("withdraw", "cases.new_withdrawal", May.CASES_OPEN, IN_VAIN, grave=True,
      brings=("reason_recorded",))  # fmt: skip
def new_withdrawal(case_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_OPEN)
    return withdrawal_page(case, WithdrawalForm(formdata=None, case=case, data={"on": today()}))


@bp.post("/<int:case_id>/withdrawal")
@requires(May.CASES_OPEN)
def create_withdrawal(case_id: int) -> ResponseReturnValue:
    """Withdraw a case that was opened in vain, with the reason."""
    case = queries.seen(case_id, viewer(), May.CASES_OPEN, lock=True)
    form = WithdrawalForm(case=case)
    if not form.validate():
        return withdrawal_page(case, form), 422
    withdraw(case, form.on.data, form.reason.data)
    db.session.commit()
    return moved(url_for(".show", case_id=case.id))


@bp.get("/<int:case_id>/closing")
@requires(May.CASES_OPEN)
@door("close", "cases.new_closing", May.CASES_OPEN, RAN_OUT, grave=True)
def new_closing(case_id: int) -> ResponseReturnValue:
    """End what ran out; where an application for coordination is open, on its page."""
    case = queries.seen(case_id, viewer(), May.CASES_OPEN)
    if case.state == CaseState.DISPUTE_MAKING:
        return redirect(url_for("table.coordination", case_id=case.id))
    return closing_page(case, WithdrawalForm(formdata=None, case=case, data={"on": today()}))


@bp.post("/<int:case_id>/closing")
@requires(May.CASES_OPEN)
def create_closing(case_id: int) -> ResponseReturnValue:
    """End the case without a contract; refused before the time to bargain is over."""
    case = queries.seen(case_id, viewer(), May.CASES_OPEN, lock=True)
    form = WithdrawalForm(case=case)
    if not form.validate():
        return closing_page(case, form), 422
    if case.state == CaseState.DISPUTE_MAKING:
        return redirect(url_for("table.coordination", case_id=case.id))
    close(case, form.on.data, form.reason.data)
    db.session.commit()
    return moved(url_for(".show", case_id=case.id))


def closing_page(case: BargainingCase, form: WithdrawalForm) -> str:
    return render_template(
        "bargaining/form.html", case=case, form=form, title=_("Close the case"), grave=True,
        submit=_("Close the case"), note=RAN_OUT,
        action=url_for(".create_closing", case_id=case.id),
    )  # fmt: skip


def withdrawal_page(case: BargainingCase, form: WithdrawalForm) -> str:
    return render_template(
        "bargaining/form.html", case=case, form=form, title=_("Withdraw the case"), grave=True,
        submit=_("Withdraw the case"), note=IN_VAIN,
        action=url_for(".create_withdrawal", case_id=case.id),
    )  # fmt: skip
