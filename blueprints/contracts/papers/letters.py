"""The papers of a contract: letter of filing and checklist (20), notice and summary (21)."""

import re
from collections.abc import Sequence
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from blueprints.contracts.ground import clocks, queries
from blueprints.contracts.ground.filing_models import Filing, FilingPaper
from blueprints.contracts.ground.labels import BASES, LEVELS, MODES, acts_for, kind_words
from blueprints.contracts.ground.models import Contract, ContractClause, Reach
from blueprints.contracts.habits import values as habits
from blueprints.contracts.papers.summary import compared, lines
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.model import Letter
from blueprints.notices.letters.values import Lang
from blueprints.notices.wordings import text_in_force
from blueprints.registry.areas import area_name
from blueprints.registry.models import Enterprise
from blueprints.rulebook import queries as rulebook
from rules.clauses import chinese
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.federation import this_federation

LETTER, CHECKLIST = "20a-filing-letter", "20b-filing-checklist"
IN_FORCE, SUMMARY = "21a-effective-notice", "21b-worker-summary"
BOARD = Text("厂务公开栏", "the notice board of the enterprise")
YES, NOT_YET = Text("是", "yes"), Text("否", "no")
NONE = Text("无", "none")
HOTLINE = "12351"


def public_url(contract: Contract) -> str:
    """Where anybody can read it: the address behind the code on the notice board."""
    base = current_app.config["BASE_URL"]
    return f"{base}/{this_federation().slug}/c/{contract.public_token}"


def scope_words(contract: Contract) -> Text:
    """The scope in words: as it was agreed, else the area and level."""
    if contract.territory:
        return Text(contract.territory, contract.territory)
    if contract.level == Reach.ENTERPRISE:
        return Text(contract.employer_side, contract.employer_side)
    area, level = area_name(contract.area), LEVELS[contract.level]
    return Text(f"{area.zh}（{level.zh}）", f"{area.en} ({level.en})")


def side_words(contract: Contract) -> Text:
    """The workers' side as a letter names it: with whom it is acted for, where it is so."""
    acted = acts_for(contract.acting_mode, contract.on_behalf_of)
    if acted is None:
        return Text(contract.worker_side, contract.worker_side)
    by, side = contract.acting_name or "", contract.worker_side
    if f"代{contract.on_behalf_of}" in side:  # the side's own name says it
        return Text(side, f"{by} {acted.en}" if by else side)
    if by in {side, ""}:
        return Text(f"{side}（{acted.zh}）", f"{side} ({acted.en})")
    return Text(f"{side}（{by}{acted.zh}）", f"{side} ({by} {acted.en})")


def common(contract: Contract) -> dict[str, Any]:
    """What every paper of a contract says alike."""
    federation = this_federation()
    contact = federation.settings.get("contact", {})
    firms, workers = queries.bound_counts([contract.id], today()).get(contract.id, (0, 0))
    if not firms:
        firms, workers = candidates(contract)
    book = rulebook.book(contract.effective_on or contract.signed_on or today())
    kind = clocks.law_kind(contract)
    return {
        "contract_title": contract.name,
        "contract_no": contract.document_no,
        "contract_kind": kind_words(contract.kind, contract.topic),
        "contract_from": contract.term_from,
        "contract_until": contract.term_to,
        "contract_url": public_url(contract),
        "worker_side_name": side_words(contract),
        "employer_side_name": contract.employer_side,
        "unit_scope_name": scope_words(contract),
        "scope_description": scope_words(contract),
        "scope_plain_text": scope_words(contract),
        "scope_enterprise_count": firms,
        "scope_worker_count": workers,
        "scope_women_count": women(contract),
        "vote_held_on": contract.voted_on,
        "vote_summary": contract.vote_summary or "—",
        "signed_on": contract.signed_on,
        "text_hash": contract.text_hash,
        "file_rule_article": book.rule("file.days", kind),
        "review_rule_article": book.rule("review.days", kind),
        "publish_rule_article": book.rule("publish.days", kind),
        "floor_rule_article": book.rule("floor", kind),
        "binding_rule_article": book.rule("binding.mode", kind),
        "binding_rule_text": MODES[contract.binding_mode] if contract.binding_mode else BOARD,
        "effective_on": contract.effective_on,
        "effective_basis_text": BASES[contract.effective_basis]
        if contract.effective_basis else None,
        "publish_due_on": contract.publish_due_on or contract.effective_on,
        "posting_place": BOARD,
        "monitor_names": Text("双方协商代表", "the representatives of both sides"),
        "contact_name": contact.get("name") or federation.name,
        "contact_phone": contact.get("phone") or HOTLINE,
        "contact_address": contact.get("address") or federation.name,
        "supervisor_name": federation.name,
        "supervisor_phone": contact.get("phone") or HOTLINE,
        "hotline_phone": contact.get("hotline") or HOTLINE,
        "local_contact_text": Text("本单位工会小组长", "the union's group leader"),
        "issued_on": today(),
    }  # fmt: skip


def candidates(contract: Contract) -> tuple[int, int]:
    """Before it binds anybody: those who may be bound, and who works there."""
    rows = queries.members_of(contract.id).subquery()
    found = db.session.execute(
        select(func.count(), func.coalesce(func.sum(rows.c.headcount), 0)).where(
            rows.c.state != "left"
        )
    ).one()
    return int(found[0]), int(found[1])


def women(contract: Contract) -> int:
    rows = queries.members_of(contract.id).with_only_columns(
        func.coalesce(func.sum(Enterprise.women), 0)
    )
    return int(db.session.scalar(rows) or 0)


def filing_values(filing: Filing, contract: Contract, papers: Sequence[FilingPaper]) -> Any:
    """The values of the letter and of the checklist."""
    return {
        **common(contract),
        "filer_name": filing.filer_name,
        "authority_name": filing.authority_name,
        "doc_no": f"{contract.document_no}-{filing.round}",
        "file_due_on": filing.due_on or contract.signed_on,
        "copies_count": copies(contract),
        "filing_items": [
            {
                "filing_item_no": one.position,
                "filing_item_title": Text.from_json(one.title),
                "filing_item_copies": str(copies(contract)),
                "filing_item_original": Text("原件", "original"),
                "filing_item_ready": YES if one.made or one.document_id else NOT_YET,
                "filing_item_pages": 1,
                "filing_item_note": one.note or NONE,
            }
            for one in papers
        ],
        "filer_person_name": filing.filer_name,
        "filed_on": filing.handed_in_on,
        "authority_received_on": filing.received_on,
        "authority_receipt_no": filing.receipt_no,
        "supplement_text": filing.supplement_text,
    }


SETS = re.compile("一式([^份]{1,3})份")
COUNTED = {"两": 2, **{chinese(number): number for number in range(1, 100)}}


def copies(contract: Contract) -> int:
    """How many copies the place asks for («一式五份»); where it names no number, our own habit."""
    rule = clocks.rule_of("file.documents", contract, contract.signed_on or today())
    words = "".join(rule.value) if isinstance(rule.value, tuple) else ""
    found = SETS.search(words + rule.text.zh)
    return COUNTED.get(found[1], habits.copies()) if found else habits.copies()


def filing_letter(filing: Filing, contract: Contract, lang: Lang, values: Any = None) -> Letter:
    """`values`: those of `filing_values`, where they were read already."""
    known = values or filing_values(filing, contract, queries.papers_of(filing.id))
    return compose(text_in_force(LETTER), known, lang, draft=filing.handed_in_on is None)


def checklist(filing: Filing, contract: Contract, lang: Lang, values: Any = None) -> Letter:
    """With blanks where only the authority can write; `values` as for the letter."""
    known = values or filing_values(filing, contract, queries.papers_of(filing.id))
    return compose(text_in_force(CHECKLIST), known, lang, draft=True)


def notice(contract: Contract, lang: Lang) -> Letter:
    """That it is in force, for the board of every enterprise and for the upper union."""
    values = common(contract)
    draft = contract.effective_on is None
    return compose(text_in_force(IN_FORCE), values, lang, draft=draft)


def summary_letter(contract: Contract, lang: Lang) -> Letter:
    """The one page for workers, out of the clauses, in either language."""
    rows: Sequence[ContractClause] = queries.clauses(contract)
    earlier = queries.get_contract(contract.supersedes_id) if contract.supersedes_id else None
    values = {
        **common(contract),
        "summary_lines": [
            {"summary_plain_text": line.text, "clause_no": line.number} for line in lines(rows)
        ],
        "change_plain_text": compared(rows, queries.clauses(earlier) if earlier else None),
    }
    return compose(text_in_force(SUMMARY), values, lang, draft=contract.effective_on is None)
