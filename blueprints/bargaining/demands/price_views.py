"""Entering trades, prices and figures of a case."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.cases.corrections import stale
from blueprints.bargaining.cases.views import bp
from blueprints.bargaining.demands import prices
from blueprints.bargaining.demands.price_forms import FigureForm, PriceForm
from blueprints.bargaining.ground import packs, queries
from blueprints.bargaining.ground.demand_models import TradePrice
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import said
from tenants.db import db
from tenants.roles import May


@bp.get("/<int:case_id>/prices")
@requires(May.CASES_READ)
def prices_index(case_id: int) -> ResponseReturnValue:
    """The draft table, each row with the figures to hold beside it."""
    case = queries.seen(case_id, viewer())
    return render_template(
        "bargaining/prices.html", case=case, lines=prices.beside(case), bases=prices.BASES,
        figures=prices.figures_of(case.id), kinds=packs.figures(), money=prices.money,
        exports=[(k.upper(), url_for(".prices_export", case_id=case.id, kind=k))
                 for k in ("xlsx", "csv") if viewer().may(May.CASES_EXPORT)],
    )  # fmt: skip


@bp.get("/<int:case_id>/prices/export.<any(xlsx, csv):kind>")
@requires(May.CASES_EXPORT)
def prices_export(case_id: int, kind: str) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EXPORT)
    heads = [_("Trade"), _("Process"), _("Grade"), _("Paid by"), _("Unit"), _("Paid now"),
             _("Workers' draft"), _("Employers' draft"), _("Quota a day"), _("Remark")]  # fmt: skip
    rows = (
        [row.trade, row.process, row.grade, said(prices.BASES[row.basis]), row.unit, row.present,
         row.asked, row.answered, row.quota, row.note]
        for row in prices.prices_of(case.id)
    )  # fmt: skip
    return sheet(kind, f"{case.name}-{_('Trades and prices')}", heads, rows)


@bp.get("/<int:case_id>/prices/new")
@requires(May.CASES_EDIT)
def new_price(case_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    return price_page(case, PriceForm(formdata=None, case=case, data={"unit": "元/月"}))


@bp.post("/<int:case_id>/prices")
@requires(May.CASES_EDIT)
def create_price(case_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    form = PriceForm(case=case)
    if not form.validate():
        return price_page(case, form), 422
    prices.enter_price(case, form.facts())
    db.session.commit()
    return moved(url_for(".prices_index", case_id=case.id))


@bp.get("/<int:case_id>/prices/<int:price_id>")
@requires(May.CASES_EDIT)
def edit_price(case_id: int, price_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    row = prices.get_price(case, price_id) or abort(404)
    known = {"seen": row.updated_at.isoformat()}
    return price_page(case, PriceForm(formdata=None, case=case, row=row, obj=row, data=known), row)


@bp.post("/<int:case_id>/prices/<int:price_id>")
@requires(May.CASES_EDIT)
def update_price(case_id: int, price_id: int) -> ResponseReturnValue:
    """Change a row; two who change the same one do not overwrite each other."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    row = prices.get_price(case, price_id) or abort(404)
    form = PriceForm(case=case, row=row)
    if stale(form, row.updated_at):
        return price_page(case, form, row), 409
    if not form.validate():
        return price_page(case, form, row), 422
    prices.change_price(case, row, form.facts())
    db.session.commit()
    return moved(url_for(".prices_index", case_id=case.id))


@bp.post("/<int:case_id>/prices/<int:price_id>/strike")
@requires(May.CASES_EDIT)
def strike_price(case_id: int, price_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    prices.strike_price(case, prices.get_price(case, price_id) or abort(404))
    db.session.commit()
    return moved(url_for(".prices_index", case_id=case.id))


@bp.get("/<int:case_id>/figures/new")
@requires(May.CASES_EDIT)
def new_figure(case_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    return figure_page(case, FigureForm(formdata=None))


@bp.post("/<int:case_id>/figures")
@requires(May.CASES_EDIT)
def create_figure(case_id: int) -> ResponseReturnValue:
    """Put a published figure beside the table, with its source."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    form = FigureForm()
    if not form.validate():
        return figure_page(case, form), 422
    prices.enter_figure(case, form.facts(), by_id=viewer().id)
    db.session.commit()
    return moved(url_for(".prices_index", case_id=case.id))


@bp.post("/<int:case_id>/figures/<int:figure_id>/strike")
@requires(May.CASES_EDIT)
def strike_figure(case_id: int, figure_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    prices.strike_figure(case, prices.get_figure(case, figure_id) or abort(404))
    db.session.commit()
    return moved(url_for(".prices_index", case_id=case.id))


def price_page(case: BargainingCase, form: PriceForm, row: TradePrice | None = None) -> str:
    where = (
        url_for(".update_price", case_id=case.id, price_id=row.id)
        if row
        else url_for(".create_price", case_id=case.id)
    )
    return render_template(
        "bargaining/form.html", case=case, form=form, action=where,
        title=prices.named(row) if row else _("New trade or process"),
        back=url_for(".prices_index", case_id=case.id),
    )  # fmt: skip


def figure_page(case: BargainingCase, form: FigureForm) -> str:
    return render_template(
        "bargaining/form.html", case=case, form=form, title=_("Reference figure"),
        action=url_for(".create_figure", case_id=case.id),
        back=url_for(".prices_index", case_id=case.id),
    )  # fmt: skip
