"""Between a case and its contract: the contract is made when the case is signed, and tells it back.

Inside the signing's own transaction: where the contract cannot be made, nothing is signed.
"""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from blueprints.bargaining.ground.ballot_models import Ballot, VotingUnit
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise, Part
from blueprints.bargaining.ground.moves import move as move_case
from blueprints.bargaining.ground.queries import enterprises_of, get_case
from blueprints.bargaining.ground.signature_models import Party
from blueprints.bargaining.ground.team_models import STANDING, Mandate
from blueprints.bargaining.signing import signed
from blueprints.bargaining.signing.signed import SignedText, when_signed
from blueprints.contracts.acting.actions import authority_on
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.acting_models import ActingAuthority
from blueprints.contracts.ground.membership_models import Membership
from blueprints.contracts.ground.models import (
    Contract,
    ContractKind,
    ContractState,
    Reach,
    WorkerParty,
)
from blueprints.contracts.ground.moves import move
from blueprints.contracts.ground.queries import ACTED
from blueprints.contracts.making import drawing, floors
from blueprints.contracts.making.drawing import Line, Terms
from blueprints.contracts.membership import actions as members
from blueprints.registry.models import EmployerAssociation, Enterprise, TradeUnion
from rules.acting import LCL_51, NOT_THE_PARTY
from rules.binding import Basis
from rules.broken import RuleBroken
from rules.clauses import Quantity, chinese
from rules.procedure import machine_of
from rules.words import Text
from tenants.db import TenantOwned, db
from tenants.federation import this_federation

Row = TypeVar("Row", bound=TenantOwned)

NO_AUTHORITY = Text(
    "上级工会代为或者参加协商的，签订之日须有有效的决定；请先办理上代下（上参下）审批。",
    "Where an upper union acts or joins, a decision must hold on the day of signature; have the "
    "acting authority approved first.",
)


@when_signed
def make_contract(case: BargainingCase, text_sha256: str) -> None:
    """Draw the contract up out of the signed case, or once more after an objection."""
    text = signed.signed_text(case.id)
    if text is None or text.text_sha256 != text_sha256:
        raise RuleBroken(Text("没有签订的文本。", "There is no signed text."))
    standing = queries.contract_of_case(case.id)
    names = {one.party: one.name for one in signed.signatures_of(text.signing_id)}
    if case.level == Reach.ENTERPRISE and Party.UPPER in names:
        raise RuleBroken(NOT_THE_PARTY, LCL_51)
    contract = _again(standing, text) if standing else _first(case, text)
    voted_on, summary = _vote(case.id, text.draft_id)
    drawing.pass_vote(
        contract, voted_on=voted_on or text.signed_on, voted_hash=text_sha256, summary=summary
    )
    floors.demand_above_floor(contract, text.signed_on)
    drawing.sign(
        contract,
        signed_on=text.signed_on,
        worker_chief=names.get(Party.WORKERS, ""),
        employer_chief=names.get(Party.EMPLOYER, ""),
        vote_reported_on=voted_on,
    )
    take_over_members(contract, case)


def _first(case: BargainingCase, text: SignedText) -> Contract:
    firms = enterprises_of(case.id)
    union = _row(TradeUnion, case.union_id)
    association = _row(EmployerAssociation, case.employer_association_id)
    alone = firms[0] if case.level == Reach.ENTERPRISE and firms else None
    authority = _authority(case, text)
    party = _party(case, alone.enterprise_id if alone else None)
    return drawing.draw_up(
        Terms(
            name=text.title,
            text=text.text,
            case_id=case.id,
            kind=ContractKind.WAGE if case.contract_kind == "wage" else ContractKind.COMPREHENSIVE,
            level=case.level,
            enterprise_id=alone.enterprise_id if alone else None,
            industry=case.industry,
            area=case.area,
            territory=case.territory or case.scope_basis,
            worker_party=party,
            union_id=case.union_id,
            worker_side=union.name if union else _workers(case, party),
            association_id=case.employer_association_id,
            employer_side=association.name if association else _employers(alone, len(firms)),
            acting_mode=case.acting_mode,
            acting_authority_id=authority.id if authority else None,
            acting_name=authority.acting_name if authority else None,
            on_behalf_of=authority.principal_name if authority else None,
            supersedes_id=case.supersedes_contract_id,
            term_from=text.term_from,
            term_to=text.term_to,
            lines=lines_of(case.id),
        ),
        by_id=case.owner_id,
    )


def _again(contract: Contract, text: SignedText) -> Contract:
    """After an objection: the same contract, with the text that was bargained anew."""
    if contract.state == ContractState.OBJECTED:
        move(contract, "bargain_again", {})
    contract.text, contract.text_hash = text.text, text.text_sha256
    contract.term_from, contract.term_to = text.term_from, text.term_to
    for clause in queries.clauses(contract):
        db.session.delete(clause)
    db.session.flush()
    drawing.add_lines(contract, list(lines_of(text.case_id)))
    return contract


def lines_of(case_id: int) -> list[Line]:
    """The signed clauses as the contract keeps them: words first, then each figure."""
    found = []
    for number, (clause, amounts) in enumerate(signed.signed_clauses(case_id), start=1):
        head = f"第{chinese(number)}条"
        if clause.body.strip() or not amounts:
            words = clause.body.strip() or clause.heading
            found.append(Line(head, clause.kind, clause.heading, words))
        for one in amounts:
            quantity = Quantity(
                one.measure, one.subject, one.amount, one.unit, one.trade, one.grade, one.from_on
            )
            found.append(
                Line(
                    head,
                    clause.kind,
                    clause.heading,
                    quantity.line,
                    measure=one.measure,
                    subject=one.subject,
                    amount=one.amount,
                    unit=one.unit,
                    trade=one.trade or None,
                    grade=one.grade or None,
                    from_on=one.from_on,
                )
            )
    return found


def take_over_members(contract: Contract, case: BargainingCase) -> None:
    """The enterprises of the case become candidates; what each gave becomes its basis."""
    firms = enterprises_of(case.id)
    members.add_candidates(contract, [one.enterprise_id for one in firms])
    mandated = set(
        db.session.scalars(
            select(Mandate.enterprise_id).where(
                Mandate.case_id == case.id, Mandate.state.in_((*STANDING, "consumed"))
            )
        )
    )
    seals = signed.bases_of(case.id)
    rows = db.session.scalars(select(Membership).where(Membership.contract_id == contract.id)).all()
    by_id = {one.enterprise_id: one for one in firms}
    for row in rows:
        if (firm := by_id.get(row.enterprise_id)) is None:
            continue
        given = seals.get(row.enterprise_id, {})
        if (seal := given.get("sealed") or given.get("recognised")) is not None:
            members.confirm(
                row, contract, Basis(seal.basis), on=seal.given_on, note=seal.signer_name,
                evidence_id=seal.document_id,
            )  # fmt: skip
        elif (known := _basis_of(contract, case, firm, mandated)) is not None:
            basis, note = known
            members.confirm(row, contract, basis, on=contract.signed_on or firm.part_on, note=note)


def _basis_of(
    contract: Contract, case: BargainingCase, firm: CaseEnterprise, mandated: set[int]
) -> tuple[Basis, str] | None:
    """What ties an enterprise of the case that put no seal: never its industry code alone."""
    if contract.level == Reach.ENTERPRISE:
        return Basis.SEALED, contract.employer_chief or contract.employer_side
    if firm.enterprise_id in mandated:
        return Basis.MANDATED, "授权委托书"
    if firm.part == Part.RECOGNISING:
        return Basis.IN_SCOPE, case.scope_basis or "参加本次协商"
    return None


def tell_case(contract: Contract, *events: str, **facts: bool) -> None:
    """Bring the case along as far as its procedure knows the step."""
    if contract.case_id is None:
        return
    case = get_case(contract.case_id, lock=True)
    for event in events:
        if machine_of("case").step(case.state, event) is not None:
            move_case(case, event, **facts)


def _authority(case: BargainingCase, text: SignedText) -> ActingAuthority | None:
    if case.acting_mode not in ACTED:
        return None
    found = authority_on(text.signed_on, case_id=case.id)
    if found is None:
        raise RuleBroken(NO_AUTHORITY, LCL_51)
    return found


def _party(case: BargainingCase, enterprise_id: int | None) -> str:
    """Who is the party: in an enterprise its union or the elected, beyond it the sector's union."""
    if case.level != Reach.ENTERPRISE:
        return WorkerParty.UPPER_UNION if case.acting_mode in ACTED else WorkerParty.UNION
    firm = db.session.scalar(select(Enterprise).where(Enterprise.id == enterprise_id))
    return WorkerParty.UNION if firm and firm.union_id else WorkerParty.ELECTED


def _workers(case: BargainingCase, party: str) -> str:
    if party == WorkerParty.ELECTED:
        return "职工推举的协商代表"
    return this_federation().name if case.acting_mode in ACTED else "职工方"


def _employers(alone: object, firms: int) -> str:
    name: str | None = getattr(alone, "name", None)
    return name or f"{firms}家企业推举的代表"


def _vote(case_id: int, draft_id: int) -> tuple[date | None, str]:
    """The day of the ballot that passed this text, and its sums unit by unit."""
    ballot = db.session.scalar(
        select(Ballot)
        .where(Ballot.case_id == case_id, Ballot.draft_id == draft_id, Ballot.result == "passed")
        .order_by(Ballot.round.desc())
        .limit(1)
    )
    if ballot is None:
        return None, ""
    units: Iterable[VotingUnit] = db.session.scalars(
        select(VotingUnit).where(VotingUnit.ballot_id == ballot.id).order_by(VotingUnit.id)
    ).all()
    said = [
        f"{one.name}：应到{one.electorate}人，实到{one.present}人，赞成{one.in_favour}人"
        for one in units
    ]
    return ballot.held_on, "；".join(said[:20])


def _row(model: type[Row], ident: int | None) -> Row | None:
    return db.session.scalar(select(model).where(model.id == ident)) if ident else None
