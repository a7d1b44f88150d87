"""Whom a contract binds: the list, new enterprises of the trade, the basis of each, who left."""

from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.contracts.ground import queries
from blueprints.contracts.ground.labels import MEMBER_BASES
from blueprints.contracts.ground.membership_models import LeavingReason, Membership, MembershipState
from blueprints.contracts.ground.membership_words import REASONS, state_label, state_look
from blueprints.contracts.ground.models import Contract
from blueprints.contracts.membership import actions as members
from blueprints.contracts.membership import lists as member_lists
from blueprints.contracts.register.forms import LeaveForm, MemberForm
from blueprints.contracts.register.views import bp
from blueprints.registry.areas import area_name
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from blueprints.shared.links import same_questions
from blueprints.shared.uploads import upload
from rules.binding import Basis
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

WORDS = {
    "bases": MEMBER_BASES,
    "state": state_label,
    "look": state_look,
    "reasons": REASONS,
    "area": area_name,
}


@bp.get("/<int:contract_id>/members")
@requires(May.CONTRACTS_READ)
def member_list(contract_id: int) -> ResponseReturnValue:
    """The enterprises of a contract, each with its basis and since when it is bound."""
    contract = queries.seen(contract_id, viewer())
    asked = member_lists.Asked.of(request.args)
    return page(
        "contracts/members.html",
        fragment="contracts/_member_list.html",
        contract=contract,
        asked=asked,
        page=member_lists.page_of(contract.id, viewer(), asked),
        total=member_lists.how_many(contract.id, viewer(), asked),
        states=[(str(one), said(state_label(one))) for one in MembershipState],
        bases=[(str(name), said(words)) for name, words in MEMBER_BASES.items()],
        words=WORDS,
        wanted=members.wanted_here(contract),
        article=members.article_here(),
        may_open=member_lists.may_open(contract.id, viewer()),
        newcomers=members.how_many_new(contract) if viewer().may(May.CONTRACTS_EDIT) else 0,
        exports=export_links(contract),
    )


@bp.get("/<int:contract_id>/members/export.<any(xlsx, csv):kind>")
@requires(May.CONTRACTS_EXPORT)
def member_export(contract_id: int, kind: str) -> ResponseReturnValue:
    """Just what is filtered, as a sheet."""
    contract = queries.seen(contract_id, viewer(), May.CONTRACTS_EXPORT)
    asked = member_lists.Asked.of(request.args)
    query = member_lists.members(contract.id, viewer(), asked)
    order = [key.ordered for key in member_lists.order_of(asked.sort)]
    rows = db.session.execute(query.order_by(*order))
    name = f"{contract.document_no} {_('members')}"
    return sheet(kind, name, member_lists.heads(), member_lists.sheet_rows(rows))


@bp.post("/<int:contract_id>/members/newcomers")
@requires(May.CONTRACTS_EDIT)
def add_newcomers(contract_id: int) -> ResponseReturnValue:
    """Put the new enterprises of the trade and area on the list, for somebody to look at."""
    contract = queries.seen(contract_id, viewer(), May.CONTRACTS_EDIT, lock=True)
    added = members.flag_newcomers(contract)
    db.session.commit()
    words = ngettext("%(num)s enterprise was added.", "%(num)s enterprises were added.", added)
    flash(words, "ok")
    return moved(url_for(".member_list", contract_id=contract.id, flagged="yes"))


@bp.get("/<int:contract_id>/members/basis")
@requires(May.CONTRACTS_EDIT)
def new_basis(contract_id: int) -> ResponseReturnValue:
    """Record one basis for the enterprises that were picked."""
    contract = queries.seen(contract_id, viewer(), May.CONTRACTS_EDIT)
    form = MemberForm(formdata=None, data={"on": today()})
    return basis_page(contract, form)


@bp.post("/<int:contract_id>/members/basis")
@requires(May.CONTRACTS_EDIT)
def create_basis(contract_id: int) -> ResponseReturnValue:
    contract = queries.seen(contract_id, viewer(), May.CONTRACTS_EDIT, lock=True)
    form = MemberForm()
    rows = picked(contract, request.form)
    if not form.validate() or not rows:
        return basis_page(contract, form, rows), 422
    file = upload(form.evidence, "contract.member", contract, by_id=viewer().id)
    if not file.fine:
        return basis_page(contract, form, rows), 422
    for row in rows:
        members.confirm(
            row, contract, Basis(form.basis.data), on=form.on.data, note=form.note.data or "",
            evidence_id=file.document_id, by_id=viewer().id,
        )  # fmt: skip
    members.bases_recorded(contract, len(rows), Basis(form.basis.data))
    db.session.commit()
    flash(_("The basis is on record."), "ok")
    return moved(url_for(".member_list", contract_id=contract.id))


@bp.get("/<int:contract_id>/members/<int:membership_id>/leaving")
@requires(May.CONTRACTS_EDIT)
def new_leaving(contract_id: int, membership_id: int) -> ResponseReturnValue:
    contract = queries.seen(contract_id, viewer(), May.CONTRACTS_EDIT)
    row = member_of(contract, membership_id)
    return leaving_page(contract, row, LeaveForm(formdata=None, data={"on": today()}))


@bp.post("/<int:contract_id>/members/<int:membership_id>/leaving")
@requires(May.CONTRACTS_EDIT)
def create_leaving(contract_id: int, membership_id: int) -> ResponseReturnValue:
    """It is no longer bound; what was binding before stays on record."""
    contract = queries.seen(contract_id, viewer(), May.CONTRACTS_EDIT, lock=True)
    row = member_of(contract, membership_id, lock=True)
    form = LeaveForm()
    if not form.validate():
        return leaving_page(contract, row, form), 422
    members.leave(
        row, contract, LeavingReason(form.reason.data), on=form.on.data, note=form.note.data or ""
    )
    db.session.commit()
    return moved(url_for(".member_list", contract_id=contract.id))


def picked(contract: Contract, source: Any) -> list[Membership]:
    """The rows that were ticked, of this contract and no other, locked."""
    ids = [int(one) for one in source.getlist("id") if one.isdecimal()][:2000]
    found = [queries.get_membership(one, lock=True) for one in dict.fromkeys(ids)]
    return [one for one in found if one.contract_id == contract.id]


def member_of(contract: Contract, membership_id: int, *, lock: bool = False) -> Membership:
    found = queries.get_membership(membership_id, lock=lock)
    return found if found.contract_id == contract.id else abort(404)


def basis_page(contract: Contract, form: MemberForm, rows: list[Membership] | None = None) -> str:
    known = rows if rows is not None else picked_for_reading(contract)
    names = queries.names_of_firms([one.enterprise_id for one in known])
    return render_template(
        "contracts/basis.html", contract=contract, form=form, rows=known, names=names,
        wanted=members.wanted_here(contract), article=members.article_here(),
    )  # fmt: skip


def picked_for_reading(contract: Contract) -> list[Membership]:
    ids = [int(one) for one in request.args.getlist("id") if one.isdecimal()][:2000]
    found = [queries.get_membership(one) for one in dict.fromkeys(ids)]
    return [one for one in found if one.contract_id == contract.id]


def leaving_page(contract: Contract, row: Membership, form: LeaveForm) -> str:
    name = queries.names_of_firms([row.enterprise_id]).get(row.enterprise_id, "")
    return render_template(
        "contracts/leaving.html", contract=contract, row=row, form=form, name=name
    )


def export_links(contract: Contract) -> list[tuple[str, str]]:
    if not viewer().may(May.CONTRACTS_EXPORT):
        return []
    return [
        (
            kind.upper(),
            same_questions(url_for(".member_export", contract_id=contract.id, kind=kind)),
        )
        for kind in ("xlsx", "csv")
    ]
