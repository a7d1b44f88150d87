"""Every act on an acting authority: its form, who may do it, in which state, what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from blueprints.contracts.acting import actions as acting
from blueprints.contracts.acting import forms as acting_forms
from blueprints.contracts.ground.acting_models import ActingAuthority, AuthorityState
from rules.words import Text
from tenants.roles import May


@dataclass(frozen=True)
class Deed:
    """One act; the verb asks the rules again."""

    name: str
    label: Text
    says: Text
    permission: May
    states: tuple[str, ...]
    form: type[Any]
    do: Callable[[ActingAuthority, Any, int], None]
    grave: bool = False


REQUESTED, ACTING = AuthorityState.REQUESTED, AuthorityState.ACTING
DEEDS = {
    deed.name: deed
    for deed in (
        Deed(
            "approval", Text("同意代为", "Approve"),
            Text("编号并告知下级工会（职工）和企业；由提出人以外的领导办理。",
                 "Gives it its number and tells the principal; not for its proposer."),
            May.CONTRACTS_APPROVE, (REQUESTED,), acting_forms.ConfirmForm,
            lambda row, _form, by: acting.approve(row, by_id=by),
        ),
        Deed(
            "refusal", Text("不同意", "Refuse"), Text("写明理由。", "With the reason."),
            May.CONTRACTS_APPROVE, (REQUESTED,), acting_forms.WordsForm,
            lambda row, form, by: acting.refuse(row, form.words.data, by_id=by),
        ),
        Deed(
            "answer", Text("答复异议", "Answer the objection"),
            Text("由提出人以外的领导书面答复。", "In writing, not by its proposer."),
            May.CONTRACTS_APPROVE, (ACTING,), acting_forms.WordsForm,
            lambda row, form, by: acting.answer_objection(row, form.words.data, by_id=by),
        ),
        Deed(
            "revocation", Text("登记撤销", "Record a revocation"),
            Text("自今日起终止；此前签署的文书仍然有效。",
                 "It ends today; what was signed before stays valid."),
            May.CONTRACTS_EDIT, (ACTING,), acting_forms.RevokeForm,
            lambda row, form, _by: acting.revoke(row, form.words.data, by=form.name.data),
            grave=True,
        ),
        Deed(
            "hand-back", Text("交还", "Hand back"),
            Text("列明已办和未办事项，交还下级工会。", "Lists what is done and what is open."),
            May.CONTRACTS_EDIT, (ACTING,), acting_forms.HandBackForm,
            lambda row, form, _by: acting.hand_back(row, form.said()),
        ),
    )
}  # fmt: skip
