"""Starting what is to follow a contract: its renewal, or the change both sides agreed on.

It is a bargaining case like any other; the contract that comes out of it takes the earlier one's
place on the day it comes into force, and not before (Order 22, art. 38–41).
"""

from collections.abc import Sequence

from sqlalchemy import select, update

from blueprints.bargaining.cases.opening import Opening, open_case
from blueprints.bargaining.ground.models import BargainingCase, CaseLevel, CaseState
from blueprints.bargaining.ground.models import Ground as CaseGround
from blueprints.bargaining.ground.queries import get_case
from blueprints.contracts.acting.anew import capacity_of
from blueprints.contracts.assessment import actions as assessment_actions
from blueprints.contracts.forecast.models import EntryState, ForecastEntry
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.ground.models import IN_FORCE, Contract, ContractState
from blueprints.contracts.habits import values as habits
from blueprints.contracts.performance.letters import law_kind
from blueprints.contracts.reports.actions import renewal_of
from blueprints.offers.ground.campaign_models import ContractKind
from rules.broken import RuleBroken
from rules.forecast import Ground
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.db import db

AGAIN = (*IN_FORCE, ContractState.EXPIRED)
GIVEN_UP = (CaseState.LAPSED, CaseState.EXPIRED)
AT_MOST = 2000  # enterprises that go into one case; more than that is a campaign
TOO_MANY = Text(
    f"涉及企业超过{AT_MOST}家，请转为要约行动。",
    f"More than {AT_MOST} enterprises are concerned; make it a campaign.",
)
NOT_NOW = Text(
    "生效中或者期满的合同才有后续合同。",
    "Only a contract in force, or one that ran out, is followed.",
)
ENDING = Text("双方已同意解除，不再续订。", "Both sides agreed to end it; nothing follows.")


def is_change(contract: Contract) -> bool:
    """Both sides agreed to change it: the case is about the change, whatever the calendar says."""
    return contract.state == ContractState.AMENDING


def why_not(contract: Contract) -> Text | None:
    """Why nothing can be started that follows this contract; None where it can."""
    if contract.state == ContractState.TERMINATING:
        return ENDING
    if contract.state not in AGAIN:
        return NOT_NOW
    return _begun(contract) or _too_early(contract)


def _begun(contract: Contract) -> Text | None:
    if after := queries.successors(contract):
        number = after[-1].document_no
        return Text(f"已有后续合同{number}。", f"Contract {number} follows it already.")
    if (case := case_after(contract)) is not None:
        number = case.document_no
        return Text(f"已立项：{number}。", f"Case {number} was opened for it already.")
    return None


def _too_early(contract: Contract) -> Text | None:
    """Renewal is taken up when the forecast has it in sight; a change at any time."""
    if contract.term_to is None or is_change(contract):
        return None
    opens = renewal_of(contract)
    if opens.on - habits.ahead() <= today():
        return None
    return Text(
        f"自{opens.on}起可以提出续订，还早。",
        f"Renewal may be proposed from {opens.on}; it is too early.",
    )


def case_after(contract: Contract) -> BargainingCase | None:
    """The open case that is to follow on this contract."""
    query = select(BargainingCase).where(
        BargainingCase.supersedes_contract_id == contract.id,
        BargainingCase.state.not_in(GIVEN_UP),
    )
    return db.session.scalar(query.order_by(BargainingCase.id.desc()).limit(1))


def start(contract: Contract, *, by_id: int) -> BargainingCase:
    """Open the case, with all whom the contract binds or did. The caller has locked the contract.

    Raises RuleBroken with the reason of `why_not`, and where too many enterprises are concerned.
    """
    if (why := why_not(contract)) is not None:
        raise RuleBroken(why)
    change = is_change(contract)
    reason = f"双方同意变更：{contract.agreed_reason}" if change else ""
    case = follow_on(
        contract,
        name=f"{contract.name}：{'变更' if change else '续订'}",
        ground=CaseGround.BY_HAND if change else CaseGround.RENEWAL,
        kind=law_kind(contract),
        subject="变更集体合同" if change else "续订集体合同",
        note="；".join(filter(None, (reason, *lessons(contract)))),
        enterprise_ids=whom_it_binds(contract),
        owner_id=by_id,
    )
    trail.record(
        "contract.change_begun" if change else "contract.renewal_begun", contract,
        case=case.document_no,
    )  # fmt: skip
    take_lines_along(contract, case)
    return case


def follow_on(
    contract: Contract,
    *,
    name: str,
    ground: CaseGround,
    kind: str,
    subject: str,
    note: str,
    enterprise_ids: Sequence[int],
    owner_id: int | None,
) -> BargainingCase:
    """A case for the same parties, scope and capacity, whose contract takes this one's place.

    Where somebody acted for a lower union the case says that this must be allowed anew.
    """
    if len(enterprise_ids) > AT_MOST:
        raise RuleBroken(TOO_MANY)
    before = get_case(contract.case_id) if contract.case_id else None
    capacity = capacity_of(contract)
    said = (note, capacity.words.zh if capacity.words else "")
    return open_case(
        Opening(
            name=name,
            ground=ground,
            level=CaseLevel(contract.level),
            opened_on=today(),
            contract_kind=ContractKind(kind),
            subject=subject,
            ground_note="；".join(filter(None, said)),
            acting_mode=capacity.mode,
            upper_union_id=capacity.upper_union_id,
            area=contract.area,
            territory=contract.territory,
            scope_basis=before.scope_basis if before else None,
            industry=contract.industry,
            above_size=before.above_size if before else False,
            union_id=contract.union_id,
            employer_association_id=contract.association_id,
            supersedes_contract_id=contract.id,
            owner_id=owner_id,
            enterprise_ids=enterprise_ids,
        )
    )


def whom_it_binds(contract: Contract) -> Sequence[int]:
    """The enterprises it binds today; of a contract that ran out, those it had bound."""
    known = select(Membership.enterprise_id).where(
        Membership.contract_id == contract.id, Membership.valid_from.is_not(None)
    )
    if contract.state in IN_FORCE:
        known = known.where(*queries.binding(today()))
    ids = db.session.scalars(known.order_by(Membership.enterprise_id).limit(AT_MOST + 1)).all()
    return ids or [one for one in (contract.enterprise_id,) if one is not None]


def lessons(contract: Contract) -> list[str]:
    """What the assessment of the last term says should be asked for next."""
    assessed = assessment_actions.of_contract(contract.id)
    if assessed is None:
        return []
    return [f"履约评估建议：{assessed.next_round}"] + [
        f"{one['clause']}{one['title']}：{one['why']}" for one in assessed.demands
    ]


def take_lines_along(contract: Contract, case: BargainingCase) -> None:
    """The open lines of the forecast that waited for just this are dealt with."""
    waiting = (Ground.RENEWAL, Ground.EXPIRED)
    db.session.execute(
        update(ForecastEntry)
        .where(
            ForecastEntry.contract_id == contract.id,
            ForecastEntry.ground.in_(waiting),
            ForecastEntry.state == EntryState.OPEN,
        )
        .values(state=EntryState.CASE, case_id=case.id, version=ForecastEntry.version + 1)
    )


def window_words(contract: Contract) -> Text:
    """From when renewal may be proposed, and by what right, beside the button."""
    opens, capacity = _window(contract), capacity_of(contract)
    if capacity.words is None:
        return opens
    return Text(opens.zh + capacity.words.zh, f"{opens.en} {capacity.words.en}")


def _window(contract: Contract) -> Text:
    if is_change(contract):
        return Text(
            "按原程序立项协商；新文本生效前，本合同继续有效。",
            "A case by the same procedure; until the change is in force this one binds.",
        )
    if contract.term_to is None:
        return Text("立项协商，接续本合同。", "A case for the contract that follows this one.")
    opens = renewal_of(contract)
    return Text(
        f"自{opens.on}起可以提出续订（{opens.citation.zh}）；本合同约束的企业列入新的协商项目。",
        f"Renewal may be proposed from {opens.on} ({opens.citation.en}); the enterprises it binds "
        "go into the new case.",
    )


def window_is_open(contract: Contract) -> bool:
    """Whether renewal may be proposed now; of a contract that ran out, it may be."""
    return (
        contract.state in AGAIN
        and contract.term_to is not None
        and renewal_of(contract).on <= today()
    )
