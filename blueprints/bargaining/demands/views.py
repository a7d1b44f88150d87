"""Collecting demands from the officer's side: rounds, links and codes to print, what came in."""

from flask import abort, current_app, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.cases.views import bp
from blueprints.bargaining.demands import actions as demands
from blueprints.bargaining.demands.forms import CallForm, PaperForm
from blueprints.bargaining.demands.posters import poster_of
from blueprints.bargaining.demands.prices import BASES, figures_of, prices_of
from blueprints.bargaining.ground import packs, queries
from blueprints.bargaining.ground.demand_models import Audience, DemandCall
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.notices.letters.check import qr_png, qr_svg
from blueprints.notices.letters.poster import poster_pdf
from blueprints.notices.letters.values import Lang
from blueprints.shared.exports import attachment, sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import said
from blueprints.shared.uploads import upload
from rules.broken import RuleBroken
from rules.words import Text
from tenants.db import db
from tenants.roles import May

WHO = {
    Audience.WORKERS: Text("职工", "Workers"),
    Audience.ENTERPRISES: Text("企业", "Enterprises"),
}
OVER = Text("本轮征求意见已经结束，不再打印海报。", "This round is closed; no poster is printed.")


@bp.get("/<int:case_id>/demands")
@requires(May.CASES_READ)
def demands_index(case_id: int) -> ResponseReturnValue:
    """Every round with its links and what it brought, topic by topic."""
    case = queries.seen(case_id, viewer())
    rounds = [
        {
            "call": call,
            "open": demands.takes_answers(call),
            "results": [demands.result_of(call, audience) for audience in demands.SIDES],
            "links": {audience: link(call, audience) for audience in demands.SIDES},
            "codes": {
                audience: qr_svg(link(call, audience), said(WHO[audience]))
                for audience in demands.SIDES
            },
        }
        for call in demands.calls_of(case.id)
    ]
    return render_template(
        "bargaining/demands.html", case=case, rounds=rounds, who=WHO,
        papers=demands.paper_summaries(case.id), paper=PaperForm(formdata=None),
        prices=prices_of(case.id), figures=figures_of(case.id), kinds=packs.figures(),
        bases=BASES,
    )  # fmt: skip


@bp.get("/<int:case_id>/demands/new")
@requires(May.CASES_EDIT)
def new_call(case_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    return call_page(case, CallForm(formdata=None, case=case, data={"trades": trades_of(case)}))


@bp.post("/<int:case_id>/demands")
@requires(May.CASES_EDIT)
def create_call(case_id: int) -> ResponseReturnValue:
    """Open a round: two links, and codes to print."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    form = CallForm(case=case)
    if not form.validate():
        return call_page(case, form), 422
    demands.open_call(
        case, form.chosen(), form.trade_names(), form.closes_on.data, by_id=viewer().id
    )
    db.session.commit()
    return moved(url_for(".demands_index", case_id=case.id))


@bp.post("/<int:case_id>/demands/<int:call_id>/end")
@requires(May.CASES_EDIT)
def close_call(case_id: int, call_id: int) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    demands.close(case, demands.get_call(case, call_id) or abort(404))
    db.session.commit()
    return moved(url_for(".demands_index", case_id=case.id))


@bp.get("/<int:case_id>/demands/<int:call_id>/<any(workers, enterprises):audience>.png")
@requires(May.CASES_READ)
def call_code(case_id: int, call_id: int, audience: str) -> ResponseReturnValue:
    """The link as a code to hang up."""
    case = queries.seen(case_id, viewer())
    call = demands.get_call(case, call_id) or abort(404)
    data = qr_png(link(call, Audience(audience)))
    return attachment(data, f"{case.document_no}-{audience}.png", "image/png")


@bp.get(
    "/<int:case_id>/demands/<int:call_id>/<any(workers, enterprises):audience>"
    "-<any(zh, en):lang>.pdf"
)
@requires(May.CASES_READ)
def call_poster(case_id: int, call_id: int, audience: str, lang: Lang) -> ResponseReturnValue:
    """The code as a poster, while anybody can still answer."""
    case = queries.seen(case_id, viewer())
    call = demands.get_call(case, call_id) or abort(404)
    if not demands.takes_answers(call):
        raise RuleBroken(OVER)
    poster = poster_of(case, call, Audience(audience), lang, link(call, Audience(audience)))
    data = poster_pdf(poster, font_dir=current_app.extensions["settings"].font_dir)
    name = f"{case.document_no}-{audience}-{lang}.pdf"
    return attachment(data, name, "application/pdf")


@bp.get("/<int:case_id>/demands/<int:call_id>/export.<any(xlsx, csv):kind>")
@requires(May.CASES_EXPORT)
def demands_export(case_id: int, call_id: int, kind: str) -> ResponseReturnValue:
    """The weighed topics as a sheet, with the same protection as on screen."""
    case = queries.seen(case_id, viewer(), May.CASES_EXPORT)
    call = demands.get_call(case, call_id) or abort(404)
    heads = [_("From"), _("Topic"), _("Named by"), _("Weight")]
    rows = (
        [said(WHO[audience]), said(one.words), one.named, one.weight]
        for audience in demands.SIDES
        for one in demands.result_of(call, audience).topics
    )
    return sheet(kind, f"{case.name}-{_('Demands')}", heads, rows)


@bp.post("/<int:case_id>/demands/paper")
@requires(May.CASES_EDIT)
def create_paper_demands(case_id: int) -> ResponseReturnValue:
    """Put the summary of what was collected on paper on file."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    form = PaperForm()
    proof = upload(form.paper, demands.PAPER, case, by_id=viewer().id)
    if proof.document_id is None:
        flash(" ".join(map(str, form.paper.errors)) or _("Choose a file."), "warning")
    else:
        demands.take_paper(case, proof.document_id)
        db.session.commit()
    return moved(url_for(".demands_index", case_id=case.id))


def link(call: DemandCall, audience: Audience | str) -> str:
    """The address behind the code."""
    token = call.worker_token if audience == Audience.WORKERS else call.enterprise_token
    return url_for("demands.show", token=token, _external=True)


def trades_of(case: BargainingCase) -> str:
    """Trades to choose from: those of the price draft, else those the packs speak of."""
    drafted = dict.fromkeys(row.trade for row in prices_of(case.id))
    spoken = (trade for clause in demands.topics_for(case) for blank in clause.blanks
              for trade in blank.trades)  # fmt: skip
    return "\n".join(drafted or dict.fromkeys(spoken))


def call_page(case: BargainingCase, form: CallForm) -> str:
    return render_template(
        "bargaining/form.html", case=case, form=form, title=_("Ask for demands"),
        action=url_for(".create_call", case_id=case.id), submit=_("Make the links"),
        back=url_for(".demands_index", case_id=case.id),
        note=_("Workers answer without a name. Nothing is shown before the round is closed."),
    )  # fmt: skip
