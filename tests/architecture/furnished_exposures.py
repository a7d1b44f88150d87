"""What stands around an exposure: the enterprise's own link, and a visit that was recorded."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

from blueprints.exposures.links import make_link
from blueprints.exposures.queries import get_exposure
from blueprints.exposures.step_models import ExposureVisit
from tenants.clock import now
from tenants.db import db
from tests.offers.world import instant
from tests.world import Federation

IDS: dict[str, Callable[[SimpleNamespace], int | str]] = {
    "visit_id": lambda rows: rows.visit,
}
AT: dict[tuple[str, str], Callable[[SimpleNamespace], int | str]] = {
    (f"statement_desk.{name}", "token"): lambda rows: rows.statement_token
    for name in ("show", "state", "object_to")
}


def around_an_exposure(federation: Federation, rows: SimpleNamespace) -> None:
    with federation.scope(at=instant("2026-03-10")):
        link = make_link(get_exposure(rows.exposure))
        visit = ExposureVisit(
            offer_id=rows.offers[1], purpose="remind", visited_on=date(2026, 3, 10), reached=True,
            met_office="人事经理", words="来函未转达。", recorded_at=now(),
            recorded_by_id=federation.supervisor.id,
        )  # fmt: skip
        db.session.add(visit)
        db.session.commit()
        rows.statement_token, rows.visit = link.token, visit.id
