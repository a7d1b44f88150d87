"""Running deadlines under the rules and days of now: what would move, shown before it does."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import Length

from blueprints.offers.clocks import recount, recounting
from blueprints.offers.clocks.recount import CAUSES, Group
from blueprints.rulebook import queries as rulebook
from blueprints.rulebook.models import Basis
from blueprints.shared.exports import sheet
from blueprints.shared.forms import Filled, Form, TextField
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from jobs.queue import wake
from rules.shelf import catalogue
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("recounts", __name__, url_prefix="/<tenant>/running-deadlines")

SHOWN = 50  # offers named under each group
AT_ONCE = recounting.BATCH  # so many are moved while the person waits; more by a worker
BASES = {
    Basis.CALENDAR: _l("The calendar only"),
    Basis.RULES: _l("The rules and the calendar"),
}


class RecountForm(Form):
    reason = TextField(_l("Why they are moved"), [Filled(), Length(max=300)])
    seen = HiddenField()


@bp.get("")
@requires(May.RULES_READ)
def index() -> ResponseReturnValue:
    return _page(_basis(request.args.get("basis")), RecountForm(formdata=None))


@bp.get("/export.<any(xlsx, csv):file>")
@requires(May.OFFERS_EXPORT)
def export(file: str) -> ResponseReturnValue:
    """Every deadline that would move, one to a line."""
    heads = [
        _("Offer"), _("Enterprise"), _("Rule"), _("Day of the event"), _("Date now"),
        _("Date then"), _("Why"),
    ]  # fmt: skip
    groups = recount.preview(_basis(request.args.get("basis")))
    return sheet(file, _("Deadlines that would move"), heads, _lines(groups))


@bp.post("/calendar")
@requires(May.CALENDARS_EDIT)
def apply_calendar() -> ResponseReturnValue:
    """Move what the days move; every deadline keeps the rule it was started under."""
    return _apply(Basis.CALENDAR)


@bp.post("/rules")
@requires(May.RULES_CONFIRM)
def apply_rules() -> ResponseReturnValue:
    """Move what the rules of now and the days move."""
    return _apply(Basis.RULES)


@bp.get("/<int:recount_id>")
@requires(May.RULES_READ)
def show(recount_id: int) -> ResponseReturnValue:
    """How far a recount is, or what it has done."""
    found = recounting.get_recount(recount_id)
    name = rulebook.names_of({found.asked_by_id})
    return page(
        "rulebook/recounted.html",
        fragment="rulebook/_progress.html",
        recount=found,
        names=name,
        bases=BASES,
    )


def _apply(basis: Basis) -> ResponseReturnValue:
    form = RecountForm()
    if not form.validate():
        return _page(basis, form, status=422)
    if recounting.running_recount() is not None:
        form.form_errors.append(_("Deadlines are being counted anew just now; wait for the end."))
        return _page(basis, form, status=409)
    groups = recount.preview(basis)
    if form.seen.data != recount.fingerprint(groups):
        form.form_errors.append(_("What would move has changed meanwhile; look at it once more."))
        return _page(basis, form, status=409)
    decided = recounting.decide(basis, form.reason.data, groups, by_id=viewer().id)
    if decided.total <= AT_ONCE:
        while recounting.step(decided):
            pass
        flash(_("Done: %(count)s deadlines were moved.", count=decided.moved), "ok")
    else:
        wake("jobs.recompute.run", recount_id=decided.id)
    db.session.commit()
    return moved(url_for(".show", recount_id=decided.id))


def _page(basis: Basis, form: RecountForm, status: int = 200) -> ResponseReturnValue:
    groups = recount.preview(basis)
    moving = [group for group in groups if group.moves]
    person = viewer()
    needed = May.RULES_CONFIRM if basis == Basis.RULES else May.CALENDARS_EDIT
    earlier = recounting.recounts()
    return (
        render_template(
            "rulebook/recount.html",
            basis=basis,
            bases=BASES,
            form=form,
            seen=recount.fingerprint(groups),
            moving=[(group, recount.members(group, SHOWN)) for group in moving],
            refused=[group for group in groups if group.refused],
            total=sum(group.number for group in moving),
            titles=catalogue(),
            causes=CAUSES,
            may_apply=person.may(needed),
            may_name=person.may(May.CAMPAIGNS_PREPARE) or person.may(May.RULES_CONFIRM),
            running=recounting.running_recount(),
            earlier=earlier,
            names=rulebook.names_of({one.asked_by_id for one in earlier}) if earlier else {},
            today=today(),
        ),
        status,
    )


def _lines(groups: list[Group]) -> Iterator[list[Any]]:
    for group in groups:
        if group.after is None or not group.moves:
            continue
        why = "; ".join(str(CAUSES[cause]) for cause in group.causes)
        for row in recount.members(group):
            yield [
                row.document_no, row.addressee_name, said(catalogue()[group.rule_key].title),
                group.anchor_on, group.before.on, group.after.on, why,
            ]  # fmt: skip


def _basis(asked: str | None) -> Basis:
    return Basis.RULES if asked == Basis.RULES else Basis.CALENDAR
