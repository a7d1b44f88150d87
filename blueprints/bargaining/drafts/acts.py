"""What can be done with a draft and its clauses."""

from typing import Any

from flask import url_for

from blueprints.bargaining.drafts import actions as drafts
from blueprints.bargaining.drafts import forms
from blueprints.bargaining.drafts import queries as reads
from blueprints.bargaining.drafts.actions import WRITABLE, Words
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.draft_models import Clause, Draft, DraftState
from blueprints.bargaining.ground.models import BargainingCase, CaseState
from blueprints.bargaining.ground.packs import pack
from blueprints.bargaining.meetings.forms import ConfirmForm
from blueprints.bargaining.table.acts import Context, Desk, DeskAct, made_of
from blueprints.shared.guards import Viewer
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

FIXED = Text("本稿文本已锁定，修改须另起一稿。",
             "The text of this version is fixed; changes need a next version.")  # fmt: skip
AGREEABLE = (CaseState.NEGOTIATING, CaseState.DISPUTE_MAKING, CaseState.VOTE_LOST)


def find_draft(
    draft_id: int, person: Viewer, permission: May, *, lock: bool = False
) -> tuple[BargainingCase, Draft]:
    draft = reads.get_draft(draft_id, person, permission, lock=lock)
    return queries.get_case(draft.case_id), draft


def find_clause(
    clause_id: int, person: Viewer, permission: May, *, lock: bool = False
) -> tuple[BargainingCase, Clause]:
    clause, draft = reads.get_clause(clause_id, person, permission, lock=lock)
    return queries.get_case(draft.case_id), clause


def to_draft(_case: BargainingCase, draft: Draft) -> str:
    return url_for("table.draft", draft_id=draft.id)


def to_clauses(_case: BargainingCase, clause: Clause) -> str:
    return url_for("table.draft", draft_id=clause.draft_id, _anchor=f"clause-{clause.key}")


def while_open(_case: BargainingCase, draft: Draft) -> Text | None:
    return None if draft.state == DraftState.OPEN else FIXED


def agreeable(case: BargainingCase, draft: Draft) -> Text | None:
    """What still stands between this version and an agreement, the first thing of it."""
    if (fixed := while_open(case, draft)) is not None:
        return fixed
    if not reads.clauses_of(draft.id):
        return Text("草案没有条款。", "The draft has no clause.")
    blocking = next((one for one in reads.faults_of(case, draft) if one.blocks), None)
    if blocking is not None:
        return blocking.text
    if case.state not in AGREEABLE:
        return Text("协商会议召开以后，双方才能就草案达成一致。",
                    "Both sides can agree on a draft once they have met.")  # fmt: skip
    return None


def of_draft(clause: Clause) -> Draft:
    return db.session.get_one(Draft, (clause.tenant_id, clause.draft_id))


def while_its_draft_is_open(case: BargainingCase, clause: Clause) -> Text | None:
    return while_open(case, of_draft(clause))


def take_pack(on: Context, form: Any) -> None:
    """Suggested clauses go in with their blanks; the template stays to compare with."""
    suggestions = [
        Words(one.type, one.title.zh, one.filled({}), one.id, one.filled({}))
        for one in pack(form.pack.data).clauses
    ]
    drafts.take_over(on.case, on.row, suggestions, by_id=on.by_id)


DRAFT = Desk(
    "draft", "drafts/<int:draft_id>", "draft_id", find_draft, to_draft,
    made_of(
        DeskAct(
            "clause", Text("增加条款", "Add a clause"),
            Text("条款逐条起草，金额另行登记。",
                 "Clause by clause; figures are entered beside the text."),
            forms.ClauseForm,
            lambda on, form: drafts.add_clause(on.case, on.row, form.words(), by_id=on.by_id),
            why_not=while_open,
        ),
        DeskAct(
            "pack", Text("从议题包选用条款", "Take clauses from a topic pack"),
            Text("只带入建议文字，金额一律留空，由双方协商填写。",
                 "Only suggested words come in; every figure stays a blank to be bargained."),
            forms.PackForm, take_pack, why_not=while_open,
        ),
        DeskAct(
            "explanation", Text("草案说明", "Explanation for the congress"),
            Text("随草案一并提交职工代表大会。", "It goes to the congress with the draft."),
            forms.ExplanationForm,
            lambda on, form: drafts.explain(on.case, on.row, form.explanation.data),
            why_not=while_open, known=lambda _c, draft: {"explanation": draft.explanation},
        ),
        DeskAct(
            "agreement", Text("双方一致，锁定文本", "Both sides agree: fix the text"),
            Text("锁定后文本指纹固定，改一个字都须另起一稿重新表决。",
                 "Its fingerprint is fixed; one word changed means another version and vote."),
            forms.AgreementForm,
            lambda on, form: drafts.agree(
                on.case, on.row, on=form.on.data, chiefs_signed=form.signed.data),
            why_not=agreeable, known=lambda _c, _d: {"on": today()}, grave=True,
        ),
    ),
)  # fmt: skip
CLAUSE = Desk(
    "clause", "clauses/<int:clause_id>", "clause_id", find_clause, to_clauses,
    made_of(
        DeskAct(
            "figure", Text("登记金额", "Enter a figure"),
            Text("写明单位、工种、等级和执行日期；低于法定标准的当即提示。",
                 "With unit, trade, grade and from when; what is below the law is named at once."),
            forms.FigureForm,
            lambda on, form: drafts.add_figure(
                on.case, of_draft(on.row), on.row, form.figure()),
            why_not=while_its_draft_is_open,
        ),
        DeskAct(
            "up", Text("上移", "Move up"), Text("与上一条对调。", "Before the one above it."),
            ConfirmForm,
            lambda on, _f: drafts.move_clause(on.case, of_draft(on.row), on.row, -1),
            why_not=while_its_draft_is_open,
        ),
        DeskAct(
            "down", Text("下移", "Move down"), Text("与下一条对调。", "After the one below it."),
            ConfirmForm,
            lambda on, _f: drafts.move_clause(on.case, of_draft(on.row), on.row, 1),
            why_not=while_its_draft_is_open,
        ),
        DeskAct(
            "removal", Text("删去条款", "Take the clause out"),
            Text("本稿不再包含这一条，以前各稿不受影响。",
                 "This version no longer has it; earlier ones keep it."),
            ConfirmForm,
            lambda on, _f: drafts.remove_clause(on.case, of_draft(on.row), on.row),
            why_not=while_its_draft_is_open, grave=True,
        ),
    ),
)  # fmt: skip


def may_begin(case: BargainingCase, _row: Any) -> Text | None:
    if reads.open_draft(case.id) is not None:
        return Text("已有一稿正在修改。", "A version is being written already.")
    if case.state not in WRITABLE:
        return Text("协商项目现在不能起草。", "No draft can be written where the case stands.")
    return None


def next_title(case: BargainingCase, _row: Any) -> dict[str, Any]:
    versions = reads.drafts_of(case.id)
    return {"title": versions[0].title if versions else case.name}


CASE_ACTS = (
    DeskAct(
        "draft", Text("起草新稿", "Write a next version"),
        Text("在上一稿基础上逐条修改；第一稿可以从议题包选用条款。",
             "A copy of the last one to be changed; the first may take clauses from a pack."),
        forms.VersionForm,
        lambda on, form: drafts.begin(on.case, form.title.data, note=form.note.data or ""),
        why_not=may_begin, known=next_title,
    ),
    DeskAct(
        "floor", Text("登记法定最低工资", "Enter the legal minimum"),
        Text("写明发布机关和文号；草案中的工资逐项与之比较。",
             "With the body that set it; every wage in the draft is held against it."),
        forms.FloorForm,
        lambda on, form: drafts.record_floor(
            on.case, form.floor(), form.source.data, by_id=on.by_id),
    ),
)  # fmt: skip
