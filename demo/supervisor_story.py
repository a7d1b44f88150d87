"""A campaign's addressees given to supervisors: optimally, explained, adjusted, applied as one act.

Twenty-four invented supervisors; every figure follows from the ledger and from these lists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.models import Offer
from blueprints.registry.models import Enterprise
from blueprints.supervisors import (
    handovers,
    plan_actions,
    plan_queries,
    planning,
    policy_actions,
    roster_actions,
)
from blueprints.supervisors.actions import correct, engage
from blueprints.supervisors.models import Assignment, Supervisor
from blueprints.supervisors.plan_models import AssignmentPlan, PlanItem
from blueprints.supervisors.roster_models import SupervisorTie
from demo.federations import user_of
from demo.main_story import MainStory
from tenants.db import db
from tenants.models import User, UserStatus
from tenants.passwords import hash_password
from tenants.roles import Role

MORE = 21  # beside the three of every demonstration
LETTERS = "丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥春夏"
TRADES = ("61", "62", "51", "52", "54")


@dataclass
class SupervisorStory:
    """Who serves whom in one campaign, and what the database would not have."""

    main: MainStory
    more: int = MORE
    second: str = "mn"  # a language spoken beside Chinese; empty: none
    plan_id: int = 0
    refused: dict[str, int] = field(default_factory=dict)

    def take_on(self) -> None:
        """The roster: areas, trades, languages, certificates; one away, one half elsewhere."""
        with self.main.scope(Role.OFFICER, self.main.moment(1)):
            areas = self._areas()
            hashed = hash_password("demo-password")
            for letter in LETTERS[: self.more]:
                user = User(
                    email=f"guide-{ord(letter):x}@{self.main.slug}.example",
                    name=f"演示指导员{letter}", title="集体协商指导员", role=Role.SUPERVISOR,
                    status=UserStatus.ACTIVE, password_hash=hashed,
                )  # fmt: skip
                db.session.add(user)
                db.session.flush()
                engage(user)
            people = db.session.scalars(select(Supervisor).order_by(Supervisor.id)).all()
            for n, one in enumerate(people):
                correct(
                    one,
                    area_code=areas[n % len(areas)],
                    level="city" if n < 3 else "county",
                    engagement="part_time" if n % 4 == 3 else "full_time",
                    industries=sorted({TRADES[n % 5], TRADES[(n + 2) % 5]}),
                    languages=["zh", self.second] if self.second and n % 3 == 0 else ["zh"],
                    capacity=40 if n % 4 == 3 else 160 if n < 3 else 80,
                    elsewhere_percent=50 if n == 5 else 0,
                    elsewhere_note="街道综合工作" if n == 5 else None,
                )
                if n != len(people) - 1:  # the last one's certificate is still to come
                    roster_actions.add_certificate(
                        one, kind="supervisor", number=f"演示指导{n + 1:03}",
                        issued_on=self.main.first_day - timedelta(days=300),
                        expires_on=self.main.first_day + timedelta(days=40 + 30 * n),
                    )  # fmt: skip
            roster_actions.add_leave(people[7], self._day(0), self._day(30), "产假")
            self._tie(people)
            speaking = areas[-2:] if self.second else ()
            policy_actions.set_policy(
                {"circuits": {code: str(1 + n // 3) for n, code in enumerate(areas)},
                 "languages": dict.fromkeys(speaking, self.second), "difficult": ["61"]}
            )  # fmt: skip
            roster_actions.set_quota("city", None, full_time=4, part_time=0, source="演示方案")
            for code in areas:
                roster_actions.set_quota(
                    "county", code, full_time=2, part_time=1, source="演示方案"
                )
            db.session.commit()

    def plan(self) -> None:
        """The campaign's addressees, worked out and proven."""
        with self.main.scope(Role.OFFICER, self.main.moment(2)):
            campaign = db.session.scalars(select(Campaign).order_by(Campaign.id.desc())).first()
            if campaign is None:
                raise LookupError("the campaign comes first")
            plan = plan_actions.draw_up(
                by_id=user_of(Role.OFFICER).id, title=f"{campaign.name}指导员指派",
                source=f"campaign:{campaign.id}", valid_from=self._day(3),
            )  # fmt: skip
            self.plan_id = plan.id
            db.session.commit()

    def apply(self) -> None:
        """All at once; then the database is asked for an overlap and a conflict, and refuses."""
        with self.main.scope(Role.OFFICER, self.main.moment(3)):
            plan = plan_queries.get_plan(self.plan_id, lock=True)
            plan_actions.apply(plan, by_id=user_of(Role.OFFICER).id)
            db.session.commit()
            self.refused = {
                "overlap": self._refused("assignment_no_overlap", self._overlap()),
                "conflict": self._refused("tied to", self._conflict()),
            }

    def hand_over(self) -> None:
        """One supervisor passes an enterprise on, with a note, and the other accepts."""
        with self.main.scope(Role.OFFICER, self.main.moment(6)):
            giver, taker = self._pair()
            served = select(Assignment.enterprise_id).where(
                Assignment.supervisor_id == giver.id, Assignment.valid_to.is_(None)
            )
            tied = select(SupervisorTie.enterprise_id).where(
                SupervisorTie.supervisor_id == taker.id
            )
            one = db.session.scalars(
                served.where(Assignment.enterprise_id.not_in(tied)).order_by(Assignment.id)
            ).first()
            asked = handovers.propose(
                giver, taker, self._day(6), "负责人每周二上午在企业",
                by_id=user_of(Role.OFFICER).id, only=[one] if one else [],
            )  # fmt: skip
            handovers.accept(asked, "已经见面交接", by_id=taker.user_id)
            db.session.commit()

    def figures(self) -> dict[str, Any]:
        """What the tables say at the end."""
        with self.main.scope(Role.OFFICER, self.main.moment(7)):
            plan = plan_queries.get_plan(self.plan_id)
            loads = [one for one in planning.loads_of(plan) if not one["barred"]]
            return {
                "targets": plan.figures["targets"],
                "supervisors": _count(select(Supervisor.id)),
                "assigned": plan.figures["assigned"],
                "unassigned_with_reason": self._left_out(plan),
                "conflicts": _count(_CONFLICTS),
                "overlaps": _count(_OVERLAPS),
                "optimal": plan.figures["optimal"],
                "max_load": max(one["load"] for one in loads),
                "min_load": min(one["load"] for one in loads),
                "solve_seconds": plan.figures["seconds"],
                "points": plan.figures["points"],
                "ties_observed": plan.figures["conflicts"],
                "refused_by_database": self.refused,
            }

    def _left_out(self, plan: AssignmentPlan) -> Mapping[str, int]:
        query = (
            select(PlanItem.reason, func.count())
            .where(PlanItem.plan_id == plan.id, PlanItem.supervisor_id.is_(None))
            .group_by(PlanItem.reason)
        )
        return {row[0] or "": row[1] for row in db.session.execute(query)}

    def _areas(self) -> Sequence[str]:
        query = (
            select(Enterprise.area)
            .where(Enterprise.area.is_not(None))
            .group_by(Enterprise.area)
            .order_by(func.count().desc(), Enterprise.area)
        )
        return [code for code in db.session.scalars(query) if code][:9]

    def _tie(self, people: Sequence[Supervisor]) -> None:
        """Every second one is tied to some firm of the campaign; one firm to everybody."""
        firms = db.session.scalars(select(Offer.enterprise_id).order_by(Offer.id)).all()
        kinds = ("former_employer", "relative", "paid_advice")
        for n, one in enumerate(people):
            roster_actions.add_tie(one, firms[0], kind="other", from_on=self._day(1))
            if n % 2:
                roster_actions.add_tie(one, firms[1 + n], kind=kinds[n % 3], from_on=self._day(1))

    def _pair(self) -> tuple[Supervisor, Supervisor]:
        query = (
            select(Assignment.supervisor_id)
            .where(Assignment.valid_to.is_(None))
            .group_by(Assignment.supervisor_id)
            .order_by(func.count().desc(), Assignment.supervisor_id)
        )
        ids = db.session.scalars(query).all()
        found = {
            one.id: one
            for one in db.session.scalars(select(Supervisor).where(Supervisor.id.in_(ids)))
        }
        return found[ids[0]], found[ids[-1]]

    def _overlap(self) -> Assignment:
        running = db.session.scalars(
            select(Assignment).where(Assignment.valid_to.is_(None)).order_by(Assignment.id)
        ).first()
        free = select(Supervisor.id).order_by(Supervisor.id.desc())
        enterprise = running.enterprise_id if running else 0
        return Assignment(
            supervisor_id=db.session.scalars(free).first(), enterprise_id=enterprise,
            valid_from=self._day(5),
        )  # fmt: skip

    def _conflict(self) -> Assignment:
        tie = db.session.scalars(select(SupervisorTie).order_by(SupervisorTie.id)).first()
        return Assignment(
            supervisor_id=tie.supervisor_id if tie else 0,
            enterprise_id=tie.enterprise_id if tie else 0, valid_from=self._day(5),
        )  # fmt: skip

    def _refused(self, name: str, row: Assignment) -> int:
        try:
            with db.session.begin_nested():
                db.session.add(row)
                db.session.flush()
        except IntegrityError as error:
            return int(name in str(error.orig))
        return 0

    def _day(self, number: int) -> date:
        return self.main.first_day + timedelta(days=number)


def _period(of: Any) -> Any:
    return func.daterange(of.valid_from, of.valid_to)


_Other = aliased(Assignment)
_OVERLAPS = select(Assignment.id).join(
    _Other,
    and_(
        _Other.tenant_id == Assignment.tenant_id,
        _Other.enterprise_id == Assignment.enterprise_id,
        _Other.id > Assignment.id,
        _period(_Other).op("&&")(_period(Assignment)),
    ),
)
_CONFLICTS = select(Assignment.id).join(
    SupervisorTie,
    and_(
        SupervisorTie.tenant_id == Assignment.tenant_id,
        SupervisorTie.enterprise_id == Assignment.enterprise_id,
        SupervisorTie.supervisor_id == Assignment.supervisor_id,
        func.daterange(SupervisorTie.from_on, SupervisorTie.until_on, "[]").op("&&")(
            _period(Assignment)
        ),
    ),
)


def _count(query: Any) -> int:
    return len(db.session.execute(query).all())
