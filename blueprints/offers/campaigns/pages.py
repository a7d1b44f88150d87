"""What the pages of a campaign show: its facts, acts, figures, steps and timeline."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from blueprints.offers.campaigns import queries
from blueprints.offers.campaigns.figures import Progress, progress
from blueprints.offers.campaigns.forms import KINDS, MODES
from blueprints.offers.campaigns.moves import EDITABLE, Standing, standing
from blueprints.offers.ground.campaign_models import Campaign, CampaignState
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import language
from blueprints.shared.trail.words import actor_words
from rules.procedure import label
from rules.words import Text
from tenants import trail
from tenants.models import Event
from tenants.roles import May, Scope

LOOKS = {
    CampaignState.DRAFTED: "draft",
    CampaignState.SUBMITTED: "soon",
    CampaignState.RETURNED: "late",
    CampaignState.APPROVED: "run",
    CampaignState.ISSUING: "run",
    CampaignState.RUNNING: "run",
    CampaignState.PAUSED: "stop",
    CampaignState.COMPLETED: "ok",
    CampaignState.CANCELLED: "stop",
}
STEPS = ("scope", "content", "issuers", "check", "approval", "issue")
# What the trail's verbs are called on the timeline.
VERBS: Mapping[str, Text] = {
    "campaign.created": Text("新建行动", "Campaign begun"),
    "campaign.scope_changed": Text("修改范围", "Scope changed"),
    "campaign.picked": Text("人工增减企业", "An enterprise added or taken out by hand"),
    "campaign.content_changed": Text("修改函件内容", "Content changed"),
    "campaign.wording_changed": Text("修改函件文字", "Wording changed"),
    "campaign.issuers_changed": Text("修改发出单位", "Issuers changed"),
    "campaign.attached": Text("添加附件", "Attachment added"),
    "campaign.detached": Text("移除附件", "Attachment removed"),
    "campaign.submitted": Text("提交审批", "Submitted for approval"),
    "campaign.returned": Text("退回修改", "Sent back"),
    "campaign.approved": Text("批准", "Approved"),
    "campaign.issued": Text("发出要约", "Offers issued"),
    "campaign.paused": Text("暂停发送", "Paused"),
    "campaign.resumed": Text("恢复发送", "Resumed"),
    "campaign.completed": Text("结束行动", "Completed"),
    "campaign.cancelled": Text("取消行动", "Called off"),
    "campaign.shared": Text("向合作单位公开", "Shared with partners"),
    "campaign.unshared": Text("停止向合作单位公开", "No longer shared"),
    "notices.paused": Text("通知暂停发送", "Notices held back"),
    "notices.resumed": Text("通知恢复发送", "Notices sent on"),
    "notices.cancelled": Text("撤回未发出的通知", "Unsent notices taken back"),
}
_DOORS = {
    "submit": ("campaigns.check", "get"),
    "approve": ("campaigns.approval", "get"),
    "send_back": ("campaigns.approval", "get"),
    "issue": ("campaigns.issue", "get"),
    "pause": ("campaigns.confirm", "get"),
    "cancel": ("campaigns.confirm", "get"),
    "resume": ("campaigns.resume", "post"),
    "complete": ("campaigns.complete", "post"),
}


# What an act is called beside its button, and what it brings about; the button keeps one word.
_NAMES = {
    "pause": Text("暂停行动", "Pause the campaign"),
    "cancel": Text("取消行动", "Cancel the campaign"),
    "resume": Text("继续行动", "Go on with the campaign"),
    "complete": Text("结束行动", "Complete the campaign"),
}
_SAYS = {
    "pause": Text(
        "未发出的函件先不发，已送达的期限照常。",
        "Letters that have not left wait; periods that run go on.",
    ),
    "cancel": Text(
        "未发出的函件撤回，须写明理由，不能恢复。",
        "Takes back what has not left, with a reason; it cannot be undone.",
    ),
    "resume": Text("继续发送暂停的函件。", "Sends the letters that wait."),
    "complete": Text("全部要约已有结果后办结。", "Once every offer has its result."),
}


def look(state: str) -> str:
    return LOOKS[CampaignState(state)]


def show_url(campaign: Campaign) -> str:
    return url_for("campaigns.show", campaign_id=campaign.id)


def campaign_page(campaign: Campaign, viewer: Viewer) -> dict[str, Any]:
    """What the page of a campaign needs. A partner is shown figures, never names or letters."""
    whole = viewer.reach(May.CAMPAIGNS_READ) is Scope.ALL
    acts = standing(campaign, viewer)
    opened, closed = acts_shown(campaign, acts)
    figures = progress(campaign) if campaign.issued_at else None
    return {
        "campaign": campaign,
        "whole": whole,
        "union": queries.union_of(campaign),
        "people": queries.people(campaign),
        "topics": queries.topics(campaign),
        "attachments": queries.attachments(campaign) if whole else [],
        "state": label("campaign", campaign.state),
        "look": look(campaign.state),
        "kinds": KINDS,
        "modes": MODES,
        "figures": figures,
        "funnel": funnel(campaign, figures, viewer) if figures else [],
        "open_acts": opened,
        "closed_acts": closed if whole else [],
        "standing": acts,
        "editable": campaign.state in EDITABLE and viewer.may(May.CAMPAIGNS_PREPARE),
        "timeline": timeline(campaign) if whole else [],
        "next_step": next_step(campaign),
        "feedback_url": feedback_url(campaign, viewer),
    }


def feedback_url(campaign: Campaign, viewer: Viewer) -> str:
    """Where the feedback sheet of an issued campaign is."""
    if campaign.issued_at is None or not viewer.may(May.CAMPAIGNS_READ):
        return ""
    return url_for("feedback.show", campaign_id=campaign.id)


def acts_shown(
    campaign: Campaign, acts: Standing
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Open acts with the address each leads to, and closed ones with the reason."""
    opened = []
    for act in acts.open:
        door = _DOORS.get(act.event)
        if door is None:
            continue
        endpoint, method = door
        values: dict[str, Any] = {"campaign_id": campaign.id}
        if endpoint == "campaigns.confirm":
            values["event"] = act.event
        opened.append(
            {
                "label": _NAMES.get(act.event, act.label).in_(language()),
                "act": act.label.in_(language()),
                "url": url_for(endpoint, **values),
                "method": method,
                "main": act.event in {"approve", "issue"},
                "grave": act.event == "cancel",
                "why": _SAYS.get(act.event, ""),
            }
        )
    merged = {act["url"]: act for act in reversed(opened)}
    shown = [act for act in opened if merged[act["url"]] is act]
    closed = [
        {"label": _NAMES.get(act.event, act.label).in_(language()), "why": why}
        for act, why in acts.closed
    ]
    return shown, closed


def funnel(campaign: Campaign, figures: Progress, viewer: Viewer) -> list[dict[str, Any]]:
    """Addressed, sent, served, answered by class, silent: each number leads to its rows."""

    def row(text: str, n: int, group: str | None = None, note: str = "") -> dict[str, Any]:
        url = ""
        if group is not None and viewer.may(May.OFFERS_READ):
            url = url_for("offers.index", campaign=campaign.id, group=group or None)
        return {"label": text, "n": n, "url": url, "note": note}

    groups = figures.groups
    return [
        row(_("Addressed"), figures.addressed, ""),
        row(_("Sent by e-mail"), figures.mailed, note=_("sent is not served")),
        row(_("Letters on paper"), figures.paper, note=_("printed and served by hand")),
        row(_("Served with proof"), figures.served, note=_("the clock runs from here")),
        {"head": _("Answers")},
        row(_("Agreed to bargain"), groups["accepted"], "accepted"),
        row(_("Declined with a reason"), groups["refused"], "refused"),
        row(_("Waiting for a reply"), groups["waiting"], "waiting"),
        row(_("No reply in time"), groups["silent"], "silent"),
        row(_("Not yet served"), groups["unserved"], "unserved"),
        row(_("Closed"), groups["closed"], "closed"),
    ]


def timeline(campaign: Campaign) -> list[dict[str, Any]]:
    """What happened, the newest first; small changes of a draft in a row are one line."""
    lines: list[dict[str, Any]] = []
    for event in trail.of(campaign):
        words = VERBS.get(event.verb)
        if words is None:
            continue
        if lines and lines[-1]["text"] is words and lines[-1]["actor"] == actor_words(event.actor):
            lines[-1]["times"] += 1
            continue
        lines.append(
            {
                "at": event.at,
                "text": words,
                "actor": actor_words(event.actor),
                "detail": _detail(event),
                "times": 1,
            }
        )
    return lines


def _detail(event: Event) -> str:
    payload = event.payload
    if event.verb == "campaign.issued":
        found = {"count": payload["offers"], "first": payload["first"], "last": payload["last"]}
        return str(_("%(count)s offers, %(first)s to %(last)s", **found))
    if event.verb == "campaign.submitted":
        return str(_("%(count)s addressees", count=payload["addressed"]))
    return str(payload.get("note") or payload.get("reason") or "")


def next_step(campaign: Campaign) -> str:
    """Where the work on a campaign goes on."""
    if campaign.state == CampaignState.SUBMITTED:
        return "approval"
    if campaign.state == CampaignState.APPROVED:
        return "issue"
    return str(campaign.letter.get("next", "scope"))


def step_names() -> dict[str, str]:
    return {
        "scope": _("Scope"),
        "content": _("Content"),
        "issuers": _("Issuers"),
        "check": _("Check"),
        "approval": _("Approval"),
        "issue": _("Issue"),
    }


def steps(campaign: Campaign, viewer: Viewer) -> list[tuple[str, str | None]]:
    """The steps of the wizard with their addresses; those not yet open have none."""
    names = step_names()
    fixed = campaign.state not in EDITABLE
    found: list[tuple[str, str | None]] = []
    for step in STEPS:
        open_now = {
            "approval": campaign.state == CampaignState.SUBMITTED,
            "issue": campaign.state == CampaignState.APPROVED,
            "check": True,
        }.get(step, not fixed)
        may = viewer.may(May.CAMPAIGNS_READ if step in {"check", "approval"} else _right(step))
        url = url_for(f"campaigns.{step}", campaign_id=campaign.id) if open_now and may else None
        found.append((names[step], url))
    return found


def _right(step: str) -> May:
    return May.CAMPAIGNS_ISSUE if step == "issue" else May.CAMPAIGNS_PREPARE
