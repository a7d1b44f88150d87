"""The pages of one federation, looked at and filled in on a day, as a person."""

from io import BytesIO

from sqlalchemy import select

from blueprints.contracts.ground import queries
from blueprints.contracts.ground.check_models import PerformanceCheck
from tenants.clock import at as at_moment
from tenants.db import db
from tests.contracts.world import at

SCAN = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
CHECKED = "2025-10-20"


class Desk:
    """The pages of one federation, on a day, as a person."""

    def __init__(self, found, as_):
        self.town, self.as_ = found, as_
        self.url = found.federation.url
        self.officer, self.leader = found.federation.officer, found.federation.approver

    def see(self, path, day, by=None):
        with at_moment(at(day)):
            return self.as_(by or self.officer).get(self.url(path))

    def send(self, path, day, by=None, **data):
        with at_moment(at(day)):
            return self.as_(by or self.officer).post(
                self.url(path), data=data, content_type="multipart/form-data"
            )

    def done(self, path, day, by=None, **data):
        answer = self.send(path, day, by, **data)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    def rows(self, query):
        with self.town.on(CHECKED):
            return db.session.scalars(query).all()

    @property
    def check(self):
        query = select(PerformanceCheck).order_by(PerformanceCheck.planned_on)
        return self.rows(query)[0]

    def clauses(self):
        with self.town.on(CHECKED):
            return list(queries.clauses(self.town.contract))

    def look_at(self, results, day=CHECKED):
        """Check the clauses in their order, as the words say."""
        for clause, result in zip(self.clauses(), results, strict=False):
            more = {}
            if result in {"partly", "not_kept"}:
                more = {"gap_reason": "排班系统更换", "done_quantity": "12次中8次",
                        "evidence": (BytesIO(SCAN), "台账.pdf")}  # fmt: skip
            if result == "disputed":
                more = {"worker_position": "未付", "employer_position": "已付"}
            path = f"/performance/checks/{self.check.id}/clauses/{clause.id}"
            assert self.see(path, day).status_code == 200
            self.done(path, day, result=result, in_time="yes", **more)

    def sign(self, day=CHECKED, **more):
        known = {"held_on": day, "worker_monitor": "赵某某", "worker_signs": "y",
                 "employer_monitor": "钱某某", "employer_signs": "y", "interviewed": "12",
                 "interviewed_aware": "10", "posted": "yes", **more}  # fmt: skip
        return self.send(f"/performance/checks/{self.check.id}/signature", day, **known)
