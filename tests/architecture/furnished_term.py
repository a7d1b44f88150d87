"""Performance and forecast of the furnished federation: one row of each kind, by their verbs."""

from datetime import date
from types import SimpleNamespace

from sqlalchemy import select

from blueprints.contracts.assessment import actions as assessment_actions
from blueprints.contracts.forecast import actions as forecast_actions
from blueprints.contracts.forecast import runs as forecast_runs
from blueprints.contracts.forecast.models import ForecastEntry, TriggerKind
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.imports import actions as import_actions
from blueprints.contracts.performance import (
    check_actions,
    check_queries,
    finding_queries,
    opinion_actions,
)
from blueprints.contracts.performance.check_actions import Signed
from blueprints.contracts.performance.finding_actions import amend, put
from blueprints.contracts.register import clause_actions
from blueprints.contracts.reports import queries as report_queries
from blueprints.contracts.reports.models import WageFact
from tenants.db import db
from tenants.files import store
from tests.contracts import world
from tests.offers.world import instant
from tests.world import Federation

PDF = b"%PDF-1.7\n%a scan\n"
SHEET = (
    "合同名称,合同种类,层级,统一社会信用代码,签订日期,受理编号,生效日期,期满日期\n"
    "示例旧合同,工资专项,区域性,,2025-05-01,人社2025-1,2025-05-22,2027-05-21\n"
    ",工资专项,企业,,昨天,,,\n"
)
TAKEN_OVER = (
    "合同名称,合同种类,层级,统一社会信用代码,签订日期,受理编号,生效日期,期满日期\n"
    "示例已有合同,工资专项,区域性,,2025-05-01,人社2025-7,2025-05-22,2027-05-21\n"
)
INSPECTED = {
    "inspector_names": "甲、乙", "inspector_card_nos": "001、002", "inspected_from": "2026-03-01",
    "inspected_until": "2026-03-02", "signatory_name": "副主席",
}  # fmt: skip
TERM_IDS = {
    "check_id": lambda rows: rows.check,
    "finding_id": lambda rows: rows.finding,
    "report_id": lambda rows: rows.report,
    "wage_fact_id": lambda rows: rows.wages,
    "forecast_id": lambda rows: rows.forecast,
    "trigger_id": lambda rows: rows.trigger,
    "import_id": lambda rows: rows.contract_import,
}
TERM_AT = {
    ("contracts.new_clause", "contract_id"): lambda rows: rows.contract_taken_over,
    ("contracts.edit_clause", "contract_id"): lambda rows: rows.contract_taken_over,
    ("contracts.edit_clause", "clause_id"): lambda rows: rows.clause_taken_over,
    ("performance.clause", "clause_id"): lambda rows: rows.contract_clause,
    **{
        (f"performance.{name}", "contract_id"): lambda rows: rows.contract_assessed
        for name in ("assessment", "revise", "confirm", "assessment_letter")
    },
    ("performance.plan", "contract_id"): lambda rows: rows.contract_in_force,
    ("performance.assess", "contract_id"): lambda rows: rows.contract_in_force,
    ("performance.put", "check_id"): lambda rows: rows.check_held,
    **{
        (f"performance.{name}", "finding_id"): lambda rows: rows.finding_handed_over
        for name in ("issue", "decline", "serve", "answer", "opinion_letter")
    },
}


def term(federation: Federation, rows: SimpleNamespace) -> None:
    """A check planned, two held, findings noted and handed over, a report, a forecast, an event."""
    town = world.Town(federation, firms=[rows.enterprise])
    world.in_force(town, name="示例履行中的集体合同", term_to=date(2027, 12, 31))
    rows.contract_assessed = town.contract_id
    with federation.scope(at=instant("2026-03-21")):
        contract = queries.get_contract(town.contract_id)
        clause = queries.clauses(contract)[0]
        first, second, third, *_rest = check_queries.of_contract(contract.id)
        rows.contract_clause = clause.id
        rows.finding = held(federation, first, clause)[0].id
        rows.check_held = first.id
        late = held(federation, second, clause)[0]
        amend(late, remedy="补足", due_on=date(2026, 3, 1), evidence_id=None)
        put(second, by_id=federation.officer.id)
        opinion_actions.ask(late, reason="逾期", said=INSPECTED, by_id=federation.officer.id)
        rows.finding_handed_over, rows.check = late.id, third.id
        rows.report = report_queries.of_contract(contract.id)[0].id
        half = WageFact(
            contract_id=contract.id, half_from=date(2025, 5, 7), half_until=date(2025, 11, 6),
            due_on=date(2025, 11, 7), clock={},
        )  # fmt: skip
        db.session.add(half)
        db.session.flush()
        rows.wages = half.id
        assessment_actions.begin(
            contract, assessors="监督小组", next_round="提高起薪", by_id=federation.officer.id
        )
        made = forecast_actions.record_trigger(
            TriggerKind.MINIMUM_WAGE, happened_on=date(2026, 2, 1), source="示例文件1号",
            area=None, industry=None, note=None, by_id=federation.officer.id,
        )  # fmt: skip
        rows.trigger = made.id
        forecast_runs.carry_out(forecast_runs.ask(federation.officer.id))
        line = select(ForecastEntry.id).where(ForecastEntry.trigger_id == made.id)
        rows.forecast = db.session.scalars(line).one()
        furnish_taken_over(rows)
        sheet = SHEET.encode("utf-8-sig")
        rows.contract_import = import_actions.receive(sheet, "合同.csv").id
        db.session.commit()


def furnish_taken_over(rows: SimpleNamespace) -> None:
    """A contract out of a sheet, with one clause that was recorded afterwards."""
    run = import_actions.receive(TAKEN_OVER.encode("utf-8-sig"), "已有合同.csv")
    import_actions.carry_out(run)
    contract = db.session.scalars(select(Contract).where(Contract.origin == "imported")).one()
    contract.area = "421002"  # whose officer records what is in it
    said = {"number": "第一条", "kind": "payment", "title": "工资支付", "text": "每月15日前。"}
    rows.contract_taken_over = contract.id
    rows.clause_taken_over = clause_actions.record_clause(contract, said).id


def held(federation, check, clause):
    """A check at which this clause was found not kept, with its proof."""
    fact = check_actions.save_fact(
        check, clause, {"result": "not_kept", "gap_reason": "未落实", "done_quantity": "0"}
    )
    scan = store(PDF, "证据.pdf", purpose="performance", subject=("clause_fact", fact.id))
    fact.evidence_id = scan.id
    signed = Signed(held_on=check.period_from, worker_monitor="赵某某", employer_monitor="钱某某")
    found = check_actions.hold(check, signed, by_id=federation.officer.id)
    db.session.flush()
    return found or finding_queries.of_check(check.id)
