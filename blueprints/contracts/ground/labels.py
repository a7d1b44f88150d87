"""What the words of a contract are called, in both languages, and how its states look."""

from collections.abc import Mapping
from typing import Any

from blueprints.contracts.ground.models import (
    Contract,
    ContractKind,
    ContractState,
    EffectBasis,
    Reach,
    Topic,
    WorkerParty,
)
from blueprints.offers.ground.models import ActingMode
from blueprints.shared.languages import said
from rules.binding import Basis, Mode
from rules.clauses import CLAUSE_KINDS
from rules.procedure import label
from rules.words import Text

NOT_YOURS = Text("您的角色不含这项权限。", "Your role does not include it.")
KINDS: Mapping[str, Text] = {
    ContractKind.COMPREHENSIVE: Text("综合性集体合同", "Comprehensive contract"),
    ContractKind.SPECIAL: Text("专项集体合同", "Special contract"),
    ContractKind.WAGE: Text("工资专项集体合同", "Wage contract"),
}
TOPICS: Mapping[str, Text] = {
    Topic.WAGES: Text("工资", "wages"),
    Topic.SAFETY: Text("劳动安全卫生", "safety and health"),
    Topic.WOMEN: Text("女职工权益保护", "women workers"),
    Topic.HOURS: Text("工作时间和休息休假", "hours and leave"),
    Topic.TRAINING: Text("职业培训", "training"),
    Topic.OTHER: Text("其他", "other"),
}
LEVELS: Mapping[str, Text] = {
    Reach.ENTERPRISE: Text("企业", "Enterprise"),
    Reach.INDUSTRY: Text("行业性", "Industry"),
    Reach.REGIONAL: Text("区域性", "Regional"),
}
PARTIES: Mapping[str, Text] = {
    WorkerParty.UNION: Text("工会", "union"),
    WorkerParty.ELECTED: Text("职工推举的代表", "representatives elected by the workers"),
    WorkerParty.UPPER_UNION: Text("上级（行业、区域）工会", "the upper, sector or area union"),
}
ACTING: Mapping[str, Text] = {
    ActingMode.OWN: Text("工会自行协商", "The union itself"),
    ActingMode.JOINT_DOUBLE_OFFER: Text("双要约", "Double offer"),
    ActingMode.UPPER_ACTS: Text("上代下", "Upper union acts"),
    ActingMode.UPPER_JOINS: Text("上参下", "Upper union joins"),
}
BASES: Mapping[str, Text] = {
    EffectBasis.LETTER: Text("收到无异议审查意见", "letter of no objection"),
    EffectBasis.DEEMED: Text("审查期届满未提异议", "review period passed in silence"),
    EffectBasis.IMPORTED: Text("台账载明", "as the ledger says"),
}
MODES: Mapping[str, Text] = {
    Mode.ALL_IN_SCOPE: Text("约束范围内全部企业", "all enterprises in scope"),
    Mode.RECOGNISING_ONLY: Text("只约束确认的企业", "only those that recognised it"),
    Mode.STAMPED_ONLY: Text("只约束盖章的企业", "only those that sealed it"),
}
MEMBER_BASES: Mapping[str, Text] = {
    Basis.IN_SCOPE: Text("在范围内", "in scope"),
    Basis.MANDATED: Text("已授权", "mandated"),
    Basis.RECOGNISED: Text("已确认", "recognised"),
    Basis.SEALED: Text("已盖章", "sealed"),
}
CLAUSES: Mapping[str, Text] = {str(kind): words for kind, words in CLAUSE_KINDS.items()}
GROUP_WORDS: Mapping[str, Text] = {
    "drafting": Text("协商中", "Being bargained"),
    "to_file": Text("待报送", "To be filed"),
    "review": Text("审查中", "Under review"),
    "objected": Text("有审查意见", "Objection raised"),
    "in_force": Text("有效", "In force"),
    "to_publish": Text("待公布", "To be published"),
    "ended": Text("已终止", "Ended"),
}
LOOKS: Mapping[str, str] = {
    ContractState.DRAFTED: "draft",
    ContractState.PASSED: "draft",
    ContractState.SIGNED: "soon",
    ContractState.FILED: "run",
    ContractState.OBJECTED: "late",
    ContractState.EFFECTIVE: "soon",
    ContractState.PUBLISHED: "ok",
    ContractState.AMENDING: "run",
    ContractState.TERMINATING: "run",
}


def state_label(state: str) -> Text:
    return label("contract", state)


def state_look(state: str) -> str:
    return LOOKS.get(state, "stop")


def kind_words(kind: str, topic: str | None) -> Text:
    """A special contract is called by its topic."""
    if kind != ContractKind.SPECIAL or topic is None:
        return KINDS[kind]
    about = TOPICS[topic]
    return Text(f"{about.zh}专项集体合同", f"Special contract on {about.en}")


def acts_for(acting_mode: str | None, on_behalf_of: str | None) -> Text | None:
    """«On behalf of …», wherever it is so; None where nobody acts for another."""
    if acting_mode not in {ActingMode.UPPER_ACTS, ActingMode.UPPER_JOINS}:
        return None
    whom = on_behalf_of or "—"
    if acting_mode == ActingMode.UPPER_JOINS:
        return Text(f"上参下：参加{whom}", f"joins {whom}")
    return Text(f"上代下：代{whom}", f"on behalf of {whom}")


def on_behalf(row: Any) -> str:
    """The same for a sheet: empty where nobody acts for another."""
    acted = acts_for(row.acting_mode, row.on_behalf_of)
    return said(acted) if acted else ""


def titled(contract: Contract) -> Text:
    """The name of a contract as a letter gives it: with whom it was bargained for."""
    acted = acts_for(contract.acting_mode, contract.on_behalf_of)
    if acted is None:
        return Text(contract.name, contract.name)
    return Text(f"{contract.name}（{acted.zh}）", f"{contract.name} ({acted.en})")
