"""Telling those concerned (notice 24): what is coming up for them, in good time, once a line.

A forecast is not an offer and starts no clock; the letter says so itself.
"""

from typing import Any

from sqlalchemy import func, select, text

from blueprints.contracts.forecast.groups import in_group
from blueprints.contracts.forecast.models import EntryState, ForecastEntry
from blueprints.contracts.forecast.words import ground_of, unit_of
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.labels import titled
from blueprints.contracts.ground.parties import contact, worker_side
from blueprints.contracts.habits.values import answer_within
from blueprints.contracts.performance.letters import law_kind
from blueprints.notices.actions import post, wake_worker
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.model import Letter
from blueprints.notices.letters.values import Lang
from blueprints.notices.messages import message_for
from blueprints.notices.models import Notice
from blueprints.notices.wordings import text_in_force
from blueprints.registry.models import Enterprise, TradeUnion
from blueprints.rulebook import queries as rulebook
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db, rows_changed
from tenants.federation import this_federation
from tenants.models import User
from tenants.numbering import document_number, take
from tenants.scope import current_tenant_id

LETTER = "24-bargaining-forecast"
REFERENCES = Text(
    "工资指导线、劳动力市场工资价位、最低工资标准",
    "the wage guideline, published pay levels and the minimum wage",
)
# One statement for all enterprises a line is about; those of one union share no letter with it.
_TELL = """
INSERT INTO notice (tenant_id, kind, subject_kind, subject_id, recipient, recipient_name,
    batch_kind, batch_id, message_id, fields, address, state, due_at, created_at)
SELECT :tenant, 'forecast', 'forecast_entry', :entry, :prefix || w.id, w.name,
    'forecast_entry', :entry, :message, jsonb_build_object('addressee_name', w.name),
    nullif(btrim(w.email), ''),
    CASE WHEN nullif(btrim(w.email), '') IS NULL THEN 'paper' ELSE 'queued' END, :now, :now
FROM (SELECT * FROM unnest(CAST(:ids AS bigint[]), CAST(:names AS text[]),
    CAST(:emails AS text[])) AS t(id, name, email)) w
ON CONFLICT DO NOTHING
"""


def announce(entry: ForecastEntry) -> int:
    """Publish a line to the enterprises and unions concerned. How many that is."""
    if entry.state != EntryState.OPEN:
        raise RuleBroken(Text("这条预报已经办理。", "This line has been dealt with already."))
    if entry.announced_at is not None:
        raise RuleBroken(Text("已经发布过预报通知。", "It was announced already."))
    if entry.owner_id is None:
        raise RuleBroken(
            Text("请先确定责任人和计划日期。", "First name its owner and the planned day.")
        )
    year = today().year
    entry.announced_no = document_number("forecast", year, take("forecast", year)[0])
    entry.announced, entry.announced_at = values_of(entry), now()
    entry.version += 1
    told = _tell(entry)
    trail.record("forecast.announced", entry, number=entry.announced_no, told=told)
    wake_worker()
    return told


def _tell(entry: ForecastEntry) -> int:
    message = message_for(
        "forecast",
        LETTER,
        open_slots={"addressee_name"},
        shared={**entry.announced, "doc_no": entry.announced_no},
    )
    firms = select(Enterprise.id, Enterprise.name, Enterprise.email, Enterprise.union_id)
    rows = db.session.execute(firms.where(in_group(entry)).order_by(Enterprise.id)).all()
    unions = (
        select(TradeUnion.id, TradeUnion.name, TradeUnion.email)
        .where(TradeUnion.id.in_({row.union_id for row in rows if row.union_id}))
        .order_by(TradeUnion.id)
    )
    told = _post_all(entry, message.id, "enterprise:", rows)
    told += _post_all(entry, message.id, "union:", db.session.execute(unions).all())
    if not rows and entry.contract_id is not None:
        contract = queries.get_contract(entry.contract_id)
        who = worker_side(contract)
        post(
            "forecast", subject=entry, recipient=who.key, name=who.name, address=who.address,
            text_id=LETTER, locale=who.locale, batch=("forecast_entry", entry.id),
            values={**entry.announced, "doc_no": entry.announced_no, "addressee_name": who.name},
        )  # fmt: skip
        told += 1
    return told


def _post_all(entry: ForecastEntry, message_id: int, prefix: str, rows: Any) -> int:
    if not rows:
        return 0
    return rows_changed(
        text(_TELL),
        {
            "tenant": current_tenant_id(),
            "entry": entry.id,
            "prefix": prefix,
            "message": message_id,
            "now": now(),
            "ids": [row.id for row in rows],
            "names": [row.name for row in rows],
            "emails": [row.email for row in rows],
        },
    )


def values_of(entry: ForecastEntry) -> dict[str, Any]:
    """The letter's values, frozen when it is announced."""
    contract = queries.get_contract(entry.contract_id) if entry.contract_id else None
    owner = entry.owner_id and db.session.scalar(select(User.name).where(User.id == entry.owner_id))
    kind = law_kind(contract) if contract else "wage"
    book = rulebook.book(today())
    rule, info = book.rule("renewal.window", kind), book.rule("info.content", kind)
    until = contract.term_to if contract else None
    return {
        "issuer_name": this_federation().name,
        "forecasts": [
            {
                "forecast_no": 1,
                "forecast_unit": (titled(contract) if contract else unit_of(entry)).to_json(),
                "forecast_ground": ground_of(entry).to_json(),
                "contract_until": (until or entry.planned_on).isoformat(),
                "renewal_opens_on": entry.opens_on.isoformat(),
                "planned_offer_on": entry.planned_on.isoformat(),
                "forecast_owner": owner or this_federation().name,
            }
        ],
        "renewal_rule_article": rule.citation.to_json(),
        "renewal_rule_text": rule.text.without_stop().to_json(),
        "info_rule_text": info.text.without_stop().to_json(),
        "reference_titles": REFERENCES.to_json(),
        "answer_due_on": (today() + answer_within()).isoformat(),
        "issued_on": today().isoformat(),
        **contact(),
    }


def letter_of(entry: ForecastEntry, lang: Lang = "zh") -> Letter:
    """The letter of a line, to print for the notice board; a draft until it is announced."""
    drafted = entry.announced_no is None
    values = entry.announced or values_of(entry)
    everyone = Text("各有关企业和工会", "all enterprises and unions concerned")
    known = {**values, "doc_no": entry.announced_no, "addressee_name": everyone.to_json()}
    return compose(text_in_force(LETTER), known, lang, draft=drafted)


def told(entry: ForecastEntry) -> list[tuple[str, int]]:
    """How the notices of a line stand: state and how many."""
    query = (
        select(Notice.state, func.count())
        .where(Notice.subject_kind == "forecast_entry", Notice.subject_id == entry.id)
        .group_by(Notice.state)
        .order_by(Notice.state)
    )
    return [(state, count) for state, count in db.session.execute(query)]
