"""Where a link of one's own leads: to a meeting and its minutes, to the signature, to accession.

No account: the link is the key. Whatever is wrong with one, the same page answers.
"""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.draft_models import Draft
from blueprints.bargaining.ground.meeting_models import Meeting, SigningMethod
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.signature_models import LinkPurpose, Party, Signing, SigningLink
from blueprints.bargaining.ground.team_models import Representative
from blueprints.bargaining.meetings import actions as meetings
from blueprints.bargaining.meetings import queries as meeting_queries
from blueprints.bargaining.meetings.forms import ConfirmForm
from blueprints.bargaining.meetings.invitations import ICS, calendar_entry
from blueprints.bargaining.signing import actions as signings
from blueprints.bargaining.signing import queries as reads
from blueprints.bargaining.signing.actions import Name
from blueprints.bargaining.signing.forms import AccessionForm, OwnSignatureForm
from blueprints.bargaining.table.acts import in_words
from blueprints.bargaining.table.links import behind
from blueprints.shared.exports import attachment
from blueprints.shared.guards import requires
from blueprints.shared.throttle import throttle
from blueprints.shared.uploads import upload
from rules.broken import RuleBroken
from tenants.acting import Actor, acting
from tenants.clock import now, today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("signing_desk", __name__, url_prefix="/<tenant>/sign")
TRIES = "30/minute"
FORMS = {
    LinkPurpose.MEETING: ConfirmForm,
    LinkPurpose.SIGNATURE: OwnSignatureForm,
    LinkPurpose.ACCESSION: AccessionForm,
}


@bp.get("/<token>")
@requires(May.ANYONE)
def show(token: str) -> ResponseReturnValue:
    found = behind(token)
    if found is None:
        return no_such_link()
    link, case = found
    return page_of(link, case, FORMS[LinkPurpose(link.purpose)](formdata=None))


@bp.post("/<token>")
@requires(May.ANYONE)
def act(token: str) -> ResponseReturnValue:
    """Put the name under it, or say beside the form why not."""
    throttle(TRIES, "signing-desk")
    found = behind(token, lock=True)
    if found is None:
        return no_such_link()
    link, case = found
    form = FORMS[LinkPurpose(link.purpose)]()
    if not form.validate() or not done(link, case, form):
        return page_of(link, case, form), 422
    db.session.commit()
    return redirect(url_for(".show", token=token), 303)


@bp.get("/<token>/meeting.ics")
@requires(May.ANYONE)
def entry(token: str) -> ResponseReturnValue:
    """The meeting for one's calendar."""
    found = behind(token)
    meeting = meeting_of(found[0]) if found else None
    if found is None or meeting is None:
        return no_such_link()
    return attachment(calendar_entry(found[1], meeting), "meeting.ics", ICS)


def done(link: SigningLink, case: BargainingCase, form: Any) -> bool:
    try:
        with acting(Actor(whose(link, case))):
            DEEDS[LinkPurpose(link.purpose)](link, case, form)
            link.used_at = now()
            db.session.flush()
    except RuleBroken as broken:
        db.session.rollback()
        form.form_errors.append(in_words(broken))
        return False
    if "scan" in form and form["scan"].errors:
        db.session.rollback()
        return False
    return True


def confirm_minutes(link: SigningLink, case: BargainingCase, _form: Any) -> None:
    meeting = db.session.get_one(Meeting, (link.tenant_id, link.meeting_id))
    meetings.sign_minutes(case, meeting, link.representative_id or 0, SigningMethod.LINK)


def sign(link: SigningLink, case: BargainingCase, _form: Any) -> None:
    signing = db.session.get_one(Signing, (link.tenant_id, link.signing_id))
    workers = queries.chief_of(case.id, "workers")
    party = Party.WORKERS if workers and workers.id == link.representative_id else Party.EMPLOYER
    signings.sign(case, signing, Name(party, SigningMethod.LINK, today()))


def accede(link: SigningLink, case: BargainingCase, form: Any) -> None:
    signing = db.session.get_one(Signing, (link.tenant_id, link.signing_id))
    proof = upload(form.scan, "seal", case)
    if proof.fine:
        signings.seal(case, signing, form.act(link.enterprise_id, proof.document_id))


DEEDS = {
    LinkPurpose.MEETING: confirm_minutes,
    LinkPurpose.SIGNATURE: sign,
    LinkPurpose.ACCESSION: accede,
}


def whose(link: SigningLink, case: BargainingCase) -> str:
    """Who acts, as the trail names them."""
    if link.enterprise_id is not None:
        return queries.get_part(case, link.enterprise_id).name
    person = db.session.get_one(Representative, (link.tenant_id, link.representative_id))
    return person.name


def meeting_of(link: SigningLink) -> Meeting | None:
    if link.meeting_id is None:
        return None
    return db.session.get(Meeting, (link.tenant_id, link.meeting_id))


def page_of(link: SigningLink, case: BargainingCase, form: Any) -> str:
    """The page of one link: what it is about, and what has been done with it."""
    known: dict[str, Any] = {
        "case": case, "link": link, "form": form, "token": link.token, "whose": whose(link, case),
    }  # fmt: skip
    meeting = meeting_of(link)
    if meeting is not None:
        signed = meeting_queries.signatures_under(meeting.id)
        mine = signed.get(link.representative_id or 0)
        return render_template("signing_desk/meeting.html", **known, meeting=meeting, mine=mine)
    signing = db.session.get_one(Signing, (link.tenant_id, link.signing_id))
    draft = db.session.get_one(Draft, (signing.tenant_id, signing.draft_id))
    names = reads.names_under(signing.id)
    seals = reads.seals_of(signing.id).get(link.enterprise_id or 0, {})
    own = [one for one in names.values() if one.representative_id == link.representative_id]
    accession = link.purpose == LinkPurpose.ACCESSION
    return render_template(
        "signing_desk/contract.html", **known, signing=signing, draft=draft, names=names,
        seals=seals, accession=accession,
        mine=own[0] if own and not accession else None,
    )  # fmt: skip


def no_such_link() -> ResponseReturnValue:
    """One calm page for every link that leads nowhere."""
    throttle(TRIES, "signing-desk-miss")
    return render_template("signing_desk/no_such_link.html"), 404
