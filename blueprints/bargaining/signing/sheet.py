"""The signing sheet (签字页): the text by its fingerprint, names under it, seals beside it."""

from blueprints.bargaining.ballots.queries import ballots_of, units_of
from blueprints.bargaining.ground.ballot_models import Ballot, VotingUnit
from blueprints.bargaining.ground.draft_models import Draft
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.signature_models import Signing
from blueprints.bargaining.ground.table_words import BASES, METHODS, PARTIES
from blueprints.bargaining.signing import queries as reads
from blueprints.bargaining.table.text_files import heading, paper, para, pdf_of, table
from blueprints.notices.letters.model import Block
from rules.binding import Mode
from rules.words import Text
from tenants.db import db

MODES = {
    Mode.ALL_IN_SCOPE: Text("范围内企业均受约束", "all enterprises in scope are bound"),
    Mode.RECOGNISING_ONLY: Text("确认草案的企业受约束", "those that recognised it are bound"),
    Mode.STAMPED_ONLY: Text("盖章的企业受约束", "those that sealed it are bound"),
}


def sheet_pdf(case: BargainingCase, signing: Signing) -> bytes:
    draft = db.session.get_one(Draft, (signing.tenant_id, signing.draft_id))
    coverage = reads.coverage_of(case, signing)
    names = reads.names_under(signing.id)
    blocks: list[Block] = [
        para(f"合同：{draft.title}（第{draft.version}稿）"),
        para(f"期限：{signing.term_from.isoformat()}至{signing.term_to.isoformat()}"),
        para(f"文本指纹（SHA-256）：{signing.text_sha256}"),
        heading("一、表决"),
        *(
            para(_vote_line(ballot, unit))
            for ballot in reversed(ballots_of(case.id))
            for unit in units_of(ballot.id)
        ),
        heading("二、签字"),
        table(
            ("一方", "姓名", "职务", "日期", "方式"),
            [
                (PARTIES[one.party].zh, one.name, one.title or "—", one.signed_on.isoformat(),
                 METHODS[one.method].zh)
                for one in names.values()
            ],
        ),
        heading("三、企业确认和盖章"),
        para(f"{MODES[coverage.mode].zh}：{coverage.bound_enterprises}家，"
             f"职工{coverage.bound_workers}人；参加协商共{coverage.enterprises}家，"
             f"职工{coverage.workers}人。"),
        table(
            ("企业", "依据", "日期", "经办人"),
            [
                (line.part.name, BASES[basis].zh, seal.given_on.isoformat(), seal.signer_name)
                for line in coverage.lines
                for basis, seal in line.seals.items()
            ] or [("—", "—", "—", "—")],
        ),
    ]  # fmt: skip
    return pdf_of(paper("签字页", blocks, number=case.document_no))


def _vote_line(ballot: Ballot, unit: VotingUnit) -> str:
    result = "通过" if unit.passed else "未通过"
    return (
        f"第{ballot.round}次：{unit.name}，应到{unit.electorate}人，到会{unit.present or 0}人，"
        f"同意{unit.in_favour or 0}票，{result}。表决文本指纹：{ballot.text_sha256}"
    )
