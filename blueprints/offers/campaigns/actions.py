"""The verbs of a campaign: prepared, submitted, decided, issued, stopped. Views commit."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select

from blueprints.offers.campaigns import addressees as whom
from blueprints.offers.campaigns import queries
from blueprints.offers.campaigns.issuing import Issued, issue
from blueprints.offers.campaigns.moves import EDITABLE, move
from blueprints.offers.campaigns.scope import Scope
from blueprints.offers.campaigns.values import common_values, missing
from blueprints.offers.ground.campaign_models import (
    Campaign,
    CampaignAddressee,
    CampaignPick,
    CampaignState,
    CampaignTopic,
    IssuerMode,
)
from blueprints.offers.ground.letters import ACTING, Variant, text_of, variant_of
from blueprints.registry.areas import own_areas
from blueprints.registry.union_queries import city_union
from blueprints.rulebook import queries as rulebook
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db
from tenants.federation import this_federation


def create(*, name: str, contract_kind: str, subject: str, by_id: int) -> Campaign:
    """Begin a campaign: the double offer of the federation itself, until its officer says else."""
    upper = city_union()
    contact = this_federation().settings.get("contact", {})
    campaign = Campaign(
        name=name,
        contract_kind=contract_kind,
        subject=subject,
        proposed_by_id=by_id,
        union_id=upper.id if upper else None,
        scope=Scope(areas=own_areas(this_federation().division)).to_json(),
        letter={
            "contact_name": contact.get("name") or "",
            "contact_phone": contact.get("phone") or "",
            "contact_address": contact.get("address") or (upper.address if upper else "") or "",
        },
        state=CampaignState.DRAFTED,
        issuer_mode=IssuerMode.DOUBLE,
        text_id="01b-offer-double",
        fixed=None,
    )
    db.session.add(campaign)
    trail.record("campaign.created", campaign, name=name)
    return campaign


def editable(campaign: Campaign) -> None:
    """Raises RuleBroken once the campaign is out of its officer's hands."""
    if campaign.state not in EDITABLE:
        raise RuleBroken(
            Text(
                "已提交审批，内容已锁定；要修改，请审批人先退回。",
                "It has been submitted and is fixed; to change it, have the leader send it back.",
            )
        )


def save_scope(campaign: Campaign, scope: Scope) -> None:
    editable(campaign)
    if campaign.scope != scope.to_json():
        campaign.scope = scope.to_json()
        trail.record("campaign.scope_changed", campaign, scope=campaign.scope)


def pick(campaign: Campaign, enterprise_id: int, choice: str | None, note: str = "") -> None:
    """Add an enterprise by hand, take one out, or (None) leave it to the conditions again."""
    editable(campaign)
    standing = queries.pick_of(campaign, enterprise_id)
    if choice is None:
        if standing is not None:
            db.session.delete(standing)
    elif standing is not None:
        standing.pick, standing.note = choice, note
    else:
        db.session.add(
            CampaignPick(
                campaign_id=campaign.id, enterprise_id=enterprise_id, pick=choice, note=note
            )
        )
    trail.record(
        "campaign.picked", campaign, enterprise=enterprise_id, pick=choice or "none", note=note
    )


def save_content(
    campaign: Campaign,
    *,
    subject: str,
    contract_kind: str,
    proposed_on: date | None,
    proposed_place: str | None,
    letter: Mapping[str, Any],
    topics: Iterable[Mapping[str, str]],
) -> None:
    """What the letter says. The topics take the place of those there were."""
    editable(campaign)
    campaign.subject, campaign.contract_kind = subject, contract_kind
    campaign.proposed_on, campaign.proposed_place = proposed_on, proposed_place
    campaign.letter = {**campaign.letter, **letter}
    db.session.execute(delete(CampaignTopic).where(CampaignTopic.campaign_id == campaign.id))
    db.session.add_all(
        CampaignTopic(campaign_id=campaign.id, position_no=number, **topic)
        for number, topic in enumerate(topics, start=1)
    )
    trail.record("campaign.content_changed", campaign, about=subject)


def attach(campaign: Campaign, document_id: int) -> None:
    """Send a file along with every letter."""
    editable(campaign)
    kept = campaign.letter.get(queries.ATTACHED, [])
    campaign.letter = {**campaign.letter, queries.ATTACHED: [*kept, document_id]}
    trail.record("campaign.attached", campaign, document=document_id)


def detach(campaign: Campaign, document_id: int) -> None:
    """Send it no longer. The file itself stays in the records."""
    editable(campaign)
    kept = [one for one in campaign.letter.get(queries.ATTACHED, []) if one != document_id]
    campaign.letter = {**campaign.letter, queries.ATTACHED: kept}
    trail.record("campaign.detached", campaign, document=document_id)


def save_wording(campaign: Campaign, source: str | None, *, acting: bool) -> None:
    """The officer's own wording; None returns to the official text."""
    editable(campaign)
    if acting:
        campaign.acting_source = source
    else:
        campaign.text_source = source
    trail.record("campaign.wording_changed", campaign, acting=acting, official=source is None)


def save_issuers(campaign: Campaign, *, mode: str, union_id: int, text_id: str) -> None:
    """Who offers, and by which of the official texts. Another text starts from its own wording."""
    editable(campaign)
    if mode == IssuerMode.DOUBLE:
        text_id = "01b-offer-double"
    if text_id != campaign.text_id:
        campaign.text_source = None
    campaign.issuer_mode, campaign.union_id, campaign.text_id = mode, union_id, text_id
    trail.record("campaign.issuers_changed", campaign, mode=mode, union=union_id)


def values_now(campaign: Campaign) -> dict[str, Any]:
    """The common values of the letters as they stand today."""
    union = queries.union_of(campaign)
    among = whom.addressees(campaign).subquery()
    enterprises, workers = db.session.execute(
        select(func.count(), func.coalesce(func.sum(among.c.headcount), 0))
    ).one()
    return common_values(
        campaign,
        queries.topics(campaign),
        rulebook.book(today()),
        issuer_name=union.name if union else None,
        counted_on=today(),
        enterprises=enterprises,
        workers=int(workers),
    )


def submit(campaign: Campaign, *, by_id: int) -> None:
    """Hand it to a leader. Addressees, values and wording are fixed from here on.

    Raises RuleBroken where nobody would be addressed or a letter would have a hole.
    """
    editable(campaign)
    values = values_now(campaign)
    campaign.addressed = whom.fix(campaign)
    used = used_variants(campaign)
    if wanting := missing(campaign, values, used):
        zh = "、".join(one.meaning.zh for one in wanting)
        en = ", ".join(one.meaning.en for one in wanting)
        raise RuleBroken(Text(f"函件还缺：{zh}。", f"The letter still lacks: {en}."))
    acting = next((one for one in used if one in ACTING), None)
    main = Variant.ONLY if campaign.issuer_mode == IssuerMode.SINGLE else Variant.JOINT
    campaign.fixed = {
        "on": today().isoformat(),
        "values": values,
        "rules": rulebook.book(today()).version,
        "source": text_of(campaign, main).source,
        "acting_source": text_of(campaign, acting).source if acting else None,
    }
    move(campaign, "submit", by=by_id)
    campaign.submitted_at = now()
    campaign.returned_note = None
    trail.record("campaign.submitted", campaign, addressed=campaign.addressed)


def used_variants(campaign: Campaign) -> list[Variant]:
    """The kinds of letter that the fixed addressees get."""
    query = (
        select(CampaignAddressee.acting_mode, CampaignAddressee.union_id.is_(None))
        .where(CampaignAddressee.campaign_id == campaign.id)
        .distinct()
    )
    found = {variant_of(mode, None if alone else 1) for mode, alone in db.session.execute(query)}
    return sorted(found, key=str)


def approve(campaign: Campaign, *, by_id: int, note: str | None) -> None:
    """A leader who is not the proposer agrees. The database refuses any other."""
    move(campaign, "approve", by=by_id)
    campaign.approved_by_id, campaign.approved_at = by_id, now()
    campaign.approval_note = note or None
    trail.record("campaign.approved", campaign, note=note)


def send_back(campaign: Campaign, *, by_id: int, note: str) -> None:
    """The leader wants something changed. Nothing stays fixed."""
    move(campaign, "send_back", by=by_id, reason=note)
    campaign.returned_note, campaign.submitted_at = note, None
    campaign.fixed = None
    whom.loosen(campaign)
    trail.record("campaign.returned", campaign, note=note)


def send_out(campaign: Campaign, *, by_id: int) -> Issued | None:
    """Issue all offers, once. None when they are out already: a second click makes nothing new."""
    if campaign.issued_at is not None:
        return None
    move(campaign, "issue", by=by_id)
    issued = issue(campaign)
    if issued is None:
        raise RuleBroken(
            Text(
                "名单上的企业都已注销或者合并，没有可以发出的要约。",
                "Every enterprise on the list has closed or been merged; nobody is left.",
            )
        )
    campaign.issued_at = now()
    campaign.addressed = issued.count
    move(campaign, "start_running", by=None)
    trail.record(
        "campaign.issued", campaign, offers=issued.count, first=issued.first, last=issued.last
    )
    return issued


def batch_of(campaign: Campaign) -> tuple[str, int]:
    """Under which name the notices of a campaign are paused, resumed and counted."""
    return (Campaign.__tablename__, campaign.id)
