"""What came with the form of a visit besides words: the proof of service, and pictures."""

from blueprints.offers.ground.queries import get_offer
from blueprints.visits import photos
from blueprints.visits.actions import Attempt
from blueprints.visits.forms import VisitForm
from blueprints.visits.models import Visit
from tenants.files import UploadRefused


def attempt_in(form: VisitForm, *, by_id: int) -> Attempt | None:
    """The service, or the attempt, that the form tells of. Keeps the proof with the offer.

    The offer is read again here: after a fault was shown, its row belongs to no session.
    """
    if form.offer is None or form.served.data == "no":
        return None
    offer = get_offer(form.offer.id, lock=True)
    proof = None
    if form.proof.data and form.proof.data.filename:
        proof = photos.keep(form.proof.data, photos.PROOF, offer, by_id=by_id)
    receipt = form.receipt(
        evidence_id=proof,
        recorded_by_id=by_id,
        note=form.said.data or None if form.served.data == "failed" else None,
    )
    return Attempt(offer, receipt, form.failure.data if form.served.data == "failed" else None)


def keep_photos(visit: Visit, form: VisitForm, *, by_id: int) -> None:
    files = photos.sent(form.photos.data)
    if len(files) > photos.MOST:
        raise UploadRefused(photos.TOO_MANY)
    for file in files:
        photos.keep(file, photos.PHOTO, visit, by_id=by_id)
