"""One row of everything that delivery keeps, made by the rooms' own verbs."""

from types import SimpleNamespace

from sqlalchemy import select

from blueprints.delivery.returns_actions import change, make_key
from blueprints.notices import bounces
from blueprints.notices.suppressions import Dead, standing_against, suppress
from blueprints.offers.ground.models import Offer
from blueprints.offers.ground.queries import get_offer
from blueprints.offers.service import tasks
from tenants.db import db
from tests.offers.world import instant
from tests.world import Federation

IDS = {
    "suppression_id": lambda rows: rows.suppression,
}


def furnish(federation: Federation, rows: SimpleNamespace) -> None:
    with federation.scope(at=instant("2026-03-07")):
        suppress([Dead("gone@firm.example", "contact.mailbox_unknown", "550 no such user")])
        found = standing_against("gone@firm.example")
        assert found is not None
        rows.suppression = found.id
        change(
            {"address": "returns@city.example", "host": "", "port": 993, "tls": "tls",
             "account": "", "folder": "INBOX"}, "",
        )  # fmt: skip
        make_key("city.example", "yaoyue202603")
        tasks.send_somebody(get_offer(rows.offers[-1], lock=True))
        bounces.take_in(b"To: returns@city.example\r\n\r\nhello\r\n", source="file")
        db.session.commit()


def multiply(federation: Federation, many: int) -> None:
    """Thirty more of each, for the pages that list them."""
    with federation.scope(at=instant("2026-03-12")):
        suppress(
            [
                Dead(f"gone{n}@firm.example", "contact.mailbox_unknown", "550 no")
                for n in range(many)
            ]
        )
        for number in range(many):
            bounces.take_in(f"To: r@city.example\r\n\r\n{number}\r\n".encode(), source="file")
        unserved = select(Offer).where(Offer.state.in_(("sealed", "dispatched")))
        for offer in db.session.scalars(unserved.order_by(Offer.id).limit(many)):
            if not tasks.to_be_visited(offer):
                tasks.send_somebody(offer)
        db.session.commit()
