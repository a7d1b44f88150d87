"""What the exchange of information shows on the page of a case, and to the procedure."""

from collections.abc import Iterator
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, select

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.contributions import Section, Trace, case_facts, section, trace
from blueprints.bargaining.ground.labels import SIDES
from blueprints.bargaining.ground.law import rule_of
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.paper_models import InfoItem, InfoRequest, Undertaking
from blueprints.bargaining.ground.reach import cases_within
from blueprints.bargaining.information import actions as info
from blueprints.bargaining.information.undertakings import in_force, undertakings_of
from blueprints.shared.guards import Viewer
from blueprints.shared.workbench_cards import Card, Due, Row, card, due_by
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

ROWS = 8


def settled(request: InfoRequest, items: list[InfoItem]) -> bool:
    """Something was handed over for it, or it was withdrawn."""
    return request.withdrawn_on is not None or any(one.request_id == request.id for one in items)


@case_facts
def of_the_information(case: BargainingCase) -> dict[str, bool]:
    requests, items = info.requests_of(case.id), list(info.items_of(case.id))
    return {"information_supplied": bool(items) and all(settled(one, items) for one in requests)}


def info_page(case: BargainingCase, viewer: Viewer) -> dict[str, Any]:
    items = list(info.items_of(case.id))
    people = queries.representatives_of(case.id)
    promises = undertakings_of(case.id)
    return {
        "requests": info.requests_of(case.id),
        "items": items,
        "settled": lambda request: settled(request, items),
        "people": people,
        "promises": promises,
        "in_force": in_force,
        "may_open": info.may_open(case, viewer),
        "rule": rule_of(case, info.CLOCK),
        "content": rule_of(case, "info.content"),
        "sides": SIDES,
        "files": queries.names_of_papers([one.scan_id for one in promises.values()]),
    }


@section(40, _l("Exchange of information"))
def info_section(case: BargainingCase, _viewer: Viewer) -> Section:
    items = list(info.items_of(case.id))
    return Section(
        "bargaining/_info.html",
        {
            "requests": info.requests_of(case.id),
            "settled": lambda request: settled(request, items),
            "sides": SIDES,
        },
    )


@trace("before", 40)
def info_traces(case: BargainingCase) -> Iterator[Trace]:
    here = url_for("cases.info_index", case_id=case.id)
    requests, items = info.requests_of(case.id), list(info.items_of(case.id))
    yield Trace(
        Text("协商资料", "Information handed over"),
        present=of_the_information(case)["information_supplied"],
        on=max((one.handed_on for one in items), default=None),
        required=bool(requests),
        article=rule_of(case, info.CLOCK).citation,
        missing=Text("登记已提供的资料。", "Record what was handed over."),
        url=here,
    )
    promises = undertakings_of(case.id)
    yield Trace(
        Text("保密承诺书", "Undertakings of secrecy"),
        present=bool(promises) and all(one.signed_on for one in promises.values()),
        on=min((one.signed_on for one in promises.values() if one.signed_on), default=None),
        required=any(one.confidential for one in items),
        documents=[one.scan_id for one in promises.values() if one.scan_id],
        missing=lacking(case, promises),
        url=here,
    )


def lacking(case: BargainingCase, promises: dict[int, Undertaking]) -> Text:
    """Who was asked and has not promised yet; where nobody was asked, what to do."""
    still = {ident for ident, one in promises.items() if one.signed_on is None}
    names = [one.name for one in queries.representatives_of(case.id) if one.id in still]
    if not names:
        return Text("请向查阅保密资料的代表征集保密承诺。", "Ask those who read what is secret.")
    return Text(f"尚未签署：{'、'.join(names)}", f"Not signed yet: {', '.join(names)}")


@card(37, May.CASES_READ)
def information_due(viewer: Viewer) -> Card | None:
    """Information that is due before a meeting and has not come."""
    given = exists(
        select(InfoItem.id).where(
            InfoItem.tenant_id == InfoRequest.tenant_id, InfoItem.request_id == InfoRequest.id
        )
    )
    of_case = (BargainingCase.tenant_id == InfoRequest.tenant_id) & (
        BargainingCase.id == InfoRequest.case_id
    )
    query = (
        select(
            BargainingCase.id, BargainingCase.name, InfoRequest.due_on, InfoRequest.document_no,
            due_by(InfoRequest.due_on, today()).label("n"),
        )
        .join(InfoRequest, of_case)
        .where(
            InfoRequest.due_on.is_not(None), InfoRequest.withdrawn_on.is_(None), ~given,
            cases_within(viewer),
        )
        .order_by(InfoRequest.due_on, InfoRequest.id)
        .limit(ROWS)
    )  # fmt: skip
    rows = db.session.execute(query).all()
    if not rows:
        return None
    return Due(
        _("Information to be supplied"),
        figure=rows[0].n,
        link=url_for("cases.index"),
        rows=[
            Row(row.name, url=url_for("cases.info_index", case_id=row.id),
                what=_("Information before the meeting"), note=row.document_no, date=row.due_on,
                act=_("Open"))
            for row in rows
        ],
    )  # fmt: skip
