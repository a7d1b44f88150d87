"""The papers that meetings, drafts, votes and signatures owe to the trace file (轨迹资料)."""

from collections.abc import Iterator

from flask import url_for

from blueprints.bargaining.ballots import queries as ballots
from blueprints.bargaining.disputes.actions import disputes_of
from blueprints.bargaining.drafts import queries as drafts
from blueprints.bargaining.ground.contributions import Trace, trace
from blueprints.bargaining.ground.draft_models import DraftState
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.meetings import queries as meetings
from blueprints.bargaining.meetings.actions import minutes_complete
from blueprints.bargaining.signing import queries as signings
from blueprints.bargaining.signing.actions import upper_may_sign
from blueprints.bargaining.signing.sheet_signatures import signed_sheets
from rules.words import Text
from tenants.clock import ZONE

ART = {
    34: Text("《集体合同规定》第34条", "Order 22, art. 34"),
    35: Text("《集体合同规定》第35条", "Order 22, art. 35"),
    36: Text("《集体合同规定》第36条", "Order 22, art. 36"),
    37: Text("《集体合同规定》第37条", "Order 22, art. 37"),
}


@trace("during", 20)
def of_meetings(case: BargainingCase) -> Iterator[Trace]:
    """The minutes of every meeting that was held, signed by those whom the rule names."""
    held = meetings.held(case.id)
    if not held:
        yield Trace(
            Text("会议纪要", "Minutes"), present=False, article=ART[34],
            missing=Text("尚未召开协商会议。", "No meeting was held yet."),
        )  # fmt: skip
    for one in held:
        signed = meetings.signatures_under(one.id).values()
        yield Trace(
            Text(f"第{one.number}次会议纪要", f"Minutes of meeting {one.number}"),
            present=minutes_complete(case, one),
            on=one.held_on,
            documents=tuple(
                dict.fromkeys(s.document_id for s in signed if s.document_id is not None)
            ),
            article=ART[34],
            missing=Text("规定的人尚未全部签字。", "Not all who must have signed it."),
            url=url_for("table.meeting", meeting_id=one.id),
        )


@trace("during", 21)
def of_suspensions(case: BargainingCase) -> Iterator[Trace]:
    for one in meetings.suspensions_of(case.id):
        yield Trace(
            Text("中止协商记录", "Record of a suspension"),
            present=True,
            on=one.from_on,
            documents=(one.document_id,) if one.document_id else (),
            article=ART[35],
        )


@trace("during", 30)
def of_drafts(case: BargainingCase) -> Iterator[Trace]:
    """The draft both sides agreed on, with its explanation."""
    versions = drafts.drafts_of(case.id)
    agreed = next((one for one in versions if one.state == DraftState.AGREED), None)
    yield Trace(
        Text("合同草案（双方一致的文本）", "Draft both sides agreed on"),
        present=agreed is not None,
        on=agreed.agreed_on if agreed else None,
        article=ART[34],
        missing=Text("双方尚未就草案达成一致。", "Both sides have not agreed on a draft."),
        url=url_for("table.draft", draft_id=agreed.id) if agreed else "",
    )
    yield Trace(
        Text("草案说明", "Explanation of the draft"),
        present=bool(versions and versions[0].explanation.strip()),
        on=agreed.agreed_on if agreed else None,
        article=ART[36],
        missing=Text("请在草案页面填写说明。", "Write it on the page of the draft."),
        url=url_for("table.draft", draft_id=versions[0].id) if versions else "",
    )


@trace("during", 40)
def of_disputes(case: BargainingCase) -> Iterator[Trace]:
    for one in disputes_of(case.id):
        yield Trace(
            Text("协调处理申请和结果", "Application for coordination, and its outcome"),
            present=one.ended_on is not None,
            on=one.applied_on,
            documents=tuple(d for d in (one.application_id, one.settlement_id) if d),
            missing=Text("协调处理尚未办结。", "It has not come to an end."),
            url=url_for("table.dispute", dispute_id=one.id),
        )


@trace("after", 10)
def of_votes(case: BargainingCase) -> Iterator[Trace]:
    """Of every unit of every round: the count and the resolution."""
    rounds = ballots.ballots_of(case.id)
    if not rounds:
        yield Trace(
            Text("职工（代表）大会决议", "Resolution of the congress"), present=False,
            article=ART[36], missing=Text("尚未表决。", "There was no vote yet."),
        )  # fmt: skip
    for ballot in reversed(rounds):
        for unit in ballots.units_of(ballot.id):
            url = url_for("table.vote", ballot_id=ballot.id)
            yield Trace(
                Text(f"第{ballot.round}次表决计票（{unit.name}）",
                     f"Count of vote {ballot.round} ({unit.name})"),
                present=unit.passed is not None,
                on=ballot.held_on,
                documents=(unit.tally_document_id,) if unit.tally_document_id else (),
                article=ART[36],
                missing=Text("尚未计票。", "Not counted yet."),
                url=url,
            )  # fmt: skip
            yield Trace(
                Text(f"第{ballot.round}次表决决议和记录（{unit.name}）",
                     f"Resolution and minutes of vote {ballot.round} ({unit.name})"),
                present=unit.minutes_document_id is not None,
                on=ballot.held_on,
                documents=(unit.minutes_document_id,) if unit.minutes_document_id else (),
                article=ART[36],
                missing=Text("请上传签字的决议。", "Attach the signed resolution."),
                url=url,
            )  # fmt: skip


@trace("after", 20)
def of_the_signature(case: BargainingCase) -> Iterator[Trace]:
    """The signed text: both chiefs, the upper union where it acts, the seals that were given."""
    signing = signings.standing_signing(case.id)
    names = signings.names_under(signing.id) if signing else {}
    wanted = [("workers", "职工方首席代表签字", "Signature of the workers' chief"),
              ("employer", "企业方首席代表签字", "Signature of the employers' chief")]  # fmt: skip
    if upper_may_sign(case):
        wanted.append(("upper", "上级工会签字", "Signature of the upper union"))
    for party, zh, en in wanted:
        one = names.get(party)
        yield Trace(
            Text(zh, en),
            present=one is not None,
            on=one.signed_on if one else None,
            documents=(one.document_id,) if one and one.document_id else (),
            article=ART[37],
            missing=Text("尚未签字。", "Not signed yet."),
            url=url_for("table.signing", signing_id=signing.id) if signing else "",
        )
    sheets = signed_sheets(signing.id) if signing else []
    if signing is not None and sheets:
        yield Trace(
            Text("签字页（本会数字签名）", "Signing sheet, signed by the federation"),
            present=True,
            on=sheets[0].signed_at.astimezone(ZONE).date(),
            required=False,
            documents=tuple(one.document_id for one in sheets),
            url=url_for("table.signing", signing_id=signing.id),
        )
    seals = signings.seals_of(signing.id) if signing else {}
    given = [seal for done in seals.values() for seal in done.values()]
    if signing is not None and given:
        yield Trace(
            Text(f"企业确认和盖章（{len(seals)}家）", f"Recognitions and seals ({len(seals)})"),
            present=True,
            on=max(one.given_at for one in given).astimezone(ZONE).date(),
            required=False,
            documents=tuple(one.document_id for one in given if one.document_id),
            url=url_for("table.signing", signing_id=signing.id),
        )
