"""One's own digest: at once, every day, every week, or not at all."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.utils import redirect
from wtforms import RadioField

from blueprints.delivery import actions, digests
from blueprints.delivery.models import Pace
from blueprints.delivery.room import bp
from blueprints.shared.forms import Form, InputRequired
from blueprints.shared.guards import requires, viewer
from tenants.clock import now, today
from tenants.db import db
from tenants.roles import May

PACES = {
    Pace.IMMEDIATE: _l("at once"),
    Pace.DAILY: _l("every day"),
    Pace.WEEKLY: _l("every week"),
    Pace.NEVER: _l("not at all"),
}


class DigestForm(Form):
    digest = RadioField(_l("How often"), [InputRequired()])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.digest.choices = {str(pace): str(words) for pace, words in PACES.items()}


@bp.get("/digest")
@requires(May.SIGNED_IN)
def digest() -> ResponseReturnValue:
    return choice_page(DigestForm(formdata=None, data={"digest": digests.pace_of(viewer())}))


@bp.post("/digest")
@requires(May.SIGNED_IN)
def choose_digest() -> ResponseReturnValue:
    form = DigestForm(request.form)
    if not form.validate():
        return choice_page(form), 422
    actions.choose_digest(viewer().id, form.digest.data)
    db.session.commit()
    flash(_("Saved"), "success")
    return redirect(url_for(".digest"), 303)


def choice_page(form: DigestForm) -> str:
    person = viewer()
    reads = person.may(May.OFFERS_READ)
    found = digests.what_is_open(person, today(), digests.WEEK) if reads else None
    return render_template(
        "delivery/digest.html", form=form, found=found, what=digests.WHAT, moment=now()
    )
