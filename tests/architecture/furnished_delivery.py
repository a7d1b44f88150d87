"""One row of everything that delivery keeps, made by the rooms' own verbs."""

from types import SimpleNamespace

from blueprints.delivery.returns_actions import change, make_key
from blueprints.notices import bounces
from blueprints.notices.suppressions import Dead, standing_against, suppress
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
        bounces.take_in(b"To: returns@city.example\r\n\r\nhello\r\n", source="file")
        db.session.commit()
