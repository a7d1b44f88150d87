"""Campaigns (要约行动): the list, one with its figures, and the acts that stop or start it."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext as _n
from sqlalchemy.exc import IntegrityError
from werkzeug.utils import redirect

from blueprints.offers.campaigns import actions, queries, stops
from blueprints.offers.campaigns.forms import KINDS, MODES, CampaignForm, ReasonForm
from blueprints.offers.campaigns.pages import campaign_page, look, show_url
from blueprints.offers.ground.campaign_models import Campaign, CampaignState
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from blueprints.shared.links import here
from rules.procedure import label
from tenants.db import db
from tenants.roles import May

bp = Blueprint("campaigns", __name__, url_prefix="/<tenant>/campaigns")
REASONED = ("pause", "cancel")


@bp.get("")
@requires(May.CAMPAIGNS_READ)
def index() -> ResponseReturnValue:
    """All campaigns this person may see, the newest first."""
    wanted = queries.Wanted.from_args(request.args)
    states = [(state, said(label("campaign", state))) for state in CampaignState]
    return page(
        "campaigns/index.html",
        fragment="campaigns/_list.html",
        wanted=wanted,
        page=queries.listing(wanted, viewer(), cursor=request.args.get("cursor")),
        total=queries.how_many(wanted, viewer()),
        year_choices=[(str(year), str(year)) for year in queries.years(viewer())],
        states=states,
        words=WORDS,
        exports=[(kind.upper(), export_url(kind)) for kind in ("xlsx", "csv")],
    )


WORDS: dict[str, Any] = {
    "state": lambda state: label("campaign", state),
    "look": look,
    "kind": KINDS,
    "mode": MODES,
}


def export_url(kind: str) -> str:
    """The sheet of just what is filtered."""
    question = here(cursor=None).partition("?")[2]
    return url_for("campaigns.export", kind=kind) + (f"?{question}" if question else "")


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.CAMPAIGNS_READ)
def export(kind: str) -> ResponseReturnValue:
    """Just what is filtered, as a sheet."""
    heads = [
        _("Campaign"),
        _("State"),
        _("Kind of contract"),
        _("How the offer is made"),
        _("Issuing union"),
        _("Addressees"),
        _("Proposed by"),
        _("Made on"),
        _("Issued on"),
    ]
    rows = (
        (
            row.name,
            said(label("campaign", row.state)),
            said(KINDS[row.contract_kind]),
            said(MODES[row.issuer_mode]),
            row.union_name,
            row.addressed,
            row.proposer,
            row.created_at,
            row.issued_at,
        )
        for row in queries.for_export(queries.Wanted.from_args(request.args), viewer())
    )
    return sheet(kind, _("Campaigns"), heads, rows)


@bp.get("/new")
@requires(May.CAMPAIGNS_PREPARE)
def new() -> ResponseReturnValue:
    return render_template("campaigns/new.html", form=CampaignForm())


@bp.post("")
@requires(May.CAMPAIGNS_PREPARE)
def create() -> ResponseReturnValue:
    """Begin a campaign and go to its first step."""
    form = CampaignForm()
    form.taken = queries.name_taken(form.name.data or "")
    if form.validate():
        try:
            campaign = actions.create(
                name=form.name.data or "",
                contract_kind=form.contract_kind.data,
                subject=form.subject.data or "",
                by_id=viewer().id,
            )
            db.session.commit()
        except IntegrityError:  # somebody else has just taken the name
            db.session.rollback()
            form.name.errors = [_("There is a campaign of this name already.")]
        else:
            return moved(url_for(".scope", campaign_id=campaign.id))
    return render_template("campaigns/new.html", form=form), 422


@bp.get("/<int:campaign_id>")
@requires(May.CAMPAIGNS_READ)
def show(campaign_id: int) -> ResponseReturnValue:
    """One campaign: its figures, what can be done, what has happened."""
    campaign = queries.get_campaign(campaign_id, viewer())
    return render_template("campaigns/show.html", **campaign_page(campaign, viewer()))


@bp.get("/<int:campaign_id>/<any(pause, cancel):event>")
@requires(May.CAMPAIGNS_ISSUE)
def confirm(campaign_id: int, event: str) -> ResponseReturnValue:
    """What exactly would stop, and the place for the reason."""
    campaign = queries.get_campaign(campaign_id, viewer())
    return stop_page(campaign, event, ReasonForm())


@bp.post("/<int:campaign_id>/pause")
@requires(May.CAMPAIGNS_ISSUE)
def pause(campaign_id: int) -> ResponseReturnValue:
    campaign, form = locked(campaign_id), ReasonForm()
    if not form.validate():
        return stop_page(campaign, "pause", form), 422
    held = stops.pause(campaign, by_id=viewer().id, reason=form.note.data or "")
    return done(campaign, _n("%(num)s letter is held back", "%(num)s letters are held back", held))


@bp.post("/<int:campaign_id>/cancel")
@requires(May.CAMPAIGNS_ISSUE)
def cancel(campaign_id: int) -> ResponseReturnValue:
    campaign, form = locked(campaign_id), ReasonForm()
    if not form.validate():
        return stop_page(campaign, "cancel", form), 422
    taken = stops.cancel(campaign, by_id=viewer().id, reason=form.note.data or "")
    words = _n(
        "Called off. %(num)s offer was taken back.",
        "Called off. %(num)s offers were taken back.",
        taken,
    )
    return done(campaign, words)


@bp.post("/<int:campaign_id>/resume")
@requires(May.CAMPAIGNS_ISSUE)
def resume(campaign_id: int) -> ResponseReturnValue:
    campaign = locked(campaign_id)
    freed = stops.resume(campaign, by_id=viewer().id)
    return done(campaign, _n("%(num)s letter goes on", "%(num)s letters go on", freed))


@bp.post("/<int:campaign_id>/complete")
@requires(May.CAMPAIGNS_ISSUE)
def complete(campaign_id: int) -> ResponseReturnValue:
    campaign = locked(campaign_id)
    stops.complete(campaign, by_id=viewer().id)
    return done(campaign, _("The campaign is completed"))


@bp.post("/<int:campaign_id>/sharing")
@requires(May.CAMPAIGNS_PREPARE)
def share(campaign_id: int) -> ResponseReturnValue:
    """Let partners see how the campaign stands, or no longer."""
    campaign = locked(campaign_id)
    shared = request.form.get("shared") == "1"
    stops.share(campaign, shared=shared)
    words = _("Partners can see this campaign now") if shared else _("Partners no longer see it")
    return done(campaign, words)


def locked(campaign_id: int) -> Campaign:
    return queries.get_campaign(campaign_id, viewer(), lock=True)


def done(campaign: Campaign, words: str) -> ResponseReturnValue:
    """Commit, say what came of it, and go to the campaign."""
    db.session.commit()
    flash(words, "ok")
    return redirect(show_url(campaign), 303)


def stop_page(campaign: Campaign, event: str, form: ReasonForm) -> str:
    return render_template(
        "campaigns/stop.html",
        event=event,
        form=form,
        **campaign_page(campaign, viewer()),
    )
