"""What stands around an exposure: the enterprise's own link, and a visit that was recorded."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

from blueprints.exposures.letters import interview_values
from blueprints.exposures.links import make_link
from blueprints.exposures.queries import get_exposure
from blueprints.exposures.step_models import ExposureStep, ExposureVisit
from blueprints.offers.ground.queries import get_offer
from tenants.clock import now
from tenants.db import db
from tenants.files import store
from tests.offers.world import instant
from tests.world import Federation

PDF = b"%PDF-1.7\n%a statement\n"
MEETING = {
    "meeting_at": "2026-03-10T09:00:00+08:00", "meeting_place": "市总工会",
    "answer_due_on": "2026-03-09",
}  # fmt: skip
IDS: dict[str, Callable[[SimpleNamespace], int | str]] = {
    "visit_id": lambda rows: rows.visit,
}
AT: dict[tuple[str, str], Callable[[SimpleNamespace], int | str]] = {
    **{
        (f"statement_desk.{name}", "token"): lambda rows: rows.statement_token
        for name in ("show", "state", "object_to")
    },
    ("exposures.evidence", "offer_id"): lambda rows: rows.offers[1],
    ("exposures.evidence", "document_id"): lambda rows: rows.material,
    ("exposures.minutes", "step_id"): lambda rows: rows.interview,
}


def around_an_exposure(federation: Federation, rows: SimpleNamespace) -> None:
    with federation.scope(at=instant("2026-03-10")):
        link = make_link(get_exposure(rows.exposure))
        visit = ExposureVisit(
            offer_id=rows.offers[1], purpose="remind", visited_on=date(2026, 3, 10), reached=True,
            met_office="人事经理", words="来函未转达。", recorded_at=now(),
            recorded_by_id=federation.supervisor.id,
        )  # fmt: skip
        exposure = get_exposure(rows.exposure)
        exposure.statement_file_id = store(
            PDF, "说明.pdf", purpose="statement", subject=("exposure", exposure.id)
        ).id
        interview = ExposureStep(
            offer_id=rows.offers[1], kind="interview", state="done",
            document_no="示工约谈〔2026〕1号",
            text_id="09a-interview-notice", text_version="1", recipient="示例丑餐饮有限公司",
            letter=interview_values(get_offer(rows.offers[1]), MEETING), served_on=date(2026, 3, 9),
            proposed_by_id=federation.officer.id, proposed_at=now(), post_number="XA142",
            approved_by_id=federation.approver.id, approved_at=now(), held_on=date(2026, 3, 10),
            attended=True, minutes={"open_points_text": "另行商定。"},
        )  # fmt: skip
        db.session.add_all([visit, interview])
        db.session.commit()
        rows.statement_token, rows.visit = link.token, visit.id
        rows.material, rows.interview = exposure.statement_file_id, interview.id
