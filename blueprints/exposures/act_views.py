"""The pages of the acts: what exactly will happen, what has to be typed, and the button."""

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.exposures import queries
from blueprints.exposures.acts import ACTS, STEP_ACTS, Act, offered
from blueprints.exposures.letters import step_letter
from blueprints.exposures.models import Exposure
from blueprints.exposures.step_models import ExposureStep
from blueprints.exposures.views import bp
from blueprints.offers.letters import rendered
from blueprints.offers.queries import get_offer
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import language, said
from blueprints.shared.uploads import upload
from rules.broken import RuleBroken
from tenants.clock import today
from tenants.db import db

Finder = Callable[..., Any]


def page_of(act: Act, find: Finder) -> Callable[..., ResponseReturnValue]:
    """One view for the question and the deed."""

    def view(**ident: int) -> ResponseReturnValue:
        (row_id,) = ident.values()
        if request.method == "GET":
            row = find(row_id)
            known = {"served_on": today(), "answered_on": today(), "given_on": today()}
            return shown(act, row, act.form(formdata=None, data={**known, "held_on": today()}))
        row = find(row_id, lock=True)
        form = act.form()
        if not form.validate():
            return shown(act, row, form), 422
        evidence = None
        if "evidence" in form:
            proof = upload(form["evidence"], "service", row, by_id=viewer().id)
            if not proof.fine:
                return shown(act, row, form), 422
            evidence = proof.document_id
        try:
            act.do(row, form, viewer().id, evidence)
        except RuleBroken as refused:  # the answer stands above what was typed, which stays
            db.session.rollback()
            form.form_errors.append(said(refused.text))
            return shown(act, find(row_id), form), 409
        db.session.commit()
        flash(_("Done: %(act)s.", act=said(act.label)), "ok")
        return moved(url_for(".show", offer_id=row.offer_id))

    return view


def shown(act: Act, row: ExposureStep | Exposure, form: Any) -> str:
    letter = None
    if isinstance(row, ExposureStep):
        letter = rendered(step_letter(row, language()), "html")
    return render_template(
        "exposures/act.html", act=act, row=row, form=form, offer=get_offer(row.offer_id),
        letter=letter, open_now=act in offered(row),
    )  # fmt: skip


for prefix, ident, acts, finder in (
    ("steps", "step_id", STEP_ACTS, queries.get_step),
    ("cases", "exposure_id", ACTS, queries.get_exposure),
):
    for one in acts.values():
        name = f"{prefix}_{one.name.replace('-', '_')}"
        bp.add_url_rule(
            f"/{prefix}/<int:{ident}>/{one.name}",
            endpoint=name,
            view_func=requires(one.permission)(page_of(one, finder)),
            methods=["GET", "POST"],
        )
