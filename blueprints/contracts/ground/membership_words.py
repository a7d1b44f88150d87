"""What the words of a membership are called, in both languages, and how its states look."""

from collections.abc import Mapping

from blueprints.contracts.ground.membership_models import LeavingReason, MembershipState
from rules.procedure import label
from rules.words import Text

REASONS: Mapping[str, Text] = {
    LeavingReason.MOVED: Text("迁出", "Moved away"),
    LeavingReason.CLOSED: Text("注销或者停业", "Closed"),
    LeavingReason.LAPSED: Text("合同终止", "The contract ended"),
    LeavingReason.NOT_IN_SCOPE: Text("不在适用范围", "Not in scope"),
    LeavingReason.MERGED: Text("已并入另一档案", "Merged into another record"),
}
LOOKS: Mapping[str, str] = {
    MembershipState.CANDIDATE: "soon",
    MembershipState.RECOGNISED: "run",
    MembershipState.SEALED: "run",
    MembershipState.IN_SCOPE: "run",
    MembershipState.ACTIVE: "ok",
}


def state_label(state: str) -> Text:
    return label("membership", state)


def state_look(state: str) -> str:
    return LOOKS.get(state, "stop")
