"""Acts of the procedure that need nothing more than their conditions: one button each."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue

from blueprints.bargaining import queries
from blueprints.bargaining.contributions import View, door, doors
from blueprints.bargaining.moves import move
from blueprints.bargaining.views import bp
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from rules.words import Text
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
