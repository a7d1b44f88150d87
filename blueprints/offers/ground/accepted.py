"""What other rooms do when an enterprise agrees to bargain, in the transaction of its reply."""

from collections.abc import Callable

from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.service_models import Reply, ReplyKind

ACCEPTED = (ReplyKind.ACCEPT, ReplyKind.ACCEPT_OTHER_DATE)
Accepted = Callable[[Offer, Reply], None]
_accepted: dict[str, Accepted] = {}


def when_accepted(follow: Accepted) -> Accepted:
    """Called with the offer and the reply that accepts it; the offer is locked."""
    _accepted[f"{follow.__module__}.{follow.__qualname__}"] = follow
    return follow


def tell_of(offer: Offer, reply: Reply) -> None:
    if reply.kind in ACCEPTED:
        for follow in _accepted.values():
            follow(offer, reply)
