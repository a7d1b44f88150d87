"""Collective contracts (集体合同): the text, its clauses, the parties, and how it took effect.

What the law of the row is stands in the database too (migration 0014): the text of a contract is
fixed once both sides have signed it, and nothing takes effect without a receipt and either a letter
of no objection or the whole of the review period behind it.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from blueprints.offers.ground.models import ActingMode
from rules.binding import Mode
from rules.clauses import ClauseKind, Measure
from tenants.db import Model, TenantOwned, one_of, tenant_fk


class ContractState(StrEnum):
    """States of the machine `contract` in rules/procedure.py."""

    DRAFTED = "drafted"
    PASSED = "passed"
    SIGNED = "signed"
    FILED = "filed"
    OBJECTED = "objected"
    EFFECTIVE = "effective"
    PUBLISHED = "published"
    AMENDING = "amending"
    TERMINATING = "terminating"
    TERMINATED = "terminated"
    EXPIRED = "expired"
    RENEWED = "renewed"


# In force means: it took effect, and neither its term nor an agreement has ended it.
IN_FORCE = (
    ContractState.EFFECTIVE,
    ContractState.PUBLISHED,
    ContractState.AMENDING,
    ContractState.TERMINATING,
)
TOOK_EFFECT = (
    *IN_FORCE, ContractState.TERMINATED, ContractState.EXPIRED, ContractState.RENEWED,
)  # fmt: skip
OPEN_TEXT = (ContractState.DRAFTED, ContractState.PASSED)


class ContractKind(StrEnum):
    COMPREHENSIVE = "comprehensive"
    SPECIAL = "special"  # on one topic
    WAGE = "wage"


class Topic(StrEnum):
    """What a special contract is about."""

    WAGES = "wages"
    SAFETY = "safety"
    WOMEN = "women"
    HOURS = "hours"
    TRAINING = "training"
    OTHER = "other"


class Reach(StrEnum):
    """How far a contract reaches."""

    ENTERPRISE = "enterprise"
    INDUSTRY = "industry"
    REGIONAL = "regional"


class WorkerParty(StrEnum):
    """Who is the party on the workers' side. The upper union never is one at enterprise level."""

    UNION = "union"
    ELECTED = "elected"  # representatives whom the workers elected, where there is no union
    UPPER_UNION = "upper_union"  # the sector or regional union, beyond one enterprise


class EffectBasis(StrEnum):
    """Why it is in force."""

    LETTER = "letter"  # a letter of no objection
    DEEMED = "deemed"  # the review period passed in silence
    IMPORTED = "imported"  # the ledger it was taken over from says so


class Origin(StrEnum):
    CASE = "case"
    IMPORTED = "imported"


class Contract(TenantOwned, Model):
    """One collective contract, from its draft to its end."""

    __tablename__ = "contract"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("trade_union", "union_id"),
        tenant_fk("employer_association", "association_id"),
        tenant_fk("acting_authority", "acting_authority_id"),
        tenant_fk("contract", "supersedes_id"),
        tenant_fk("user", "created_by_id"),
        one_of("state", ContractState),
        one_of("kind", ContractKind),
        one_of("topic", Topic),
        one_of("level", Reach),
        one_of("worker_party", WorkerParty),
        one_of("acting_mode", ActingMode),
        one_of("binding_mode", Mode),
        one_of("effective_basis", EffectBasis),
        one_of("origin", Origin),
        UniqueConstraint("tenant_id", "document_no"),
        UniqueConstraint("tenant_id", "public_token"),
        UniqueConstraint("tenant_id", "case_id"),
        CheckConstraint("length(btrim(name)) > 0", name="has_a_name"),
        CheckConstraint("kind <> 'special' OR topic IS NOT NULL", name="special_has_a_topic"),
        CheckConstraint(
            "level = 'enterprise' OR enterprise_id IS NULL", name="one_enterprise_or_many"
        ),
        CheckConstraint("level <> 'industry' OR industry IS NOT NULL", name="industry_is_named"),
        CheckConstraint(
            "level = 'enterprise' OR binding_mode IS NOT NULL", name="says_whom_it_binds"
        ),
        CheckConstraint(
            "level <> 'enterprise' OR worker_party <> 'upper_union'",
            name="upper_union_is_no_party_in_an_enterprise",
        ),
        CheckConstraint(
            "acting_mode NOT IN ('upper_acts', 'upper_joins') OR acting_authority_id IS NOT NULL "
            "OR origin = 'imported'",
            name="acting_needs_authority",
        ),
        CheckConstraint(
            "text_hash = encode(sha256(convert_to(text, 'UTF8')), 'hex')", name="hash_is_of_text"
        ),
        CheckConstraint("(term_from IS NULL) = (term_to IS NULL)", name="term_has_two_ends"),
        CheckConstraint("term_to > term_from", name="term_runs_forward"),
        CheckConstraint(
            "state IN ('drafted', 'passed') OR (signed_on IS NOT NULL AND term_to IS NOT NULL)",
            name="signed_has_day_and_term",
        ),
        CheckConstraint("signed_on >= voted_on", name="signed_after_the_vote"),
        CheckConstraint(
            "(effective_on IS NULL) = (effective_basis IS NULL)", name="effect_has_a_basis"
        ),
        CheckConstraint(
            "state NOT IN ('effective', 'published', 'amending', 'terminating', 'terminated', "
            "'expired', 'renewed') OR effective_on IS NOT NULL",
            name="in_force_since_a_day",
        ),
        CheckConstraint("supersedes_id <> id", name="not_its_own_successor"),
        CheckConstraint(
            "state <> 'terminated' OR (ended_on IS NOT NULL AND ended_reason IS NOT NULL)",
            name="terminated_says_why",
        ),
        Index("ix_contract_state", "tenant_id", "state", "term_to"),
        Index("ix_contract_place", "tenant_id", "level", "industry", "area"),
        Index("ix_contract_enterprise", "tenant_id", "enterprise_id"),
        Index("ix_contract_supersedes", "tenant_id", "supersedes_id"),
        Index("ix_contract_authority", "tenant_id", "acting_authority_id"),
        Index("ix_contract_sort", "tenant_id", "sort_key", "id"),
    )

    document_no: Mapped[str]  # 集合2026-0102: the federation's own number
    name: Mapped[str]
    sort_key: Mapped[str]
    kind: Mapped[str]
    topic: Mapped[str | None]
    level: Mapped[str]
    origin: Mapped[str] = mapped_column(server_default=Origin.CASE)
    case_id: Mapped[int | None]  # None: taken over from a ledger
    state: Mapped[str] = mapped_column(server_default=ContractState.DRAFTED)
    enterprise_id: Mapped[int | None]  # level enterprise; None: not found on the register yet
    industry: Mapped[str | None]  # GB/T 4754, two digits
    area: Mapped[str | None]  # GB/T 2260
    territory: Mapped[str | None]  # the scope in words: 沙市区餐饮业
    worker_party: Mapped[str] = mapped_column(server_default=WorkerParty.UNION)
    union_id: Mapped[int | None]
    worker_side: Mapped[str]
    worker_chief: Mapped[str | None]
    association_id: Mapped[int | None]
    employer_side: Mapped[str]
    employer_chief: Mapped[str | None]
    authority_name: Mapped[str | None]  # the labour authority that reviews it
    binding_mode: Mapped[str | None]  # rules/binding.py; None for one enterprise
    acting_mode: Mapped[str] = mapped_column(server_default=ActingMode.OWN)
    acting_authority_id: Mapped[int | None]
    acting_name: Mapped[str | None]  # the union that acts
    on_behalf_of: Mapped[str | None]  # for whom it acts
    voted_on: Mapped[date | None]
    vote_reported_on: Mapped[date | None]  # where the filing clock runs from it (Shanghai)
    vote_summary: Mapped[str | None]
    voted_hash: Mapped[str | None]
    signed_on: Mapped[date | None]
    file_due_on: Mapped[date | None]
    file_clock: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    effective_on: Mapped[date | None]
    effective_at: Mapped[datetime | None]  # when it was found to be in force
    effective_basis: Mapped[str | None]
    publish_due_on: Mapped[date | None]
    publish_clock: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    term_from: Mapped[date | None]
    term_to: Mapped[date | None]  # the last day
    text: Mapped[str]
    text_hash: Mapped[str]  # sha256 of the text in UTF-8; the database reckons it too
    public_token: Mapped[str]  # the address behind the code on the notice board
    supersedes_id: Mapped[int | None]
    agreed_reason: Mapped[str | None]  # why both sides change or end it
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str | None]
    end_report_due_on: Mapped[date | None]
    end_reported_on: Mapped[date | None]
    created_by_id: Mapped[int | None]


class ContractClause(TenantOwned, Model):
    """A clause, or one figure of a clause: rows with the same number belong together."""

    __tablename__ = "contract_clause"
    __table_args__ = (
        tenant_fk("contract", "contract_id"),
        one_of("kind", ClauseKind),
        one_of("measure", Measure),
        UniqueConstraint("tenant_id", "contract_id", "position"),
        CheckConstraint("length(btrim(text)) > 0", name="has_a_text"),
        CheckConstraint(
            "(amount IS NULL) = (unit IS NULL) AND (amount IS NULL) = (measure IS NULL)",
            name="amount_has_unit_and_measure",
        ),
        Index("ix_contract_clause_kind", "tenant_id", "kind"),
    )

    contract_id: Mapped[int]
    position: Mapped[int]
    number: Mapped[str]  # 第七条
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]  # its words; of a figure, the line in which it stands
    measure: Mapped[str | None]  # what the figure measures
    subject: Mapped[str | None]
    amount: Mapped[Decimal | None]
    unit: Mapped[str | None]  # 元/月, 元/件, %
    trade: Mapped[str | None]  # 工种
    grade: Mapped[str | None]
    from_on: Mapped[date | None]
