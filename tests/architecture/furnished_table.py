"""Cases at the table in the furnished federation: one at every stage, by the rooms' own verbs."""

from datetime import date
from types import SimpleNamespace

from sqlalchemy import select

from blueprints.bargaining.ballots import queries as ballot_queries
from blueprints.bargaining.disputes import actions as disputes
from blueprints.bargaining.disputes.actions import Application
from blueprints.bargaining.drafts import queries as drafts
from blueprints.bargaining.ground.ballot_models import Method
from blueprints.bargaining.ground.signature_models import LinkPurpose, SigningLink
from blueprints.bargaining.meetings import queries as meeting_queries
from blueprints.bargaining.signing import queries as signing_queries
from blueprints.bargaining.signing.acts import make_links
from blueprints.bargaining.table.acts import Context
from tenants.db import db
from tests.bargaining.table_world import opened
from tests.world import Federation

TABLE_IDS = {
    "meeting_id": lambda rows: rows.meeting,
    "draft_id": lambda rows: rows.text_draft,
    "clause_id": lambda rows: rows.clause,
    "figure_id": lambda rows: rows.figure,
    "ballot_id": lambda rows: rows.ballot,
    "unit_id": lambda rows: rows.unit,
    "signing_id": lambda rows: rows.signing,
    "dispute_id": lambda rows: rows.dispute,
}
TABLE_AT = {
    **{(f"voting.{name}", "token"): lambda rows: rows.slip for name in ("show", "cast")},
    **{(f"signing_desk.{name}", "token"): lambda rows: rows.link for name in ("show", "act")},
    ("signing_desk.entry", "token"): lambda rows: rows.meeting_link,
    ("table.coordination", "case_id"): lambda rows: rows.stuck,
}


def at_the_table(federation: Federation, rows: SimpleNamespace) -> None:
    writing = opened(federation, "示例起草项目").meet().write()
    with writing.at("2026-05-06"):
        rows.meeting = meeting_queries.meetings_of(writing.case_id)[0].id
        draft = drafts.open_draft(writing.case_id)
        clause = drafts.clauses_of(draft.id)[0]
        rows.text_draft, rows.clause = draft.id, clause.id
        rows.figure = drafts.amounts_of([clause.id])[clause.id][0].id
    voting = opened(federation, "示例表决项目").meet().write().agree()
    voting.convene(method=Method.ONLINE, electorate=3)
    rows.slip = voting.open()[0]
    with voting.at("2026-05-18"):
        ballot = voting.ballot()
        rows.ballot, rows.unit = ballot.id, ballot_queries.units_of(ballot.id)[0].id
    signing = opened(federation, "示例签字项目", enterprise_ids=[rows.enterprise])
    signing.meet().write().agree().convene().count().sign()
    with signing.at("2026-05-20"):
        row = signing_queries.standing_signing(signing.case_id)
        make_links(Context(signing.case, row, federation.officer.id, {}), None)
        db.session.commit()
        rows.signing = row.id
        links = select(SigningLink.token).where(SigningLink.signing_id == row.id)
        rows.link = db.session.scalars(links.order_by(SigningLink.id)).first()
        meeting = select(SigningLink.token).where(
            SigningLink.purpose == LinkPurpose.MEETING, SigningLink.case_id == writing.case_id
        )
        rows.meeting_link = db.session.scalars(meeting.order_by(SigningLink.id)).first()
    _dispute(federation, rows)


def _dispute(federation: Federation, rows: SimpleNamespace) -> None:
    stuck = opened(federation, "示例争议项目").meet()
    with stuck.at("2026-05-08"):
        said = Application("workers", "示范市人社局", "工资调整幅度", date(2026, 5, 8))
        rows.dispute = disputes.apply(stuck.case, said).id
        rows.stuck = stuck.case_id
        db.session.commit()
