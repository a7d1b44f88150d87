"""Surveys of the furnished federation: one planned, one open, one closed, and a form to approve."""

from datetime import date
from types import SimpleNamespace

from blueprints.evaluation import codes, deeds, instruments, planning, queries
from blueprints.evaluation.models import Invitation, SurveyScope
from blueprints.evaluation.planning import Plan
from rules.words import Text
from tenants.db import db
from tests.offers.world import instant
from tests.world import Federation

PLANS = ("edit", "contents", "remove_unit", "open_it", "drop")
IDS = {
    "survey_id": lambda rows: rows.survey_open,
    "invitation_id": lambda rows: rows.invitation,
    "instrument_id": lambda rows: rows.instrument,
}
AT = {
    **{(f"surveys.{name}", "survey_id"): lambda rows: rows.survey_planned for name in PLANS},
    ("surveys.contents", "contract_id"): lambda rows: rows.contract_assessed,
    ("surveys.results_export", "survey_id"): lambda rows: rows.survey_closed,
    **{
        (f"survey_answers.{name}", "token"): lambda rows: rows.survey_token
        for name in ("show", "create", "done")
    },
    **{
        (f"survey_answers.{name}", "token"): lambda rows: rows.survey_code
        for name in ("show_coded", "create_coded")
    },
}


def surveys(federation: Federation, rows: SimpleNamespace) -> None:
    """All of the contract that is assessed, at the enterprise of the portfolio."""
    officer, approver = federation.officer.id, federation.approver.id
    with federation.scope(at=instant("2026-03-21")):
        made = [
            _plan(rows.contract_assessed, name, officer) for name in ("待开始", "调查中", "已结束")
        ]
        waiting, running, over = made
        for one in (running, over):
            deeds.open_survey(one, by_id=approver)
        deeds.close(over, "已收齐", by_id=officer)
        rows.survey_planned, rows.survey_open, rows.survey_closed = waiting.id, running.id, over.id
        invitation = queries.places(running.id)[0]
        rows.invitation, rows.survey_token = invitation.id, invitation.token
        coded = db.session.get_one(Invitation, (federation.id, invitation.id))
        rows.survey_code = codes.make(running, coded, 3, afresh=False, only=False)[0]
        asked = [instruments.question(1, "one", Text("食堂", "Canteen"), ["好", "差"])]
        rows.instrument = instruments.propose("示例-1", asked, by_id=officer).id
        db.session.commit()


def _plan(contract_id: int, name: str, by_id: int):
    plan = Plan(
        name=f"示例问卷（{name}）", respondents=["workers"], opens_on=date(2026, 3, 21),
        closes_on=date(2099, 4, 10), sampling="全体职工", sample_wanted=20,
    )  # fmt: skip
    return planning.plan(SurveyScope.CONTRACT, contract_id, plan, by_id=by_id)
