"""The boxes of question 2: what is in a contract and what is not, before a survey is opened."""

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.evaluation import planning, queries
from blueprints.evaluation.forms import ContentsForm
from blueprints.evaluation.models import SurveyContent
from blueprints.evaluation.plan_views import back_to, writable
from blueprints.evaluation.views import act, bp
from blueprints.shared.guards import requires
from blueprints.shared.htmx import moved
from tenants.db import db
from tenants.roles import May


@bp.route("/<int:survey_id>/contents/<int:contract_id>", methods=["GET", "POST"])
@requires(May.SURVEYS_PLAN)
def contents(survey_id: int, contract_id: int) -> ResponseReturnValue:
    """The boxes as they were proposed from the clauses, to be put right by somebody who knows."""
    survey = writable(survey_id, May.SURVEYS_PLAN)
    name = queries.contracts_asked(survey.id).get(contract_id) or abort(404)
    form = ContentsForm(**({"formdata": None, "data": lists_of(survey.id, contract_id)}
                           if request.method == "GET" else {}))  # fmt: skip
    if request.method == "GET" or not form.validate():
        return act(
            _("Boxes of question 2"), form, back=back_to(survey), about=name, label=_("Save"),
            says=_("Workers are shown these mixed. Who ticks something that is not in the contract "
                   "does not count as knowing it. Another language may follow after “|”."),
            status=200 if request.method == "GET" else 422,
        )  # fmt: skip
    planning.save_contents(survey, {contract_id: form.boxes()})
    db.session.commit()
    return moved(url_for(".show", survey_id=survey.id))


def lists_of(survey_id: int, contract_id: int) -> dict[str, str]:
    boxes = [one for one in queries.contents_of(survey_id) if one.contract_id == contract_id]
    return {
        "true": "\n".join(line(one) for one in boxes if one.in_contract),
        "false": "\n".join(line(one) for one in boxes if not one.in_contract),
    }


def line(box: SurveyContent) -> str:
    return f"{box.words} | {box.words_en}" if box.words_en else box.words
