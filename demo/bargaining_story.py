"""The bargaining of small restaurants, from joined offers over two votes to the binder.

Every step goes through the rooms' verbs under the law of the database; the binder is taken from
the page by one click, copied elsewhere, and checked there. Nothing is random but the slips.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select

from blueprints.bargaining.ballots import actions as ballots
from blueprints.bargaining.ballots import casting
from blueprints.bargaining.ballots import queries as ballot_queries
from blueprints.bargaining.ballots.actions import Convening, Count
from blueprints.bargaining.cases.corrections import record_survey
from blueprints.bargaining.cases.opening import ACCEPTED, Opening, open_case
from blueprints.bargaining.demands.actions import PAPER as DEMANDS
from blueprints.bargaining.demands.actions import take_paper
from blueprints.bargaining.dossier import check as binder_check
from blueprints.bargaining.drafts import actions as drafts
from blueprints.bargaining.drafts import queries as draft_queries
from blueprints.bargaining.drafts.actions import Figure, Words
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.ballot_models import Choice, Manner, Method
from blueprints.bargaining.ground.meeting_models import SigningMethod
from blueprints.bargaining.ground.models import BargainingCase, CaseLevel, Ground
from blueprints.bargaining.ground.signature_models import Party, SealBasis
from blueprints.bargaining.mandates.actions import grant
from blueprints.bargaining.meetings import actions as meetings
from blueprints.bargaining.meetings import queries as meeting_queries
from blueprints.bargaining.meetings.actions import Call, Said
from blueprints.bargaining.meetings.invitations import invite
from blueprints.bargaining.meetings.minutes import minutes_of
from blueprints.bargaining.signing import actions as signings
from blueprints.bargaining.signing import queries as signing_queries
from blueprints.bargaining.signing.actions import Act, Name
from blueprints.bargaining.teams.actions import choose, post_roster
from blueprints.offers.ground.models import Offer
from blueprints.registry.models import Enterprise
from demo.federations import PASSWORD, user_of
from demo.main_story import CSRF, MainStory
from tenants.clock import ZONE, today
from tenants.db import db
from tenants.files import store
from tenants.roles import Role

CATERING = "62"
RESTAURANTS = 12
TEAM = {
    "workers": ("赵某某", "钱某某", "孙某某", "李某某", "周某某"),
    "employer": ("吴某某", "郑某某", "王某某", "冯某某", "陈某某"),
}
TRADES = (("洗碗工", 2180), ("服务员", 2260), ("配菜工", 2320), ("厨师", 3150), ("厨师长", 4200))
FLOOR = Decimal(1980)
OF_SIX = (*[Choice.IN_FAVOUR] * 5, Choice.AGAINST)
TITLE = "餐饮行业工资专项集体合同（演示）"


@dataclass
class BargainingStory:
    """What follows in one trade after a campaign has been answered."""

    main: MainStory
    work: Path = field(default_factory=Path)  # where a binder is copied to
    case_id: int = 0
    codes: dict[int, list[str]] = field(default_factory=dict)
    ballots_cast: int = 0
    figures_: dict[str, Any] = field(default_factory=dict)

    def open(self, day: int = 62, area: str | None = None) -> None:
        """Accepted offers of the trade are joined; refusals do not stand in the way."""
        with self.main.scope(Role.OFFICER, self.main.moment(day)):
            offers = db.session.scalars(
                select(Offer.id)
                .join(Enterprise, Enterprise.id == Offer.enterprise_id)
                .where(
                    Offer.state.in_(ACCEPTED),
                    Enterprise.industry == CATERING,
                    Enterprise.headcount > 0,
                    *([Enterprise.area == area] if area else []),
                )
                .order_by(Enterprise.headcount, Offer.id)
                .limit(RESTAURANTS)
            ).all()
            case = open_case(
                Opening(
                    "餐饮行业工资集体协商（演示）", Ground.JOINED, CaseLevel.INDUSTRY, today(),
                    subject=f"{self.main.first_day.year + 1}年度工资", industry=CATERING, area=area,
                    territory="示范街区", owner_id=user_of(Role.OFFICER).id, offer_ids=offers,
                )
            )  # fmt: skip
            db.session.commit()
            self.case_id = case.id

    def choose_teams(self, day: int = 66) -> None:
        with self.main.scope(Role.OFFICER, self.main.moment(day)):
            case = self.case()
            for side, names in TEAM.items():
                for number, name in enumerate(names):
                    how = "elected_congress" if side == "workers" else "association_elected"
                    choose(
                        case, side,
                        {"name": name, "chief": number == 0, "chosen": how, "chosen_on": today(),
                         "electorate": 60, "votes_for": 51 - number, "groups": ["front_line"]},
                        record_id=self.paper(f"选举记录-{name}"),
                    )  # fmt: skip
            record_survey(
                case, today(), "店数、岗位、工资构成逐店核对（演示）。",
                document_id=self.paper("基本情况调查"),
            )  # fmt: skip
            workers = queries.team_of(case.id, "workers")
            assert workers is not None  # noqa: S101 - a case is opened with both
            evidence = self.paper("代表名单公示照片")
            post_roster(
                case, workers, today(), "市职工之家公告栏", until=today() + timedelta(days=7),
                evidence_id=evidence,
            )  # fmt: skip
            take_paper(case, self.paper("职工诉求汇总", DEMANDS))
            self.mandate(case)
            db.session.commit()

    def mandate(self, case: BargainingCase) -> None:
        """Every restaurant puts in writing who bargains for it."""
        facts = {
            "agent": TEAM["employer"][0], "agent_title": "行业代表",
            "matter": "餐饮行业工资集体协商", "powers": ["agree", "sign_contract"],
            "signed_on": today(), "from_on": today(), "to_on": today() + timedelta(days=3 * 365),
            "sealed": True,
        }  # fmt: skip
        for row in queries.enterprises_of(case.id):
            grant(case, row, dict(facts), scan_id=self.paper(f"授权委托书-{row.name}"))

    def meet(self, day: int, words: str, amounts: Sequence[tuple[str, str, int]]) -> None:
        """Call it, hold it, write down turn by turn, sign the minutes by scan."""
        self.call(day, words)
        with self.main.scope(Role.OFFICER, self.main.moment(day, 12)):
            case = self.case()
            meeting = meeting_queries.meetings_of(case.id)[-1]
            here = meeting_queries.attendance_of(meeting.id)
            meetings.open_meeting(case, meeting, [one.id for one in here])
            for side, kind, amount in amounts:
                turn = Said("服务员岗位最低工资", side, kind, words, Decimal(amount), "元/月")
                meetings.take_turn(case, meeting, turn, by_id=None)
            meetings.note_results(
                case, meeting,
                {"results": words, "open_points": "", "next_on": today() + timedelta(days=7)},
            )  # fmt: skip
            meetings.fix_minutes(case, meeting, minutes_of(case, meeting))
            paper = self.paper(f"第{meeting.number}次纪要签字页")
            for one in here:
                if one.chief:
                    meetings.sign_minutes(
                        case, meeting, one.representative_id, SigningMethod.SCAN, document_id=paper
                    )
            db.session.commit()

    def call(self, day: int, words: str) -> None:
        """Call a meeting three days ahead, and invite those who take part."""
        with self.main.scope(Role.OFFICER, self.main.moment(day - 3)):
            case = self.case()
            said = Call(
                self.main.moment(day, 9), "市职工之家三楼", ("岗位最低工资", words), "褚某某"
            )
            meeting = meetings.call_meeting(case, said, by_id=user_of(Role.OFFICER).id)
            invite(case, meeting)
            db.session.commit()

    def write(self, day: int, raised: int = 0, *, agreed: bool = True) -> None:
        """A version with a price for each trade, held against the floor; both sides agree."""
        with self.main.scope(Role.OFFICER, self.main.moment(day)):
            case, by_id = self.case(), user_of(Role.OFFICER).id
            draft = drafts.begin(case, TITLE, note="按表决意见修改" if raised else "")
            if not draft_queries.clauses_of(draft.id):
                for kind, heading, body in (
                    ("minimum_wage", "岗位最低工资", "本行业各岗位月工资不低于下列标准。"),
                    ("payment", "工资支付", "每月15日前以银行转账支付上月工资。"),
                    ("hours_rest", "休息", "每周至少休息一天。"),
                ):
                    drafts.add_clause(case, draft, Words(kind, heading, body), by_id=by_id)
                    db.session.flush()
            first = draft_queries.clauses_of(draft.id)[0]
            for old in draft_queries.amounts_of([first.id]).get(first.id, ()):
                drafts.remove_figure(case, draft, first, old)
            since = date(self.main.first_day.year + 1, 1, 1)
            for trade, amount in TRADES:
                said = Figure(
                    "pay", "最低工资", Decimal(amount + raised), "元/月", trade, "", since
                )
                drafts.add_figure(case, draft, first, said)
            minimum = Figure("pay", "", FLOOR, "元/月", from_on=date(2024, 1, 1))
            drafts.record_floor(case, minimum, "演示政发〔2024〕1号", by_id=by_id)
            drafts.explain(case, draft, "岗位标准经三次协商形成，逐条说明见附件（演示）。")
            db.session.flush()
            if agreed:
                drafts.agree(case, draft, on=today(), chiefs_signed=True)
            db.session.commit()

    def lose_a_vote(self, day: int) -> None:
        """The congress is held on paper, and too few of all delegates agree."""
        with self.main.scope(Role.OFFICER, self.main.moment(day - 10)):
            ballots.convene(
                self.case(),
                Convening(
                    Manner.CONGRESS, Method.PAPER, self.day(day), today(), "市职工之家",
                    "餐饮行业职工代表大会", 90,
                ),
            )  # fmt: skip
            db.session.commit()
        with self.main.scope(Role.OFFICER, self.main.moment(day, 16)):
            case, ballot = self.case(), self.ballot()
            ballots.open_vote(case, ballot)
            unit = ballot_queries.units_of(ballot.id)[0]
            said = Count(64, 42, 16, 6, 0, "卫某某、蒋某某", self.paper("计票单"))
            ballots.count(case, ballot, unit, said)
            ballots.certify(case, unit, self.paper("大会决议"))
            self.ballots_cast += said.in_favour + said.against + said.abstained
            db.session.commit()

    def vote_in_secret(self, day: int) -> None:
        """Each restaurant votes by itself, on-line, with slips drawn by hand."""
        with self.main.scope(Role.OFFICER, self.main.moment(day - 10)):
            ballots.convene(
                self.case(),
                Convening(
                    Manner.EACH_ENTERPRISE, Method.ONLINE, self.day(day), today(),
                    opens_at=self.main.moment(day, 9), closes_at=self.main.moment(day, 17),
                ),
            )  # fmt: skip
            made = casting.make_slips(self.case(), self.ballot())
            ballots.open_vote(self.case(), self.ballot())
            self.codes = {unit.id: codes for unit, codes in made}
            db.session.commit()
        with self.main.scope(Role.OFFICER, self.main.moment(day, 11)):
            for codes in self.codes.values():
                for number, code in enumerate(codes[: len(codes) - len(codes) // 10]):
                    choice = OF_SIX[number % len(OF_SIX)]
                    casting.cast(code, choice)
                    db.session.commit()
        with self.main.scope(Role.OFFICER, self.main.moment(day, 18)):
            ballots.close(self.case(), self.ballot())
            units = ballot_queries.units_of(self.ballot().id)
            receipts = len(ballot_queries.receipts_of(self.ballot().id))
            for unit in units:
                ballots.certify(self.case(), unit, self.paper(f"决议-{unit.name}"))
            self.ballots_cast += receipts
            self.figures_["voting_units"] = len(units)
            self.figures_["tally_ok"] = casting.tally_matches(units, receipts)
            db.session.commit()

    def sign(self, day: int) -> None:
        """The chiefs in turn, then every restaurant puts its seal to it."""
        with self.main.scope(Role.OFFICER, self.main.moment(day)):
            case = self.case()
            first = date(self.main.first_day.year + 1, 1, 1)
            signings.begin(case, term_from=first, term_to=first.replace(month=12, day=31))
            db.session.flush()
            signing = signing_queries.standing_signing(case.id)
            assert signing is not None  # noqa: S101 - it has just begun
            for party in (Party.WORKERS, Party.EMPLOYER):
                page = self.paper(f"签字页-{party}")
                signings.sign(
                    case, signing, Name(party, SigningMethod.SCAN, today(), document_id=page)
                )
            for part in queries.enterprises_of(case.id):
                scan = self.paper(f"盖章页-{part.name}")
                signings.seal(case, signing, Act(
                    part.enterprise_id, SealBasis.SEALED, SigningMethod.SCAN, today(),
                    "企业负责人", document_id=scan,
                ))  # fmt: skip
            db.session.commit()

    def bind(self) -> None:
        """One click on the page; the file is copied elsewhere and checked, then with a fault."""
        with ThreadPoolExecutor(1) as apart:  # a context of its own, as every request has in life
            made = apart.submit(self.click).result()
        copy = self.work / "elsewhere.zip"
        copy.write_bytes(made.data)
        verdict = binder_check.verify(copy.read_bytes())
        spoiled = bytearray(made.data)
        spoiled[len(spoiled) // 3] ^= 1
        copy.write_bytes(bytes(spoiled))
        again = binder_check.verify(copy.read_bytes())
        self.figures_ |= {
            "dossier_files": verdict.files,
            "dossier_missing": missing_in(made.data),
            "dossier_ok": verdict.ok,
            "tamper_detected": not again.ok,
        }

    def click(self) -> Any:
        """Sign in, open the trace file and take the binder; at today's hour, as a person would."""
        browser = self.main.browser(990)
        door = f"/{self.main.slug}/sign-in"
        token = CSRF.search(browser.get(door).text)
        known = {"csrf_token": token.group(1) if token else ""}
        email = f"{Role.OFFICER}@{self.main.slug}.example"
        browser.post(door, data={**known, "email": email, "password": PASSWORD})
        page = browser.get(f"/{self.main.slug}/cases/{self.case_id}/trace")
        token = CSRF.search(page.text)
        known = {"csrf_token": token.group(1) if token else ""}
        made = browser.post(f"/{self.main.slug}/cases/{self.case_id}/binder", data=known)
        if made.status_code != 200:
            raise RuntimeError(f"The binder was not given: {page.status_code}, {made.status_code}")
        return made

    def figures(self) -> dict[str, Any]:
        """What the books say at the end."""
        with self.main.scope(Role.OFFICER, self.main.moment(200)):
            state = queries.get_case(self.case_id).state
        return {"state": state, "ballots": self.ballots_cast, **self.figures_}

    def case(self) -> BargainingCase:
        return queries.get_case(self.case_id, lock=True)

    def ballot(self) -> Any:
        return ballot_queries.last_ballot(self.case_id)

    def day(self, number: int) -> date:
        return self.main.moment(number).astimezone(ZONE).date()

    def paper(self, name: str, purpose: str = "demo") -> int:
        """A scan on file with the case; what is on it is its name."""
        about = (BargainingCase.__tablename__, self.case_id)
        data = b"%PDF-1.7\n% " + name.encode()
        return store(data, f"{name}.pdf", purpose=purpose, subject=about).id


def missing_in(binder: bytes) -> list[str]:
    """The papers that the manifest of a binder names as missing."""
    return list(binder_check.about(binder).get("missing", []))
