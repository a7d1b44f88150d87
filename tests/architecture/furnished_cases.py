"""The cases of the furnished federation: one row of each kind, made by the room's own verbs."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

from blueprints.bargaining.activities import actions as activity_actions
from blueprints.bargaining.cases.opening import Opening, open_case
from blueprints.bargaining.demands import actions as demand_actions
from blueprints.bargaining.demands import prices
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.models import CaseLevel, Ground
from blueprints.bargaining.ground.team_models import Side
from blueprints.bargaining.information import actions as info_actions
from blueprints.bargaining.information import commitments
from blueprints.bargaining.mandates import actions as mandate_actions
from blueprints.bargaining.teams import actions as team_actions
from blueprints.bargaining.teams import roster_votes
from rules.words import Text
from tenants.db import db
from tenants.files import store
from tests.offers.world import instant
from tests.world import Federation

PDF = b"%PDF-1.7\n%a scan\n"
DAY = date(2026, 3, 20)
Row = Callable[[SimpleNamespace], Any]
CASE_IDS: dict[str, Row] = {
    "case_id": lambda rows: rows.case,
    "representative_id": lambda rows: rows.representative,
    "mandate_id": lambda rows: rows.mandate,
    "call_id": lambda rows: rows.call,
    "price_id": lambda rows: rows.price,
    "figure_id": lambda rows: rows.figure,
    "activity_id": lambda rows: rows.activity,
    "follow_up_id": lambda rows: rows.follow_up,
    "request_id": lambda rows: rows.request,
    "item_id": lambda rows: rows.item,
    "commitment_id": lambda rows: rows.commitment,
    "roster_vote_id": lambda rows: rows.roster_vote,
}
OF_MEMBERS = ("edit_member", "update_member", "new_mandate", "create_mandate", "mandate_form")
CASE_AT: dict[tuple[str, str], Row] = {
    **{(f"cases.{name}", "enterprise_id"): lambda rows: rows.member for name in OF_MEMBERS},
    ("cases.document", "document_id"): lambda rows: rows.record,
    ("demands.show", "token"): lambda rows: rows.worker_token,
    ("demands.create", "token"): lambda rows: rows.worker_token,
    ("team_room.show", "token"): lambda rows: rows.room_token,
    ("team_room.file", "token"): lambda rows: rows.room_token,
}
CASE_WORDS = {"event": "exchange", "pack": "catering", "activity_kind": "worker_hearing"}


def cases(federation: Federation, rows: SimpleNamespace) -> None:
    officer = federation.officer.id
    with federation.scope(at=instant("2026-03-20")):
        case = open_case(
            Opening(
                "示例餐饮行业集体协商", Ground.JOINED, CaseLevel.INDUSTRY, DAY, industry="62",
                area="421002", owner_id=officer, supervisor_id=rows.supervisor,
                union_id=rows.union, offer_ids=rows.offers[:4],
            )
        )  # fmt: skip
        rows.case = case.id
        member = queries.enterprises_of(case.id)[0]
        rows.member = member.enterprise_id
        _teams(case, rows)
        mandate = mandate_actions.grant(
            case, member,
            {"agent": "李某某", "matter": "工资", "powers": ["attend"], "signed_on": DAY,
             "from_on": DAY, "to_on": date(2026, 12, 31)},
        )  # fmt: skip
        rows.mandate = mandate.id
        _demands(case, rows, officer)
        _papers(case, rows, officer)
        db.session.commit()


def _teams(case: Any, rows: SimpleNamespace) -> None:
    record = store(PDF, "选举.pdf", purpose="representative", subject=("bargaining_case", case.id))
    facts = {
        "name": "赵某某", "seat": "member", "chief": True, "chosen": "elected_congress",
        "chosen_on": DAY, "electorate": 90, "votes_for": 61,
    }  # fmt: skip
    one = team_actions.choose(case, Side.WORKERS, facts, record_id=record.id)
    rows.representative, rows.room_token, rows.record = one.id, one.room_token, record.id
    said = roster_votes.Said("congress", "职工之家", DAY, [one.id], 90, 81, 63, 10, 8)
    team = queries.team_of(case.id, Side.WORKERS)
    rows.roster_vote = roster_votes.record(
        case, team, said, record_id=record.id, by_id=None
    ).id  # fmt: skip


def _demands(case: Any, rows: SimpleNamespace, officer: int) -> None:
    call = demand_actions.open_call(
        case, [("own.1", Text("夜班", "Night shift"))], ["厨师"], date(2099, 1, 1), by_id=officer
    )
    rows.call, rows.worker_token = call.id, call.worker_token
    price = {"trade": "服务员", "process": "", "grade": "", "basis": "time", "unit": "元/月"}
    rows.price = prices.enter_price(case, price).id
    figure = {"kind": "minimum_wage", "value": 2010, "unit": "元/月", "period": "2026",
              "source": "示例通知"}  # fmt: skip
    rows.figure = prices.enter_figure(case, figure, by_id=officer).id


def _papers(case: Any, rows: SimpleNamespace, officer: int) -> None:
    plan = {"kind": "worker_hearing", "planned_on": DAY}
    activity = activity_actions.plan(case, plan, by_id=officer)
    rows.activity = activity.id
    rows.follow_up = activity_actions.promise(case, activity, "公布班次表", "企业方", DAY).id
    asked = info_actions.request_information(
        case, Side.WORKERS, "工资总额", asked_on=DAY, meeting_on=None, by_id=officer
    )
    file = store(
        PDF, "工资.pdf", purpose=info_actions.PURPOSE, subject=("bargaining_case", case.id)
    )
    item = info_actions.hand_over(
        case, asked, "工资汇总", handed_on=DAY, handed_by="陈某某", confidential=False,
        document_id=file.id, by_id=officer,
    )  # fmt: skip
    rows.request, rows.item = asked.id, item.id
    promise = {
        "workers_name": "示范工会", "employer_name": "示范协会", "matters": "工资",
        "signed_on": DAY, "ends_on": date(2026, 12, 31),
    }  # fmt: skip
    rows.commitment = commitments.commit(case, promise, scan_id=None, by_id=officer).id
