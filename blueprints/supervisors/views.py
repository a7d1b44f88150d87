"""The room of the supervisors (指导员): the roster, one supervisor, engaging and correcting."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.registry.areas import area_name, city_of
from blueprints.registry.contributions import columns
from blueprints.registry.industries import industry_name
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from blueprints.shared.links import here
from blueprints.shared.tenancy import require
from blueprints.shared.trail.words import history
from blueprints.supervisors import actions, labels, queries, roster, roster_queries
from blueprints.supervisors.contributions import supervisor_column
from blueprints.supervisors.forms import SupervisorForm
from blueprints.supervisors.labels import ENGAGEMENTS
from blueprints.supervisors.models import SERVING, Supervisor
from rules.broken import RuleBroken
from rules.procedure import label, machine_of
from tenants import trail
from tenants.clock import today
from tenants.db import db, held
from tenants.roles import May

bp = Blueprint("supervisors", __name__, url_prefix="/<tenant>/supervisors")


@bp.get("")
@requires(May.SUPERVISORS_READ)
def index() -> ResponseReturnValue:
    """Everybody on the roster, with what each has on hand."""
    wanted = roster.Wanted.from_args(request.args)
    return page(
        "supervisors/index.html",
        fragment="supervisors/_list.html",
        wanted=wanted,
        page=roster.listing(wanted, today(), cursor=request.args.get("cursor")),
        total=roster.how_many(wanted, today()),
        waiting=queries.not_on_roster(),
        exports=sheets_of(".export"),
        **words(),
    )


@bp.get("/export.<any(xlsx, csv):kind>")
@requires(May.SUPERVISORS_READ)
def export(kind: str) -> ResponseReturnValue:
    """Just what is filtered, as a sheet."""
    loads = roster.loads()
    heads = [
        _("Supervisor"), _("Engaged"), _("Area"), _("Telephone"), _("Enterprises"),
        *(str(load.label) for load in loads), _("Left on"), _("State"), _("Role"), _("Post at"),
        _("Languages"), _("Industries known"), _("Weighted capacity"), _("Used elsewhere, %"),
        _("Certificate good until"), _("Term until"),
    ]  # fmt: skip
    rows = (
        (
            row.name, str(ENGAGEMENTS[row.engagement]), said(area_name(row.area_code)), row.phone,
            row.enterprises, *(getattr(row, load.name) for load in loads), row.left_on,
            said(label("engagement", row.state)), str(labels.SIDES[row.side]),
            str(labels.LEVELS[row.level]),
            _(", ").join(str(labels.LANGUAGES[one]) for one in row.languages),
            _(", ").join(said(industry_name(code)) for code in row.industries), row.capacity,
            row.elsewhere_percent, row.certified_until if row.certified_until != date.max
            else _("for good"), row.term_to,
        )
        for row in roster.for_export(roster.Wanted.from_args(request.args), today())
    )  # fmt: skip
    return sheet(kind, _("Supervisors"), heads, rows)


@bp.get("/new")
@requires(May.SUPERVISORS_EDIT)
def new() -> ResponseReturnValue:
    return edited(None, form_for(None))


@bp.post("")
@requires(May.SUPERVISORS_EDIT)
def create() -> ResponseReturnValue:
    """Put an account on the roster."""
    form = form_for(None)
    if not form.validate():
        return edited(None, form), 422
    account = queries.get_account(form.user_id.data)
    supervisor = actions.engage(account, **form.facts())
    db.session.commit()
    flash(_("%(name)s is on the roster.", name=supervisor.name), "ok")
    return moved(url_for(".show", supervisor_id=supervisor.id))


@bp.get("/<int:supervisor_id>")
@requires(May.SUPERVISORS_READ)
def show(supervisor_id: int) -> ResponseReturnValue:
    """One supervisor: portfolio, load, the periods that are over, and the trail."""
    supervisor = queries.get_supervisor(supervisor_id)
    asked = request.args.get("q", "").strip()[:100]
    cursor = request.args.get("cursor")
    served = queries.serves(supervisor, today(), q=asked, cursor=cursor)
    ids = [row.enterprise_id for row in served.rows]
    return page(
        "supervisors/show.html",
        fragment="supervisors/_portfolio.html",
        supervisor=supervisor,
        asked=asked,
        served=served,
        columns=[(label, make(ids)) for label, make in columns() if make is not supervisor_column],
        sums=queries.how_many_served(supervisor, today()),
        load=roster.load_of(supervisor, today()),
        before=queries.served_before(supervisor, today()),
        certificates=roster_queries.certificates(supervisor_id),
        standing_of=roster_queries.standing_of,
        held=held(supervisor),
        leaves=roster_queries.leaves(supervisor_id),
        ties=roster_queries.ties_of(supervisor_id),
        steps=machine_of("engagement").steps_from(supervisor.state),
        events=machine_of("engagement").events,
        certificate_kinds=labels.CERTIFICATES,
        tie_kinds=labels.TIES,
        history=history(trail.of(supervisor, newest=50)),
        **words(),
    )


@bp.get("/<int:supervisor_id>/edit")
@requires(May.SUPERVISORS_EDIT)
def edit(supervisor_id: int) -> ResponseReturnValue:
    supervisor = queries.supervisor_to_change(supervisor_id)
    return edited(supervisor, form_for(supervisor, formdata=None, obj=supervisor))


@bp.post("/<int:supervisor_id>")
@requires(May.SUPERVISORS_EDIT)
def update(supervisor_id: int) -> ResponseReturnValue:
    """Correct the facts; somebody who leaves must have handed everything over."""
    supervisor = queries.get_supervisor(supervisor_id, lock=True)
    form = form_for(supervisor)
    if form.validate():
        try:
            actions.correct(supervisor, **form.facts())
        except RuleBroken as broken:
            field = (
                form.side if broken.text == actions.LAW["supervisor_side_kept"] else form.left_on
            )
            field.errors = [said(broken.text)]
        else:
            db.session.commit()
            flash(_("Saved"), "ok")
            return moved(url_for(".show", supervisor_id=supervisor.id))
    return edited(supervisor, form), 422


def form_for(supervisor: Supervisor | None, **given: Any) -> SupervisorForm:
    accounts = queries.not_on_roster() if supervisor is None else None
    return SupervisorForm(city=city_of(require().division), accounts=accounts, **given)


def edited(supervisor: Supervisor | None, form: SupervisorForm) -> str:
    return render_template("supervisors/edit.html", supervisor=supervisor, form=form)


def sheets_of(endpoint: str, **known: Any) -> list[tuple[str, str]]:
    """Where the list shown, with what it is narrowed to, is taken away as a sheet."""
    question = here(cursor=None).partition("?")[2]
    tail = f"?{question}" if question else ""
    return [
        (kind.upper(), url_for(endpoint, kind=kind, **known) + tail) for kind in ("xlsx", "csv")
    ]


def words() -> dict[str, Any]:
    machine = machine_of("engagement")
    return {
        "engagements": ENGAGEMENTS,
        "sides": labels.SIDES,
        "levels": labels.LEVELS,
        "languages": labels.LANGUAGES,
        "states": {name: said(state.label) for name, state in machine.states.items()},
        "forever": date.max,
        "serving": SERVING,
        "soon": today() + roster_queries.SOON,
        "industry_name": industry_name,
        "loads": roster.loads(),
        "areas": [(area.code, said(area.name)) for area in city_of(require().division).areas],
    }
