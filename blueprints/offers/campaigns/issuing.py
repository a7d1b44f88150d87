"""Issuing a campaign: every offer, number, signature, link and notice in one transaction."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text

from blueprints.notices.actions import wake_worker
from blueprints.notices.messages import message_for
from blueprints.offers.ground.campaign_models import Campaign, IssuerMode
from blueprints.offers.ground.letters import DIFFERS, Variant, reply_base, text_of, variants
from blueprints.offers.ground.links import ALPHABET
from blueprints.registry.models import TradeUnion
from jobs.queue import wake
from tenants.clock import now, today
from tenants.db import db, rows_changed
from tenants.numbering import number_parts, take
from tenants.scope import current_tenant_id

# Rows made within a statement have no statistics, and those of a table that has just been filled
# are out of date: the planner takes ten thousand for one and walks them by nested loops.
_BY_HASH = text("SET LOCAL enable_nestloop = off")
_AS_EVER = text("SET LOCAL enable_nestloop = on")
# Who may still get one: an enterprise that closed after the leader approved does not.
_PLACES = text("""
WITH still AS (
    SELECT a.id, row_number() OVER (ORDER BY e.area, e.sort_key, e.id) AS place
    FROM campaign_addressee a
    JOIN enterprise e ON e.tenant_id = a.tenant_id AND e.id = a.enterprise_id
    WHERE a.tenant_id = :tenant AND a.campaign_id = :campaign AND e.status = 'active'
)
UPDATE campaign_addressee a SET place = still.place
FROM still WHERE a.tenant_id = :tenant AND a.id = still.id
""")
_LEFT_OUT = text("""
UPDATE campaign_addressee a
SET left_out = CASE e.status WHEN 'merged' THEN 'scope.duplicate' ELSE 'scope.closed' END
FROM enterprise e
WHERE a.tenant_id = :tenant AND a.campaign_id = :campaign AND a.place IS NULL
    AND e.tenant_id = a.tenant_id AND e.id = a.enterprise_id
""")
# Ten characters of the link's alphabet from the random bytes of a UUID, but for the two that say
# which kind of UUID it is.
_CODE = " || ".join(
    f"substr(:alphabet, 1 + get_byte(random.bytes, {n}) % :letters, 1)"
    for n in (0, 1, 2, 3, 4, 5, 9, 10, 11, 12)
)
_ISSUE = text(f"""
WITH who AS MATERIALIZED (
    SELECT a.enterprise_id, a.acting_mode, a.union_id, a.fields,
        e.name, nullif(trim(e.email), '') AS email, :before + a.place AS number
    FROM campaign_addressee a
    JOIN enterprise e ON e.tenant_id = a.tenant_id AND e.id = a.enterprise_id
    WHERE a.tenant_id = :tenant AND a.campaign_id = :campaign AND a.place IS NOT NULL
    ORDER BY a.place
), made AS (
    INSERT INTO offer (tenant_id, campaign_id, enterprise_id, number, year, document_no, state,
        acting_mode, contract_kind, addressee_name, sealed_at)
    SELECT :tenant, :campaign, enterprise_id, number, :year, :head || number || :tail, 'sealed',
        acting_mode, :kind, name, :now
    FROM who
    RETURNING id, enterprise_id, document_no
), signed AS (
    INSERT INTO offer_issuer (tenant_id, offer_id, union_id, role, name)
    SELECT :tenant, made.id, :upper, :upper_role, :upper_name FROM made
    UNION ALL
    SELECT :tenant, made.id, who.union_id,
        CASE who.acting_mode WHEN 'upper_acts' THEN 'in_place' ELSE 'grassroots' END,
        coalesce(who.fields ->> 'second_issuer_name', who.fields ->> 'co_issuer_name')
    FROM made JOIN who USING (enterprise_id) WHERE who.union_id IS NOT NULL
), random AS MATERIALIZED (
    SELECT made.*, replace(gen_random_uuid()::text, '-', '') AS token,
        uuid_send(gen_random_uuid()) AS bytes
    FROM made
), linked AS (
    INSERT INTO reply_link (tenant_id, offer_id, token, code)
    SELECT :tenant, random.id, random.token, {_CODE} FROM random
    RETURNING offer_id, token, code
)
INSERT INTO notice (tenant_id, kind, subject_kind, subject_id, recipient, recipient_name,
    batch_kind, batch_id, message_id, fields, address, state, due_at, created_at)
SELECT :tenant, 'offer', 'offer', made.id, 'enterprise:' || who.enterprise_id, who.name,
    'campaign', :campaign,
    CASE WHEN who.acting_mode = 'own' THEN :only
        WHEN who.acting_mode = 'joint_double_offer' THEN :joint
        WHEN who.union_id IS NULL THEN :alone ELSE :in_place END,
    who.fields || jsonb_build_object(
        'addressee_name', who.name,
        'doc_no', made.document_no,
        'reply_url', :reply_base || linked.token,
        'reply_code', left(linked.code, 5) || '-' || right(linked.code, 5)),
    who.email, CASE WHEN who.email IS NULL THEN 'paper' ELSE 'queued' END, :now, :now
FROM made JOIN who USING (enterprise_id) JOIN linked ON linked.offer_id = made.id
ORDER BY who.number
""")  # noqa: S608 - the code is made of numbers written above


@dataclass(frozen=True)
class Issued:
    """What went out: how many, and their first and last number."""

    count: int
    first: str
    last: str


def issue(campaign: Campaign) -> Issued | None:
    """Make all offers of an approved campaign. The caller holds its row locked.

    None when there is nobody left to address; MissingValue when a letter would have a hole.
    """
    tenant_id = current_tenant_id()
    places = {"tenant": tenant_id, "campaign": campaign.id}
    db.session.execute(_BY_HASH)
    count = rows_changed(_PLACES, places)
    db.session.execute(_LEFT_OUT, places)
    if not count:
        return None
    year = today().year
    numbers = take("offer", year, count)
    head, tail = number_parts("offer", year)
    double = campaign.issuer_mode == IssuerMode.DOUBLE
    db.session.execute(
        _ISSUE,
        {
            **places,
            **messages(campaign),
            "before": numbers[0] - 1,
            "year": year,
            "head": head,
            "tail": tail,
            "kind": campaign.contract_kind,
            "now": now(),
            "upper": campaign.union_id,
            "upper_role": "upper" if double else "only",
            "upper_name": _name(campaign.union_id),
            "alphabet": ALPHABET,
            "letters": len(ALPHABET),
            "reply_base": reply_base(),
        },
    )
    db.session.execute(_AS_EVER)
    wake_worker()
    wake("jobs.issued.record_offers")
    return Issued(count, f"{head}{numbers[0]}{tail}", f"{head}{numbers[-1]}{tail}")


def messages(campaign: Campaign) -> dict[str, int | None]:
    """The mail of each variant, made once; what differs is left open for the merge."""
    found: dict[str, int | None] = {str(variant): None for variant in Variant}
    used = _used(campaign)
    for variant in variants(campaign):
        if variant not in used:
            continue
        shared: dict[str, Any] = {
            **(campaign.fixed or {}).get("values", {}),
            "issued_on": today(),
            "co_issuers": [{}] if variant is Variant.IN_PLACE else [],
        }
        text_used = text_of(campaign, variant)
        message = message_for(
            "offer", text_used.id, open_slots=DIFFERS[variant], shared=shared, text=text_used
        )
        found[str(variant)] = message.id
    return found


def _used(campaign: Campaign) -> set[Variant]:
    """The variants that this campaign's addressees need."""
    rows = db.session.execute(
        text(
            "SELECT DISTINCT acting_mode, union_id IS NULL FROM campaign_addressee "
            "WHERE tenant_id = :tenant AND campaign_id = :campaign AND place IS NOT NULL"
        ),
        {"tenant": current_tenant_id(), "campaign": campaign.id},
    )
    found = set()
    for mode, alone in rows:
        if mode == "own":
            found.add(Variant.ONLY)
        elif mode == "joint_double_offer":
            found.add(Variant.JOINT)
        else:
            found.add(Variant.ALONE if alone else Variant.IN_PLACE)
    return found


def _name(union_id: int | None) -> str:
    return db.session.scalars(select(TradeUnion.name).where(TradeUnion.id == union_id)).one()
