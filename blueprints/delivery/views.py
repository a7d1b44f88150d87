"""Sending (发信): how it stands, by what server and to whom, and holding it back."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.utils import redirect

from blueprints.delivery import (
    actions,
    bounce_views,
    choice_views,
    probe,
    probe_actions,
    signature_views,
    suppression_views,
)
from blueprints.delivery.forms import TLS, PauseForm, SetupForm, form_of
from blueprints.delivery.probe import Verdict
from blueprints.delivery.queries import names_of, waiting
from blueprints.delivery.room import bp
from blueprints.notices.sealing import Unreadable, unseal
from blueprints.notices.sending import MailSetup, ladder, mail_setup, standing
from blueprints.notices.suppressions import standing_against
from blueprints.settings.federation import federation
from blueprints.shared.guards import requires, viewer
from blueprints.shared.throttle import throttle
from blueprints.shared.trail.words import history
from tenants import trail
from tenants.db import db
from tenants.roles import May

__all__ = ["bounce_views", "bp", "choice_views", "signature_views", "suppression_views"]


@bp.get("")
@requires(May.NOTICES_READ, citywide=True)
def index() -> ResponseReturnValue:
    return show()


@bp.get("/settings")
@requires(May.SETTINGS_EDIT)
def settings() -> ResponseReturnValue:
    return settings_page(form_of(mail_setup()))


@bp.post("/settings")
@requires(May.SETTINGS_EDIT)
def update() -> ResponseReturnValue:
    form = SetupForm(request.form)
    if not form.validate():
        return settings_page(form), 422
    if actions.change(form.facts(), form.password.data or "", by_id=viewer().id):
        db.session.commit()
    flash(_("Saved"), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/test")
@requires(May.SETTINGS_EDIT)
def test() -> ResponseReturnValue:
    """One mail to the person who asks; what that has proven stands on the page."""
    throttle("10/minute", "mail-test")
    if hindrance := in_the_way():
        return show(verdict=hindrance)
    taken = probe_actions.owe_test(viewer())
    db.session.commit()  # before a byte goes out: should we die now, a worker finds it
    verdict = probe.hand_over(taken)
    probe_actions.write_down(taken, verdict.told, answer=verdict.answer)
    db.session.commit()
    return show(verdict=verdict)


@bp.post("/pause")
@requires(May.NOTICES_SEND, citywide=True)
def pause() -> ResponseReturnValue:
    form = PauseForm()
    if not form.validate():
        return show(pausing=form), 422
    actions.pause(form.reason.data or "", by_id=viewer().id)
    return done(_("Sending is paused. Nothing is lost; it goes on when it is resumed."))


@bp.post("/resumption")
@requires(May.NOTICES_SEND, citywide=True)
def resume() -> ResponseReturnValue:
    actions.resume()
    return done(_("Sending goes on."))


@bp.post("/trial")
@requires(May.SETTINGS_EDIT)
def try_out() -> ResponseReturnValue:
    actions.try_out(by_id=viewer().id)
    return done(_("From now on mail goes to your own list only."))


@bp.post("/opening")
@requires(May.SENDING_OPEN)
def open_up() -> ResponseReturnValue:
    actions.open_up(by_id=viewer().id)
    return done(_("The trial is over; mail reaches everybody."))


def done(words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "success")
    return redirect(url_for(".index"), 303)


def show(**more: Any) -> str:
    stands, tenant = standing(), federation()
    setup = stands.setup
    told: dict[str, Any] = {
        "stands": stands,
        "setup": setup,
        "why": stands.reason(),
        "ladder": ladder(),
        "waiting": waiting(),
        "names": names_of(setup),
        "sender_name": tenant.settings.get("mail", {}).get("name") or tenant.name,
        "encryptions": TLS,
        "unreadable": setup is not None and not readable(setup),
        "history": history(trail.of(setup, newest=20)) if setup else [],
        "pausing": PauseForm(formdata=None),
        "verdict": None,
    }
    return render_template("delivery/index.html", **{**told, **more})


def settings_page(form: SetupForm) -> str:
    return render_template("delivery/settings.html", form=form, setup=mail_setup())


def in_the_way() -> Verdict | None:
    """Why a test would show nothing; None where it can be made."""
    setup = mail_setup()
    if setup is not None and not readable(setup):
        return Verdict("late", _("The stored password can no longer be read. Type it in again."))
    if standing_against(viewer().email) is not None:
        words = _("Your own address is on the list of those that get no mail; lift that first.")
        return Verdict("late", words)
    return None


def readable(setup: MailSetup) -> bool:
    try:
        return not setup.password or bool(unseal(setup.password))
    except Unreadable:
        return False
