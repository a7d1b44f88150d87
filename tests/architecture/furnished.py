"""A federation that has one row of everything, made by the rooms' own verbs.

`IDS` says for every name in an address how to come by such a row. A route with a name that is
not there fails the build: a new kind of row is made here before it is shown anywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

from sqlalchemy import select

from blueprints.exposures.facts import frozen_values, procedure_facts
from blueprints.exposures.letters import demand_values
from blueprints.exposures.models import Exposure, ExposureExclusion
from blueprints.exposures.step_models import ExposureStep
from blueprints.notices import repairs
from blueprints.notices.models import ContactRepair, Notice
from blueprints.offers.campaigns import actions as campaign_actions
from blueprints.offers.clocks.recounting import decide
from blueprints.offers.ground.models import ReplyLink
from blueprints.offers.ground.queries import get_offer
from blueprints.offers.ground.service_models import ReplyChannel, ReplyKind, ServiceMethod
from blueprints.offers.service.actions import Answer, Receipt, record_reply, record_service
from blueprints.registry import imports
from blueprints.registry.models import Enterprise
from blueprints.registry.union_actions import register_association
from blueprints.rulebook.actions import confirm
from blueprints.rulebook.models import Basis, CalendarDay, CalendarYear
from blueprints.supervisors.models import Assignment, Supervisor
from tenants.clock import now
from tenants.db import db
from tenants.files import store
from tenants.models import User
from tests.architecture import (
    furnished_delivery,
    furnished_exposures,
    furnished_surveys,
    furnished_visits,
)
from tests.architecture.furnished_cases import CASE_AT, CASE_IDS, CASE_WORDS, cases
from tests.architecture.furnished_contracts import CONTRACT_AT, CONTRACT_IDS, contracts
from tests.architecture.furnished_supervision import IDS as SUPERVISION_IDS
from tests.architecture.furnished_supervision import furnish_supervision
from tests.architecture.furnished_table import TABLE_AT, TABLE_IDS, at_the_table
from tests.architecture.furnished_term import TERM_AT, TERM_IDS, term
from tests.offers import campaign_world as town
from tests.offers.world import instant, issued
from tests.world import Federation

PDF = b"%PDF-1.7\n%a scan\n"
NAMES = tuple(f"示例{one}餐饮有限公司" for one in "子丑寅卯辰")
LEDGER = (
    "单位名称,统一社会信用代码,行业,所属县市区,职工人数\n"
    "示例新来餐饮有限公司,,餐饮业,沙市区,42\n"
    "示例子餐饮有限公司,,餐饮业,沙市区,31\n"
    ",91421002MA00000000,餐饮业,沙市区,很多\n"
)


@dataclass
class Furnished:
    """The federation and the ids of what stands in it."""

    federation: Federation
    rows: SimpleNamespace = field(default_factory=SimpleNamespace)

    @property
    def slug(self) -> str:
        return self.federation.slug


Row = Callable[[SimpleNamespace], int | str]

# The name in an address → a row that it may mean. The first is used unless the endpoint says
# otherwise below.
IDS: dict[str, Row] = {
    "enterprise_id": lambda rows: rows.enterprise,
    "union_id": lambda rows: rows.union,
    "association_id": lambda rows: rows.association,
    "campaign_id": lambda rows: rows.issued,
    "offer_id": lambda rows: rows.offers[0],
    "run_id": lambda rows: rows.run_uploaded,
    "user_id": lambda rows: rows.user,
    "document_id": lambda rows: rows.attachment,
    "notice_id": lambda rows: rows.notice,
    "repair_id": lambda rows: rows.repair,
    "batch_id": lambda rows: rows.issued,
    "record_id": lambda rows: rows.rule,
    "recount_id": lambda rows: rows.recount,
    "entry_id": lambda rows: rows.day,
    "supervisor_id": lambda rows: rows.supervisor,
    "assignment_id": lambda rows: rows.assignment,
    "token": lambda rows: rows.token,
    "step_id": lambda rows: rows.step,
    "exposure_id": lambda rows: rows.exposure,
    "exclusion_id": lambda rows: rows.exclusion,
    **furnished_delivery.IDS,
    **furnished_exposures.IDS,
    **CASE_IDS,
    **CONTRACT_IDS,
    **TABLE_IDS,
    **SUPERVISION_IDS,
    **furnished_visits.IDS,
    **TERM_IDS,
    **furnished_surveys.IDS,
}
DRAFTS = (
    "attach", "attached", "content", "detach", "enterprises", "enterprises_sheet", "issuers",
    "pick", "save_content", "save_issuers", "save_scope", "save_wording", "scope", "submit",
    "wording",
)  # fmt: skip
AT: dict[tuple[str, str], Row] = {
    **CONTRACT_AT,
    **TERM_AT,
    **{(f"campaigns.{name}", "campaign_id"): lambda rows: rows.draft for name in DRAFTS},
    ("campaigns.approve", "campaign_id"): lambda rows: rows.submitted,
    ("campaigns.send_back", "campaign_id"): lambda rows: rows.submitted,
    ("campaigns.issue", "campaign_id"): lambda rows: rows.approved,
    ("campaigns.send_out", "campaign_id"): lambda rows: rows.approved,
    ("offers.evidence", "offer_id"): lambda rows: rows.offers[1],
    ("offers.evidence", "document_id"): lambda rows: rows.evidence,
    ("offers.create_review", "offer_id"): lambda rows: rows.offers[3],
    ("reply_desk.done", "token"): lambda rows: rows.token_of_reply,
    **furnished_exposures.AT,
    **TABLE_AT,
    **CASE_AT,
    **furnished_visits.AT,
    **furnished_surveys.AT,
}
# Names that are no row of a federation: words out of a list, files, years, keys of the law.
WORDS: dict[str, str] = {
    "kind": "campaign",
    "name": "no-such-file.css",
    "digest": "0" * 12,
    "filename": "no-such-file.css",
    "number": "1",
    "mail_id": "1",
    "key": "offer.reply_days",
    "year": "2027",
    "status": "404",
    "text_id": "01b-offer-double",
    **CASE_WORDS,
    **furnished_visits.WORDS,
}


def furnish(federation: Federation) -> Furnished:
    """Put one of everything in. The campaign comes first: it looks for the only one."""
    rows = SimpleNamespace()
    with federation.scope():
        db.session.add(Supervisor(user_id=federation.supervisor.id, name="周某某"))
        db.session.commit()
    rows.offers = issued(federation, NAMES, at=instant("2026-03-02", 9))
    _campaigns(federation, rows)
    _offers(federation, rows)
    _register(federation, rows)
    _notices(federation, rows)
    furnished_delivery.furnish(federation, rows)
    _rulebook(federation, rows)
    _exposures(federation, rows)
    furnished_exposures.around_an_exposure(federation, rows)
    cases(federation, rows)
    contracts(federation, rows)
    at_the_table(federation, rows)
    furnish_supervision(federation, rows)
    furnished_visits.furnish_visits(federation, rows)
    term(federation, rows)
    furnished_surveys.surveys(federation, rows)
    return Furnished(federation, rows)


def _campaigns(federation: Federation, rows: SimpleNamespace) -> None:
    with federation.scope():
        rows.issued = get_offer(rows.offers[0]).campaign_id
    settled = town.settled(federation)
    rows.draft = town.drafted(federation, settled, name="草拟中的行动")
    rows.submitted = town.submitted(federation, settled, name="待审的行动")
    rows.approved = town.approved(federation, settled, name="已审的行动")
    rows.paused = town.out(federation, settled, name="发出的行动")
    with federation.scope(at=instant("2026-03-03")):
        paper = store(
            PDF,
            "附件.pdf",
            purpose="campaign.attachment",
            subject=("campaign", rows.draft),
            uploaded_by_id=federation.officer.id,
        )
        draft = town.found(rows.draft)
        campaign_actions.attach(draft, paper.id)
        rows.attachment = paper.id
        db.session.commit()


def _offers(federation: Federation, rows: SimpleNamespace) -> None:
    """One only issued, one served, one accepted, one refused."""
    _, served, accepted, refused, _ = rows.offers
    with federation.scope(at=instant("2026-03-05")):
        scan = store(PDF, "回执.pdf", purpose="service", subject=("offer", served))
        rows.evidence = scan.id
        receipt = Receipt(
            ServiceMethod.IN_PERSON,
            date(2026, 3, 5),
            receiver_name="孙某某",
            evidence_id=scan.id,
            recorded_by_id=federation.officer.id,
        )
        record_service(get_offer(served, lock=True), receipt)
        said = {"channel": ReplyChannel.REPLY_DESK, "person_name": "孙某某"}
        record_reply(get_offer(accepted, lock=True), Answer(ReplyKind.ACCEPT, **said))
        why = {"reason_code": "refusal.year_end_accounts", "reason": "年度结算未完成"}
        record_reply(get_offer(refused, lock=True), Answer(ReplyKind.REFUSE, **said, **why))
        db.session.commit()
        tokens = {link.offer_id: link.token for link in db.session.scalars(select(ReplyLink))}
        rows.token, rows.token_of_reply = tokens[rows.offers[0]], tokens[accepted]


def _register(federation: Federation, rows: SimpleNamespace) -> None:
    with federation.scope(at=instant("2026-03-06")):
        member = db.session.scalars(
            select(Enterprise).where(Enterprise.name == NAMES[0]).order_by(Enterprise.id)
        ).one()
        rows.enterprise, rows.union = member.id, member.union_id
        rows.user = federation.auditor.id
        association = register_association({"name": "示范市餐饮行业协会", "kind": "trade"})
        db.session.flush()
        rows.association = association.id
        ledger = imports.Upload(LEDGER.encode("utf-8-sig"), "台账.csv")
        rows.run_uploaded = imports.receive(ledger).id
        checked = imports.receive(ledger)
        imports.check(checked)
        done = imports.receive(ledger)
        imports.carry_out(done)
        rows.run_checked, rows.run_imported = checked.id, done.id
        speaker = db.session.get_one(User, (federation.id, federation.union.id))
        speaker.union_id = rows.union
        supervisor = db.session.scalars(select(Supervisor)).one()
        assignment = Assignment(
            supervisor_id=supervisor.id, enterprise_id=rows.enterprise, valid_from=date(2026, 1, 1)
        )
        db.session.add(assignment)
        db.session.commit()
        rows.supervisor, rows.assignment = supervisor.id, assignment.id
        federation.union.union_id = rows.union


def _notices(federation: Federation, rows: SimpleNamespace) -> None:
    with federation.scope(at=instant("2026-03-07")):
        owed = db.session.scalars(
            select(Notice).where(Notice.address.is_not(None)).order_by(Notice.id)
        )
        notice, lost = owed.all()[:2]
        rows.notice = notice.id
        lost.state, lost.last_answer = "failed", "550 no such mailbox"
        db.session.flush()
        repairs.open_for([(lost.id, "contact.mailbox_unknown", "550 no such mailbox")])
        rows.repair = db.session.scalars(select(ContactRepair.id)).one()
        db.session.commit()


def _rulebook(federation: Federation, rows: SimpleNamespace) -> None:
    with federation.scope(at=instant("2026-03-07")):
        facts = {
            "kind": "wage",
            "value": 15,
            "unit": "day",
            "operator": "≤",
            "article": "第十七条",
            "source_title": "示范市工资集体协商办法",
            "text_zh": "应当自收到要约书之日起十五日内答复。",
            "text_en": "The answer is due within fifteen days of receipt.",
            "verified_by": "郑某某",
            "verified_on": date(2026, 3, 7),
            "valid_from": date(2027, 1, 1),
            "valid_to": None,
        }
        rule = confirm("offer.reply_days", facts, by_id=federation.administrator.id)
        day = CalendarDay(day=date(2027, 3, 8), works=False, name="半天假", notice="示范通知")
        db.session.add_all([day, CalendarYear(year=2027, notice="示范通知")])
        recount = decide(Basis.CALENDAR, "新通知", [], by_id=federation.administrator.id)
        db.session.commit()
        rows.recount = recount.id
        rows.rule, rows.day = rule.id, day.id


def _exposures(federation: Federation, rows: SimpleNamespace) -> None:
    """A step, a proposal and a reason against it: the first state of each, and no further."""
    officer = federation.officer.id
    with federation.scope(at=instant("2026-03-09")):
        offer = get_offer(rows.offers[1])
        proposed = {"offer_id": offer.id, "proposed_by_id": officer, "proposed_at": now()}
        step = ExposureStep(
            **proposed, kind="demand", text_id="06-demand-letter", recipient=offer.addressee_name,
            letter=demand_values(offer, new_due_on=date(2026, 4, 20)),
        )  # fmt: skip
        exposure = Exposure(
            **proposed, facts=procedure_facts(offer), body="未收到书面答复",
            letter=frozen_values(offer), channels=["circular", "union_site"], duration_days=30,
            state="proposed",
        )  # fmt: skip
        exclusion = ExposureExclusion(
            offer_id=offer.id, code="exposure.bargaining", note="双方正在协商",
            recorded_by_id=officer, recorded_at=now(),
        )  # fmt: skip
        db.session.add_all([step, exposure, exclusion])
        db.session.commit()
        rows.step, rows.exposure, rows.exclusion = step.id, exposure.id, exclusion.id
