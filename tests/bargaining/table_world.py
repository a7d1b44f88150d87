"""A case at the table, as far as a test needs it: teams, meeting, draft, vote, signature."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from blueprints.bargaining.ballots import actions as ballots
from blueprints.bargaining.ballots import casting
from blueprints.bargaining.ballots import queries as ballot_queries
from blueprints.bargaining.ballots.actions import Convening, Count
from blueprints.bargaining.drafts import actions as drafts
from blueprints.bargaining.drafts import queries as reads
from blueprints.bargaining.drafts.actions import Figure, Words
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.ballot_models import Choice, Manner, Method
from blueprints.bargaining.ground.meeting_models import SigningMethod
from blueprints.bargaining.ground.signature_models import Party
from blueprints.bargaining.meetings import actions as meetings
from blueprints.bargaining.meetings import queries as meeting_queries
from blueprints.bargaining.meetings.actions import Call, Said
from blueprints.bargaining.meetings.invitations import invite
from blueprints.bargaining.meetings.minutes import minutes_of
from blueprints.bargaining.signing import actions as signings
from blueprints.bargaining.signing import queries as signing_queries
from blueprints.bargaining.signing.actions import Name
from blueprints.bargaining.teams.actions import choose
from tenants.db import db
from tenants.files import store
from tests.bargaining.world import OPENED, by_hand, joined
from tests.offers.world import instant
from tests.world import Federation

MET, AGREED, VOTED, SIGNED = "2026-04-20", "2026-05-06", "2026-05-18", "2026-05-20"
PDF = b"%PDF-1.7\n%a scan "
PEOPLE = (
    ("workers", "赵某某", True), ("workers", "钱某某", False), ("workers", "孙某某", False),
    ("employer", "李某某", True), ("employer", "周某某", False), ("employer", "吴某某", False),
)  # fmt: skip


def scan(name: str) -> int:
    """A file on record, by its id."""
    return store(PDF + name.encode(), f"{name}.pdf", purpose="scan").id


@dataclass
class Table:
    """A case, and the verbs a test wants in one word each."""

    federation: Federation
    case_id: int

    def at(self, day: str, hour: int = 10, minute: int = 0):
        return self.federation.scope(at=instant(day, hour, minute))

    @property
    def case(self):
        return queries.get_case(self.case_id, lock=True)

    def seat(self) -> "Table":
        with self.at("2026-04-10"):
            for side, name, chief in PEOPLE:
                choose(self.case, side, {
                    "name": name, "chief": chief, "chosen": "elected_congress"
                    if side == "workers" else "employer_appointed",
                    "chosen_on": date(2026, 4, 8),
                })  # fmt: skip
            db.session.commit()
        return self

    def meet(self, day: str = MET) -> "Table":
        """Call the meeting the day before and hold it, with everybody there."""
        before = (datetime.fromisoformat(day) - timedelta(days=1)).date().isoformat()
        with self.at(before):
            said = Call(instant(day, 9), "示范市职工之家", ("岗位最低工资",), "郑某某")
            case = self.case
            meeting = meetings.call_meeting(case, said, by_id=self.federation.officer.id)
            invite(case, meeting)
            db.session.commit()
            ident = meeting.id
        with self.at(day, 12):
            case = self.case
            meeting = self.meeting(ident)
            here = [one.id for one in meeting_queries.attendance_of(ident)]
            meetings.open_meeting(case, meeting, here)
            for side, kind, amount in (
                ("workers", "position", 2300),
                ("employer", "counter", 2100),
                ("workers", "agrees", 2150),
            ):
                meetings.take_turn(
                    case, meeting,
                    Said("服务员最低工资", side, kind, "按岗位确定", Decimal(amount), "元/月"),
                    by_id=None,
                )  # fmt: skip
            meetings.fix_minutes(case, meeting, minutes_of(case, meeting))
            for one in meeting_queries.attendance_of(ident):
                if one.chief:
                    meetings.sign_minutes(
                        case, meeting, one.representative_id, SigningMethod.SCAN,
                        document_id=scan(f"纪要{one.name}"),
                    )  # fmt: skip
            db.session.commit()
        return self

    def meeting(self, ident: int | None = None):
        rows = meeting_queries.meetings_of(self.case_id)
        return next(one for one in rows if ident in {None, one.id})

    def write(self, amount: int = 2150, day: str = AGREED) -> "Table":
        """A draft with two clauses and one figure, held against a minimum of 2010."""
        with self.at(day):
            case = self.case
            draft = drafts.begin(case, "沙市区餐饮行业工资专项集体合同")
            by_id = self.federation.officer.id
            if not reads.clauses_of(draft.id):
                clause = drafts.add_clause(
                    case, draft, Words("minimum_wage", "行业最低工资", "各岗位最低工资如下。"),
                    by_id=by_id,
                )  # fmt: skip
                db.session.flush()
                drafts.add_clause(
                    case, draft, Words("payment", "工资支付", "每月15日前支付上月工资。"),
                    by_id=by_id,
                )  # fmt: skip
            else:
                clause = reads.clauses_of(draft.id)[0]
                for old in reads.amounts_of([clause.id])[clause.id]:
                    drafts.remove_figure(case, draft, clause, old)
            drafts.add_figure(case, draft, clause, Figure(
                "pay", "最低工资", Decimal(amount), "元/月", "服务员", "", date(2026, 7, 1),
            ))  # fmt: skip
            drafts.record_floor(
                case, Figure("pay", "", Decimal(2010), "元/月", from_on=date(2025, 1, 1)),
                "示范政发〔2025〕1号", by_id=by_id,
            )  # fmt: skip
            drafts.explain(case, draft, "本稿按三次协商结果起草。")
            db.session.commit()
        return self

    def agree(self, day: str = AGREED) -> "Table":
        with self.at(day, 12):
            case = self.case
            drafts.agree(case, reads.open_draft(case.id), on=date.fromisoformat(day),
                         chiefs_signed=True)  # fmt: skip
            db.session.commit()
        return self

    def convene(self, *, method=Method.PAPER, electorate: int = 90, day: str = VOTED) -> "Table":
        with self.at(AGREED, 14):
            online = method is Method.ONLINE
            ballots.convene(self.case, Convening(
                Manner.CONGRESS, method, date.fromisoformat(day), date.fromisoformat(AGREED),
                "职工之家", "餐饮行业职工代表大会", electorate,
                instant(day, 9) if online else None, instant(day, 17) if online else None,
            ))  # fmt: skip
            db.session.commit()
        return self

    def ballot(self):
        return ballot_queries.last_ballot(self.case_id)

    def unit(self):
        return ballot_queries.units_of(self.ballot().id)[0]

    def unit_id(self) -> int:
        with self.at(VOTED):
            return self.unit().id

    def open(self, day: str = VOTED) -> list[str]:
        """Begin the vote; the codes of an on-line one."""
        with self.at(day, 8, 30):
            case, ballot, codes = self.case, self.ballot(), []
            if ballot.method == Method.ONLINE:
                codes = [code for _, some in casting.make_slips(case, ballot) for code in some]
            ballots.open_vote(case, ballot)
            db.session.commit()
            return codes

    def count(self, present=81, yes=63, no=12, day: str = VOTED, **more) -> "Table":
        self.open(day)
        with self.at(day, 16):
            case = self.case
            said = Count(present, yes, no, present - yes - no, 0, "冯某某、陈某某", scan("计票"))
            ballots.count(case, self.ballot(), self.unit(), said)
            if self.unit().passed is not None:
                ballots.certify(case, self.unit(), scan("决议"))
            db.session.commit()
        return self

    def cast(self, code: str, choice: Choice = Choice.IN_FAVOUR, hour: int = 10):
        with self.at(VOTED, hour):
            found = casting.cast(code, choice)
            db.session.commit()
            return found

    def close(self, hour: int = 18) -> "Table":
        with self.at(VOTED, hour):
            ballot = ballot_queries.get_ballot(
                self.ballot().id, _viewer(self.federation), lock=True
            )
            ballots.close(self.case, ballot)
            db.session.commit()
        return self

    def sign(self, *parties: Party, day: str = SIGNED) -> "Table":
        with self.at(day):
            case = self.case
            if signing_queries.standing_signing(case.id) is None:
                signings.begin(case, term_from=date(2026, 7, 1), term_to=date(2027, 6, 30))
                db.session.flush()
            for party in parties:
                signings.sign(case, signing_queries.standing_signing(case.id), Name(
                    party, SigningMethod.SCAN, date.fromisoformat(day), document_id=scan(party),
                ))  # fmt: skip
            db.session.commit()
        return self

    def state(self) -> str:
        with self.at(SIGNED):
            return queries.get_case(self.case_id).state


def _viewer(federation: Federation):
    from blueprints.shared.guards import _viewer_of

    return _viewer_of(federation.officer, 1)


def table(federation: Federation, **more) -> Table:
    """A case out of joined offers, with both teams on the roster."""
    return Table(federation, joined(federation, **more).id).seat()


def opened(federation: Federation, name: str = "示例甲餐饮有限公司工资集体协商", **more) -> Table:
    """A case of one enterprise by hand, in which the other side has agreed: quickly made."""
    return Table(federation, by_hand(federation, name=name, agreed_on=OPENED, **more).id).seat()


def voting(federation: Federation, **more) -> Table:
    """Agreed and convened."""
    return opened(federation).meet().write().agree().convene(**more)


def signed(federation: Federation) -> Table:
    """All the way."""
    return voting(federation).count().sign(Party.WORKERS, Party.EMPLOYER)
