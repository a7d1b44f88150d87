"""The cases of the furnished federation: one row of each kind, made by the room's own verbs."""

from datetime import date
from types import SimpleNamespace

from blueprints.bargaining.models import CaseLevel, Ground
from blueprints.bargaining.opening import Opening, open_case
from tenants.db import db
from tests.offers.world import instant
from tests.world import Federation

CASE_IDS = {
    "case_id": lambda rows: rows.case,
}


def cases(federation: Federation, rows: SimpleNamespace) -> None:
    with federation.scope(at=instant("2026-03-20")):
        case = open_case(
            Opening(
                "示例餐饮集体协商", Ground.OFFER, CaseLevel.ENTERPRISE, date(2026, 3, 20),
                owner_id=federation.officer.id, offer_ids=[rows.offers[2]],
            )
        )  # fmt: skip
        db.session.commit()
        rows.case = case.id
