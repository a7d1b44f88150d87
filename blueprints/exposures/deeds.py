"""What a person can do on a case now, and what not, each with the reason."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from blueprints.exposures import ladder
from blueprints.exposures.acts import Act, offered
from blueprints.exposures.board import HAND_OVER, Line
from blueprints.exposures.models import Exposure
from blueprints.exposures.names import BUTTONS, STEP_NAMES
from blueprints.exposures.publishing import apology_owed
from blueprints.exposures.reading import Case
from blueprints.exposures.step_models import ExposureStep, StepKind
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from rules.reasons import reason
from rules.words import Text
from tenants.roles import May

_NOT_YOURS = Text("您的角色不含这项权限。", "Your role does not include it.")
_ANOTHER = Text(
    "由您提出的事项，须由他人办理。", "You proposed this, so another person must do it."
)
_DECIDED_BEFORE = Text(
    "法律审核人和已经同意的审批人不再审批。",
    "Neither the reviewer nor an approver who has agreed approves again.",
)
NEVER_FIRST = {"link", "objection", "answer", "statement"}  # what others do, recorded when it comes
Deed = dict[str, Any]


class Deeds:
    """The two lists as they grow: what is open to this person, and what is not."""

    def __init__(self, case: Case, line: Line, viewer: Viewer) -> None:
        self.case, self.line, self.viewer = case, line, viewer
        self.open: list[Deed] = []
        self.closed: list[Deed] = []
        if (exposure := _acted_on(case)) is not None:
            for act in offered(exposure):
                self._offer(act, exposure)
        for step in case.steps:
            for act in offered(step):
                self._offer(act, step, said(STEP_NAMES[step.kind]))
        for kind in StepKind:
            self._begin(kind)
        if viewer.may(May.EXPOSURES_PROPOSE):
            self._propose_or_exclude()
        self.open.sort(key=_likely)
        self.closed = _by_reason(self.closed)

    def _open(self, label: str, url: str, **more: Any) -> None:
        first = not any(one["main"] for one in self.open)
        main = not more.pop("quiet", False) and first and not more.get("grave")
        self.open.append({"label": label, "url": url, "main": main, **more})

    def _offer(self, act: Act, row: ExposureStep | Exposure, name: str = "") -> None:
        words = f"{name} · {said(act.label)}" if name else said(act.label)
        if not self.viewer.may(act.permission):
            self.closed.append({"label": words, "why": _NOT_YOURS})
        elif act.another and row.proposed_by_id == self.viewer.id:
            self.closed.append({"label": words, "why": _ANOTHER})
        elif act.name == "approval" and self.viewer.id in _decided(row):
            self.closed.append({"label": words, "why": _DECIDED_BEFORE})
        else:
            known: dict[str, Any] = {
                "step_id" if isinstance(row, ExposureStep) else "exposure_id": row.id
            }
            room = "steps" if isinstance(row, ExposureStep) else "cases"
            url = url_for(f"exposures.{room}_{act.name.replace('-', '_')}", **known)
            self._open(
                words, url, act=said(BUTTONS[act.name]), why=act.says, grave=act.grave,
                quiet=act.name in NEVER_FIRST,
            )  # fmt: skip

    def _begin(self, kind: StepKind) -> None:
        """Beginning a step that has not been taken."""
        if self.case.step(kind) is not None or self._behind(kind):
            return
        name = _("Propose: %(step)s", step=said(STEP_NAMES[kind]))
        if (fault := ladder.fault_in(self.case, kind)) is not None:
            self.closed.append({"label": name, "why": fault})
        elif not self.viewer.may(May.EXPOSURES_PROPOSE):
            self.closed.append({"label": name, "why": _NOT_YOURS})
        else:
            url = url_for("exposures.new_step", offer_id=self.case.offer.id, kind=kind.value)
            self._open(name, url, act=_("Propose"), quiet=kind in self._aside())

    def _behind(self, kind: StepKind) -> bool:
        """A reminder letter comes before the demand letter, or never."""
        return kind is StepKind.REMINDER and self.case.step(StepKind.DEMAND) is not None

    def _aside(self) -> set[StepKind]:
        """Steps that may be taken and are not what comes next."""
        handed = set() if self.line.next is HAND_OVER else {StepKind.PROPOSAL, StepKind.REFERRAL}
        return {StepKind.REMINDER} | handed

    def _propose_or_exclude(self) -> None:
        """Proposing a publication where the ladder is climbed; saying why there can be none."""
        offer_id = self.case.offer.id
        if self.case.open_exposure is None:
            name = _("Propose a publication")
            if self.line.ready:
                url = url_for("exposures.new_exposure", offer_id=offer_id)
                why = Text("由案卷生成事实，逐道关口办理。", "Facts come out of the record.")
                self._open(name, url, act=_("Propose"), why=why, quiet=True)
            else:
                self.closed.append({"label": name, "why": reason("exposure.ladder_skipped").say})
        self._open(
            _("Record a reason that excludes publication"),
            url_for("exposures.new_exclusion", offer_id=offer_id),
            act=_("Record"), quiet=True,
        )  # fmt: skip


def _acted_on(case: Case) -> Exposure | None:
    """The exposure that is open, or the last one where its apology is still owed."""
    last = case.exposure
    return case.open_exposure or (last if last is not None and apology_owed(last) else None)


def _likely(deed: Deed) -> int:
    """What most likely comes next stands first, what cannot be undone last."""
    return 0 if deed["main"] else 2 if deed.get("grave") else 1


def _by_reason(closed: Sequence[Deed]) -> list[Deed]:
    """One line for all that is closed for the same reason."""
    found: dict[Text, list[str]] = {}
    for one in closed:
        found.setdefault(one["why"], []).append(one["label"])
    return [{"label": _(", ").join(labels), "why": why} for why, labels in found.items()]


def _decided(row: ExposureStep | Exposure) -> set[int | None]:
    if not isinstance(row, Exposure):
        return set()
    return {row.reviewed_by_id, row.first_approver_id} - {None}
