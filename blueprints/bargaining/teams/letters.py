"""Letters about the teams: the roster to be posted, and the record of an election to fill in."""

from collections.abc import Mapping
from typing import Any

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.labels import CHOSEN, subject_of
from blueprints.bargaining.ground.law import book_of, selection_of
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.team_models import Chosen, Representative, Seat, Side
from blueprints.bargaining.teams.composition import findings_of
from blueprints.notices.letters.compose import compose
from blueprints.notices.letters.model import Letter
from blueprints.notices.letters.values import Lang
from blueprints.notices.wordings import text_in_force
from rules.findings import Finding
from rules.words import Text
from tenants.clock import today
from tenants.federation import this_federation

YES, NO = Text("是", "yes"), Text("否", "no")
FITS = Text("符合规则记录要求", "as the rule wants it")
BY_OFFICE = Text("依职务产生", "by office")


def roster_letter(case: BargainingCase, lang: Lang) -> Letter:
    """The notice of the representatives; no telephone numbers, no ages, no identity numbers."""
    return compose(
        text_in_force("13a-representatives-notice"), roster_values(case), lang, blanks=True
    )


def roster_values(case: BargainingCase) -> dict[str, Any]:
    book, kind = book_of(case), case.contract_kind
    workers = [
        one for one in queries.representatives_of(case.id, Side.WORKERS) if one.seat == Seat.MEMBER
    ]
    employer = [
        one for one in queries.representatives_of(case.id, Side.EMPLOYER) if one.seat == Seat.MEMBER
    ]
    firms = {row.enterprise_id: row.name for row in queries.enterprises_of(case.id)}
    team, selection = queries.team_of(case.id, Side.WORKERS), selection_of(case)
    composition = book.rule("reps.worker.composition", kind)
    federation = this_federation()
    contact = federation.settings.get("contact", {})
    stops = [finding for finding in findings_of(case) if finding.blocks]
    return {
        "unit_scope_name": case.name,
        "worker_selection_rule_article": selection,
        "worker_selection_rule_text": selection,
        "selection_method_text": methods(workers),
        "bargaining_subject": subject_of(case),
        "worker_rep_count": len(workers),
        "worker_reps": [line(n, one, firms) for n, one in enumerate(workers, start=1)],
        "frontline_rep_count": sum("front_line" in one.groups for one in workers),
        "women_rep_count": sum("women" in one.groups for one in workers),
        "external_rep_count": sum(one.outsider for one in workers),
        "composition_rule_article": composition,
        "composition_rule_text": composition,
        "external_rule_article": book.rule("reps.external_max_ratio", kind),
        "composition_check_text": checked(stops),
        "employer_rep_names": "、".join(one.name for one in employer),
        "posted_from": (team.posted_on if team else None) or today(),
        "posted_until": team.posted_until if team else None,
        "publish_reps_rule_article": book.rule("reps.publish_days", kind),
        "reps_term_text": book.rule("reps.term", kind),
        "protection_rule_article": book.rule("reps.protection", kind),
        "contact_name": contact.get("name") or federation.name,
        "contact_phone": contact.get("phone") or "—",
        "issuer_name": federation.name,
        "issued_on": today(),
    }  # fmt: skip


def election_letter(case: BargainingCase, lang: Lang) -> Letter:
    """The record of an election, with room for the pen."""
    book, kind = book_of(case), case.contract_kind
    known = {
        "unit_scope_name": case.name,
        "election_no": case.document_no,
        "worker_selection_rule_article": selection_of(case),
        "election_threshold_text": selection_of(case),
        "chief_worker_rule_article": book.rule("chief.worker", kind),
    }
    return compose(text_in_force("13b-election-record"), known, lang, blanks=True)


def line(number: int, one: Representative, firms: Mapping[int, str]) -> dict[str, Any]:
    return {
        "representative_no": number,
        "representative_name": one.name,
        "representative_sex": Text("女", "f") if "women" in one.groups else Text("—", "—"),
        "representative_unit": firms.get(one.enterprise_id or 0, "—"),
        "representative_post": one.title or "—",
        "representative_frontline": YES if "front_line" in one.groups else NO,
        "representative_chief": YES if one.chief else NO,
        "representative_how": CHOSEN[one.chosen],
        "representative_votes": one.votes_for,
    }


def methods(workers: list[Representative]) -> Text:
    """How they were chosen, each way once."""
    ways = [CHOSEN[Chosen(way)] for way in dict.fromkeys(one.chosen for one in workers)]
    return (
        Text("、".join(way.zh for way in ways), "; ".join(way.en for way in ways))
        if ways
        else BY_OFFICE
    )


def checked(stops: list[Finding]) -> Text:
    if not stops:
        return FITS
    return Text(
        "；".join(one.text.zh.rstrip("。") for one in stops), " ".join(one.text.en for one in stops)
    )
