"""The page that says why one has 140 enterprises and another 60; and the weights."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from blueprints.registry.areas import city_of
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires
from blueprints.shared.htmx import moved
from blueprints.shared.languages import said
from blueprints.shared.tenancy import require
from blueprints.shared.trail.words import history
from blueprints.supervisors import balance as scales
from blueprints.supervisors import labels, people, policy_actions
from blueprints.supervisors.plan_forms import PolicyForm
from blueprints.supervisors.views import bp
from tenants import trail
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

WHY = {
    "barred": _l("May be given nobody at present: %(bar)s."),
    "over": _l("Has %(by)s weighted cases more than the capacity."),
    "capacity": _l("Can take %(capacity)s weighted cases; %(usual)s is usual here."),
    "elsewhere": _l("Spends %(percent)s%% of the time on other work."),
    "heavier": _l("The enterprises are heavy: %(average)s each on average, %(mean)s in the city."),
    "lighter": _l("The enterprises are light: %(average)s each on average, %(mean)s in the city."),
    "ties": _l("Steps aside from %(count)s firms."),
    "history": _l("Within a year gained %(gained)s and gave away %(lost)s."),
    "room": _l("Has room for %(room)s weighted cases more than now."),
}


@bp.get("/load")
@requires(May.SUPERVISORS_READ)
def balance() -> ResponseReturnValue:
    """Load, limits, wishes, conflicts and history of everybody, side by side, with the reasons."""
    whole = scales.balance(today())
    return render_template(
        "supervisors/balance.html",
        whole=whole,
        why={row.supervisor.id: sentences(row, whole) for row in whole.rows},
        bars=people.BARS,
        unmet=people.UNMET,
        exports=[(kind.upper(), url_for(".export_balance", kind=kind)) for kind in ("xlsx", "csv")],
    )


@bp.get("/load.<any(xlsx, csv):kind>")
@requires(May.SUPERVISORS_READ)
def export_balance(kind: str) -> ResponseReturnValue:
    whole = scales.balance(today())
    heads = [
        _("Supervisor"), _("Enterprises"), _("Weighted load"), _("Weighted capacity"),
        _("Weight of each"), _("Steps aside from"), _("Gained within a year"),
        _("Given away within a year"), _("Why"),
    ]  # fmt: skip
    rows = (
        (
            row.supervisor.name, row.cases, round(row.load, 1), row.person.capacity,
            round(row.average, 2), row.ties, row.gained, row.lost,
            " ".join(sentences(row, whole)),
        )
        for row in whole.rows
    )  # fmt: skip
    return sheet(kind, _("Load of each supervisor"), heads, rows)


@bp.get("/weights")
@requires(May.SUPERVISORS_READ)
def policy() -> ResponseReturnValue:
    """How cases are weighed and what each wish counts."""
    return policy_page(PolicyForm(formdata=None, obj=people.policy()))


@bp.post("/weights")
@requires(May.SUPERVISORS_EDIT, citywide=True)
def save_policy() -> ResponseReturnValue:
    """Set the weights; plans worked out from now on go by them."""
    form = PolicyForm()
    if not form.validate():
        return policy_page(form), 422
    values = {name: value for name, value in form.data.items() if name != "csrf_token"}
    codes = [area.code for area in city_of(require().division).areas]
    values["circuits"] = given("circuit", codes)
    values["languages"] = given("language", codes)
    policy_actions.set_policy(values)
    db.session.commit()
    flash(_("Saved"), "ok")
    return moved(url_for(".policy"))


def given(name: str, codes: list[str]) -> dict[str, str]:
    """What was chosen for each area; nothing chosen is nothing kept."""
    found = {code: request.form.get(f"{name}-{code}", "").strip()[:20] for code in codes}
    return {code: value for code, value in found.items() if value}


def sentences(row: scales.Standing, whole: scales.Balance) -> list[str]:
    found = []
    for key, figures in scales.reasons(row, whole):
        shown: dict[str, Any] = {
            name: said(people.BARS[value]) if name == "bar" else value
            for name, value in figures.items()
        }
        found.append(str(WHY[key]) % shown)
    return found


def policy_page(form: PolicyForm) -> str:
    stored = people.policy()
    return render_template(
        "supervisors/policy.html",
        form=form,
        areas=city_of(require().division).areas,
        circuits=stored.circuits,
        spoken=stored.languages,
        languages=labels.LANGUAGES,
        history=history(trail.of(("assigning_policy", policy_actions.policy_id()), newest=10)),
    )
