"""The filing set as one file to hand in: letter, checklist, text, list of enterprises, scans."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, cast

from sqlalchemy import select

from blueprints.contracts.ground import queries
from blueprints.contracts.ground.filing_models import Filing, FilingPaper
from blueprints.contracts.ground.labels import MEMBER_BASES
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.papers import letters
from blueprints.offers.ground.letters import rendered
from blueprints.registry.models import Enterprise
from blueprints.shared.exports import xlsx_bytes
from tenants.db import db
from tenants.files import open_document
from tenants.models import Document

EPOCH = (2000, 1, 1, 0, 0, 0)  # the same set is the same file, whenever it is packed


def package(filing: Filing, contract: Contract) -> bytes:
    """A ZIP in the order of the checklist. Papers that are missing are missing."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents(filing, contract):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), data)
    return made.getvalue()


def contents(filing: Filing, contract: Contract) -> Iterator[tuple[str, bytes]]:
    papers = queries.papers_of(filing.id)
    known, values = documents(papers), letters.filing_values(filing, contract, papers)
    for paper in papers:
        head = f"{paper.position:02} {paper.title['zh']}"
        if paper.made and paper.document_id is None:
            suffix, data = written(paper.key, filing, contract, values)
            yield f"{head}.{suffix}", data
        elif (document := known.get(paper.document_id or 0)) is not None:
            yield f"{head}{ending(document)}", open_document(document)


def written(key: str, filing: Filing, contract: Contract, values: Any) -> tuple[str, bytes]:
    """A paper that the service writes itself; letter and checklist out of the same values."""
    if key == "letter":
        letter = letters.filing_letter(filing, contract, "zh", values)
        return "docx", cast("bytes", rendered(letter, "docx"))
    if key == "checklist":
        letter = letters.checklist(filing, contract, "zh", values)
        return "docx", cast("bytes", rendered(letter, "docx"))
    if key == "members":
        return "xlsx", members_sheet(contract)
    if key == "statement":
        return "txt", statement(contract).encode()
    return "txt", contract.text.encode()


def members_sheet(contract: Contract) -> bytes:
    rows = db.session.execute(
        queries.members_of(contract.id).order_by(Enterprise.sort_key, Enterprise.id)
    )
    heads = ["企业名称", "统一社会信用代码", "职工人数", "依据", "依据日期"]
    lines = [
        [
            firm.name, firm.credit_code, firm.headcount,
            MEMBER_BASES[row.basis].zh if row.basis else "", row.basis_on,
        ]
        for row, firm in rows
        if row.state != "left"
    ]  # fmt: skip
    return xlsx_bytes(heads, lines)


def statement(contract: Contract) -> str:
    """How it was bargained, in the order of the procedure, out of what is on record."""
    said = [
        f"{contract.name}协商情况说明",
        "",
        f"职工方：{contract.worker_side}",
        f"企业方：{contract.employer_side}",
    ]
    if contract.acting_name and contract.on_behalf_of:
        said.append(f"上级工会代为（参加）：{contract.acting_name}，代{contract.on_behalf_of}。")
        said.append("协商代表由职工推举，草案由职工（代表）大会表决。")
    said.append(f"表决：{contract.voted_on or '—'} {contract.vote_summary or ''}")
    said.append(
        f"签订：{contract.signed_on or '—'}，职工方首席代表{contract.worker_chief or '—'}，"
        f"企业方首席代表{contract.employer_chief or '—'}。"
    )
    said.append(f"文本校验值（SHA-256）：{contract.text_hash}")
    return "\n".join(said) + "\n"


def documents(papers: Sequence[FilingPaper]) -> dict[int, Document]:
    ids = [one.document_id for one in papers if one.document_id]
    query = select(Document).where(Document.id.in_(ids))
    return {one.id: one for one in db.session.scalars(query)}


def ending(document: Document) -> str:
    known = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}
    return known.get(document.media_type, ".docx")
