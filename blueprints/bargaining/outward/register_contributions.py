"""What the cases say on the register: those of an enterprise, what happened, how doubles merge."""

from collections.abc import Iterator
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.orm import InstrumentedAttribute

from blueprints.bargaining.ground.labels import PARTS, state_label, state_look
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise
from blueprints.bargaining.ground.reach import cases_within
from blueprints.bargaining.ground.team_models import STANDING, Mandate, MandateState, Representative
from blueprints.registry.contributions import (
    Entry,
    Panel,
    events,
    panel,
    when_merged,
)
from blueprints.shared.guards import Viewer
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

SHOWN = 10
MERGED = "重复登记的单位已合并，保留的单位已有授权委托书。"
OF_CASE = (BargainingCase.tenant_id == CaseEnterprise.tenant_id) & (
    BargainingCase.id == CaseEnterprise.case_id
)


@panel(25)
def cases_panel(enterprise_id: int, viewer: Viewer) -> Panel | None:
    """The cases in which it takes part, the newest first."""
    if not viewer.may(May.CASES_READ):
        return None
    one = BargainingCase
    query = (
        select(one.id, one.name, one.document_no, one.state, CaseEnterprise.part)
        .join(CaseEnterprise, OF_CASE)
        .where(CaseEnterprise.enterprise_id == enterprise_id, cases_within(viewer))
        .order_by(one.id.desc())
        .limit(SHOWN)
    )
    known = {
        "rows": db.session.execute(query).all(), "state": state_label, "look": state_look,
        "parts": PARTS,
    }  # fmt: skip
    return Panel(_("Bargaining"), "bargaining/_panel.html", known)


@events
def case_lines(enterprise_id: int) -> Iterator[Entry]:
    """When it came into a case, and when it left one."""
    query = (
        select(BargainingCase.id, BargainingCase.name, CaseEnterprise.joined_on,
               CaseEnterprise.left_on, CaseEnterprise.left_reason)
        .join(CaseEnterprise, OF_CASE)
        .where(CaseEnterprise.enterprise_id == enterprise_id)
    )  # fmt: skip
    for row in db.session.execute(query):
        link = [(row.name, url_for("cases.show", case_id=row.id))]
        yield Entry(row.joined_on, Text("列入协商项目", "Came into a case"), "", link)
        if row.left_on:
            left = Text("退出协商项目", "Left a case")
            yield Entry(row.left_on, left, row.left_reason, link)


@when_merged
def follow_merge(kept_id: int, double_id: int) -> None:
    """Its places, mandates and people follow. Where both are in a case, the kept one's place stays.

    Two mandates for one enterprise cannot stand: the double's is revoked, and its paper is kept.
    """
    both = _cases(kept_id) & _cases(double_id)
    doubled = CaseEnterprise.enterprise_id == double_id, CaseEnterprise.case_id.in_(both)
    db.session.execute(delete(CaseEnterprise).where(*doubled))
    _move(CaseEnterprise.enterprise_id, kept_id, double_id)
    _revoke_second(kept_id, double_id)
    _move(Mandate.enterprise_id, kept_id, double_id)
    _move(Representative.enterprise_id, kept_id, double_id)
    for case_id in both:
        trail.record("case.places_merged", ("bargaining_case", case_id))


def _cases(enterprise_id: int) -> set[int]:
    query = select(CaseEnterprise.case_id).where(CaseEnterprise.enterprise_id == enterprise_id)
    return set(db.session.scalars(query))


def _revoke_second(kept_id: int, double_id: int) -> None:
    standing = Mandate.state.in_(STANDING)
    kept = select(Mandate.case_id).where(Mandate.enterprise_id == kept_id, standing)
    db.session.execute(
        update(Mandate)
        .where(Mandate.enterprise_id == double_id, standing, Mandate.case_id.in_(kept))
        .values(state=MandateState.REVOKED, revoked_on=today(), revoked_reason=MERGED)
    )


def _move(column: InstrumentedAttribute[Any], kept_id: int, double_id: int) -> None:
    model = column.class_
    db.session.execute(update(model).where(column == double_id).values(enterprise_id=kept_id))
