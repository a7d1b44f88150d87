"""What the public sees: current announcements, and dated notes on those that came down."""

from datetime import date, timedelta

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from blueprints.exposures import queries
from blueprints.exposures.facts import CORRECTION, announcement
from blueprints.exposures.models import Channel, Exposure
from blueprints.exposures.statements import statements_of
from blueprints.notices.letters.compose import compose
from blueprints.notices.wordings import text_as_of
from blueprints.offers.ground.letters import rendered
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.queries import get_offer
from blueprints.shared.guards import requires
from blueprints.shared.languages import language
from rules.days import local_day
from tenants.clock import today
from tenants.roles import May

bp = Blueprint("announcements", __name__, url_prefix="/<tenant>/announcements")
NOTES_STAND = timedelta(days=90)


@bp.get("")
@requires(May.ANYONE)
def index() -> ResponseReturnValue:
    """The board. What came down shows its date and ground, never its text."""
    shown = queries.shown_publicly(today())
    ended = queries.taken_down_publicly(today() - NOTES_STAND)
    offers = queries.offers_of([*shown, *ended])
    return uncached(
        render_template(
            "exposures/board.html", spoken=statements_of(shown),
            shown=[(one, offers[one.offer_id]) for one in shown],
            ended=[(one, offers[one.offer_id]) for one in ended],
        )
    )  # fmt: skip


@bp.get("/<int:exposure_id>")
@requires(May.ANYONE)
def show(exposure_id: int) -> ResponseReturnValue:
    """The exact announcement while it stands; afterwards a dated note, or the correction."""
    exposure = queries.get_exposure(exposure_id)
    rows = {one.channel for one in queries.publications(exposure.id)}
    if Channel.UNION_SITE not in rows:
        abort(404)
    offer = get_offer(exposure.offer_id)
    letter = None
    stands = queries.stands(exposure, today())
    if stands:
        letter = rendered(announcement(exposure, language()), "html")
    elif (queries.apology_until(exposure) or date.min) >= today():
        letter = correction(exposure, offer)
    page = render_template(
        "exposures/announcement.html", exposure=exposure, offer=offer, letter=letter,
        stands=stands,
    )  # fmt: skip
    return uncached(page)


def correction(exposure: Exposure, offer: Offer) -> Markup:
    published = local_day(exposure.published_at) if exposure.published_at else None
    values = {
        **exposure.letter,
        **exposure.correction,
        "enterprise_name": offer.addressee_name,
        "doc_no": exposure.document_no,
        "exposure_no": exposure.document_no,
        "exposure_published_on": published,
        "issued_on": local_day(exposure.corrected_at) if exposure.corrected_at else None,
    }
    text = text_as_of(CORRECTION, exposure.correction.get("correction_version"))
    made = compose(text, values, language())
    return Markup(rendered(made, "html"))  # noqa: S704 - made by our own letter engine


def uncached(page: str) -> ResponseReturnValue:
    """Nobody keeps a copy that would outlive a withdrawal, and no search engine takes one."""
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, noarchive"}
    return page, 200, headers
