"""The text of a draft as a file to read out and to hand round."""

from blueprints.bargaining.drafts.queries import written
from blueprints.bargaining.ground.draft_models import Draft
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.table.text_files import heading, paper, para, pdf_of
from rules.clauses import text_of


def text_pdf(case: BargainingCase, draft: Draft) -> bytes:
    """The text of a version as it is, or as it was fixed."""
    text = draft.text or text_of(draft.title, written(draft.id))
    lines = text.split("\n")[1:]
    blocks = [heading(line) if line.startswith("第") and "条　" in line[:8] else para(line)
              for line in lines if line.strip()]  # fmt: skip
    if draft.text_sha256:
        blocks.append(para(f"文本指纹（SHA-256）：{draft.text_sha256}"))
    return pdf_of(paper(draft.title, blocks, number=case.document_no))
