"""Every act on a step or an exposure: who may do it, in which state, what is typed, what it does.

The views are made out of this table (`act_views`), and so are the buttons (`pages`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from blueprints.exposures import actions, forms, handing_over, hearing, ladder, links, publishing
from blueprints.exposures.models import Exposure, Ground
from blueprints.exposures.statements import said_in
from blueprints.exposures.step_models import AnswerFinding, ExposureStep, Outcome
from blueprints.offers.ground.queries import get_offer
from blueprints.shared.forms import Form
from rules.words import Text
from tenants import trail
from tenants.roles import May

Doing = Callable[[Any, Any, int, int | None], None]  # row, form, by whom, evidence


@dataclass(frozen=True)
class Act:
    """`states` are those of the row in which it is offered; the verb asks the rules again."""

    name: str
    label: Text
    says: Text
    permission: May
    states: tuple[str, ...]
    form: type[Form]
    do: Doing
    another: bool = False  # not for the person who proposed it
    grave: bool = False


def _serve_step(step: ExposureStep, form: Any, _by: int, evidence: int | None) -> None:
    ladder.serve_step(step, form.receipt(evidence))


def _minutes(step: ExposureStep, form: Any, _by: int, _: int | None) -> None:
    names = set(form.data) - {"csrf_token", "held_on", "attended"}
    ladder.record_interview(
        step,
        held_on=form.held_on.data,
        attended=form.attended.data == "yes",
        minutes={name: form[name].data for name in sorted(names) if form[name].data},
    )


def _outcome(step: ExposureStep, form: Any, _by: int, evidence: int | None) -> None:
    found = handing_over.Found(
        Outcome(form.outcome.data), form.outcome_on.data, form.words.data,
        form.outcome_no.data or None, evidence,
    )  # fmt: skip
    handing_over.record_outcome(step, found, by_id=_by)


STEP_ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        Act(
            "issue", Text("签发", "Issue"),
            Text("编号、锁定文本并发出。由提出人以外的人办理。",
                 "Gives it its number, freezes the text and sends it. Not for its proposer."),
            May.EXPOSURES_APPROVE, ("proposed",), forms.ConfirmForm,
            lambda step, _form, by, _e: ladder.issue_step(step, get_offer(step.offer_id), by_id=by),
            another=True,
        ),
        Act(
            "service", Text("登记送达", "Record service"),
            Text("期限自送达之日起算，须有证明。", "Its term runs from that day; with proof."),
            May.EXPOSURES_PROPOSE, ("issued",), forms.ServiceForm, _serve_step,
        ),
        Act(
            "answer", Text("登记答复", "Record the answer"),
            Text("照录企业的书面答复。", "What came back, word for word."),
            May.EXPOSURES_PROPOSE, ("served",), forms.AnswerForm,
            lambda step, form, _by, _e: ladder.record_answer(
                step, form.words.data, on=form.answered_on.data),
        ),
        Act(
            "examination", Text("审核答复", "Examine the answer"),
            Text("由提出人以外的人审核。", "By another than its proposer."),
            May.EXPOSURES_REVIEW, ("answered",), forms.ExamineForm,
            lambda step, form, by, _e: ladder.examine_answer(
                step, AnswerFinding(form.finding.data), form.note.data, by_id=by),
            another=True,
        ),
        Act(
            "minutes", Text("登记约谈纪要", "Record the minutes"),
            Text("企业未到场的，也要登记。", "Also where the enterprise did not come."),
            May.EXPOSURES_PROPOSE, ("interview",), forms.MinutesForm, _minutes,
        ),
        Act(
            "outcome", Text("登记办理结果", "Record what became of it"),
            Text("以该部门的文书为准，照录原文。", "By the body's own document, word for word."),
            May.EXPOSURES_PROPOSE, ("handed",), forms.OutcomeForm, _outcome,
        ),
        Act(
            "dropping", Text("终止这一步", "Drop this step"),
            Text("材料留存，不再继续。", "It stays on file and goes no further."),
            May.EXPOSURES_PROPOSE, ("proposed", "issued"), forms.NoteForm,
            lambda step, form, _by, _e: ladder.drop_step(step, form.note.data), grave=True,
        ),
    )
}  # fmt: skip


def _objection(exposure: Exposure, form: Any, _by: int, _: int | None) -> None:
    publishing.object_to(exposure, form.note.data)


def _examine(exposure: Exposure, form: Any, by: int, _: int | None) -> None:
    hearing.examine_statement(
        exposure, form.note.data, by_id=by, proper=form.finding.data == "proper",
        read=form.statements_read(),
    )  # fmt: skip


def _correct(exposure: Exposure, form: Any, by: int, _: int | None) -> None:
    names = ("error_text", "corrected_text", "error_cause_text", "remedy_text")
    publishing.correct(exposure, {name: form[name].data for name in names}, by_id=by)


def _asked(exposure: Exposure, publish: Callable[..., object], by: int) -> None:
    """Publish after the person has said that no reply on paper lies anywhere; both on record."""
    publish(exposure, by_id=by)
    trail.record("exposure.asked_for_paper", exposure)


BEFORE = ("proposed", "legal_check", "noticed", "reply_received", "reply_waived", "decided_publish")
LINKED = ("checked", *BEFORE[2:], "published", "upheld", "objection_marked")
HEARING = ("noticed", "reply_received", "reply_waived")
ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        Act(
            "to-check", Text("送法律审核", "Send to legal check"),
            Text("事实和文字由未经办人员审核。", "Another person checks facts and wording."),
            May.EXPOSURES_PROPOSE, ("proposed",), forms.ConfirmForm,
            lambda row, _f, _by, _e: actions.send_to_check(row),
        ),
        Act(
            "check", Text("通过法律审核", "Pass the legal check"),
            Text("通过后文字锁定，拟公开告知书随即发出。",
                 "The text is fixed, and the notice of intent goes out."),
            May.EXPOSURES_REVIEW, ("legal_check",), forms.NoteForm,
            lambda row, form, by, _e: actions.pass_check(row, form.note.data, by_id=by),
            another=True,
        ),
        Act(
            "intent-service", Text("登记告知书送达", "Record service of the notice"),
            Text("陈述申辩期自送达之日起算。", "The right of reply runs from that day."),
            May.EXPOSURES_PROPOSE, ("checked",), forms.ServiceForm,
            lambda row, form, _by, evidence: actions.record_intent_service(
                row, form.receipt(evidence)),
        ),
        Act(
            "statement", Text("登记企业陈述", "Record the statement"),
            Text("照录全文，不作删改。", "Word for word, nothing left out."),
            May.EXPOSURES_PROPOSE, ("heard",), forms.StatementForm,
            lambda row, form, _by, scan: hearing.record_statement(
                row, form.words.data, open_=form.open_.data, by=form.person_name.data or None,
                file_id=scan),
        ),
        Act(
            "link", Text("更换陈述链接", "Renew the link to state the case"),
            Text("原链接和编号立即失效，新的可以打印或者告知企业。",
                 "The old link and code end at once; the new one can be told or printed."),
            May.EXPOSURES_PROPOSE, LINKED, forms.ConfirmForm,
            lambda row, _f, _by, _e: _discard(links.renew_link(row)),
        ),
        Act(
            "examination", Text("审核企业陈述", "Examine the statement"),
            Text("由提出人以外的人审核尚未审核的全部陈述。陈述就是对要约的答复的，请到要约页登记答复，本件随即终止。",
                 "By another than the proposer, for all that is not yet examined. Where it is in "
                 "truth a reply, record it with the offer: that ends this case."),
            May.EXPOSURES_REVIEW, ("unexamined",), forms.ExamineStatementForm, _examine,
            another=True,
        ),
        Act(
            "opinion", Text("登记三方意见", "Record the partners' opinion"),
            Text("决定之前须有三方意见。", "Nobody decides without it."),
            May.EXPOSURES_PROPOSE, HEARING, forms.OpinionForm,
            lambda row, form, _by, _e: actions.record_opinion(
                row, form.note.data, on=form.given_on.data),
        ),
        Act(
            "approval", Text("同意公布", "Approve the publication"),
            Text("须由两名不同的领导同意，均不是提出人和审核人。",
                 "Two different leaders must; neither the proposer nor the reviewer."),
            May.EXPOSURES_APPROVE, ("reply_received", "reply_waived"), forms.NoteForm,
            lambda row, form, by, _e: actions.approve(row, form.note.data, by_id=by),
            another=True,
        ),
        Act(
            "publication", Text("公布", "Publish"),
            Text("先复核，再在第一级范围公布。", "Rechecks, then shows it in the first channel."),
            May.EXPOSURES_PUBLISH, ("decided_publish",), forms.PublishForm,
            lambda row, _f, by, _e: _asked(row, publishing.publish, by), grave=True,
        ),
        Act(
            "raising", Text("升到下一级范围", "Raise to the next channel"),
            Text("由提出人以外的领导办理，再次复核。",
                 "By a leader who did not propose it; the record is checked again."),
            May.EXPOSURES_APPROVE, ("published", "upheld"), forms.PublishForm,
            lambda row, _f, by, _e: _asked(row, publishing.publish_next, by),
            another=True, grave=True,
        ),
        Act(
            "objection", Text("登记异议", "Record an objection"),
            Text("当即加注，处理期间不公布、不升级。",
                 "Marked at once; until it is decided nothing is published or raised."),
            May.EXPOSURES_PROPOSE, (*BEFORE[2:], "published", "upheld"), forms.ObjectionForm,
            _objection,
        ),
        Act(
            "upholding", Text("异议不成立", "Find the objection unfounded"),
            Text("书面说明理由。", "With the reason in writing."),
            May.EXPOSURES_REVIEW, ("objected",), forms.NoteForm,
            lambda row, form, by, _e: publishing.uphold(row, form.note.data, by_id=by),
            another=True,
        ),
        Act(
            "correction", Text("更正并致歉", "Correct, with an apology"),
            Text("公告立即撤下，更正与致歉在原处公布。",
                 "It comes down at once; correction and apology stand in its place."),
            May.EXPOSURES_REVIEW, ("published", "upheld", "objection_marked", "owes_apology"),
            forms.CorrectionForm, _correct,
            another=True, grave=True,
        ),
        Act(
            "withdrawal", Text("撤下", "Withdraw"),
            Text("立即从所有位置撤下并公布情况。", "From every place at once, with a dated note."),
            May.EXPOSURES_PUBLISH, ("published", "objection_marked", "upheld"), forms.WithdrawForm,
            lambda row, form, _by, _e: publishing.withdraw(
                row, Ground(form.ground.data), form.note.data), grave=True,
        ),
        Act(
            "dropping", Text("终止本件", "End without publication"),
            Text("不予公布，材料留存。", "Nothing is published; it stays on file."),
            May.EXPOSURES_PROPOSE, BEFORE, forms.NoteForm,
            lambda row, form, _by, _e: hearing.drop(row, form.note.data), grave=True,
        ),
    )
}  # fmt: skip


def _discard(_: object) -> None:
    """A verb's answer that the page does not need."""


def stands_at(row: ExposureStep | Exposure) -> set[str]:
    """The states a row is in, with what its other columns say of it."""
    return _case_stands_at(row) if isinstance(row, Exposure) else {_step_stands_at(row)}


def _case_stands_at(row: Exposure) -> set[str]:
    at = {str(row.state)}
    if row.state == "legal_check" and row.reviewed_at is not None:
        at = {"checked"}
    if hearing.may_be_heard(row):
        at |= {"heard"}
    if row.state == "reply_received" and not heard_out(row):
        at |= {"unexamined"}
    if publishing.apology_owed(row):
        at |= {"owes_apology"}
    if row.objection_at is not None and row.objection_decided_at is None:
        at |= {"objected"}
        at -= {"published", "upheld"}
    return at


def _step_stands_at(row: ExposureStep) -> str:
    if row.state != "served":
        return row.state
    if row.answered_on is not None and row.answer_finding is None:
        return "answered"
    if row.kind == "interview":
        return "interview"
    return "handed" if row.kind in {"proposal", "referral"} else row.state


def heard_out(exposure: Exposure) -> bool:
    """Whether there is a finding on all that the enterprise has said so far."""
    return all(one.examined_at for one in said_in(exposure))


def offered(row: ExposureStep | Exposure) -> list[Act]:
    """The acts that this state knows, in the order of the procedure."""
    table = ACTS if isinstance(row, Exposure) else STEP_ACTS
    at = stands_at(row)
    return [act for act in table.values() if at.intersection(act.states)]
