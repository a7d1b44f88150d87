"""Moving a case along its procedure (rules/machines/case.toml), and what can be done now."""

from typing import Any

from flask import current_app, url_for

from blueprints.bargaining.ground.contributions import Door, doors, facts_of
from blueprints.bargaining.ground.labels import MACHINE
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from rules.procedure import Act, advance, label, machines, open_acts
from rules.words import Text
from tenants import trail

_NOT_YOURS = Text("您的角色不含这项权限。", "Your role does not include it.")
_BY_ITSELF = Text(
    "条件具备后由系统或者相关方办理，本页没有按钮。",
    "Done by the system or by another side once it is due; there is no button for it here.",
)


def move(case: BargainingCase, event: str, **facts: bool) -> None:
    """Take a step and say so in the trail, or raise RuleBroken with the page's own reason."""
    before = case.state
    case.state = advance(MACHINE, case.state, event, {**facts_of(case), **facts})
    trail.record("case.moved", case, event=event, before=before, after=case.state)


def acts_on(
    case: BargainingCase, viewer: Viewer
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Acts that are open to this person now, and those of this state that are not, with reasons.

    Each closed one has the reason and its article; one whose conditions are given with the act
    itself (a date, the other side's consent) is open where its room has made a door for it.
    """
    opened: list[dict[str, Any]] = []
    closed: list[dict[str, Any]] = []
    known = facts_of(case)
    for told in open_acts(MACHINE, case.state, known):
        door = doors().get(told.event)
        act = _with_page(case.state, told, known, door)
        if door is None or door.endpoint not in current_app.view_functions:
            closed.append({"label": said(act.label), "why": why_without(case.state, act, known)})
        elif not act.open and (door.post or door.brings or door.grave):
            closed.append({"label": said(act.label), "why": why(act)})
        elif not viewer.may(door.permission):
            closed.append({"label": said(act.label), "why": _NOT_YOURS})
        else:
            opened.append(
                {
                    "label": said(act.label),
                    "act": said(act.label),
                    "url": url_for(door.endpoint, case_id=case.id, **door.values),
                    "why": door.said if act.open else both(door.said, why(act)),
                    "method": "post" if door.post else "get",
                    "main": act.open and not any(one["main"] for one in opened) and not door.grave,
                    "grave": door.grave,
                }
            )
    # What ends the bargaining or hands it to others stands below what carries it on.
    return sorted(opened, key=lambda one: bool(one["grave"])), closed


def why_without(state: str, act: Act, known: dict[str, bool]) -> Text:
    """Why an act that has no page here is closed.

    Its condition is named only where a part of the case knows of it; what a room above looks
    after (filing, review, publication) is not called missing by a page that cannot know.
    """
    step = machines()[MACHINE].step(state, act.event)
    unmet = next((name for name in (step.needs if step else ()) if not known.get(name)), None)
    return why(act) if unmet in known else _BY_ITSELF


def _with_page(state: str, act: Act, known: dict[str, bool], door: Door | None) -> Act:
    """The act as it stands once the page behind its door has been filled in."""
    if door is None or not door.brings:
        return act
    filled = known | dict.fromkeys(door.brings, True)
    return next(one for one in open_acts(MACHINE, state, filled) if one.event == act.event)


def why(act: Act) -> Text:
    """Why an act is closed, with the article behind it."""
    reason = act.why or Text("", "")
    if act.article is None:
        return reason
    return Text(f"{reason.zh}（{act.article.zh}）", f"{reason.en} ({act.article.en})")


def both(first: Text, second: Text) -> Text:
    """What will happen, and what has to come with it; said once where both say the same."""
    if second.zh.startswith(first.zh.rstrip("。")) or second.en.startswith(first.en.rstrip(".")):
        return second
    return Text(f"{first.zh}{second.zh}", f"{first.en} {second.en}".strip())


def move_words(payload: dict[str, Any]) -> tuple[Text, Text]:
    """A step as the timeline says it: the act, and the state it led to."""
    known = machines()[MACHINE].events
    event = str(payload["event"])
    return known.get(event, Text(event, event)), label(MACHINE, str(payload["after"]))
