"""Everything the page of one case shows, gathered in one place."""

from typing import Any

from sqlalchemy import literal, select, union_all

from blueprints.bargaining.cases.course import course_of
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.contributions import sections_for
from blueprints.bargaining.ground.labels import KINDS, LEVELS, state_label, state_look
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.moves import acts_on
from blueprints.offers.ground.campaign_models import Campaign
from blueprints.offers.ground.labels import ACTING_MODES
from blueprints.registry.areas import area_name
from blueprints.registry.industries import industry_name
from blueprints.registry.models import EmployerAssociation, TradeUnion
from blueprints.shared.guards import Viewer
from blueprints.supervisors.models import Supervisor
from rules.procedure import machines
from rules.shelf import shelf
from rules.words import Text
from tenants.db import db
from tenants.models import User


def case_page(case: BargainingCase, viewer: Viewer) -> dict[str, Any]:
    opened, closed = acts_on(case, viewer)
    return {
        "case": case,
        "totals": queries.totals_of(case.id),
        "explain": machines()["case"].states[case.state].explain,
        "words": words_of(case),
        "named": named(case),
        "open_acts": opened,
        "closed_acts": closed,
        "sections": sections_for(case, viewer),
        "course": course_of(case),
    }


def words_of(case: BargainingCase) -> dict[str, Any]:
    return {
        "state": state_label(case.state),
        "look": state_look(case.state),
        "level": LEVELS[case.level],
        "kind": KINDS[case.contract_kind],
        "mode": ACTING_MODES[case.acting_mode],
        "place": place(case),
        "rules": rules_of(case),
        "industry": industry_name(case.industry),
    }


def place(case: BargainingCase) -> Text:
    """County and street, mall or park; the city of the rules where neither is named."""
    area = area_name(case.area)
    parts = (area.zh, case.territory or ""), (area.en, case.territory or "")
    return Text("".join(parts[0]), ", ".join(part for part in parts[1] if part))


def rules_of(case: BargainingCase) -> Text:
    """Whose rules the case runs under, nearest first, each with its version: a name, not a code."""
    books = [book.partition("@") for book in case.rulebook_version.split()]
    known = shelf()
    names = [
        (known[code].name if code in known else area_name(code), no) for code, _at, no in books
    ]
    return Text(
        "、".join(f"{name.zh}（{no}）" for name, no in names),
        ", ".join(f"{name.en} ({no})" for name, no in names),
    )


def named(case: BargainingCase) -> dict[str, str | None]:
    """Whom the case names, in one question; None where it names nobody."""
    wanted: dict[str, tuple[type[Any], int | None]] = {
        "union": (TradeUnion, case.union_id),
        "upper_union": (TradeUnion, case.upper_union_id),
        "association": (EmployerAssociation, case.employer_association_id),
        "owner": (User, case.owner_id),
        "supervisor": (Supervisor, case.supervisor_id),
        "campaign": (Campaign, case.campaign_id),
    }
    asked = [
        select(literal(role).label("role"), kind.name.label("name")).where(
            kind.tenant_id == case.tenant_id, kind.id == ident
        )
        for role, (kind, ident) in wanted.items()
        if ident is not None
    ]
    rows = db.session.execute(union_all(*asked)).all() if asked else []
    return dict.fromkeys(wanted) | {row.role: row.name for row in rows}
