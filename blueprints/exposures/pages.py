"""Everything the page of one case shows, gathered in one place."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from blueprints.exposures import ladder, queries
from blueprints.exposures.acts import Act, offered
from blueprints.exposures.board import line_of
from blueprints.exposures.conditions import GATES, WORDS
from blueprints.exposures.facts import CHANNELS, announcement
from blueprints.exposures.models import ENDED, Exposure
from blueprints.exposures.names import LOOKS, STATES, STEP_NAMES
from blueprints.exposures.step_models import ExposureStep, StepKind
from blueprints.notices.labels import notice_kind, notice_state
from blueprints.notices.models import Notice
from blueprints.offers.deadlines import reply_clock
from blueprints.offers.letters import rendered
from blueprints.offers.models import Offer
from blueprints.offers.queries import proven_service
from blueprints.rulebook.queries import names_of
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import language, said
from blueprints.shared.trail_words import history
from rules.procedure import label, machines
from rules.reasons import reason
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

_NOT_YOURS = Text("您的角色不含这项权限。", "Your role does not include it.")
_ANOTHER = Text(
    "由您提出的事项，须由他人办理。", "You proposed this, so another person must do it."
)


def case_page(offer: Offer, viewer: Viewer) -> dict[str, Any]:
    steps = queries.steps_of(offer.id)
    every = queries.exposures_of(offer.id)
    exposure = every[0] if every else None
    open_ = exposure if exposure is not None and exposure.state not in ENDED else None
    missing = queries.unmet(open_, today()) if open_ else []
    acts, closed = acts_for(offer, steps, open_, viewer)
    return {
        "offer": offer,
        "line": line_of(offer),
        "steps": steps,
        "exposure": exposure,
        "earlier": every[1:],
        "open": open_,
        "missing": missing,
        "gates": gates(open_, offer, missing) if open_ else [],
        "passed": sum(not set(gate.needs) & set(missing) for gate in GATES) - 1,
        "publications": queries.publications(exposure.id) if exposure else [],
        "exclusions": queries.exclusions(offer.id),
        "letter": rendered(announcement(exposure, language()), "html") if exposure else "",
        "open_acts": acts,
        "closed_acts": closed,
        "people": names_of(_people(steps, exposure)),
        "told": told(steps, exposure),
        "course": course(steps, exposure),
        "words": {
            "steps": STEP_NAMES, "states": STATES, "missing": WORDS, "channels": CHANNELS,
            "look": LOOKS, "state": lambda state: label("exposure", state),
            "offer_state": label("offer", offer.state),
        },
        "reason_label": lambda code: reason(code).label if code.startswith("exposure.") else code,
        "notice_kind": notice_kind,
        "notice_state": notice_state,
    }  # fmt: skip


def gates(exposure: Exposure, offer: Offer, missing: list[str]) -> list[dict[str, Any]]:
    """The eight gates, each with its proof or with what is missing."""
    found = []
    proofs = _proofs(exposure, offer)
    for gate, (date_said, text) in zip(GATES, proofs, strict=True):
        lacks = [WORDS[code] for code in gate.needs if code in missing]
        recheck = "recheck_clean" in gate.needs
        state = "unmet" if lacks else "waiting" if recheck else "met"
        found.append(
            {
                "title": gate.title,
                "state": state,
                "said": _("not yet") if lacks else _("at publication") if recheck else date_said,
                "text": "; ".join(said(one) for one in lacks) or text,
                "source": _article(gate.needs),
            }
        )
    return found


def _article(needs: tuple[str, ...]) -> Text | str:
    """The article behind a gate, as the procedure cites it."""
    guards = machines()["exposure"].guards
    cited = (guards[name].article for name in needs if name in guards)
    return next((one for one in cited if one is not None), "")


def _proofs(exposure: Exposure, offer: Offer) -> list[tuple[str, str]]:
    service, clock = proven_service(offer), reply_clock(offer)
    longest = max(filter(None, (clock.due_on, clock.longest_on))) if clock else None
    steps = [
        step.document_no for step in queries.steps_of(offer.id)
        if step.document_no and step.state != "dropped"
    ]  # fmt: skip
    return [
        (str(offer.served_on or ""), (service.post_number or "") if service else ""),
        (str(longest or ""), clock.article if clock else ""),
        (_("done"), " · ".join(steps)),
        (str(exposure.window_ends_on or ""), exposure.intent_no or ""),
        (_("none"), ""),
        (_("passed"), exposure.review_note or ""),
        ("", _("Every register is looked at again in the very act of publishing.")),
        (_("two of two"), exposure.second_note or ""),
    ]


def acts_for(
    offer: Offer, steps: Any, exposure: Exposure | None, viewer: Viewer
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What this person can do now, and what not, each with the reason."""
    opened: list[dict[str, Any]] = []
    closed: list[dict[str, Any]] = []

    def offer_act(act: Act, row: ExposureStep | Exposure, url: str, name: str = "") -> None:
        words = f"{name} · {said(act.label)}" if name else said(act.label)
        if not viewer.may(act.permission):
            closed.append({"label": words, "why": _NOT_YOURS})
        elif act.another and row.proposed_by_id == viewer.id:
            closed.append({"label": words, "why": _ANOTHER})
        else:
            opened.append(
                {"label": words, "act": said(act.label), "url": url, "why": act.says,
                 "grave": act.grave, "main": not opened and not act.grave}
            )  # fmt: skip

    for step in steps:
        for act in offered(step):
            url = url_for(f"exposures.steps_{act.name.replace('-', '_')}", step_id=step.id)
            offer_act(act, step, url, said(STEP_NAMES[step.kind]))
    if exposure is not None:
        for act in offered(exposure):
            url = url_for(f"exposures.cases_{act.name.replace('-', '_')}", exposure_id=exposure.id)
            offer_act(act, exposure, url)
    for kind in StepKind:
        begin(offer, kind, viewer, opened, closed)
    if viewer.may(May.EXPOSURES_PROPOSE):
        propose_or_exclude(offer, exposure, opened, closed)
    return opened, closed


def begin(
    offer: Offer, kind: StepKind, viewer: Viewer, opened: list[Any], closed: list[Any]
) -> None:
    """Beginning a step that has not been taken."""
    if queries.standing_step(offer.id, kind) is not None:
        return
    name = _("Propose: %(step)s", step=said(STEP_NAMES[kind]))
    if (fault := ladder.fault_in(offer, kind)) is not None:
        closed.append({"label": name, "why": fault})
    elif not viewer.may(May.EXPOSURES_PROPOSE):
        closed.append({"label": name, "why": _NOT_YOURS})
    else:
        url = url_for("exposures.new_step", offer_id=offer.id, kind=kind.value)
        opened.append({"label": name, "act": _("Propose"), "url": url, "main": not opened})


def propose_or_exclude(
    offer: Offer, exposure: Exposure | None, opened: list[Any], closed: list[Any]
) -> None:
    """Proposing a publication where the ladder is climbed, and saying why there can be none."""
    if exposure is None:
        name = _("Propose a publication")
        why = Text("由案卷生成事实，逐道关口办理。", "Facts come out of the record.")
        url = url_for("exposures.new_exposure", offer_id=offer.id)
        if line_of(offer).look == "ok":
            opened.append(
                {"label": name, "act": _("Propose"), "url": url, "why": why, "main": not opened}
            )
        else:
            closed.append({"label": name, "why": reason("exposure.ladder_skipped").say})
    opened.append(
        {
            "label": _("Record a reason that excludes publication"),
            "act": _("Record"),
            "url": url_for("exposures.new_exclusion", offer_id=offer.id),
            "grave": True,
        }
    )


def _people(steps: Any, exposure: Exposure | None) -> set[int]:
    ids = {ident for step in steps for ident in (step.proposed_by_id, step.approved_by_id)}
    if exposure is not None:
        ids |= {
            exposure.proposed_by_id, exposure.reviewed_by_id, exposure.first_approver_id,
            exposure.second_approver_id, exposure.examined_by_id,
        }  # fmt: skip
    return {ident for ident in ids if ident is not None}


def told(steps: Any, exposure: Exposure | None) -> list[Notice]:
    """Every notice of this case: who was told, and what became of it."""
    found: list[Notice] = []
    subjects = [("exposure_step", [step.id for step in steps])]
    if exposure is not None:
        subjects.append(("exposure", [exposure.id]))
    for kind, ids in subjects:
        query = select(Notice).where(Notice.subject_kind == kind, Notice.subject_id.in_(ids))
        found += db.session.scalars(query.order_by(Notice.id)).all()
    return found


def course(steps: Any, exposure: Exposure | None) -> list[Any]:
    """The steps gone so far, out of the trail, the newest first."""
    events = [event for step in steps for event in trail.of(step)]
    if exposure is not None:
        events += trail.of(exposure)
    return history(sorted(events, key=lambda event: event.seq, reverse=True))
