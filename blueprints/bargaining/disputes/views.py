"""Disputes about making a contract: what can be done with one, and its page."""

from typing import Any, cast

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.disputes import actions as disputes
from blueprints.bargaining.disputes import forms
from blueprints.bargaining.disputes.clocks import MAKING, clock_of
from blueprints.bargaining.disputes.findings import findings_of, take_up_by
from blueprints.bargaining.disputes.letters import application_letter
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.clocks import rule_for
from blueprints.bargaining.ground.dispute_models import OPEN, Dispute, DisputeState
from blueprints.bargaining.ground.models import BargainingCase, CaseState
from blueprints.bargaining.ground.table_words import APPLICANTS, DISPUTE_STATES
from blueprints.bargaining.information.views import FILES
from blueprints.bargaining.table.acts import Desk, DeskAct, acts_on, bp, made_of
from blueprints.notices.labels import KINDS, STATES
from blueprints.notices.queries import notices_about
from blueprints.offers.ground.letters import rendered
from blueprints.shared.exports import attachment
from blueprints.shared.guards import Viewer, requires, viewer
from blueprints.shared.languages import language
from rules.deadlines import Due
from rules.words import Text
from tenants.clock import today
from tenants.roles import May

APPLICABLE = (CaseState.NEGOTIATING, CaseState.REPLIED_NO, CaseState.NO_REPLY)
OVER = Text("本申请已经办结。", "This application is over already.")


def find_dispute(
    dispute_id: int, person: Viewer, permission: May, *, lock: bool = False
) -> tuple[BargainingCase, Dispute]:
    dispute = disputes.get_dispute(dispute_id, person, permission, lock=lock)
    return queries.get_case(dispute.case_id), dispute


def to_dispute(_case: BargainingCase, row: Any) -> str:
    return url_for("table.dispute", dispute_id=row.id)


def while_applied(_case: BargainingCase, row: Dispute) -> Text | None:
    if row.state == DisputeState.APPLIED:
        return None
    return OVER if row.state not in OPEN else Text("已经受理。", "It was taken up already.")


def while_accepted(_case: BargainingCase, row: Dispute) -> Text | None:
    if row.state == DisputeState.ACCEPTED:
        return None
    return OVER if row.state not in OPEN else Text("尚未受理。", "It is not taken up yet.")


def may_extend(case: BargainingCase, row: Dispute) -> Text | None:
    if row.extended_days is not None:
        return Text("已经延长过一次。", "It was extended once already.")
    return while_accepted(case, row)


def may_end(case: BargainingCase, row: Dispute) -> Text | None:
    if (why := while_accepted(case, row)) is not None:
        return why
    until = disputes.not_before(row)
    if until is None:
        return Text("当地期限未知，不能按期满终结。", "No period is known here that could end.")
    if not disputes.period_over(row, today()):
        return Text(f"协调处理期限到{until.isoformat()}为止，尚未届满。",
                    f"The settlement period runs until {until.isoformat()}.")  # fmt: skip
    return None


def while_open(_case: BargainingCase, row: Dispute) -> Text | None:
    return None if row.state in OPEN else OVER


def on_today(_case: BargainingCase, _row: Any) -> dict[str, Any]:
    return {"on": today()}


DISPUTE = Desk(
    "dispute", "disputes/<int:dispute_id>", "dispute_id", find_dispute, to_dispute,
    made_of(
        DeskAct(
            "acceptance", Text("登记受理", "Record that it is taken up"),
            Text("协调期限自受理之日起计算。", "The period runs from that day."),
            forms.DayForm, lambda on, form: disputes.accept(on.case, on.row, form.on.data),
            why_not=while_applied, known=on_today,
        ),
        DeskAct(
            "settlement", Text("登记协调协议", "Record the settlement"),
            Text("协商据此继续。", "Bargaining goes on with it."),
            forms.SettlementForm,
            lambda on, form: disputes.settle(
                on.case, on.row, form.on.data, form.outcome.data, on.files["paper"]),
            why_not=while_accepted, known=on_today, files={"paper": "settlement"},
        ),
        DeskAct(
            "extension", Text("延长期限", "Extend the period"),
            Text("只能延长一次，不超过当地规则。", "Once, within the rule of the place."),
            forms.ExtensionForm,
            lambda on, form: disputes.extend(
                on.case, on.row, form.days.data, form.reason.data),
            why_not=may_extend,
        ),
        DeskAct(
            "paper", Text("存入已递交的申请书", "File the application as handed in"),
            Text("签字盖章后递交的申请书扫描件。", "The scan of what was sealed and handed in."),
            forms.PaperForm,
            lambda on, _form: disputes.file_paper(on.case, on.row, on.files["paper"]),
            why_not=while_open, files={"paper": "application"},
        ),
        DeskAct(
            "refusal", Text("登记不予受理", "Record that it is not taken up"),
            Text("双方回到协商。", "The parties are at the table again."), forms.EndForm,
            lambda on, form: disputes.put_aside(
                on.case, on.row, form.on.data, form.outcome.data, refused=True),
            why_not=while_applied, known=on_today,
        ),
        DeskAct(
            "withdrawal", Text("撤回申请", "Withdraw the application"),
            Text("双方回到协商。", "The parties are at the table again."), forms.EndForm,
            lambda on, form: disputes.put_aside(
                on.case, on.row, form.on.data, form.outcome.data, refused=False),
            why_not=while_open, known=on_today,
        ),
        DeskAct(
            "end", Text("期满终结", "End it without a settlement"),
            Text("协调期满未达成一致，协商项目终结。", "The period ran out: the case ends."),
            forms.EndForm,
            lambda on, form: disputes.end(on.case, on.row, form.on.data, form.outcome.data),
            why_not=may_end, known=on_today, grave=True,
        ),
    ),
)  # fmt: skip


def may_apply(case: BargainingCase, _row: Any) -> Text | None:
    if case.state in APPLICABLE:
        return None
    return Text("协商发生争议、对方拒绝或者不答复时才能申请。",
                "It is applied for where bargaining is stuck, refused or unanswered.")  # fmt: skip


CASE_ACTS = (
    DeskAct(
        "dispute", Text("申请协调处理", "Apply for coordination"),
        Text("向劳动行政部门或者三方机制申请；协商等待结果，双方同时收到告知。申请书在下一页打印。",
             "To the labour authority or the tripartite body; bargaining waits for the outcome. "
             "Both sides are told. The letter is printed on the next page."),
        forms.ApplicationForm,
        lambda on, form: disputes.apply(on.case, form.application(on.files["paper"])),
        why_not=may_apply, files={"paper": "application"},
        known=lambda _c, _r: {"applied_on": today(), "applicant": "workers"},
        leads=lambda case, _r: to_dispute(case, disputes.open_dispute(case.id)),
    ),
)  # fmt: skip


@bp.get("/cases/<int:case_id>/table/coordination")
@requires(May.CASES_READ)
def coordination(case_id: int) -> ResponseReturnValue:
    """To the application that is open, where its acceptance and outcome are recorded."""
    case = queries.seen(case_id, viewer())
    found = disputes.open_dispute(case.id) or abort(404)
    return redirect(to_dispute(case, found))


@bp.get("/disputes/<int:dispute_id>")
@requires(May.CASES_READ)
def dispute(dispute_id: int) -> ResponseReturnValue:
    """One application: where it stands, by when it ends and why by then, who was told."""
    case, row = find_dispute(dispute_id, viewer(), May.CASES_READ)
    opened, closed = acts_on(DISPUTE, case, row, viewer())
    clock = clock_of(row.id)
    return render_template(
        "bargaining/dispute.html", case=case, dispute=row, open_acts=opened, closed_acts=closed,
        clock=clock, due=Due.from_json(clock.derivation) if clock else None,
        not_before=disputes.not_before(row), findings=findings_of(case, row),
        files=queries.names_of_papers([row.application_id, row.settlement_id]),
        take_up_by=take_up_by(case, row), making=rule_for(case, MAKING),
        told=notices_about((Dispute.__tablename__, row.id)),
        told_words={"states": STATES, "kinds": KINDS},
        words={"states": DISPUTE_STATES, "applicants": APPLICANTS},
    )  # fmt: skip


@bp.get("/disputes/<int:dispute_id>/application.<any(pdf, docx):form>")
@requires(May.CASES_READ)
def application(dispute_id: int, form: str) -> ResponseReturnValue:
    """The application as a letter, for the seal."""
    case, row = find_dispute(dispute_id, viewer(), May.CASES_READ)
    data = cast("bytes", rendered(application_letter(case, row, language()), form))
    return attachment(data, f"{case.document_no}-{_('Application')}.{form}", FILES[form])


DESKS = (DISPUTE,)
