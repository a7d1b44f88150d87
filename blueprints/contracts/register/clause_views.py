"""Recording the clauses of a contract that was taken over, one by one, and correcting them."""

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from blueprints.contracts.ground import queries
from blueprints.contracts.ground.asking import ask
from blueprints.contracts.ground.models import Contract, ContractClause
from blueprints.contracts.register import clause_actions as actions
from blueprints.contracts.register.clause_forms import ClauseForm, as_it_is
from blueprints.contracts.register.views import bp
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import moved
from rules.words import Text
from tenants.db import db
from tenants.roles import May

RECORD = Text("补录条款", "Record a clause")
SAYS = Text(
    "照双方签字的合同文本录入，履约检查逐条进行；台账导入的合同没有条款时无法检查。",
    "Copy it from the paper both sides signed: checks go clause by clause, and a contract taken "
    "over from a sheet has none until somebody records them.",
)
CORRECT = Text("更正条款", "Correct the clause")


@bp.route("/<int:contract_id>/clauses/new", methods=["GET", "POST"])
@requires(May.CONTRACTS_EDIT)
def new_clause(contract_id: int) -> ResponseReturnValue:
    """Record one more clause."""
    contract = locked(contract_id)
    form = ClauseForm()
    if request.method == "GET" or not form.validate():
        return again(contract, RECORD, form)
    actions.record_clause(contract, form.said())
    db.session.commit()
    return moved(url_for(".show", contract_id=contract.id, _anchor="clauses"))


@bp.route("/<int:contract_id>/clauses/<int:clause_id>", methods=["GET", "POST"])
@requires(May.CONTRACTS_EDIT)
def edit_clause(contract_id: int, clause_id: int) -> ResponseReturnValue:
    """Put right what was copied wrongly."""
    contract = locked(contract_id)
    clause = db.session.scalar(
        select(ContractClause).where(
            ContractClause.id == clause_id, ContractClause.contract_id == contract.id
        )
    ) or abort(404)
    known = {} if request.method == "POST" else {"formdata": None, "data": as_it_is(clause)}
    form = ClauseForm(**known)
    if request.method == "GET" or not form.validate():
        return again(contract, CORRECT, form)
    actions.correct_clause(contract, clause, form.said())
    db.session.commit()
    return moved(url_for(".show", contract_id=contract.id, _anchor="clauses"))


def locked(contract_id: int) -> Contract:
    return queries.seen(contract_id, viewer(), May.CONTRACTS_EDIT, lock=request.method == "POST")


def again(contract: Contract, title: Text, form: ClauseForm) -> ResponseReturnValue:
    status = 200 if request.method == "GET" else 422
    back = url_for(".show", contract_id=contract.id)
    return ask(title, form, back=back, says=SAYS, about=contract.name, status=status)
