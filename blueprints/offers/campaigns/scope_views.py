"""The step "scope" of a campaign: the conditions, what they come to, and picks by hand."""

from typing import Any

from flask import abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.utils import redirect

from blueprints.offers.campaigns import actions, figures, queries
from blueprints.offers.campaigns.forms import PickForm, ScopeForm
from blueprints.offers.campaigns.moves import EDITABLE
from blueprints.offers.campaigns.pages import show_url, steps
from blueprints.offers.campaigns.scope import FIRM, REMEDIES, Scope, words_for
from blueprints.offers.campaigns.views import bp
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.registry.areas import area_name, own_areas
from blueprints.registry.industries import industry_name, sections
from blueprints.registry.kinds import STANDINGS
from blueprints.registry.models import Enterprise
from blueprints.rulebook import queries as rulebook
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import changed, page
from blueprints.shared.languages import said
from blueprints.shared.links import here, same_questions
from blueprints.shared.tenancy import require
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

SHOWS = ("addressed", "left-out", "picked", "all")


@bp.get("/<int:campaign_id>/scope")
@requires(May.CAMPAIGNS_PREPARE)
def scope(campaign_id: int) -> ResponseReturnValue:
    """The conditions and what they come to; with `live`, of conditions not saved yet."""
    campaign = queries.get_campaign(campaign_id, viewer())
    if campaign.state not in EDITABLE:
        return redirect(show_url(campaign))
    kept = Scope.from_json(campaign.scope)
    if "live" not in request.args:
        form = ScopeForm(
            formdata=None, data=kept.to_json(), division=require().division, meta={"csrf": False}
        )
        return scope_page(campaign, form, kept)
    form = ScopeForm(request.args, division=require().division, meta={"csrf": False})
    if not form.validate():
        return scope_page(campaign, form, kept, status=422)
    return scope_page(campaign, form, scope_in(form))


@bp.post("/<int:campaign_id>/scope")
@requires(May.CAMPAIGNS_PREPARE)
def save_scope(campaign_id: int) -> ResponseReturnValue:
    """Keep the conditions; go on, stay and count, or leave for now."""
    campaign = queries.get_campaign(campaign_id, viewer(), lock=True)
    form = ScopeForm(division=require().division)
    if not form.validate():
        return scope_page(campaign, form, Scope.from_json(campaign.scope), status=422)
    actions.save_scope(campaign, scope_in(form))
    return saved(campaign, "scope", "content")


def saved(campaign: Campaign, step: str, following: str) -> ResponseReturnValue:
    """Commit a step and go where the button said."""
    go = request.form.get("go", "on")
    campaign.letter = {**campaign.letter, "next": following}
    db.session.commit()
    if go == "stay":
        return redirect(url_for(f".{step}", campaign_id=campaign.id), 303)
    if go == "leave":
        flash(_("Saved. You can go on at any time."), "ok")
        return redirect(show_url(campaign), 303)
    return redirect(url_for(f".{following}", campaign_id=campaign.id), 303)


def scope_in(form: ScopeForm) -> Scope:
    return Scope(
        areas=tuple(form.areas.data or ()) or own_areas(require().division),
        industries=tuple(form.industries.data or ()),
        standings=tuple(form.standings.data or ()),
        least=form.least.data,
        most=form.most.data,
        without_contract=bool(form.without_contract.data),
        not_offered_days=form.not_offered_days.data,
    )


def scope_page(
    campaign: Campaign, form: ScopeForm, asked: Scope, *, status: int = 200
) -> ResponseReturnValue:
    book = rulebook.book(today())
    return page(
        "campaigns/scope.html",
        fragment="campaigns/_outcome.html",
        status=status,
        campaign=campaign,
        form=form,
        asked=asked,
        unsaved=asked != Scope.from_json(campaign.scope),
        reached=figures.outcome(campaign, asked),
        steps=steps(campaign, viewer()),
        sections=sections(),
        standing_words=STANDINGS,
        renewal=book.rule("renewal.window", campaign.contract_kind),
        territory=book.rule("scope.territory_level", campaign.contract_kind),
    )


@bp.get("/<int:campaign_id>/enterprises")
@requires(May.CAMPAIGNS_PREPARE)
def enterprises(campaign_id: int) -> ResponseReturnValue:
    """Who is addressed and who is not, one by one, with the reason; hands may change it."""
    campaign = queries.get_campaign(campaign_id, viewer())
    return enterprises_page(campaign)


def enterprises_page(campaign: Campaign) -> ResponseReturnValue:
    return page(
        "campaigns/enterprises.html",
        fragment="campaigns/_enterprises.html",
        **enterprises_context(campaign),
    )


def enterprises_context(campaign: Campaign) -> dict[str, Any]:
    show = shown()
    q = request.args.get("q", "").strip()[:100]
    rows, total = figures.members(
        campaign,
        Scope.from_json(campaign.scope),
        show=show,
        q=q,
        cursor=request.args.get("cursor"),
    )
    return {
        "campaign": campaign,
        "page": rows,
        "total": total,
        "show": show,
        "q": q,
        "shows": show_words(),
        "reason_words": words_for,
        "firm": FIRM,
        "area": area_name,
        "industry": industry_name,
        "standing_words": STANDINGS,
        "editable": campaign.state in EDITABLE,
        "back": request.full_path.rstrip("?"),
        "exports": [(kind.upper(), _sheet_url(campaign, kind)) for kind in ("xlsx", "csv")],
    }


def _sheet_url(campaign: Campaign, kind: str) -> str:
    question = here(cursor=None).partition("?")[2]
    address = url_for(".enterprises_sheet", campaign_id=campaign.id, kind=kind)
    return f"{address}?{question}" if question else address


def shown() -> str:
    show = request.args.get("show", "addressed")
    return show if show in SHOWS or show in REMEDIES else "addressed"


def show_words() -> list[tuple[str, str]]:
    return [
        ("addressed", _("Will get an offer")),
        ("left-out", _("Left out, for whatever reason")),
        ("picked", _("Added or taken out by hand")),
        ("all", _("All on the register")),
        *((code, said(words_for(code))) for code in REMEDIES),
    ]


@bp.get("/<int:campaign_id>/enterprises.<any(xlsx, csv):kind>")
@requires(May.CAMPAIGNS_PREPARE)
def enterprises_sheet(campaign_id: int, kind: str) -> ResponseReturnValue:
    campaign = queries.get_campaign(campaign_id, viewer())
    heads = [
        _("Enterprise"),
        _("Credit code"),
        _("Area"),
        _("Industry"),
        _("Workers"),
        _("Standing of the union"),
        _("E-mail"),
        _("Why left out"),
    ]
    rows = (
        (
            row.name,
            row.credit_code,
            said(area_name(row.area)),
            said(industry_name(row.industry)),
            row.headcount,
            said(STANDINGS[row.standing]),
            row.email or _("on paper"),
            said(words_for(row.reason)) if row.reason else "",
        )
        for row in figures.all_members(campaign, Scope.from_json(campaign.scope), show=shown())
    )
    return sheet(kind, campaign.name, heads, rows)


@bp.post("/<int:campaign_id>/picks/<int:enterprise_id>")
@requires(May.CAMPAIGNS_PREPARE)
def pick(campaign_id: int, enterprise_id: int) -> ResponseReturnValue:
    """Add by hand, take out by hand, or leave it to the conditions again."""
    campaign = queries.get_campaign(campaign_id, viewer(), lock=True)
    if db.session.scalar(select(Enterprise.id).where(Enterprise.id == enterprise_id)) is None:
        abort(404)
    form = PickForm()
    if not form.validate():
        abort(400)
    choice = {"add": "added", "remove": "removed", "undo": None}.get(
        request.form.get("choice", ""), ""
    )
    if choice == "":
        abort(400)
    actions.pick(campaign, enterprise_id, choice, form.note.data or "")
    db.session.commit()
    address = same_questions(url_for(".enterprises", campaign_id=campaign.id), place=True)
    return changed("campaigns/_enterprises.html", see=address, **enterprises_context(campaign))
