"""Entry codes for a unit: made, printed on a sheet to cut apart, and never shown again."""

from flask import current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.evaluation import codes, queries
from blueprints.evaluation.forms import CodesForm
from blueprints.evaluation.plan_views import back_to
from blueprints.evaluation.sheets import code_sheet
from blueprints.evaluation.views import act, bp
from blueprints.notices.letters.poster import code_sheet_pdf
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from tenants.db import db
from tenants.roles import May

USUAL = 30  # where the register does not say how many work there


@bp.route("/<int:survey_id>/links/<int:invitation_id>/codes", methods=["GET", "POST"])
@requires(May.SURVEYS_ENTER)
def entry_codes(survey_id: int, invitation_id: int) -> ResponseReturnValue:
    """How many; then the sheet itself, this once: the codes are kept nowhere."""
    survey = queries.seen(survey_id, viewer(), May.SURVEYS_ENTER)
    invitation, name = queries.seen_invitation(
        survey, invitation_id, viewer(), May.SURVEYS_ENTER, lock=request.method == "POST"
    )
    asked = request.method == "GET"
    kept = {"how_many": invitation.people or USUAL, "only": invitation.by_code_only}
    form = CodesForm(**({"formdata": None, "data": kept} if asked else {}))
    if asked or not form.validate():
        return act(
            _("Entry codes"), form, back=back_to(survey), about=name, label=_("Make the sheet"),
            says=_(
                "A sheet to print and cut apart, one code for one form. Shuffle the slips and let "
                "everybody draw: nobody notes whose is which. The sheet is handed over this once; "
                "the codes are kept nowhere. %(left)s codes made before have not been used.",
                left=codes.unused(invitation),
            ),
            status=200 if asked else 422, download=True,
        )  # fmt: skip
    made = codes.make(
        survey, invitation, int(form.how_many.data or 0),
        afresh=form.afresh.data, only=form.only.data,
    )  # fmt: skip
    sheet = code_sheet(survey, invitation, name, made)
    data = code_sheet_pdf(sheet, font_dir=current_app.extensions["settings"].font_dir)
    db.session.commit()
    return attachment(data, f"{name}-{_('Entry codes')}.pdf", "application/pdf")
