"""The binder of a case (轨迹资料): every paper before, during and after, the trail, the hashes."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Text as SqlText
from sqlalchemy import cast, func, or_, select

from blueprints.bargaining.ballots import queries as ballots
from blueprints.bargaining.dossier.check import TRAIL, bound
from blueprints.bargaining.drafts import queries as drafts
from blueprints.bargaining.ground.contributions import PHASES, Phase, Trace, traces_of
from blueprints.bargaining.ground.labels import state_label
from blueprints.bargaining.ground.models import BargainingCase, CaseEnterprise
from blueprints.bargaining.information.undertakings import signed_texts
from blueprints.bargaining.meetings import queries as meetings
from blueprints.bargaining.signing import queries as signings
from blueprints.bargaining.signing.sheet import sheet_pdf
from blueprints.bargaining.table.text_files import heading, paper, para, pdf_of, table
from blueprints.notices.letters.model import Block
from blueprints.offers.ground.models import Offer
from rules.clauses import text_of
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db
from tenants.federation import this_federation
from tenants.files import label, open_document
from tenants.models import Document, Event

PHASE_WORDS = {
    "before": Text("协商前", "Before"), "during": Text("协商中", "During"),
    "after": Text("协商后", "After"),
}  # fmt: skip
Papers = Sequence[tuple[Phase, Trace]]
File = tuple[str, bytes]


@dataclass(frozen=True)
class Binder:
    """The file, its fingerprint, how many files are in it, and what is missing."""

    data: bytes
    fingerprint: str
    files: int
    missing: Sequence[Trace]


def bind(case: BargainingCase) -> Binder:
    """Put the binder of a case together as it stands now, and say so in the trail."""
    papers = traces_of(case)
    absent = missing(papers)
    documents = list(files_of(papers))
    texts = list(texts_of(case))
    excerpt = (TRAIL, "".join(f"{line}\n" for line in trail_lines(case)).encode())
    names = [path for path, _ in (*documents, *texts, excerpt)]
    index = ("index.pdf", index_pdf(case, papers, names))
    files = [index, *documents, *texts, excerpt]
    about = {
        "federation": this_federation().name,
        "case": case.name,
        "document_no": case.document_no,
        "state": case.state,
        "bound_at": now().isoformat(),
        "missing": [one.name.zh for one in absent],
    }
    data, fingerprint = bound(about, files)
    trail.record("case.bound", case, sha256=fingerprint, files=len(files), missing=len(absent))
    return Binder(data, fingerprint, len(files), absent)


def missing(papers: Papers) -> list[Trace]:
    """What the file ought to have and has not."""
    return [paper for _, paper in papers if paper.required and not paper.present]


def files_of(papers: Papers) -> Iterator[File]:
    """Every document of every paper once, under its phase; one that is gone is left out by name."""
    known: set[int] = set()
    for phase, one in papers:
        for ident in one.documents:
            if ident in known:
                continue
            known.add(ident)
            row = db.session.scalar(select(Document).where(Document.id == ident))
            if row is None:
                continue
            place = f"{PHASES.index(phase) + 1}-{phase}"
            yield f"{place}/{len(known):03}-{one.name.zh}-{label(row.name)}", open_document(row)


def texts_of(case: BargainingCase) -> Iterator[File]:
    """What the case itself holds as text: versions, minutes, positions, votes, the sheet."""
    for name, words in signed_texts(case):
        yield f"1-before/undertaking-{name}.txt", words.encode()
    for meeting in meetings.meetings_of(case.id):
        if meeting.minutes_text:
            yield f"2-during/minutes-{meeting.number}.txt", meeting.minutes_text.encode()
    chains = meetings.positions_of(case.id)
    if chains:
        said = {
            topic: [
                {"turn": one.turn, "side": one.side, "kind": one.kind, "body": one.body,
                 "amount": None if one.amount is None else str(one.amount), "unit": one.unit}
                for one in chain
            ]
            for topic, chain in chains.items()
        }  # fmt: skip
        yield "2-during/positions.json", _json(said)
    for draft in reversed(drafts.drafts_of(case.id)):
        text = draft.text or text_of(draft.title, drafts.written(draft.id))
        yield f"2-during/draft-{draft.version}.txt", text.encode()
    for ballot in reversed(ballots.ballots_of(case.id)):
        yield f"3-after/vote-{ballot.round}.json", _json(_vote(ballot.id, ballot.text_sha256))
    signing = signings.standing_signing(case.id)
    if signing is not None:
        yield "3-after/signing-sheet.pdf", sheet_pdf(case, signing)


def _vote(ballot_id: int, sha256: str) -> dict[str, object]:
    return {
        "text_sha256": sha256,
        "units": [
            {name: getattr(unit, name) for name in (
                "name", "electorate", "quorum_needed", "votes_needed", "present", "in_favour",
                "against", "abstained", "invalid", "passed")}
            for unit in ballots.units_of(ballot_id)
        ],
        "receipts": list(ballots.receipts_of(ballot_id)),
    }  # fmt: skip


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode()


def trail_lines(case: BargainingCase) -> Iterator[str]:
    """The lines of the trail about the case and its offers, with all that their hashes are of."""
    offers = select(CaseEnterprise.offer_id).where(
        CaseEnterprise.case_id == case.id, CaseEnterprise.offer_id.is_not(None)
    )
    of_case = (Event.subject_kind == BargainingCase.__tablename__) & (Event.subject_id == case.id)
    of_offers = (Event.subject_kind == Offer.__tablename__) & Event.subject_id.in_(offers)
    at = func.to_char(func.timezone("UTC", Event.at), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    query = (
        select(
            Event.prev_hash, Event.tenant_id, Event.seq, at.label("at"), Event.actor_id,
            Event.actor, Event.verb, Event.subject_kind, Event.subject_id,
            cast(Event.payload, SqlText).label("payload"), Event.hash,
        )
        .where(or_(of_case, of_offers))
        .order_by(Event.seq)
    )  # fmt: skip
    for row in db.session.execute(query):
        # `_mapping` is SQLAlchemy's public name; the underscore keeps it out of the columns' way.
        line = {**row._mapping, "actor_id": "" if row.actor_id is None else str(row.actor_id)}  # noqa: SLF001
        yield json.dumps(line, ensure_ascii=False)


def index_pdf(case: BargainingCase, papers: Papers, names: Sequence[str]) -> bytes:
    """The first page of the binder: what is there, what is missing, which files."""
    blocks: list[Block] = [
        para(f"项目：{case.name}（{case.document_no}）"),
        para(
            f"状态：{state_label(case.state).zh}　装订时间：{now().isoformat(timespec='minutes')}"
        ),
    ]
    for phase in PHASES:
        blocks.append(heading(PHASE_WORDS[phase].zh))
        rows = [
            (one.name.zh, one.on.isoformat() if one.on else "—", _standing(one))
            for where, one in papers
            if where == phase
        ]
        blocks.append(table(("材料", "日期", "情况"), rows or [("—", "—", "—")]))
    blocks.append(heading("文件清单"))
    blocks += [para(name) for name in names]
    blocks.append(para("各文件的指纹见 manifest.json；核验：yaoyue trail verify --dossier 文件名"))
    return pdf_of(paper("轨迹资料目录", blocks, number=case.document_no))


def _standing(one: Trace) -> str:
    if one.present:
        return "有"
    return f"缺：{one.missing.zh}" if one.required else "无（不要求）"
