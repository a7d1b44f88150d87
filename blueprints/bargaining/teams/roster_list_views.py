"""Many people of one side at once: the page to paste or upload a list, and the sheet of it."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.cases.views import bp
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.labels import CHOSEN, SIDES
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.team_models import Side
from blueprints.bargaining.teams import actions as team_actions
from blueprints.bargaining.teams import roster_sheets
from blueprints.bargaining.teams.forms import WAYS
from blueprints.bargaining.teams.roster_columns import COLUMNS, written
from blueprints.bargaining.teams.roster_forms import RosterForm
from blueprints.bargaining.teams.roster_sheets import Desk, Roster
from blueprints.bargaining.teams.views import SIDE
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import said
from blueprints.shared.uploads import upload
from rules.broken import RuleBroken
from tenants.clock import today
from tenants.db import db
from tenants.roles import May


@bp.get(f"/<int:case_id>/teams/{SIDE}/list")
@requires(May.CASES_EDIT)
def new_roster(case_id: int, side: str) -> ResponseReturnValue:
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    form = RosterForm(formdata=None, side=Side(side), data={"chosen_on": today()})
    return roster_page(case, Side(side), form)


@bp.post(f"/<int:case_id>/teams/{SIDE}/list")
@requires(May.CASES_EDIT)
def create_roster(case_id: int, side: str) -> ResponseReturnValue:
    """Seat everybody on the list, or nobody: what is wrong is said by row and column."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT, lock=True)
    form = RosterForm(side=Side(side))
    roster = read_in(case, Side(side), form) if form.validate() else Roster()
    if form.errors or roster.faults or not seat_all(case, side, roster, form):
        return roster_page(case, Side(side), form, roster), 422
    db.session.commit()
    say_done(roster)
    return moved(url_for(".teams", case_id=case.id))


@bp.get(f"/<int:case_id>/teams/{SIDE}/blank.<any(xlsx, csv):kind>")
@requires(May.CASES_EDIT)
def roster_blank(case_id: int, side: str, kind: str) -> ResponseReturnValue:
    """An empty sheet with the columns, to be filled in at the enterprise."""
    case = queries.seen(case_id, viewer(), May.CASES_EDIT)
    return sheet(kind, f"{case.name}-{said(SIDES[side])}", heads(), [])


@bp.get(f"/<int:case_id>/teams/{SIDE}/export.<any(xlsx, csv):kind>")
@requires(May.CASES_EXPORT)
def roster_export(case_id: int, side: str, kind: str) -> ResponseReturnValue:
    """The side as it sits now, in the same columns."""
    case = queries.seen(case_id, viewer(), May.CASES_EXPORT)
    firms = {row.enterprise_id: row.name for row in queries.enterprises_of(case.id, still=False)}
    rows = [written(one, firms, said) for one in queries.representatives_of(case.id, side)]
    return sheet(kind, f"{case.name}-{said(SIDES[side])}", heads(), rows)


def heads() -> list[str]:
    return [said(column.label) for column in COLUMNS]


def read_in(case: BargainingCase, side: Side, form: RosterForm) -> Roster:
    """The list as a roster; what cannot be opened as a list is an error of its field."""
    field = form.file if form.file.data else form.lines
    firms, here = queries.enterprises_of(case.id), queries.representatives_of(case.id, side)
    try:
        rows = roster_sheets.lines_of(form.bytes_())
        form.lines.data = roster_sheets.as_lines(rows) if form.file.data else form.lines.data
        return roster_sheets.read(rows, Desk(side, firms, here, form.otherwise()))
    except RuleBroken as broken:
        field.errors = [*field.errors, said(broken.text)]
        return Roster()


def seat_all(case: BargainingCase, side: str, roster: Roster, form: RosterForm) -> bool:
    proof = upload(form.record, "representative", case, by_id=viewer().id)
    if not proof.fine:
        return False
    for one in roster.people:
        facts = {key: value for key, value in one.items() if key != "row"}
        team_actions.choose(case, side, facts, record_id=proof.document_id)
    return True


def say_done(roster: Roster) -> None:
    count = len(roster.people)
    flash(_("People entered: %(num)s.", num=count), "ok")
    if roster.left_out:
        flash(_("Columns left out: %(names)s.", names="、".join(roster.left_out)), "warning")


def roster_page(
    case: BargainingCase, side: Side, form: RosterForm, roster: Roster | None = None
) -> str:
    return render_template(
        "bargaining/roster_list.html", case=case, form=form, side=side, side_words=SIDES[side],
        roster=roster or Roster(), columns=[column.label for column in COLUMNS],
        ways=[CHOSEN[key] for key in WAYS[side]],
    )  # fmt: skip
