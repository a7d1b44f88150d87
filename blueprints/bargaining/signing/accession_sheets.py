"""Links to sign and accede on paper: one page for each, with a code to scan and the last day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.draft_models import Draft
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.signature_models import Signing
from blueprints.bargaining.table.text_files import paper, para, pdf_of_many
from blueprints.notices.letters.model import Check, Letter
from rules.words import Text
from tenants.db import db

ONE_DAY = timedelta(days=1)
HINT = Text("扫码办理，此链接只属于：", "Scan to accede. This link is only for:")


def sheets_pdf(
    case: BargainingCase, signing: Signing, links: Mapping[int, str], *, by: date | None
) -> bytes:
    """A page for each enterprise that has not sealed yet, in the order of their names."""
    return pdf_of_many(list(_pages(case, signing, links, by)))


def last_day(signing: Signing, today: date) -> date | None:
    """By when to accede: before the contract begins to run. None once it runs: then at any time."""
    return signing.term_from - ONE_DAY if signing.term_from > today else None


def _pages(
    case: BargainingCase, signing: Signing, links: Mapping[int, str], by: date | None
) -> Iterator[Letter]:
    draft = db.session.get_one(Draft, (signing.tenant_id, signing.draft_id))
    when = f"by {by.isoformat()}" if by else "soon; it is open during the term"
    for part in queries.enterprises_of(case.id):
        if (url := links.get(part.enterprise_id)) is None:
            continue
        lines: Sequence[str] = (
            f"企业：{part.name}",
            f"合同：{draft.title}",
            f"期限：{signing.term_from.isoformat()}至{signing.term_to.isoformat()}",
            f"请在{by.isoformat()}以前（含当日）办理。" if by else "合同期限内可以随时加入。",
            "请阅读全文。上传盖章页即为盖章；不上传的，由法定代表人或者其委托的人确认。",
            "此链接只属于本企业，请勿转发；不便在线办理的，可以在签字页上盖章后交回。",
            f"文本指纹（SHA-256）：{signing.text_sha256}",
            f"Please accede {when}, with a scan of the seal or by recognising the text.",
            "The link is for this enterprise only.",
        )
        yield paper(
            "加入集体合同办理单", [para(line) for line in lines], number=case.document_no,
            check=Check(url, part.name, HINT),
        )  # fmt: skip
