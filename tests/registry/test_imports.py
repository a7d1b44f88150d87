"""Ledgers into the register: dry run, all or nothing, nothing twice."""

from datetime import date

import pytest
from sqlalchemy import func, select, text

from blueprints.registry import imports
from blueprints.registry.import_models import ImportRow, ImportRun, RunState
from blueprints.registry.imports import Upload
from blueprints.registry.models import Enterprise, EnterpriseName, Headcount, TradeUnion
from jobs import imports as job
from tenants import trail
from tenants.db import db
from tests.registry.making import code, firm, sheet, total, xlsx
from tests.registry.making import text as as_csv

ROWS = [
    firm(1),
    firm(2, union=False, email="无"),
    firm(3, code=code(1)),
    firm(4, name="荆州旧名餐饮有限公司\n(原永泰公司)", workers="127人"),
    firm(5, code=""),
]


def ledger(*rows):
    return xlsx(sheet([*rows, *total(rows)]))


def bring_in(federation, data, name="台账.xlsx", day=date(2026, 3, 1)):
    with federation.scope():
        run = imports.receive(Upload(data, name), counted_on=day)
        summary = imports.carry_out(run).to_json()
        db.session.commit()
        return {**summary, "run": run.id}


def outcome(told):
    return [told[key] for key in ("rows", "new", "changed", "unchanged", "rejected")]


def enterprise(number):
    return db.session.scalars(
        select(Enterprise).where(Enterprise.credit_code == code(number))
    ).one()


def test_an_import_registers_enterprises_with_their_unions_and_counts(ours):
    told = bring_in(ours, ledger(*ROWS))
    assert outcome(told) == [5, 4, 0, 0, 1]
    assert told["reasons"] == {"code_of_another": 1}
    with ours.scope():
        first = enterprise(1)
        union = db.session.scalars(select(TradeUnion).where(TradeUnion.id == first.union_id)).one()
        above = db.session.scalars(select(TradeUnion).where(TradeUnion.id == union.parent_id)).one()
        assert (union.name, union.chair) == (f"{first.name}工会委员会", "单琴")
        assert (union.level, union.standing, above.name) == ("enterprise", "able", "沙市区总工会")
        assert (first.headcount, first.counted_on) == (30, date(2026, 3, 1))
        assert (first.contract_claimed, first.contract_claimed_until) == (True, date(2027, 3, 31))
        assert enterprise(2).union_id is None
        assert enterprise(2).email is None
        assert enterprise(4).headcount == 127
        formers = select(EnterpriseName.name).where(
            EnterpriseName.enterprise_id == enterprise(4).id
        )
        assert db.session.scalars(formers).all() == ["永泰公司"]


def test_the_same_ledger_again_changes_nothing(ours):
    bring_in(ours, ledger(*ROWS))
    with ours.scope():
        before = db.session.execute(select(Enterprise.id, Enterprise.updated_at)).all()
    told = bring_in(ours, ledger(*ROWS), day=date(2026, 4, 1))
    assert outcome(told) == [5, 0, 0, 4, 1]
    with ours.scope():
        assert db.session.execute(select(Enterprise.id, Enterprise.updated_at)).all() == before
        assert db.session.scalar(select(func.count()).select_from(Headcount)) == 4
        assert db.session.scalar(select(func.count()).where(TradeUnion.level == "enterprise")) == 3


def test_what_differs_is_changed_and_a_blank_cell_changes_nothing(ours):
    bring_in(ours, ledger(firm(1)))
    changed = firm(1, name="荆州新名餐饮有限公司", workers=40, women="", email="", chair="韩丽")
    told = bring_in(ours, ledger(changed), day=date(2026, 6, 1))
    assert outcome(told) == [1, 0, 1, 0, 0]
    with ours.scope():
        now = enterprise(1)
        row = db.session.scalars(select(ImportRow).where(ImportRow.run_id == told["run"])).one()
        assert set(row.changes) == {
            "name", "headcount", "women", "frontline", "chair", "union_name"
        } - {"frontline"}  # fmt: skip
        assert row.changes["headcount"] == [30, 40]
        assert (now.name, now.headcount, now.women) == ("荆州新名餐饮有限公司", 40, None)
        assert now.email == "hr1@firm.example"
        assert db.session.scalars(select(EnterpriseName.name)).all() == ["荆州测试1号餐饮有限公司"]
        assert "韩丽" in now.search_key
        assert len(db.session.scalars(select(Headcount)).all()) == 2


def test_an_enterprise_registered_by_name_is_given_its_code_later(ours):
    bring_in(ours, ledger(firm(5, code="")))
    told = bring_in(ours, ledger(firm(5)))
    assert outcome(told) == [1, 0, 1, 0, 0]
    with ours.scope():
        assert db.session.scalar(select(func.count()).select_from(Enterprise)) == 1


def test_a_ledger_never_takes_a_union_away(ours):
    bring_in(ours, ledger(firm(1)))
    told = bring_in(ours, ledger(firm(1, union=False)))
    assert outcome(told) == [1, 0, 0, 1, 0]
    assert told["warnings"] == {"union_kept": 1}


def test_two_federations_import_the_same_ledger_each_for_itself(ours, theirs):
    bring_in(ours, ledger(*ROWS))
    told = bring_in(theirs, ledger(firm(1)))
    assert outcome(told) == [1, 1, 0, 0, 0]
    with theirs.scope():
        assert db.session.scalar(select(func.count()).select_from(Enterprise)) == 1


def test_a_crash_at_any_row_leaves_nothing_behind(ours):
    def crash(done):
        raise RuntimeError(f"power cut after {done} rows")

    with ours.scope():
        run = imports.receive(Upload(ledger(*ROWS), "台账.xlsx"))
        imports.check(run)
        imports.confirm(run)
        db.session.commit()
        with pytest.raises(RuntimeError):
            imports.carry_out(run, crash)
        db.session.rollback()
    with ours.scope():
        assert db.session.scalar(select(func.count()).select_from(Enterprise)) == 0
        assert db.session.scalars(select(ImportRun.state)).all() == [RunState.IMPORTING]


def test_a_dry_run_writes_nothing_and_reports_every_row(ours):
    with ours.scope():
        run = imports.receive(Upload(ledger(*ROWS), "台账.xlsx"))
        summary = imports.check(run)
        db.session.commit()
        assert summary.outcomes == {"new": 4, "rejected": 1}
        assert db.session.scalar(select(func.count()).select_from(Enterprise)) == 0
        rows = db.session.scalars(select(ImportRow).order_by(ImportRow.number)).all()
        assert [row.outcome for row in rows] == ["new", "new", "rejected", "new", "new"]
        assert run.aside["stated_total"] == 120
        assert run.aside["summed_total"] == 247


def test_a_worker_imports_after_the_yes_and_a_second_time_does_nothing(ours, work):
    with ours.scope():
        run = imports.receive(Upload(ledger(*ROWS), "台账.xlsx"))
        imports.check(run)
        imports.confirm(run)
        db.session.commit()
        run_id = run.id
    work()
    with ours.app.app_context():
        job.run(tenant_id=ours.id, run_id=run_id)
    with ours.scope():
        assert db.session.scalars(select(ImportRun.state)).all() == [RunState.IMPORTED]
        assert db.session.scalar(select(func.count()).select_from(Enterprise)) == 4
        verbs = [event.verb for event in trail.of(("import_run", run_id))]
        assert verbs == ["import.finished", "import.confirmed", "import.received"]
        assert trail.verify().ok


def test_a_run_that_lost_its_worker_is_taken_up_again(ours, work):
    with ours.scope():
        run = imports.receive(Upload(ledger(*ROWS), "台账.xlsx"))
        imports.check(run)
        imports.confirm(run)
        db.session.commit()
        ours.app.extensions["rq"].empty()
        db.session.execute(text("UPDATE import_run SET heartbeat_at = now() - interval '1 hour'"))
        db.session.commit()
    with ours.app.app_context():
        assert job.sweep(tenant_id=ours.id) == 1
        assert job.sweep(tenant_id=ours.id) == 0
    work()
    with ours.scope():
        assert db.session.scalars(select(ImportRun.state)).all() == [RunState.IMPORTED]


def test_a_large_ledger_is_checked_by_a_worker(ours, work):
    rows = [firm(n) for n in range(1, imports.AT_ONCE + 10)]
    with ours.scope():
        run = imports.receive(Upload(as_csv(sheet(rows)).encode(), "台账.csv"))
        imports.begin_check(run)
        db.session.commit()
        assert run.state == RunState.CHECKING
    work()
    with ours.scope():
        run = db.session.scalars(select(ImportRun)).one()
        assert (run.state, run.rows, run.new) == (RunState.CHECKED, len(rows), len(rows))


def test_a_file_that_has_gone_bad_fails_in_words(ours):
    with ours.scope():
        run = imports.receive(Upload(ledger(firm(1)), "台账.xlsx"))
        run.header = {**run.header, "mapping": {}}
        run.state = RunState.CHECKING
        db.session.commit()
        run_id = run.id
    with ours.app.app_context(), pytest.raises(KeyError):
        job.run(tenant_id=ours.id, run_id=run_id)
    with ours.scope():
        run = db.session.scalars(select(ImportRun)).one()
        assert run.state == RunState.FAILED
        assert "没有写入" in run.failure["zh"]


def test_the_command_line_names_the_federation_and_counts_reasons(ours, tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger(*ROWS))
    with ours.app.app_context():
        dry = imports.import_file(ours.slug, path, dry_run=True)
        wet = imports.import_file(ours.slug, path)
        again = imports.import_file(ours.slug, path)
    assert outcome(dry) == outcome(wet) == [5, 4, 0, 0, 1]
    assert outcome(again) == [5, 0, 0, 4, 1]
    assert dry["reasons"] == {"code_of_another": 1}
    assert dry["dry_run"]
