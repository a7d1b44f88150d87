"""Document numbers (文号): one series per federation, kind and year, without gaps or doubles."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from tenants.db import db
from tenants.models import Serial, Tenant
from tenants.scope import current_tenant_id

SUFFIXES = {  # 发文字号 ends with the kind of document, after the federation's own characters
    "offer": "约",
    "feedback": "馈",
    "reminder": "提",
    "letter": "函",
    "demand": "催",
    "opinion": "监意",
    "proposal": "监建",
    "interview": "约谈",
    "referral": "移",
    "intent": "拟告",
    "exposure": "公告",
    "rectification": "整改",
    "assessment": "履评",
    "forecast": "预报",
    "acting": "代",
    "case": "协",
    "engagement": "聘",
    "supervisor": "指派",
    "visit": "走访",
    "info": "资",
    "commitment": "约定",
    "survey": "问",
}


def take(kind: str, year: int, count: int = 1) -> range:
    """Take the next `count` numbers of the series.

    The row lock holds until the caller commits,
    so two issuers at once get neighbouring numbers, and a rollback gives them back.
    """
    if count < 1:
        raise ValueError("At least one number must be taken.")
    query = insert(Serial).values(tenant_id=current_tenant_id(), kind=kind, year=year, last=count)
    query = query.on_conflict_do_update(
        index_elements=["tenant_id", "kind", "year"], set_={"last": Serial.last + count}
    )
    last = db.session.execute(query.returning(Serial.last)).scalar_one()
    return range(last - count + 1, last + 1)


def number_parts(kind: str, year: int) -> tuple[str, str]:
    """What stands before and after the number: ("荆工约〔2026〕", "号")."""
    tenant = db.session.scalars(select(Tenant).where(Tenant.id == current_tenant_id())).one()
    stem = tenant.settings.get("number_stems", {}).get(kind)
    return f"{stem or tenant.short_name + SUFFIXES.get(kind, '')}〔{year}〕", "号"


def document_number(kind: str, year: int, number: int) -> str:
    """荆工约〔2026〕17号, as GB/T 9704 writes it."""
    head, tail = number_parts(kind, year)
    return f"{head}{number}{tail}"
