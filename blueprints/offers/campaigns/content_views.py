"""The steps "content" and "issuers" of a campaign: topics, wording, attachments, who signs."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.file import FileField
from werkzeug.utils import redirect

from blueprints.notices.wordings import text_in_force
from blueprints.offers.campaigns import actions, queries
from blueprints.offers.campaigns import addressees as whom
from blueprints.offers.campaigns.content import (
    content_form,
    fields_of_letter,
    filled_topics,
    suggestions,
    with_rows,
)
from blueprints.offers.campaigns.forms import KINDS, ContentForm, IssuersForm, WordingForm
from blueprints.offers.campaigns.moves import EDITABLE
from blueprints.offers.campaigns.pages import show_url, steps
from blueprints.offers.campaigns.scope_views import saved
from blueprints.offers.campaigns.views import bp
from blueprints.offers.campaigns.wording import read_bodies, rebuilt, wording_faults
from blueprints.offers.ground.campaign_models import Campaign, IssuerMode
from blueprints.offers.ground.letters import ACTING_TEXT, Variant, text_of
from blueprints.registry.kinds import LEVELS
from blueprints.registry.union_queries import upper_unions
from blueprints.shared.exports import attachment
from blueprints.shared.forms import Form
from blueprints.shared.guards import requires, viewer
from blueprints.shared.languages import language, said
from blueprints.shared.uploads import upload
from tenants.db import db
from tenants.files import PAPERS, open_document
from tenants.roles import May


class AttachmentForm(Form):
    """A file that goes with every letter."""

    file = FileField()


@bp.get("/<int:campaign_id>/content")
@requires(May.CAMPAIGNS_PREPARE)
def content(campaign_id: int) -> ResponseReturnValue:
    campaign = queries.get_campaign(campaign_id, viewer())
    if campaign.state not in EDITABLE:
        return redirect(show_url(campaign))
    return content_page(campaign, content_form(campaign, queries.topics(campaign)))


@bp.post("/<int:campaign_id>/content")
@requires(May.CAMPAIGNS_PREPARE)
def save_content(campaign_id: int) -> ResponseReturnValue:
    """Keep what the letter says. The buttons of the rows only lay the form out anew."""
    campaign = queries.get_campaign(campaign_id, viewer(), lock=True)
    if rows := request.form.get("rows"):
        return content_page(campaign, ContentForm(with_rows(request.form, rows)))
    form = ContentForm()
    if not form.validate():
        return content_page(campaign, form), 422
    actions.save_content(
        campaign,
        subject=form.subject.data or "",
        contract_kind=form.contract_kind.data,
        proposed_on=form.proposed_on.data,
        proposed_place=form.proposed_place.data or None,
        letter=fields_of_letter(form),
        topics=filled_topics(form),
    )
    return saved(campaign, "content", "issuers")


def content_page(campaign: Campaign, form: ContentForm, upload_form: Any = None) -> str:
    double = campaign.issuer_mode == IssuerMode.DOUBLE
    main = text_of(campaign, Variant.JOINT if double else Variant.ONLY)
    return render_template(
        "campaigns/content.html",
        campaign=campaign,
        form=form,
        upload_form=upload_form or AttachmentForm(formdata=None),
        steps=steps(campaign, viewer()),
        kinds=KINDS,
        suggested=suggestions(campaign),
        attachments=queries.attachments(campaign),
        main=main,
        acting=text_in_force(ACTING_TEXT) if double else None,
    )


@bp.post("/<int:campaign_id>/attachments")
@requires(May.CAMPAIGNS_PREPARE)
def attach(campaign_id: int) -> ResponseReturnValue:
    """Keep a file that goes with every letter."""
    campaign = queries.get_campaign(campaign_id, viewer(), lock=True)
    actions.editable(campaign)
    form = AttachmentForm()
    form.validate()
    if not form.file.data or not form.file.data.filename:
        form.file.errors = [_("Choose a file first.")]
    sent = upload(form.file, queries.ATTACHMENT, campaign, allow=PAPERS, by_id=viewer().id)
    if form.file.errors or not sent.fine:
        shown = content_form(campaign, queries.topics(campaign))
        return content_page(campaign, shown, form), 422
    actions.attach(campaign, sent.document_id or 0)
    db.session.commit()
    return redirect(url_for(".content", campaign_id=campaign.id, _anchor="attachments"), 303)


@bp.post("/<int:campaign_id>/attachments/<int:document_id>/removal")
@requires(May.CAMPAIGNS_PREPARE)
def detach(campaign_id: int, document_id: int) -> ResponseReturnValue:
    """Send a file along no longer."""
    campaign = queries.get_campaign(campaign_id, viewer(), lock=True)
    actions.detach(campaign, queries.attachment(campaign, document_id).id)
    db.session.commit()
    return redirect(url_for(".content", campaign_id=campaign.id, _anchor="attachments"), 303)


@bp.get("/<int:campaign_id>/attachments/<int:document_id>")
@requires(May.CAMPAIGNS_READ)
def attached(campaign_id: int, document_id: int) -> ResponseReturnValue:
    campaign = queries.get_campaign(campaign_id, viewer())
    document = queries.attachment(campaign, document_id)
    return attachment(open_document(document), document.name, document.media_type)


@bp.get("/<int:campaign_id>/wording/<any(main, acting):which>")
@requires(May.CAMPAIGNS_PREPARE)
def wording(campaign_id: int, which: str) -> ResponseReturnValue:
    """The text of the letter, in both languages, to be reworded."""
    campaign = queries.get_campaign(campaign_id, viewer())
    if campaign.state not in EDITABLE:
        return redirect(show_url(campaign))
    bodies = read_bodies(text_of(campaign, variant_for(campaign, which)).source)
    form = WordingForm(formdata=None, data={"zh": bodies["zh"], "en": bodies["en"]})
    return wording_page(campaign, which, form)


@bp.post("/<int:campaign_id>/wording/<any(main, acting):which>")
@requires(May.CAMPAIGNS_PREPARE)
def save_wording(campaign_id: int, which: str) -> ResponseReturnValue:
    """Keep the wording, unless something in it keeps a letter from being made."""
    campaign = queries.get_campaign(campaign_id, viewer(), lock=True)
    back = redirect(url_for(".content", campaign_id=campaign.id, _anchor="wording"), 303)
    acting = which == "acting"
    if request.form.get("official"):
        actions.save_wording(campaign, None, acting=acting)
        db.session.commit()
        flash(_("The official wording is used again"), "ok")
        return back
    form = WordingForm()
    official = official_of(campaign, which)
    source = rebuilt(official.source, form.zh.data or "", form.en.data or "")
    if not form.validate() or not wording_faults(form, source, official):
        return wording_page(campaign, which, form), 422
    changed_words = read_bodies(source) != read_bodies(official.source)
    actions.save_wording(campaign, source if changed_words else None, acting=acting)
    db.session.commit()
    flash(_("The wording is saved"), "ok")
    return back


def variant_for(campaign: Campaign, which: str) -> Variant:
    if which == "acting":
        return Variant.IN_PLACE
    return Variant.JOINT if campaign.issuer_mode == IssuerMode.DOUBLE else Variant.ONLY


def official_of(campaign: Campaign, which: str) -> Any:
    return text_in_force(ACTING_TEXT if which == "acting" else campaign.text_id)


def wording_page(campaign: Campaign, which: str, form: WordingForm) -> str:
    official = official_of(campaign, which)
    return render_template(
        "campaigns/wording.html",
        campaign=campaign,
        which=which,
        form=form,
        official=official,
        title=official.title.in_(language()),
        placeholders=[
            (f"{{{{ {name} }}}}", said(holder.meaning))
            for name, holder in official.placeholders.items()
        ],
        edited=campaign.acting_source if which == "acting" else campaign.text_source,
    )


@bp.get("/<int:campaign_id>/issuers")
@requires(May.CAMPAIGNS_PREPARE)
def issuers(campaign_id: int) -> ResponseReturnValue:
    campaign = queries.get_campaign(campaign_id, viewer())
    if campaign.state not in EDITABLE:
        return redirect(show_url(campaign))
    form = IssuersForm(formdata=None, data=issuers_data(campaign), unions=union_choices())
    return issuers_page(campaign, form)


@bp.post("/<int:campaign_id>/issuers")
@requires(May.CAMPAIGNS_PREPARE)
def save_issuers(campaign_id: int) -> ResponseReturnValue:
    campaign = queries.get_campaign(campaign_id, viewer(), lock=True)
    form = IssuersForm(unions=union_choices())
    if not form.text_id.data or form.text_id.data == "None":
        form.text_id.data = "01a-offer-single"
    if not form.validate():
        return issuers_page(campaign, form), 422
    actions.save_issuers(
        campaign,
        mode=form.issuer_mode.data,
        union_id=form.union_id.data,
        text_id=form.text_id.data,
    )
    return saved(campaign, "issuers", "check")


def issuers_data(campaign: Campaign) -> dict[str, Any]:
    text_id = campaign.text_id
    return {
        "issuer_mode": campaign.issuer_mode,
        "union_id": campaign.union_id,
        "text_id": text_id
        if text_id in {"01a-offer-single", "01c-offer-industry"}
        else "01a-offer-single",
    }


def union_choices() -> list[tuple[int, str]]:
    """The unions that can be the upper, or the only, side."""
    return [(one.id, f"{one.name}（{said(LEVELS[one.level])}）") for one in upper_unions()]


def issuers_page(campaign: Campaign, form: IssuersForm) -> str:
    return render_template(
        "campaigns/issuers.html",
        campaign=campaign,
        form=form,
        steps=steps(campaign, viewer()),
        sides=whom.sides(campaign) if campaign.union_id else [],
        union=queries.union_of(campaign),
        variants=Variant,
    )
