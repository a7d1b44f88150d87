"""The pages of the deeds on a contract: what will happen, what has to be typed, the button."""

from collections.abc import Callable
from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.contracts.deeds.acts import DEEDS, Deed, endpoint
from blueprints.contracts.forecast import successors
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.clocks import FILE, rule_of
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.register.views import bp
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import said
from blueprints.shared.uploads import upload
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

FILES = ("scan", "photo")


def page_of(deed: Deed) -> Callable[[int], ResponseReturnValue]:
    """One view for the question and the deed."""

    def view(contract_id: int) -> ResponseReturnValue:
        writes = request.method == "POST"
        contract = queries.seen(contract_id, viewer(), deed.permission, lock=writes)
        form = made(deed, contract, writes=writes)
        if not writes:
            return shown(deed, contract, form)
        if not form.validate():
            return shown(deed, contract, form), 422
        document = None
        for name in FILES:
            if name in form:
                file = upload(form[name], f"contract.{deed.name}", contract, by_id=viewer().id)
                if not file.fine:
                    return shown(deed, contract, form), 422
                document = file.document_id
        deed.do(contract, form, viewer().id, document)
        db.session.commit()
        flash(_("Done: %(act)s.", act=said(deed.label)), "ok")
        return moved(url_for(".show", contract_id=contract.id))

    return view


def made(deed: Deed, contract: Contract, *, writes: bool) -> Any:
    """The form, with what is known already."""
    if writes:
        form = deed.form(contract=contract)
    else:
        days = dict.fromkeys(
            ("handed_in_on", "received_on", "asked_on", "supplied_on", "delivered_on", "from_on",
             "on", "voted_on"), today(),
        )  # fmt: skip
        known = {
            **days,
            "filer": "employer",
            "filer_name": contract.employer_side,
            "authority_name": contract.authority_name or "",
        }
        form = deed.form(formdata=None, data=known, contract=contract)
    if "enterprise_id" in form:
        form["enterprise_id"].choices = queries.bound_choices(contract.id)
    return form


def shown(deed: Deed, contract: Contract, form: Any) -> str:
    rule = rule_of(FILE, contract, contract.signed_on or today())
    return render_template(
        "contracts/act.html", deed=deed, contract=contract, form=form, file_rule=rule
    )


@bp.post("/<int:contract_id>/following")
@requires(May.CASES_EDIT)
def follow(contract_id: int) -> ResponseReturnValue:
    """One click: the case of its renewal, or of the change both sides agreed on."""
    contract = queries.seen(contract_id, viewer(), lock=True)
    case = successors.start(contract, by_id=viewer().id)
    db.session.commit()
    return moved(url_for("cases.show", case_id=case.id))


for one in DEEDS.values():
    bp.add_url_rule(
        f"/<int:contract_id>/{one.name}",
        endpoint=endpoint(one),
        view_func=requires(one.permission)(page_of(one)),
        methods=["GET", "POST"],
    )
