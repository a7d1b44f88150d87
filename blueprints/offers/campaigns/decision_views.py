"""The steps "check", "approval" and "issue" of a campaign: the exact letters, and who decides."""

from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext as _n
from werkzeug.utils import redirect

from blueprints.notices.letters.values import Lang
from blueprints.offers.campaigns import actions, queries
from blueprints.offers.campaigns import addressees as whom
from blueprints.offers.campaigns.checks import check as checked
from blueprints.offers.campaigns.figures import outcome
from blueprints.offers.campaigns.forms import NoteForm, ReasonForm
from blueprints.offers.campaigns.moves import EDITABLE, standing
from blueprints.offers.campaigns.pages import show_url, steps
from blueprints.offers.campaigns.scope import Scope
from blueprints.offers.campaigns.views import bp, done, locked
from blueprints.offers.ground.campaign_models import Campaign, CampaignState
from blueprints.offers.ground.letters import draft_letter, rendered
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import wants_fragment
from blueprints.shared.languages import language
from tenants.clock import today
from tenants.db import db
from tenants.numbering import number_parts
from tenants.roles import May
from tenants.roles import Scope as Reach

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def whole(campaign_id: int) -> Campaign:
    """A campaign whose letters this person may read; a partner sees figures only."""
    if viewer().reach(May.CAMPAIGNS_READ) is not Reach.ALL:
        abort(404)
    return queries.get_campaign(campaign_id, viewer())


@bp.get("/<int:campaign_id>/check")
@requires(May.CAMPAIGNS_READ)
def check(campaign_id: int) -> ResponseReturnValue:
    """What was checked, beside the exact letter of any addressee."""
    return check_page(whole(campaign_id), "check")


def check_page(
    campaign: Campaign, step: str, *, status: int = 200, **forms: Any
) -> ResponseReturnValue:
    if wants_fragment() and request.method == "GET":
        return render_template("campaigns/_letter.html", **letter_of(campaign))
    values = values_of(campaign)
    fixed = campaign.fixed is not None
    reached = None if fixed else outcome(campaign, Scope.from_json(campaign.scope))
    shown = render_template(
        "campaigns/check.html",
        step=step,
        steps=steps(campaign, viewer()),
        check=checked(campaign, values, reached),
        standing=standing(campaign, viewer()),
        editable=campaign.state in EDITABLE,
        people=queries.people(campaign),
        topics=queries.topics(campaign),
        attachments=queries.attachments(campaign),
        **letter_of(campaign, values),
        **{"note_form": None, "reason_form": None, **forms},
    )
    return shown, status


def values_of(campaign: Campaign) -> dict[str, Any]:
    """As fixed at submission, or as they would be if it were submitted now."""
    if campaign.fixed is not None:
        kept: dict[str, Any] = campaign.fixed["values"]
        return kept
    return actions.values_now(campaign)


def letter_of(campaign: Campaign, values: dict[str, Any] | None = None) -> dict[str, Any]:
    """The letter asked for, with its neighbours."""
    n, q = request.args.get("n", 0, type=int), request.args.get("q", "").strip()[:100]
    lang: Lang = "en" if request.args.get("lang", language()) == "en" else "zh"
    count, row = whom.one_of_them(campaign, n, q)
    letter = None
    if row is not None:
        common = values if values is not None else values_of(campaign)
        draft = draft_letter(campaign, common, whom.as_letter_addressee(row), lang)
        letter = rendered(draft, "html", mark=True)
    return {
        "campaign": campaign,
        "letter": letter,
        "row": row,
        "n": min(max(n, 0), max(count - 1, 0)),
        "q": q,
        "lang": lang,
        "count": count,
    }


@bp.get("/<int:campaign_id>/letter.<any(pdf, docx):form>")
@requires(May.CAMPAIGNS_READ)
def letter(campaign_id: int, form: str) -> ResponseReturnValue:
    """The same letter as a file, marked as a draft."""
    campaign = whole(campaign_id)
    n, q = request.args.get("n", 0, type=int), request.args.get("q", "").strip()[:100]
    lang: Lang = "en" if request.args.get("lang", language()) == "en" else "zh"
    _count, row = whom.one_of_them(campaign, n, q)
    if row is None:
        abort(404)
    draft = draft_letter(campaign, values_of(campaign), whom.as_letter_addressee(row), lang)
    name = f"{campaign.name} {row.name}.{form}"
    return attachment(bytes(rendered(draft, form)), name, MEDIA[form])  # type: ignore[arg-type]


@bp.post("/<int:campaign_id>/submission")
@requires(May.CAMPAIGNS_PREPARE)
def submit(campaign_id: int) -> ResponseReturnValue:
    """Hand it to a leader; from here on nothing of it changes."""
    campaign = locked(campaign_id)
    if campaign.state == CampaignState.SUBMITTED:
        return redirect(show_url(campaign), 303)  # a second click
    found = checked(campaign, values_of(campaign), None)
    if not found.passed:
        flash(_("Not submitted: something in the check is missing or wrong."), "error")
        return redirect(url_for(".check", campaign_id=campaign.id), 303)
    actions.submit(campaign, by_id=viewer().id)
    words = _n(
        "Submitted: %(num)s letter waits for a leader's approval.",
        "Submitted: %(num)s letters wait for a leader's approval.",
        campaign.addressed or 0,
    )
    return done(campaign, words)


@bp.get("/<int:campaign_id>/approval")
@requires(May.CAMPAIGNS_READ)
def approval(campaign_id: int) -> ResponseReturnValue:
    """For the leader: what was checked, the exact letters, and the decision."""
    campaign = whole(campaign_id)
    if campaign.state != CampaignState.SUBMITTED:
        return redirect(show_url(campaign))
    return check_page(campaign, "approval", note_form=NoteForm(), reason_form=ReasonForm())


@bp.post("/<int:campaign_id>/approval")
@requires(May.CAMPAIGNS_APPROVE)
def approve(campaign_id: int) -> ResponseReturnValue:
    campaign, form = locked(campaign_id), NoteForm()
    if not form.validate():
        other = ReasonForm(formdata=None)
        return check_page(campaign, "approval", status=422, note_form=form, reason_form=other)
    actions.approve(campaign, by_id=viewer().id, note=form.note.data)
    return done(campaign, _("Approved. The officer can issue it now."))


@bp.post("/<int:campaign_id>/return")
@requires(May.CAMPAIGNS_APPROVE)
def send_back(campaign_id: int) -> ResponseReturnValue:
    campaign, form = locked(campaign_id), ReasonForm()
    if not form.validate():
        other = NoteForm(formdata=None)
        return check_page(campaign, "approval", status=422, note_form=other, reason_form=form)
    actions.send_back(campaign, by_id=viewer().id, note=form.note.data or "")
    return done(campaign, _("Sent back to its officer"))


@bp.get("/<int:campaign_id>/issue")
@requires(May.CAMPAIGNS_ISSUE)
def issue(campaign_id: int) -> ResponseReturnValue:
    """What exactly will happen, and to whom."""
    campaign = queries.get_campaign(campaign_id, viewer())
    if campaign.state != CampaignState.APPROVED:
        return redirect(show_url(campaign))
    found = checked(campaign, values_of(campaign), None)
    head, tail = number_parts("offer", today().year)
    return render_template(
        "campaigns/issue.html",
        campaign=campaign,
        steps=steps(campaign, viewer()),
        check=found,
        union=queries.union_of(campaign),
        people=queries.people(campaign),
        number_form=f"{head}…{tail}",
        mailed=whom.mailed(campaign),
    )


@bp.post("/<int:campaign_id>/issue")
@requires(May.CAMPAIGNS_ISSUE)
def send_out(campaign_id: int) -> ResponseReturnValue:
    """Issue every offer in one transaction. A second click issues nothing new."""
    campaign = locked(campaign_id)
    issued = actions.send_out(campaign, by_id=viewer().id)
    if issued is None:
        db.session.rollback()
        flash(_("It was issued already; nothing new went out."), "warning")
        return redirect(show_url(campaign), 303)
    words = _n(
        "%(num)s offer is issued: %(first)s to %(last)s.",
        "%(num)s offers are issued: %(first)s to %(last)s.",
        issued.count,
        first=issued.first,
        last=issued.last,
    )
    return done(campaign, words)
