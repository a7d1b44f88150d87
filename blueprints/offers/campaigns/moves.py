"""How a campaign goes from state to state, and which acts are open to whom."""

from dataclasses import dataclass

from sqlalchemy import exists, select

from blueprints.offers.ground.campaign_models import Campaign, CampaignAddressee, CampaignState
from blueprints.offers.ground.models import Offer, OfferState
from blueprints.shared.guards import Viewer
from rules.procedure import Act, advance, open_acts
from rules.words import Text
from tenants.db import db
from tenants.roles import May

MACHINE = Campaign.__tablename__
SETTLED = (
    OfferState.ANSWERED_YES,
    OfferState.ANSWERED_CONDITIONAL,
    OfferState.ANSWERED_NO,
    OfferState.CLOSED,
)
EDITABLE = (CampaignState.DRAFTED, CampaignState.RETURNED)
OUT = (CampaignState.RUNNING, CampaignState.PAUSED, CampaignState.COMPLETED)
# Who may do what; `system` steps are taken by the acts before them.
PERMISSIONS = {
    "submit": May.CAMPAIGNS_PREPARE,
    "approve": May.CAMPAIGNS_APPROVE,
    "send_back": May.CAMPAIGNS_APPROVE,
    "revise": May.CAMPAIGNS_PREPARE,
    "issue": May.CAMPAIGNS_ISSUE,
    "pause": May.CAMPAIGNS_ISSUE,
    "resume": May.CAMPAIGNS_ISSUE,
    "complete": May.CAMPAIGNS_ISSUE,
    "cancel": May.CAMPAIGNS_ISSUE,
}
NOT_YOURS = Text("您的岗位不办理此事项。", "Your role does not include this.")


@dataclass(frozen=True)
class Standing:
    """The acts of a campaign for one person: open ones, and closed ones with the reason."""

    open: list[Act]
    closed: list[tuple[Act, Text]]

    def may(self, event: str) -> bool:
        return any(act.event == event for act in self.open)


def facts(campaign: Campaign, *, by: int | None, reason: str | None = None) -> dict[str, bool]:
    """What the machine asks about a campaign. `by` is the person who would act."""
    known = {
        "has_targets": bool(campaign.addressed),
        "has_letter": campaign.fixed is not None,
        "another_person": by is not None and by != campaign.proposed_by_id,
        "reason_recorded": bool(reason),
        "offers_prepared": bool(campaign.addressed),
        "all_offers_out": campaign.issued_at is not None,
    }
    if campaign.state in OUT:
        known["every_offer_settled"] = not unsettled(campaign)
    if campaign.state == CampaignState.APPROVED:
        known["offers_prepared"] = any_addressee(campaign)
    return known


def move(campaign: Campaign, event: str, *, by: int | None, reason: str | None = None) -> None:
    """Take the step; raises RuleBroken with the reason when it is not open."""
    campaign.state = advance(MACHINE, campaign.state, event, facts(campaign, by=by, reason=reason))


def standing(campaign: Campaign, viewer: Viewer) -> Standing:
    """What this person can do with the campaign now, and why not the rest.

    A reason is typed on the act's own form, so here it counts as given; and whether a draft is
    fit to be submitted is said by its check.
    """
    known = facts(campaign, by=viewer.id, reason="-") | {"has_targets": True, "has_letter": True}
    opened, closed = [], []
    for act in open_acts(MACHINE, campaign.state, known):
        permission = PERMISSIONS.get(act.event)
        if permission is None:
            continue
        if not viewer.may(permission):
            closed.append((act, NOT_YOURS))
        elif act.why is not None:
            closed.append((act, act.why))
        else:
            opened.append(act)
    return Standing(opened, closed)


def unsettled(campaign: Campaign) -> bool:
    """Whether an offer of it still waits for an answer or for the next step."""
    query = select(exists().where(Offer.campaign_id == campaign.id, Offer.state.not_in(SETTLED)))
    return bool(db.session.scalar(query))


def any_addressee(campaign: Campaign) -> bool:
    query = select(exists().where(CampaignAddressee.campaign_id == campaign.id))
    return bool(db.session.scalar(query))
