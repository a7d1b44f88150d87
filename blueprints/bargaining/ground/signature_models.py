"""The signature of a contract: chiefs in turn, the upper union, and the enterprises' seals."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from blueprints.bargaining.ground.meeting_models import SigningMethod
from tenants.db import Model, TenantOwned, one_of, tenant_fk


class SigningState(StrEnum):
    OPEN = "open"
    SIGNED = "signed"
    VOID = "void"  # given up before it was complete


class Party(StrEnum):
    WORKERS = "workers"
    EMPLOYER = "employer"
    UPPER = "upper"  # the upper union, where it acts or joins


class SealBasis(StrEnum):
    """What an enterprise did. A seal is the stronger act."""

    RECOGNISED = "recognised"  # its legal representative recognised the draft
    SEALED = "sealed"


class LinkPurpose(StrEnum):
    MEETING = "meeting"  # come, read the minutes, confirm them
    SIGNATURE = "signature"
    ACCESSION = "accession"


class Signing(TenantOwned, Model):
    """The signing of one text: exactly the text that every voting unit passed."""

    __tablename__ = "signing"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        ForeignKeyConstraint(
            ["tenant_id", "draft_id", "text_sha256"],
            ["draft.tenant_id", "draft.id", "draft.text_sha256"],
        ),
        one_of("state", SigningState),
        UniqueConstraint("tenant_id", "id", "text_sha256"),
        CheckConstraint("term_to > term_from", name="term_runs_forward"),
        CheckConstraint("(state = 'signed') = (signed_on IS NOT NULL)", name="signed_has_a_day"),
        CheckConstraint("(state = 'void') = (void_reason IS NOT NULL)", name="void_says_why"),
        Index(
            "uq_signing_standing",
            "tenant_id",
            "case_id",
            unique=True,
            postgresql_where=text("state <> 'void'"),
        ),
    )

    case_id: Mapped[int]
    draft_id: Mapped[int]
    text_sha256: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=SigningState.OPEN)
    upper_signs: Mapped[bool] = mapped_column(server_default=text("false"))
    term_from: Mapped[date]
    term_to: Mapped[date]
    opened_at: Mapped[datetime]
    signed_on: Mapped[date | None]  # the day of the last signature that was wanted
    signed_at: Mapped[datetime | None]
    void_reason: Mapped[str | None]


class Signature(TenantOwned, Model):
    """A name under the contract: of exactly the text that is being signed."""

    __tablename__ = "signature"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "signing_id", "text_sha256"],
            ["signing.tenant_id", "signing.id", "signing.text_sha256"],
        ),
        tenant_fk("representative", "representative_id"),
        tenant_fk("document", "document_id"),
        one_of("party", Party),
        one_of("method", SigningMethod),
        UniqueConstraint("tenant_id", "signing_id", "party"),
        UniqueConstraint("tenant_id", "signing_id", "turn"),
        CheckConstraint("turn >= 1", name="turns_from_one"),
        CheckConstraint("length(btrim(name)) > 0", name="has_a_name"),
        CheckConstraint("method <> 'scan' OR document_id IS NOT NULL", name="scan_is_on_file"),
        CheckConstraint(
            "party = 'upper' OR representative_id IS NOT NULL", name="a_chief_is_a_representative"
        ),
    )

    signing_id: Mapped[int]
    text_sha256: Mapped[str]
    party: Mapped[str]
    turn: Mapped[int]
    representative_id: Mapped[int | None]
    name: Mapped[str]
    title: Mapped[str] = mapped_column(server_default="")
    method: Mapped[str]
    signed_on: Mapped[date]
    signed_at: Mapped[datetime]
    document_id: Mapped[int | None]


class Seal(TenantOwned, Model):
    """One enterprise's recognition of, or seal under, exactly the text that is being signed."""

    __tablename__ = "seal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "signing_id", "text_sha256"],
            ["signing.tenant_id", "signing.id", "signing.text_sha256"],
        ),
        tenant_fk("enterprise", "enterprise_id"),
        tenant_fk("document", "document_id"),
        one_of("basis", SealBasis),
        one_of("method", SigningMethod),
        UniqueConstraint("tenant_id", "signing_id", "enterprise_id", "basis"),
        CheckConstraint("basis <> 'sealed' OR document_id IS NOT NULL", name="seal_has_a_scan"),
        CheckConstraint("method <> 'scan' OR document_id IS NOT NULL", name="scan_is_on_file"),
        CheckConstraint("length(btrim(signer_name)) > 0", name="somebody_acted"),
        Index("ix_seal_enterprise", "tenant_id", "enterprise_id"),
    )

    signing_id: Mapped[int]
    text_sha256: Mapped[str]
    enterprise_id: Mapped[int]
    basis: Mapped[str]
    method: Mapped[str]
    signer_name: Mapped[str]
    signer_title: Mapped[str] = mapped_column(server_default="")
    given_on: Mapped[date]
    given_at: Mapped[datetime]
    document_id: Mapped[int | None]


class SheetSignature(TenantOwned, Model):
    """A signing sheet as PDF, signed with the federation's certificate and kept as it was then."""

    __tablename__ = "sheet_signature"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "signing_id", "text_sha256"],
            ["signing.tenant_id", "signing.id", "signing.text_sha256"],
        ),
        tenant_fk("document", "document_id"),
        tenant_fk("user", "signed_by_id"),
        CheckConstraint("seals >= 0", name="seals_counted"),
        Index("ix_sheet_signature_signing", "tenant_id", "signing_id"),
    )

    signing_id: Mapped[int]
    text_sha256: Mapped[str]
    document_id: Mapped[int]
    certificate_sha256: Mapped[str]
    subject: Mapped[str]  # of the certificate
    seals: Mapped[int]  # recognitions and seals that stand on the sheet
    signed_at: Mapped[datetime]
    signed_by_id: Mapped[int]


class SigningLink(TenantOwned, Model):
    """A link of somebody's own: to a meeting and its minutes, to sign, or to accede."""

    __tablename__ = "signing_link"
    __table_args__ = (
        tenant_fk("bargaining_case", "case_id"),
        tenant_fk("meeting", "meeting_id"),
        tenant_fk("signing", "signing_id"),
        tenant_fk("representative", "representative_id"),
        tenant_fk("enterprise", "enterprise_id"),
        one_of("purpose", LinkPurpose),
        UniqueConstraint("tenant_id", "token"),
        CheckConstraint("length(token) >= 32", name="token_long"),
        CheckConstraint(
            "CASE purpose WHEN 'meeting' THEN meeting_id IS NOT NULL AND representative_id "
            "IS NOT NULL WHEN 'signature' THEN signing_id IS NOT NULL AND representative_id "
            "IS NOT NULL ELSE signing_id IS NOT NULL AND enterprise_id IS NOT NULL END",
            name="says_whose_and_for_what",
        ),
        Index("ix_signing_link_signing", "tenant_id", "signing_id"),
        Index("ix_signing_link_meeting", "tenant_id", "meeting_id"),
    )

    case_id: Mapped[int]
    purpose: Mapped[str]
    meeting_id: Mapped[int | None]
    signing_id: Mapped[int | None]
    representative_id: Mapped[int | None]
    enterprise_id: Mapped[int | None]
    token: Mapped[str]
    opened_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
