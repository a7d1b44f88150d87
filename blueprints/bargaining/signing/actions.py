"""The verbs of the signature. The caller has locked the case, and commits.

Chiefs sign in turn under exactly the text that was voted on; enterprises recognise or seal it
where the place asks for that. When the last name that is wanted stands, the case is signed, and
the rooms above are told in the same transaction.
"""

from dataclasses import dataclass
from datetime import date

from blueprints.bargaining.ballots.queries import last_ballot
from blueprints.bargaining.cases.opening import take_part
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.clocks import DURATION, stop
from blueprints.bargaining.ground.meeting_models import SigningMethod
from blueprints.bargaining.ground.models import BargainingCase, CaseLevel, CaseState, Part
from blueprints.bargaining.ground.moves import move
from blueprints.bargaining.ground.signature_models import (
    Party,
    Seal,
    SealBasis,
    Signature,
    Signing,
    SigningState,
)
from blueprints.bargaining.ground.team_models import Side
from blueprints.bargaining.signing import queries as signings
from blueprints.bargaining.signing.signed import case_signed
from blueprints.offers.ground.models import ActingMode
from rules.acting import LCL_51, NOT_THE_PARTY
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now, today
from tenants.db import db

ART_37 = Text("《集体合同规定》第37条", "Order 22, art. 37")
PARTY_OF = {Party.WORKERS: Side.WORKERS, Party.EMPLOYER: Side.EMPLOYER}


@dataclass(frozen=True)
class Name:
    """A name put under the contract."""

    party: Party
    method: SigningMethod
    signed_on: date
    name: str = ""  # of the upper union's signatory; a chief's own stands on the roster
    title: str = ""
    document_id: int | None = None


@dataclass(frozen=True)
class Act:
    """What an enterprise did: its recognition, or its seal with the scan of it."""

    enterprise_id: int
    basis: SealBasis
    method: SigningMethod
    given_on: date
    signer_name: str
    signer_title: str = ""
    document_id: int | None = None


def begin(case: BargainingCase, *, term_from: date, term_to: date) -> Signing:
    """Lay the text out for signing: the one that every voting unit has passed, and no other."""
    ballot = last_ballot(case.id)
    if case.state != CaseState.VOTING or ballot is None or ballot.result != "passed":
        raise RuleBroken(
            Text("表决在每个表决单位都通过以后，才能签字。",
                 "It is signed once every voting unit has passed it."), ART_37
        )  # fmt: skip
    if signings.standing_signing(case.id) is not None:
        raise RuleBroken(Text("签字已经开始。", "Signing has begun already."), ART_37)
    signing = Signing(
        case_id=case.id,
        draft_id=ballot.draft_id,
        text_sha256=ballot.text_sha256,
        upper_signs=upper_may_sign(case),
        term_from=term_from,
        term_to=term_to,
        opened_at=now(),
    )
    db.session.add(signing)
    trail.record("signing.begun", case, sha256=signing.text_sha256)
    return signing


def upper_may_sign(case: BargainingCase) -> bool:
    """Beyond one enterprise only: in an enterprise the upper union never signs (LCL 51)."""
    acts = case.acting_mode in {ActingMode.UPPER_ACTS, ActingMode.UPPER_JOINS}
    return acts and case.level != CaseLevel.ENTERPRISE


def sign(case: BargainingCase, signing: Signing, said: Name) -> Signature:
    """The next name. The two chiefs come before the upper union; nobody signs twice."""
    known = signings.names_under(signing.id)
    _open(signing)
    if said.party in known:
        raise RuleBroken(Text("此方已经签字。", "This side has signed already."), ART_37)
    if said.party is Party.UPPER and case.level == CaseLevel.ENTERPRISE:
        raise RuleBroken(NOT_THE_PARTY, LCL_51)
    if said.party is Party.UPPER and not {Party.WORKERS, Party.EMPLOYER} <= set(known):
        raise RuleBroken(
            Text("双方首席代表签字以后，上级工会才签字。",
                 "The upper union signs after both chiefs."), ART_37
        )  # fmt: skip
    if said.party is Party.UPPER and not signing.upper_signs:
        raise RuleBroken(Text("本项目不需要上级工会签字。", "The upper union does not sign here."))
    _not_before_the_vote(case, said.signed_on)
    chief = None
    if said.party in PARTY_OF:
        chief = queries.chief_of(case.id, PARTY_OF[said.party])
        if chief is None:
            raise RuleBroken(
                Text("此方没有首席代表。", "This side has no chief on its roster."), ART_37
            )
    signature = Signature(
        signing_id=signing.id,
        text_sha256=signing.text_sha256,
        party=said.party,
        turn=len(known) + 1,
        representative_id=chief.id if chief else None,
        name=chief.name if chief else said.name,
        title=(chief.title or "") if chief else said.title,
        method=said.method,
        signed_on=said.signed_on,
        signed_at=now(),
        document_id=said.document_id,
    )
    db.session.add(signature)
    trail.record(
        "signing.signed", case, party=said.party, name=signature.name,
        on=said.signed_on.isoformat(), sha256=signing.text_sha256,
    )  # fmt: skip
    _complete(case, signing)
    return signature


def seal(case: BargainingCase, signing: Signing, said: Act) -> Seal:
    """An enterprise recognises the text or seals it; also after the chiefs have signed."""
    if signing.state == SigningState.VOID:
        raise RuleBroken(Text("本次签字已作废。", "This signing was given up."), ART_37)
    part = queries.get_part(case, said.enterprise_id)
    if said.basis in signings.seals_of(signing.id).get(said.enterprise_id, {}):
        raise RuleBroken(Text("该企业已经办理。", "This enterprise has done so already."), ART_37)
    _not_before_the_vote(case, said.given_on)
    row = Seal(
        signing_id=signing.id,
        text_sha256=signing.text_sha256,
        enterprise_id=said.enterprise_id,
        basis=said.basis,
        method=said.method,
        signer_name=said.signer_name,
        signer_title=said.signer_title,
        given_on=said.given_on,
        given_at=now(),
        document_id=said.document_id,
    )
    db.session.add(row)
    if part.part == Part.CANDIDATE:
        take_part(part, case, Part.RECOGNISING, said.given_on)
    trail.record(
        "signing.sealed", case, enterprise=part.name, basis=said.basis,
        on=said.given_on.isoformat(),
    )  # fmt: skip
    return row


def give_up(case: BargainingCase, signing: Signing, reason: str) -> None:
    """Signing is broken off; what was signed so far stays on file and counts for nothing."""
    _open(signing)
    signing.state, signing.void_reason = SigningState.VOID, reason
    trail.record("signing.given_up", case, reason=reason)


def _open(signing: Signing) -> None:
    if signing.state != SigningState.OPEN:
        raise RuleBroken(Text("签字已经结束。", "Signing is over."), ART_37)


def _not_before_the_vote(case: BargainingCase, day: date) -> None:
    ballot = last_ballot(case.id)
    if day > today() or (ballot is not None and day < ballot.held_on):
        raise RuleBroken(
            Text("签字日期不能早于表决日期，也不能晚于今天。",
                 "Nobody signs before the vote, nor on a day that has not come."), ART_37
        )  # fmt: skip


def _complete(case: BargainingCase, signing: Signing) -> None:
    """Everything wanted is there: the case is signed, and whoever asked to be told is told."""
    if signings.unmet(signing):
        return
    names = signings.names_under(signing.id).values()
    signing.signed_on = max(one.signed_on for one in names)
    signing.signed_at, signing.state = now(), SigningState.SIGNED
    db.session.flush()
    move(
        case, "sign", vote_passed_everywhere=True, signed_text_is_voted_text=True,
        floors_met=True, chiefs_signed_contract=True,
    )  # fmt: skip
    trail.record("signing.completed", case, sha256=signing.text_sha256)
    stop(case, DURATION)
    case_signed(case, signing.text_sha256)
