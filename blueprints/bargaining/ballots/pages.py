"""Everything the pages of a vote show: what is needed, then by how much it was met, in words."""

from typing import Any

from flask import current_app, url_for
from markupsafe import Markup

from blueprints.bargaining.ballots import queries as reads
from blueprints.bargaining.ballots.acts import BALLOT, UNIT
from blueprints.bargaining.ballots.casting import Fate, shown, spent, tally_matches
from blueprints.bargaining.ballots.rules import QUORUM, THRESHOLD, share_words
from blueprints.bargaining.ground.ballot_models import Ballot, VotingUnit
from blueprints.bargaining.ground.draft_models import Draft
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.table_words import BALLOT_METHODS, MANNERS
from blueprints.bargaining.signing.queries import standing_signing
from blueprints.bargaining.table.acts import acts_on
from blueprints.bargaining.table.text_files import paper, para, pdf_of_many
from blueprints.notices.letters.model import Check
from blueprints.shared.charts import stack
from blueprints.shared.guards import Viewer
from blueprints.shared.languages import said
from rules.procedure import label
from rules.words import Text
from tenants.clock import now
from tenants.db import db
from tenants.federation import this_federation
from tenants.roles import May

HINT = Text("扫码投票，或者输入选票码：", "Scan to vote, or type:")
FATES = {
    Fate.USED: Text("此码已经投过票，每个码只能投一次。", "This slip has been cast already."),
    Fate.NOT_OPEN: Text("投票尚未开始。", "Voting has not opened yet."),
    Fate.CLOSED: Text(
        "投票已经截止，本次没有计入。", "Voting is closed; this ballot does not count."
    ),
    Fate.UNKNOWN: Text("没有这个选票码。", "There is no such slip."),
}
SHOWN_RECEIPTS = 400


def ballot_page(case: BargainingCase, ballot: Ballot, person: Viewer) -> dict[str, Any]:
    units = reads.units_of(ballot.id)
    cast = reads.cast_in([unit.id for unit in units])
    opened, closed = acts_on(BALLOT, case, ballot, person)
    receipts = reads.receipts_of(ballot.id) if ballot.closed_at else []
    signing = standing_signing(case.id)
    return {
        "case": case,
        "ballot": ballot,
        "draft": db.session.get_one(Draft, (ballot.tenant_id, ballot.draft_id)),
        "rounds": reads.ballots_of(case.id),
        "signing": signing if signing and signing.draft_id == ballot.draft_id else None,
        "units": [unit_lines(case, ballot, unit, cast.get(unit.id, 0), person) for unit in units],
        "passed": sum(bool(unit.passed) for unit in units),
        "open_acts": opened,
        "closed_acts": closed,
        "may_edit": person.may(May.CASES_EDIT),
        "cast": sum(cast.values()),
        "electors": sum(unit.electorate for unit in units),
        "receipts": receipts[:SHOWN_RECEIPTS],
        "all_receipts": len(receipts),
        "tally_ok": tally_matches(units, len(receipts)) if ballot.closed_at else None,
        "words": {"manners": MANNERS, "methods": BALLOT_METHODS},
        "vote_url": url_for("voting.enter", _external=False),
    }


def unit_lines(
    case: BargainingCase, ballot: Ballot, unit: VotingUnit, cast: int, person: Viewer
) -> dict[str, Any]:
    """One unit with its sums as sentences, and what can be done with it."""
    opened, closed = acts_on(UNIT, case, unit, person)
    return {
        "unit": unit,
        "state": label("ballot", unit.state),
        "sums": sums(ballot, unit),
        "cast": cast,
        "delegations": reads.delegations_of(unit.id),
        "open_acts": opened,
        "closed_acts": closed,
    }


def sums(ballot: Ballot, unit: VotingUnit) -> list[tuple[str, str, Markup | str, str]]:
    """Quorum and majority in words: before the count what is needed, after it by how much."""
    quorum, threshold = ballot.rules[QUORUM], ballot.rules[THRESHOLD]
    share, more = share_words(quorum), share_words(threshold)
    whole, need, votes = unit.electorate, unit.quorum_needed, unit.votes_needed
    came, yes = unit.present, unit.in_favour
    least = share.en.capitalize()
    first = Text(f"应到{whole}人，{share.zh}是{need}人。", f"{least} of {whole} is {need}.")
    second = Text(f"按全体{whole}人计算，不按到会人数计算；{more.zh}是{votes}票。",
                  f"Counted over all {whole}, not over those present: {more.en} is {votes}."
                  )  # fmt: skip
    marks: list[Markup | str] = ["", ""]
    if came is not None:
        first = Text(first.zh + _came(came, need).zh, f"{first.en} {_came(came, need).en}")
        marks[0] = stack([("f", came)], whole, line=need)
    if yes is not None and unit.passed is not None:
        gap = _agreed(yes, votes)
        second = Text(second.zh + gap.zh, f"{second.en} {gap.en}")
        parts = [("f", yes), ("l", unit.against or 0), ("m", (unit.abstained or 0) + unit.invalid)]
        marks[1] = stack(parts, whole, line=votes)
    asked = (Text("到会人数够不够", "Enough present?"), Text("赞成票够不够", "Enough in favour?"))
    return [
        (said(asked[0]), said(first), marks[0], _source(quorum)),
        (said(asked[1]), said(second), marks[1], _source(threshold)),
    ]


def _came(came: int, need: int) -> Text:
    gap = abs(came - need)
    if came >= need:
        return Text(f"到会{came}人，多{gap}人，够。", f"{came} came, {gap} more: enough.")
    return Text(f"到会{came}人，差{gap}人，不够。", f"{came} came, {gap} too few.")


def _agreed(yes: int, votes: int) -> Text:
    gap = abs(yes - votes)
    if yes >= votes:
        return Text(f"赞成{yes}票，多{gap}票，够。", f"{yes} agreed, {gap} more: enough.")
    return Text(f"赞成{yes}票，差{gap}票，不够。", f"{yes} agreed, {gap} too few.")


def _source(rule: dict[str, Any]) -> str:
    text = f"{said(Text.from_json(rule['article']))}"
    return text if rule["confirmed"] else f"{text} · {said(Text.from_json(rule['label']))}"


def vote_page(
    token: str, ballot: Ballot, unit: VotingUnit, draft: Draft, *, refused: str = ""
) -> dict[str, Any]:
    """What a voter sees: nothing of who they are, nothing of how others voted."""
    moment = now()
    state = (
        Fate.USED if spent(token)
        else Fate.CLOSED if ballot.closed_at or (ballot.closes_at and moment >= ballot.closes_at)
        else Fate.NOT_OPEN if ballot.frozen_at is None or (
            ballot.opens_at and moment < ballot.opens_at)
        else None
    )  # fmt: skip
    return {
        "token": token, "ballot": ballot, "unit": unit, "draft": draft,
        "refused": refused or (said(FATES[state]) if state else ""),
        "open": state is None and not refused,
    }  # fmt: skip


def slips_pdf(
    case: BargainingCase, ballot: Ballot, made: list[tuple[VotingUnit, list[str]]]
) -> bytes:
    """A page for each slip, to be cut, folded and drawn by hand."""
    base = f"{current_app.config['BASE_URL']}/{this_federation().slug}/vote/"
    letters = []
    for unit, codes in made:
        for code in codes:
            lines = [
                para(f"{unit.name}　第{ballot.round}次表决　{ballot.held_on.isoformat()}"),
                para("抽签领取，折好带走；不登记哪张属于谁。扫描二维码，或者打开下列地址输入选票码："),
                para(base.rstrip("/")),
                para(f"文本指纹：{ballot.text_sha256}"),
                para("Drawn by lot; nobody notes whose it is. Scan the code, or type it at the "
                     "address above."),
            ]  # fmt: skip
            check = Check(base + code, shown(code), HINT)
            letters.append(paper(case.name, lines, number="选票码 · Slip", check=check))
    return pdf_of_many(letters)
