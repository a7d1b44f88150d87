"""Proposing another wording of an official text, and deciding on it with four eyes."""

from blueprints.letters import queries
from blueprints.notices.letters.faults import faults
from blueprints.notices.letters.texts import all_texts, read_text
from blueprints.notices.wordings import LetterWording, WordingState, text_in_force
from rules.broken import RuleBroken
from rules.words import Text
from tenants import trail
from tenants.clock import now
from tenants.db import db


def propose(text_id: str, source: str, note: str, *, by_id: int) -> LetterWording:
    """Put another wording forward. Nothing changes before somebody else has approved it."""
    if queries.open_proposal(text_id, lock=True) is not None:
        raise RuleBroken(
            Text(
                "该文本已有一个版本等待批准；先批准、退回或者撤回它。",
                "A version of this text already waits for approval; it must be decided first.",
            )
        )
    version = read_text(source).version
    if version == text_in_force(text_id).version:
        raise RuleBroken(Text("与现行文本相同，没有改动。", "This wording is in force already."))
    wording = LetterWording(
        text_id=text_id,
        number=queries.next_number(text_id),
        source=source,
        digest=version,
        base_digest=all_texts()[text_id].version,
        note=note,
        state=WordingState.PROPOSED,
        proposed_by_id=by_id,
    )
    db.session.add(wording)
    trail.record("wording.proposed", wording, text=text_id, version=wording.number, note=note)
    return wording


def approve(wording: LetterWording, *, by_id: int, note: str = "") -> None:
    """Put it in force. What is posted or drafted from now on uses it."""
    if wording.proposed_by_id == by_id:
        raise RuleBroken(
            Text("提出修改的人不能自己批准。", "Whoever proposed a wording cannot approve it.")
        )
    if found := faults(wording.source, all_texts()[wording.text_id]):
        raise RuleBroken(found[0].words)
    _decide(wording, WordingState.APPROVED, by_id, note)
    trail.record("wording.approved", wording, text=wording.text_id, version=wording.number)


def send_back(wording: LetterWording, *, by_id: int, note: str) -> None:
    """Return it to whoever proposed it, with the reason."""
    if wording.proposed_by_id == by_id:
        raise RuleBroken(
            Text("自己提出的修改请撤回。", "Withdraw what you have proposed yourself.")
        )
    _decide(wording, WordingState.RETURNED, by_id, note)
    trail.record(
        "wording.returned", wording, text=wording.text_id, version=wording.number, note=note
    )


def withdraw(wording: LetterWording, *, by_id: int) -> None:
    """The proposer thinks better of it."""
    if wording.proposed_by_id != by_id:
        raise RuleBroken(
            Text("只有提出的人可以撤回。", "Only whoever proposed it can withdraw it.")
        )
    _decide(wording, WordingState.WITHDRAWN, by_id, "")
    trail.record("wording.withdrawn", wording, text=wording.text_id, version=wording.number)


def _decide(wording: LetterWording, state: WordingState, by_id: int, note: str) -> None:
    if wording.state != WordingState.PROPOSED:
        raise RuleBroken(Text("这个版本已经有了决定。", "This version has been decided already."))
    wording.state, wording.decision_note = state, note or None
    wording.decided_by_id, wording.decided_at = by_id, now()
