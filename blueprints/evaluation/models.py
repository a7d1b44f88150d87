"""Surveys of workers (职工问卷): the questionnaire, whom it goes to, answers that lead to nobody.

What the law of the rows is stands in the database too: answers are taken only while a survey is
open, are never changed or taken back, an entry code lets one form in and is gone with it, and a
closed survey stays as it is.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.db import Model, TenantOwned, one_of, tenant_fk


class SurveyState(StrEnum):
    """States of the machine `survey` in rules/procedure.py."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    DROPPED = "dropped"


class SurveyScope(StrEnum):
    """Whose workers are asked. Every unit asked has a contract in force."""

    CONTRACT = "contract"
    CAMPAIGN = "campaign"
    AREA = "area"
    PORTFOLIO = "portfolio"


class Respondent(StrEnum):
    WORKERS = "workers"  # the three rates are theirs
    UNION = "union"
    MANAGEMENT = "management"


class InstrumentState(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class SurveyInstrument(TenantOwned, Model):
    """A federation's own version of the questionnaire: the standard form and questions added."""

    __tablename__ = "survey_instrument"
    __table_args__ = (
        tenant_fk("user", "proposed_by_id"),
        tenant_fk("user", "approved_by_id"),
        one_of("state", InstrumentState),
        UniqueConstraint("tenant_id", "version"),
        CheckConstraint("length(btrim(version)) > 0", name="has_a_version"),
        CheckConstraint("jsonb_array_length(questions) > 0", name="adds_something"),
        CheckConstraint("approved_by_id <> proposed_by_id", name="approved_by_another"),
        CheckConstraint(
            "state <> 'approved' OR (approved_by_id IS NOT NULL AND approved_at IS NOT NULL)",
            name="approved_by_somebody",
        ),
    )

    version: Mapped[str]
    base: Mapped[str]  # the standard form it adds to, of rules/instruments
    state: Mapped[str] = mapped_column(server_default=InstrumentState.PROPOSED)
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)  # those added
    proposed_by_id: Mapped[int]
    approved_by_id: Mapped[int | None]
    approved_at: Mapped[datetime | None]


class Survey(TenantOwned, Model):
    """One round of asking, with the questionnaire it asks by and, once closed, its figures."""

    __tablename__ = "survey"
    __table_args__ = (
        tenant_fk("contract", "contract_id"),
        tenant_fk("campaign", "campaign_id"),
        tenant_fk("supervisor", "supervisor_id"),
        tenant_fk("survey_instrument", "instrument_id"),
        tenant_fk("user", "planned_by_id"),
        tenant_fk("user", "opened_by_id"),
        one_of("state", SurveyState),
        one_of("scope", SurveyScope),
        UniqueConstraint("tenant_id", "document_no"),
        CheckConstraint("length(btrim(name)) > 0", name="has_a_name"),
        CheckConstraint("closes_on >= opens_on", name="period_runs_forward"),
        CheckConstraint("sample_wanted > 0", name="somebody_is_wanted"),
        CheckConstraint("smallest_cell >= 5", name="cells_are_not_persons"),
        CheckConstraint("opened_by_id <> planned_by_id", name="opened_by_another"),
        CheckConstraint(
            "(scope = 'contract') = (contract_id IS NOT NULL) "
            "AND (scope = 'campaign') = (campaign_id IS NOT NULL) "
            "AND (scope = 'area') = (area IS NOT NULL) "
            "AND (scope = 'portfolio') = (supervisor_id IS NOT NULL)",
            name="scope_is_named",
        ),
        CheckConstraint(
            "state NOT IN ('open', 'closed') OR (opened_by_id IS NOT NULL "
            "AND opened_at IS NOT NULL AND document_no IS NOT NULL)",
            name="opened_by_somebody",
        ),
        CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL) "
            "AND (state = 'closed') = (figures IS NOT NULL)",
            name="closed_has_figures",
        ),
        Index("ix_survey_state", "tenant_id", "state", "closes_on"),
        Index("ix_survey_contract", "tenant_id", "contract_id"),
    )

    document_no: Mapped[str | None]
    name: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=SurveyState.PLANNED)
    scope: Mapped[str]
    contract_id: Mapped[int | None]
    campaign_id: Mapped[int | None]
    area: Mapped[str | None]  # GB/T 2260
    supervisor_id: Mapped[int | None]
    respondents: Mapped[list[str]] = mapped_column(JSONB)
    instrument_id: Mapped[int | None]  # None: the standard form alone
    instrument_version: Mapped[str]
    standard: Mapped[str]  # of the definitions of the rates, and of the form they rest on
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)  # as they are asked
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    sampling: Mapped[str]  # how those asked were chosen, in words
    sample_wanted: Mapped[int]
    smallest_cell: Mapped[int]  # fewer answers than this are never shown by themselves
    planned_by_id: Mapped[int]
    opened_by_id: Mapped[int | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    ended_reason: Mapped[str | None]  # why it was closed early, or dropped
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    version: Mapped[int] = mapped_column(server_default="1")


class SurveyContent(TenantOwned, Model):
    """A box of question 2: something that is in the contract, or something that is not."""

    __tablename__ = "survey_content"
    __table_args__ = (
        tenant_fk("survey", "survey_id"),
        tenant_fk("contract", "contract_id"),
        UniqueConstraint("tenant_id", "survey_id", "contract_id", "words"),
        CheckConstraint("length(btrim(words)) > 0", name="says_something"),
    )

    survey_id: Mapped[int]
    contract_id: Mapped[int]
    words: Mapped[str]
    words_en: Mapped[str | None]
    in_contract: Mapped[bool]


class Invitation(TenantOwned, Model):
    """The link with which one group at one unit is asked; it knows a unit, never a person."""

    __tablename__ = "invitation"
    __table_args__ = (
        tenant_fk("survey", "survey_id"),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("contract", "contract_id"),
        one_of("respondent", Respondent),
        UniqueConstraint("tenant_id", "token"),
        UniqueConstraint("tenant_id", "survey_id", "enterprise_id", "respondent"),
        CheckConstraint("length(token) >= 22", name="token_long"),
        CheckConstraint("handed_out >= 0", name="handed_out_not_negative"),
        Index("ix_invitation_enterprise", "tenant_id", "enterprise_id"),
    )

    survey_id: Mapped[int]
    enterprise_id: Mapped[int]
    contract_id: Mapped[int]  # the one its workers are asked about
    respondent: Mapped[str]
    token: Mapped[str]
    area: Mapped[str | None]  # of the unit, as it was when it was asked
    industry: Mapped[str | None]
    people: Mapped[int | None]  # who work there, as the register says
    handed_out: Mapped[int | None]  # forms, links and entry codes given out, so far as counted
    by_code_only: Mapped[bool] = mapped_column(server_default=text("false"))  # its link is shut


class SurveyAnswer(TenantOwned, Model):
    """One form that came back. No name, number, device, address or hour; its id is drawn by lot.

    The order of rows says nothing, and `created_at` is the first of the month.
    """

    __tablename__ = "survey_answer"
    __table_args__ = (
        tenant_fk("invitation", "invitation_id"),
        CheckConstraint("jsonb_typeof(ticked) = 'object'", name="is_a_form"),
        Index("ix_survey_answer_invitation", "tenant_id", "invitation_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, sort_order=-2)
    invitation_id: Mapped[int]
    ticked: Mapped[dict[str, list[str]]] = mapped_column(JSONB)  # question → boxes
    on_paper: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.date_trunc("month", func.now()), sort_order=90
    )


class SurveyCode(TenantOwned, Model):
    """An entry code (填写码) that nobody has used, known by its fingerprint alone.

    It is deleted by the form it lets in: what is left of a code that was used is nothing.
    """

    __tablename__ = "survey_code"
    __table_args__ = (
        tenant_fk("invitation", "invitation_id"),
        UniqueConstraint("tenant_id", "code_hash"),
        CheckConstraint("code_hash ~ '^[0-9a-f]{64}$'", name="code_hash_hex"),
        Index("ix_survey_code_invitation", "tenant_id", "invitation_id"),
    )

    invitation_id: Mapped[int]
    code_hash: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(
        server_default=func.date_trunc("month", func.now()), sort_order=90
    )


class SurveySlot(TenantOwned, Model):
    """Where a form with an entry code is put in. It never holds a row.

    The database lets the code go and takes the form; nothing stands between the two.
    """

    __tablename__ = "survey_slot"

    code_hash: Mapped[str]
    number: Mapped[int]  # the lot of the form
    ticked: Mapped[dict[str, list[str]]] = mapped_column(JSONB)
