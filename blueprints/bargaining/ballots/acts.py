"""What can be done with a vote and its units."""

from typing import Any

from flask import url_for

from blueprints.bargaining.ballots import actions as ballots
from blueprints.bargaining.ballots import forms
from blueprints.bargaining.ballots import queries as reads
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.ballot_models import Ballot, Method, UnitState, VotingUnit
from blueprints.bargaining.ground.models import BargainingCase, CaseState
from blueprints.bargaining.meetings.forms import ConfirmForm
from blueprints.bargaining.table.acts import Desk, DeskAct, made_of
from blueprints.shared.guards import Viewer
from rules.words import Text
from tenants.clock import now
from tenants.db import db
from tenants.roles import May

FROZEN = Text("表决已经开始，表决人数不能再改。", "Voting has begun; the electorate is frozen.")
NOT_OPEN = Text("表决尚未开始。", "Voting has not begun.")


def find_ballot(
    ballot_id: int, person: Viewer, permission: May, *, lock: bool = False
) -> tuple[BargainingCase, Ballot]:
    ballot = reads.get_ballot(ballot_id, person, permission, lock=lock)
    return queries.get_case(ballot.case_id), ballot


def find_unit(
    unit_id: int, person: Viewer, permission: May, *, lock: bool = False
) -> tuple[BargainingCase, VotingUnit]:
    unit, ballot = reads.get_unit(unit_id, person, permission, lock=lock)
    return queries.get_case(ballot.case_id), unit


def to_ballot(_case: BargainingCase, ballot: Ballot) -> str:
    return url_for("table.vote", ballot_id=ballot.id)


def to_unit(_case: BargainingCase, unit: VotingUnit) -> str:
    return url_for("table.vote", ballot_id=unit.ballot_id, _anchor=f"unit-{unit.id}")


def of_unit(unit: VotingUnit) -> Ballot:
    return db.session.get_one(Ballot, (unit.tenant_id, unit.ballot_id))


def may_open(_case: BargainingCase, ballot: Ballot) -> Text | None:
    if ballot.frozen_at is not None:
        return FROZEN
    wanted = sum(unit.electorate for unit in reads.units_of(ballot.id))
    if ballot.method == Method.ONLINE and reads.slips_made(ballot.id) != wanted:
        return Text("请先打印并发放全部选票码。", "Print and hand out all slips first.")
    return None


def may_close(_case: BargainingCase, ballot: Ballot) -> Text | None:
    """At its hour, or once everybody has voted."""
    if ballot.method != Method.ONLINE:
        return Text("纸质表决由计票登记得出结果。", "A vote on paper ends with its count.")
    if ballot.frozen_at is None:
        return NOT_OPEN
    if ballot.closed_at is not None:
        return Text("表决已经截止。", "The vote is closed.")
    units = reads.units_of(ballot.id)
    cast = reads.cast_in([unit.id for unit in units])
    if ballot.closes_at and now() < ballot.closes_at:
        missing = sum(unit.electorate - cast.get(unit.id, 0) for unit in units)
        if missing:
            return Text(f"尚未到截止时间，还有{missing}人没有投票。",
                        f"The hour has not come and {missing} have not voted.")  # fmt: skip
    return None


def before(_case: BargainingCase, unit: VotingUnit) -> Text | None:
    return FROZEN if of_unit(unit).frozen_at is not None else None


def may_count(_case: BargainingCase, unit: VotingUnit) -> Text | None:
    ballot = of_unit(unit)
    if ballot.method != Method.PAPER:
        return Text("网上表决由系统计票。", "An on-line vote is counted by the system.")
    if ballot.frozen_at is None:
        return NOT_OPEN
    if unit.passed is not None:
        return Text("计票结果已经确定。", "The count is decided already.")
    return None


def may_certify(_case: BargainingCase, unit: VotingUnit) -> Text | None:
    if unit.passed is None:
        return Text("尚未计票。", "It is not counted yet.")
    if unit.state == UnitState.CERTIFIED:
        return Text("决议和会议记录已经存档。", "Resolution and minutes are on file.")
    return None


BALLOT = Desk(
    "vote", "votes/<int:ballot_id>", "ballot_id", find_ballot, to_ballot,
    made_of(
        DeskAct(
            "opening", Text("开始表决", "Begin the vote"),
            Text("表决人数和规则从此锁定。", "Electorate and rules are frozen from here on."),
            ConfirmForm, lambda on, _f: ballots.open_vote(on.case, on.row), why_not=may_open,
        ),
        DeskAct(
            "closing", Text("截止并计票", "Close and count"),
            Text("正在投票的先投完，截止以后不再接受；票数由数据库统计。",
                 "Those who are casting finish first; the database counts what is in the box."),
            ConfirmForm, lambda on, _f: ballots.close(on.case, on.row), why_not=may_close,
        ),
    ),
)  # fmt: skip
UNIT = Desk(
    "unit", "voting-units/<int:unit_id>", "unit_id", find_unit, to_unit,
    made_of(
        DeskAct(
            "roll", Text("录入代表名册", "Enter the roll"),
            Text("名册确定应到人数；开始表决后锁定。选票码不与姓名对应。",
                 "It sets how many may vote. No slip is ever tied to a name."),
            forms.RollForm,
            lambda on, form: ballots.enter_roll(
                on.case, of_unit(on.row), on.row, form.people()),
            why_not=before,
            known=lambda _c, unit: {"roll": "\n".join(
                "，".join(part for part in (one.name, one.delegation, *(
                    word for word, name in forms.TAGS.items() if getattr(one, name))) if part)
                for one in reads.roll_of(unit.id))},
        ),
        DeskAct(
            "count", Text("登记计票结果", "Enter the count"),
            Text("按全体代表（职工）人数计算是否通过；到会不足的，延期再开。",
                 "Counted over all who may vote; with too few present it is adjourned."),
            forms.CountForm,
            lambda on, form: ballots.count(
                on.case, of_unit(on.row), on.row, form.count(on.files["scan"])),
            why_not=may_count, files={"scan": "tally"},
        ),
        DeskAct(
            "certificate", Text("存档决议和记录", "File resolution and minutes"),
            Text("上传签字的决议和会议记录。", "Attach the signed resolution and minutes."),
            forms.CertificateForm,
            lambda on, _f: ballots.certify(on.case, on.row, on.files["scan"] or 0),
            why_not=may_certify, files={"scan": "resolution"},
        ),
    ),
)  # fmt: skip


def may_convene(case: BargainingCase, _row: Any) -> Text | None:
    if case.state == CaseState.DRAFT_AGREED:
        return None
    return Text("双方对草案达成一致并锁定文本后，才能提交表决。",
                "It is put to the vote once both sides agree and the text is fixed.")  # fmt: skip


CASE_ACTS = (
    DeskAct(
        "vote", Text("提交表决", "Put it to the vote"),
        Text("按当地规则确定表决单位、到会人数和通过票数。",
             "The rule of the place says who votes, how many must come and how many agree."),
        forms.ConveningForm,
        lambda on, form: ballots.convene(on.case, form.convening()),
        why_not=may_convene, known=lambda case, _r: forms.first_unit_name(case),
    ),
)  # fmt: skip
