"""The chain of clocks that an offer sets off: what is past, what runs, what comes next."""

from datetime import date
from typing import Any

from blueprints.offers.ground.models import Offer, OfferState
from blueprints.rulebook import queries as rulebook
from blueprints.rulebook.wording import words
from rules.chains import Clock, Standing, chain_of
from rules.days import local_day
from tenants.clock import today

AGREED = (OfferState.ANSWERED_YES, OfferState.ANSWERED_CONDITIONAL)


def chain(offer: Offer) -> dict[str, Any]:
    """What `rulebook/_chain.html` shows for this offer.

    Once it is declined or closed nothing follows from it, so what would come next is left out.
    """
    clocks = chain_of(
        rulebook.book(offer.served_on or local_day(offer.sealed_at)),
        events(offer),
        today(),
        rulebook.calendar(),
        kind=offer.contract_kind,
        conventions=rulebook.conventions(),
    )
    return {**words(), "clocks": [clock for clock in clocks if shown(clock, offer)]}


def events(offer: Offer) -> dict[str, date]:
    """What has happened, by the names the rules give it."""
    happened = {"offer_received": offer.served_on, "replied": offer.replied_on}
    return {name: day for name, day in happened.items() if day is not None}


def shown(clock: Clock, offer: Offer) -> bool:
    open_ended = offer.replied_on is None or offer.state in AGREED
    return clock.standing is not Standing.NEXT or (open_ended and offer.state != OfferState.CLOSED)
