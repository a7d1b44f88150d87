"""Commitments to bargain (协商约定书): each with an end of its own, never counted as a contract."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from blueprints.bargaining.ground.contributions import Section, Trace, section, trace
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.paper_models import Commitment
from blueprints.bargaining.ground.reach import cases_within
from blueprints.shared.guards import Viewer
from blueprints.shared.workbench_cards import Card, Due, Row, card, due_by
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.numbering import document_number, take
from tenants.roles import May

ROWS = 8


def commit(
    case: BargainingCase, facts: dict[str, Any], *, scan_id: int | None, by_id: int
) -> Commitment:
    """Both sides promise to open bargaining."""
    year = facts["signed_on"].year
    (number,) = take("commitment", year)
    one = Commitment(
        case_id=case.id, document_no=document_number("commitment", year, number),
        scan_id=scan_id, recorded_by_id=by_id, **facts,
    )  # fmt: skip
    db.session.add(one)
    db.session.flush()
    trail.record("commitment.signed", case, number=one.document_no, until=one.ends_on.isoformat())
    return one


def end(case: BargainingCase, one: Commitment, how: str, on: date, note: str | None) -> None:
    one.ended, one.ended_on, one.ended_note = how, on, note or None
    trail.record("commitment.ended", case, number=one.document_no, reason=note)


def commitments_of(case_id: int) -> Sequence[Commitment]:
    query = select(Commitment).where(Commitment.case_id == case_id).order_by(Commitment.id.desc())
    return db.session.scalars(query).all()


def get_commitment(case: BargainingCase, ident: int) -> Commitment | None:
    return db.session.scalar(
        select(Commitment).where(Commitment.case_id == case.id, Commitment.id == ident)
    )


@section(70, _l("Commitment to bargain"))
def commitments_section(case: BargainingCase, _viewer: Viewer) -> Section:
    return Section("bargaining/_commitments.html", {"rows": commitments_of(case.id)})


@trace("before", 70)
def commitment_traces(case: BargainingCase) -> Iterator[Trace]:
    for one in commitments_of(case.id):
        yield Trace(
            Text(f"协商约定书 {one.document_no}", f"Commitment to bargain {one.document_no}"),
            present=one.scan_id is not None,
            on=one.signed_on,
            required=False,
            documents=[one.scan_id] if one.scan_id else [],
            missing=Text("上传签署件。", "Upload the signed paper."),
            url=url_for("cases.show", case_id=case.id) + "#commitments-section",
        )


@card(40, May.CASES_READ)
def promises_to_bargain(viewer: Viewer) -> Card | None:
    """Commitments that have not been kept yet, by the day they end."""
    of_case = (BargainingCase.tenant_id == Commitment.tenant_id) & (
        BargainingCase.id == Commitment.case_id
    )
    day = func.coalesce(Commitment.bargain_by, Commitment.ends_on)
    query = (
        select(BargainingCase.id, BargainingCase.name, Commitment.document_no,
               day.label("due"), due_by(day, today()).label("n"))
        .join(BargainingCase, of_case)
        .where(Commitment.ended.is_(None), cases_within(viewer))
        .order_by("due", Commitment.id)
        .limit(ROWS)
    )  # fmt: skip
    rows = db.session.execute(query).all()
    if not rows:
        return None
    return Due(
        _("Commitments to bargain"),
        figure=rows[0].n,
        link=url_for("cases.index"),
        rows=[
            Row(row.name, url=url_for("cases.show", case_id=row.id), note=row.document_no,
                what=_("Bargaining promised by"), date=row.due, act=_("Open"))
            for row in rows
        ],
    )  # fmt: skip
