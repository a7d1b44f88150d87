"""Moving an offer along its procedure (rules/machines/offer.toml), and what can be done now."""

from typing import Any

from flask import url_for

from blueprints.offers import queries
from blueprints.offers.models import Offer
from blueprints.offers.service_models import DeadlineStatus, Finding, Reply
from blueprints.shared.guards import Viewer
from rules.procedure import Act, advance, label, open_acts
from rules.words import Text
from tenants.clock import today
from tenants.roles import May

MACHINE = "offer"
LOOKS = {
    "drafted": "draft",
    "approved": "draft",
    "sealed": "run",
    "dispatched": "run",
    "served": "run",
    "undeliverable": "stop",
    "answered_yes": "ok",
    "answered_conditional": "ok",
    "answered_no": "soon",
    "overdue": "late",
    "reminded": "late",
    "escalated": "late",
    "closed": "stop",
}


def move(offer: Offer, event: str, **facts: bool) -> None:
    """Take a step, or raise RuleBroken with the reason the page would have shown."""
    offer.state = advance(MACHINE, offer.state, event, {**facts_of(offer), **facts})


def facts_of(offer: Offer) -> dict[str, bool]:
    """What is known of an offer, by the names of the conditions."""
    from blueprints.offers.deadlines import reply_clock

    clock = reply_clock(offer)
    reply = queries.standing_reply(offer)
    longest = (clock.longest_on or clock.due_on) if clock else None
    return {
        "service_proven": queries.proven_service(offer) is not None,
        "no_reply_on_file": reply is None,
        "reason_recorded": bool(reply and (reply.reason or reply.reason_code)),
        "reply_period_ended": clock is not None
        and (clock.status == DeadlineStatus.LAPSED or clock.due_on < today()),
        "longest_period_ended": longest is not None and longest < today(),
        "reason_found_proper": _found(reply, Finding.PROPER),
        "reason_found_improper": _found(reply, Finding.IMPROPER),
        "contact_known": True,
        "attempt_recorded": any(service.failure for service in queries.services(offer)),
    }


def _found(reply: Reply | None, finding: Finding) -> bool:
    return reply is not None and reply.finding == finding


def state_label(state: str) -> Text:
    return label(MACHINE, state)


def state_look(state: str) -> str:
    return LOOKS[state]


# What an act of the procedure is on the page: the address it leads to, and who may go there.
_DOORS = {
    "serve": ("offers.new_service", May.OFFERS_SERVE),
    "answer_yes": ("offers.new_reply", May.OFFERS_REPLY),
}
_SHOWN = ("serve", "answer_yes", "remind", "escalate")
_NAMES = {"answer_yes": Text("登记书面答复", "Record a reply on paper")}


def acts_on(offer: Offer, viewer: Viewer) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Acts that are open to this person now, and those that are not, with the reason."""
    known = {**facts_of(offer), "service_proven": True, "reason_recorded": True}
    acts = {act.event: act for act in open_acts(MACHINE, offer.state, known, every=True)}
    opened, closed = [], []
    for event in _SHOWN:
        act = acts[event]
        name = _NAMES.get(event, act.label)
        door = _DOORS.get(event)
        if act.open and door and viewer.may(door[1]):
            opened.append({"label": name, "act": name, "url": url_for(door[0], offer_id=offer.id)})
        elif not act.open:
            closed.append({"label": name, "why": _why(act)})
    return opened, closed


def _why(act: Act) -> Text:
    why = act.why or Text("", "")
    if act.article is None:
        return why
    return Text(f"{why.zh}（{act.article.zh}）", f"{why.en} ({act.article.en})")
