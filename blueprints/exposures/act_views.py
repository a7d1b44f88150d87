"""The pages of the acts: what exactly will happen, what has to be typed, and the button."""

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.exposures import queries
from blueprints.exposures.acts import ACTS, STEP_ACTS, Act, offered
from blueprints.exposures.facts import CHANNELS, announcement
from blueprints.exposures.letters import step_letter
from blueprints.exposures.models import Channel, Exposure
from blueprints.exposures.recipients import all_who_heard, media, partners, unions_of
from blueprints.exposures.statements import Said, said_in
from blueprints.exposures.step_models import ExposureStep
from blueprints.exposures.views import bp
from blueprints.offers.feedback.actions import enterprise_of
from blueprints.offers.ground.letters import rendered
from blueprints.offers.ground.queries import get_offer
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
            days = dict.fromkeys(("served_on", "answered_on", "given_on", "held_on"), today())
            known = {**days, "seen": len(spoken(row))}
            return shown(act, row, act.form(formdata=None, data=known))
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
    """The page of one act: whoever decides reads the very text, and sees whom it will reach."""
    whole = step_letter(row, language()) if isinstance(row, ExposureStep) else None
    if isinstance(row, Exposure) and act.name in READ_FIRST:
        whole = announcement(row, language())
    return render_template(
        "exposures/act.html", act=act, row=row, form=form, offer=get_offer(row.offer_id),
        letter=rendered(whole, "html") if whole else None, open_now=act in offered(row),
        spoken=spoken(row),
        told=whom_it_reaches(act, row), channel=CHANNELS.get(next_channel(row)),
    )  # fmt: skip


def spoken(row: ExposureStep | Exposure) -> list[Said]:
    """What the enterprise has said in the case that this row is, if it is one."""
    return said_in(row) if isinstance(row, Exposure) else []


READ_FIRST = {"to-check", "check", "examination", "approval", "publication", "raising",
              "withdrawal", "correction", "upholding"}  # fmt: skip
TELLS_MORE = {"publication", "raising"}
TELLS_ALL = {"withdrawal", "correction"}


def next_channel(row: ExposureStep | Exposure) -> str:
    """The channel that the next act of publishing opens; nothing where there is none."""
    if not isinstance(row, Exposure):
        return ""
    standing = {one.channel for one in queries.publications(row.id)}
    return next((name for name in row.channels if name not in standing), "")


def whom_it_reaches(act: Act, row: ExposureStep | Exposure) -> list[str]:
    """The names of all who will be told by this act."""
    if not isinstance(row, Exposure):
        return []
    if act.name in TELLS_ALL:
        return [who.name for who in all_who_heard(row)]
    if act.name not in TELLS_MORE:
        return []
    offer = get_offer(row.offer_id)
    told = [enterprise_of(offer), *unions_of(offer), *partners()]
    told += media() if next_channel(row) == Channel.MEDIA else []
    return [who.name for who in told]


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
