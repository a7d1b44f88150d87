"""What performance, assessment and forecast hand in for the page of a contract."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import lazy_gettext as _l

from blueprints.contracts.assessment import actions as assessment_actions
from blueprints.contracts.assessment.models import AssessmentState
from blueprints.contracts.forecast import queries as forecast_queries
from blueprints.contracts.forecast import successors
from blueprints.contracts.forecast.words import standing
from blueprints.contracts.ground.check_models import CheckState
from blueprints.contracts.ground.contributions import (
    Act,
    Entry,
    Section,
    contract_acts,
    contract_events,
    section,
)
from blueprints.contracts.ground.labels import NOT_YOURS
from blueprints.contracts.ground.models import IN_FORCE, TOOK_EFFECT, Contract, ContractState
from blueprints.contracts.performance import check_queries, finding_queries
from blueprints.contracts.performance.check_pages import FINDING_LOOKS, STATES, look_of
from blueprints.contracts.reports import queries as report_queries
from blueprints.contracts.reports.views import STATES as REPORT_STATES
from blueprints.shared.guards import Viewer
from rules.assessment import GRADE_NAMES
from rules.forecast import GROUND_NAMES
from rules.procedure import label
from rules.words import Text
from tenants.clock import today
from tenants.roles import May

NOT_IN_FORCE = Text("合同尚未生效或者已经终止。", "The contract is not in force.")
ONCE_A_TERM = Text("本期限已有评估。", "It was assessed for this term.")


@section(60, _l("Performance"))
def performance(contract: Contract, viewer: Viewer) -> Section | None:
    """Checks, findings, reports, wages by half-year, and the assessment."""
    if contract.state not in TOOK_EFFECT:
        return None
    return Section(
        "contracts/_performance.html",
        {
            "contract": contract,
            "checks": check_queries.of_contract(contract.id),
            "check_states": STATES,
            "check_look": look_of,
            "findings": finding_queries.of_contract(contract.id),
            "finding_state": lambda state: label("finding", state),
            "finding_look": FINDING_LOOKS,
            "reports": report_queries.of_contract(contract.id),
            "report_states": REPORT_STATES,
            "wages": report_queries.wages_of(contract.id),
            "may_edit": viewer.may(May.PERFORMANCE_EDIT),
            "assessment": assessment_actions.of_contract(contract.id),
            "grades": GRADE_NAMES,
        },
    )


@section(70, _l("Forecast"))
def forecast(contract: Contract, viewer: Viewer) -> Section | None:
    """The lines of the forecast that are about this contract."""
    rows = forecast_queries.of_contract(contract.id)
    if not rows or not viewer.may(May.FORECAST_READ):
        return None
    return Section(
        "contracts/_forecast.html",
        {
            "rows": rows,
            "grounds": GROUND_NAMES,
            "stands": lambda row: standing(row, row.owner_id, today()),
        },
    )


@contract_acts(40)
def following(contract: Contract, viewer: Viewer) -> Iterator[Act]:
    """Starting the renewal, or the change that both sides agreed on."""
    if contract.state not in (*successors.AGAIN, ContractState.TERMINATING):
        return
    change = successors.is_change(contract)
    why = successors.why_not(contract)
    if not viewer.may(May.CASES_EDIT):
        why = NOT_YOURS
    yield Act(
        Text("立项协商变更", "Open the case of the change")
        if change
        else Text("立项续订", "Open the case of its renewal"),
        url_for("contracts.follow", contract_id=contract.id),
        says=successors.window_words(contract),
        post=True,
        main=why is None and (change or successors.window_is_open(contract)),
        why_not=why,
    )


@contract_acts(60)
def acts(contract: Contract, viewer: Viewer) -> Iterator[Act]:
    """Planning a check and assessing the term."""
    if not viewer.may(May.PERFORMANCE_EDIT):
        return
    running = None if contract.state in IN_FORCE else NOT_IN_FORCE
    yield Act(
        Text("安排履约检查", "Plan a check"),
        url_for("performance.plan", contract_id=contract.id),
        why_not=running,
    )
    took = None if contract.state in TOOK_EFFECT else NOT_IN_FORCE
    done = ONCE_A_TERM if assessment_actions.of_contract(contract.id) else None
    yield Act(
        Text("开展履约评估", "Assess the contract"),
        url_for("performance.assess", contract_id=contract.id),
        why_not=took or done,
    )


@contract_events
def events(contract: Contract) -> Iterator[Entry]:
    """Checks held, letters to the chiefs, corrections, reports heard, the assessment."""
    for check in check_queries.of_contract(contract.id):
        if check.state == CheckState.HELD and check.held_on:
            link = (check.document_no or "", url_for("performance.show", check_id=check.id))
            yield Entry(check.held_on, Text("履约检查", "A check was held"), "", [link])
    for finding, number, title in finding_queries.of_contract(contract.id):
        link = (f"{number} {title}", url_for("performance.finding", finding_id=finding.id))
        if finding.put_on:
            words = Text("问题书面告知双方首席代表", "A finding was put to both chiefs")
            yield Entry(finding.put_on, words, finding.document_no or "", [link])
        if finding.fixed_on:
            words = Text("问题已整改", "A finding was corrected")
            yield Entry(finding.fixed_on, words, finding.fix_note or "", [link])
    for report in report_queries.of_contract(contract.id):
        if report.presented_on:
            words = Text("向职工代表大会报告履行情况", "The congress heard the report")
            yield Entry(report.presented_on, words, report.congress or "")
    assessed = assessment_actions.of_contract(contract.id)
    if assessed is not None and assessed.state == AssessmentState.CONFIRMED:
        words = Text("履约评估已确认", "The assessment was confirmed")
        yield Entry(assessed.confirmed_at or assessed.assessed_on, words, str(assessed.total or ""))
