"""Existing contracts out of a sheet: dry run first, reasons in words, all or nothing."""

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select
from stdnum.cn.uscc import calc_check_digit

from blueprints.contracts.coverage.queries import Asked, coverage
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.check_models import PerformanceCheck
from blueprints.contracts.ground.filing_models import Filing
from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.imports.columns import FIELDS, map_columns
from blueprints.contracts.imports.files import import_file
from blueprints.contracts.imports.models import ContractImport
from blueprints.contracts.reports.models import PerformanceReport
from blueprints.shared.guards import _viewer_of
from tenants import trail
from tenants.clock import at as at_moment
from tenants.db import db
from tests.contracts.desk import Desk
from tests.contracts.world import Town, at, published, town

DAY = "2026-03-02"
HEAD = (
    "合同名称,合同种类,层级,统一社会信用代码,所属县市区,所属行业,签订日期,报送日期,受理编号,"
    "生效日期,期满日期,覆盖企业信用代码\n"
)


def code_of(number: int) -> str:
    body = f"91421002MA{number:07}"
    return body + calc_check_digit(body)


@pytest.fixture
def desk(ours, as_):
    found = Town(ours)
    for number in range(3):
        found.register(f"示例{number}餐饮有限公司", credit_code=code_of(number), headcount=40)
    return Desk(found, as_)


def sheet():
    a, b, c = (code_of(number) for number in range(3))
    place = "沙市区,餐饮业"
    return HEAD + "\n".join(
        (
            (
                f"示例0餐饮有限公司工资专项集体合同,工资专项,企业,{a},{place},2025-05-01,2025-05-06,"
                "人社2025-1,2025-05-22,2026-05-21,"
            ),
            (
                f"沙市区餐饮行业工资专项集体合同,工资专项,行业性,,{place},2025-06-01,2025-06-05,"
                f"人社2025-2,2025-06-21,2026-06-20,{a}、{b}"
            ),
            (
                f"示例2餐饮有限公司女职工专项集体合同,女职工专项,企业,{c},{place},2023-06-01,"
                "2023-06-05,人社2023-2,2023-06-21,2024-06-20,"
            ),
            f",工资专项,企业,91421002MA00000000,{place},昨天,,,,,",
            (
                f"未来的集体合同,综合,企业,{c},{place},2026-05-01,2026-05-02,人社2026-9,"
                "2026-05-20,2027-05-19,"
            ),
        )
    )


def upload(desk, text=None):
    data = (text or sheet()).encode("utf-8-sig")
    return desk.send("/contract-imports", DAY, contracts=(BytesIO(data), "合同.csv"))


def test_a_dry_run_says_why_and_writes_nothing(desk):
    answer = upload(desk)
    assert answer.status_code == 303, answer.text
    (run,) = desk.rows(select(ContractImport))
    assert (run.rows, run.new, run.rejected, run.bound) == (5, 3, 2, 3)
    page = desk.see(f"/contract-imports/{run.id}?show=rejected", DAY).text
    for words in ("The name of the contract is missing", "This is not a date",
                  "It is not in force yet", "no receipt number"):  # fmt: skip
        assert words in page
    assert desk.rows(select(Contract)) == []
    assert desk.see(f"/contract-imports/{run.id}/rejected.xlsx", DAY).status_code == 200


def test_after_a_yes_all_is_there_with_who_is_bound_and_the_filing(desk):
    upload(desk)
    (run,) = desk.rows(select(ContractImport))
    desk.done(f"/contract-imports/{run.id}/confirmation", DAY)
    contracts = desk.rows(select(Contract).order_by(Contract.id))
    assert [one.state for one in contracts] == ["effective", "effective", "expired"]
    assert {one.effective_basis for one in contracts} == {"imported"}
    assert len(desk.rows(select(Filing).where(Filing.state == "passed"))) == 3
    assert len(desk.rows(select(Membership))) == 4
    with desk.town.on(DAY):
        covered = queries.covered(date(2026, 3, 2))
        assert (covered.contracts, covered.enterprises, covered.workers) == (2, 2, 80)
        viewer = _viewer_of(desk.officer, 1)
        whole = coverage(Asked(on=date(2026, 3, 2)), viewer).whole
        assert (whole.enterprises, whole.workers, whole.wage, whole.acted) == (2, 80, 2, 0)
        past = coverage(Asked(on=date(2024, 1, 15)), viewer).whole
        assert (past.enterprises, past.special) == (1, 1), "what has ended counts for its own time"
    assert desk.send(f"/contract-imports/{run.id}/confirmation", DAY).status_code == 409


def test_the_same_sheet_again_changes_nothing(desk):
    for _ in range(2):
        upload(desk)
    first, second = desk.rows(select(ContractImport).order_by(ContractImport.id))
    desk.done(f"/contract-imports/{first.id}/confirmation", DAY)
    desk.done(f"/contract-imports/{second.id}/confirmation", DAY)
    assert len(desk.rows(select(Contract))) == 3
    assert desk.rows(select(ContractImport).order_by(ContractImport.id))[1].known == 3


def test_columns_are_corrected_by_a_person(desk):
    upload(desk, sheet().replace("受理编号", "凭证"))
    (run,) = desk.rows(select(ContractImport))
    assert run.new == 0, "no receipt, no contract in force"
    columns = {**run.header["mapping"], "receipt": run.header["labels"].index("凭证")}
    desk.done(f"/contract-imports/{run.id}/columns", DAY, **columns)
    assert desk.rows(select(ContractImport))[0].new == 3
    desk.done(f"/contract-imports/{run.id}/dropping", DAY)
    assert desk.rows(select(ContractImport))[0].state == "dropped"


def test_a_file_that_is_no_sheet_of_contracts_is_refused_beside_the_file(desk):
    answer = upload(desk, "甲,乙\n1,2\n")
    assert answer.status_code == 422
    assert "No heading row was found" in answer.text


def test_a_blank_sheet_has_every_heading_that_is_understood_in_the_readers_words(desk):
    path = "/contract-imports/blank.csv"
    heads = desk.see(path, DAY).data.decode("utf-8-sig").strip().split(",")
    assert set(map_columns(heads)) == set(FIELDS)
    assert len(heads) == len(FIELDS)
    assert desk.see(path, DAY, desk.leader).status_code == 403


def test_the_command_line_does_the_same(desk, tmp_path):
    file = tmp_path / "合同.csv"
    file.write_text(sheet(), encoding="utf-8-sig")
    federation = desk.town.federation
    with federation.app.app_context(), at_moment(at(DAY)):
        dry = import_file(federation.slug, file, dry_run=True)
        assert (dry["new"], dry["rejected"], dry["dry_run"]) == (3, 2, True)
        assert desk.rows(select(Contract)) == []
        done = import_file(federation.slug, file)
        assert (done["new"], done["enterprises_bound"]) == (3, 3)
        db.session.remove()
    assert len(desk.rows(select(Contract))) == 3


def test_what_runs_on_gets_checks_and_reports_from_the_day_of_import_on(desk):
    upload(desk)
    (run,) = desk.rows(select(ContractImport))
    desk.done(f"/contract-imports/{run.id}/confirmation", DAY)
    with desk.town.on(DAY):
        wage, trade, _over = db.session.scalars(select(Contract).order_by(Contract.id)).all()
        checks = db.session.scalars(
            select(PerformanceCheck).order_by(PerformanceCheck.contract_id, PerformanceCheck.id)
        ).all()
        reports = db.session.scalars(
            select(PerformanceReport).order_by(PerformanceReport.contract_id)
        ).all()
        told = {one.verb: one.payload for one in trail.of(wage)}
    on = date.fromisoformat(DAY)
    assert [(one.contract_id, one.period_from, one.planned_on) for one in checks] == [
        (wage.id, on, date(2026, 5, 21)), (trade.id, on, date(2026, 6, 20))
    ]  # fmt: skip
    assert [(one.contract_id, one.period_from, one.period_until) for one in reports] == [
        (wage.id, on, date(2026, 5, 21)), (trade.id, on, date(2026, 6, 20))
    ]  # fmt: skip
    assert all(one.due_on >= on for one in reports), "nothing is late on the day it is taken over"
    assert told["contract.planned_on_import"] == {"checks": 1, "reports": 1}


CLAUSE = {
    "number": "第一条", "kind": "minimum_wage", "title": "最低工资", "text": "服务员：2260元/月。",
    "measure": "pay", "subject": "月工资", "amount": "2260", "unit": "元/月", "trade": "服务员",
}  # fmt: skip


def taken_over(desk):
    upload(desk)
    (run,) = desk.rows(select(ContractImport))
    desk.done(f"/contract-imports/{run.id}/confirmation", DAY)
    return desk.rows(select(Contract).order_by(Contract.id))[0].id


def test_its_clauses_are_recorded_afterwards_and_then_checked(desk):
    ident = taken_over(desk)
    path = f"/contracts/{ident}/clauses/new"
    assert "Record a clause" in desk.see(f"/contracts/{ident}", DAY).text
    half = desk.send(path, DAY, **{**CLAUSE, "unit": ""})
    assert half.status_code == 422
    assert "A figure needs what it measures" in half.text
    desk.done(path, DAY, **CLAUSE)
    with desk.town.on(DAY):
        (clause,) = queries.clauses(queries.get_contract(ident))
    assert (clause.number, clause.amount, clause.position) == ("第一条", 2260, 1)
    desk.done(f"/contracts/{ident}/clauses/{clause.id}", DAY, **{**CLAUSE, "amount": "2300"})
    (check,) = desk.rows(select(PerformanceCheck).filter_by(contract_id=ident))
    fact = f"/performance/checks/{check.id}/clauses/{clause.id}"
    desk.done(fact, DAY, result="kept", in_time="yes")
    signed = {"worker_monitor": "赵", "worker_signs": "y", "employer_monitor": "钱",
              "employer_signs": "y", "posted": "yes"}  # fmt: skip
    desk.done(f"/performance/checks/{check.id}/signature", DAY, held_on=DAY, **signed)
    late = desk.send(f"/contracts/{ident}/clauses/{clause.id}", DAY, **CLAUSE)
    assert late.status_code == 409
    assert "Both sides signed a check of this clause" in late.text


def test_a_contract_that_was_voted_on_here_takes_no_further_clause(ours, as_):
    voted = Desk(published(town(ours)), as_)
    path = f"/contracts/{voted.town.contract_id}/clauses/new"
    assert voted.send(path, "2025-06-02", **CLAUSE).status_code == 409
    assert "Record a clause" not in voted.see(path.removesuffix("/clauses/new"), "2025-06-02").text
