"""The rules: the effective book of the federation's place, one rule, confirming and correcting."""

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.rulebook import actions, lists, pages, queries
from blueprints.rulebook.forms import RuleForm, WithdrawalForm, rule_form
from blueprints.rulebook.lists import Wanted, kind_of
from blueprints.rulebook.wording import words
from blueprints.shared.exports import sheet
from blueprints.shared.guards import Viewer, requires, viewer
from blueprints.shared.htmx import moved, page
from blueprints.shared.languages import said
from blueprints.shared.tenancy import require
from rules.books import book_for
from rules.law import Rule
from rules.saying import answer_of
from rules.shelf import catalogue, topics
from tenants.clock import today
from tenants.db import db
from tenants.roles import May

bp = Blueprint("rules", __name__, url_prefix="/<tenant>/rules")


@bp.get("")
@requires(May.RULES_READ)
def index() -> ResponseReturnValue:
    """What applies here, question by question, with the nation's value beside it."""
    wanted = Wanted.from_args(request.args)
    found = lists.lines(wanted, today())
    return page(
        "rulebook/index.html",
        fragment="rulebook/_list.html",
        wanted=wanted,
        count=len(found),
        counts=lists.counts(today(), wanted.kind),
        groups=[(None, found)] if wanted.sort else lists.grouped(found),
        topics=topics(),
        version=queries.book(today()).version,
        **words(),
    )


@bp.get("/export.<any(xlsx, csv):file>")
@requires(May.RULES_READ)
def export(file: str) -> ResponseReturnValue:
    wanted = Wanted.from_args(request.args)
    name = _("Rules %(place)s %(day)s", place=require().division, day=today().isoformat())
    rows = lists.sheet_rows(lists.lines(wanted, today()), wanted.kind)
    return sheet(file, name, lists.heads(), rows)


@bp.get("/public")
@requires(May.ANYONE)
def public_index() -> ResponseReturnValue:
    """All rules for anyone who asks why a day is what it is."""
    kind = kind_of(request.args.get("kind", ""))
    groups = pages.public_list(today(), kind)
    return render_template("rulebook/public_index.html", groups=groups, kind=kind, **words())


@bp.get("/public/<path:key>")
@requires(May.ANYONE)
def public(key: str) -> ResponseReturnValue:
    """One rule without an account: the same content, but not who entered it."""
    return _one(key, "rulebook/public.html", person=None)


@bp.get("/<path:key>")
@requires(May.RULES_READ)
def show(key: str) -> ResponseReturnValue:
    return _one(key, "rulebook/show.html", person=viewer())


@bp.get("/<path:key>/confirmation")
@requires(May.RULES_CONFIRM)
def new(key: str) -> ResponseReturnValue:
    return _form(key)


@bp.post("/<path:key>/confirmation")
@requires(May.RULES_CONFIRM)
def create(key: str) -> ResponseReturnValue:
    """Confirm the rule for this federation, or correct what was confirmed."""
    form = rule_form(_rule(key), today=today(), kind=_kind())
    if not form.validate():
        return _form(key, form), 422
    record = actions.confirm(key, form.facts(), by_id=viewer().id)
    db.session.commit()
    flash(_("Confirmed. Deadlines that start from now on are counted with it."), "ok")
    kind = record.kind if record.kind != "any" else _kind()
    return moved(url_for(".show", key=key, kind=kind))


@bp.post("/records/<int:record_id>/withdrawal")
@requires(May.RULES_CONFIRM)
def withdraw(record_id: int) -> ResponseReturnValue:
    """Take a record out of force, with the reason; it stays in the history."""
    record, form = queries.get_record(record_id), WithdrawalForm()
    if not form.validate():
        told = pages.rule_page(record.key, _kind(), request.args, viewer())
        told |= {"withdrawal": form, "withdrawing": record.id}
        return render_template("rulebook/show.html", **told), 422
    actions.withdraw(record, form.reason.data, by_id=viewer().id)
    db.session.commit()
    flash(_("Withdrawn. The record stays in the history."), "ok")
    return moved(url_for(".show", key=record.key, kind=_kind()))


def _one(key: str, template: str, *, person: Viewer | None) -> ResponseReturnValue:
    if key not in catalogue():
        abort(404)
    told = pages.rule_page(key, _kind(), request.args, person)
    status = 422 if told["try_form"].errors else 200
    return page(template, fragment="rulebook/_try.html", status=status, **told)


def _form(key: str, form: RuleForm | None = None) -> str:
    rule = _rule(key)
    national = book_for("000000", today()).rule(key, _kind())
    return render_template(
        "rulebook/confirm.html",
        form=form or rule_form(rule, today=today(), kind=_kind()),
        rule=rule,
        entry=catalogue()[key],
        national=national,
        national_answer=said(answer_of(national)),
        standing=[one for one in queries.records_of(key) if one.withdrawn_at is None],
        kind=_kind(),
        **words(),
    )


def _rule(key: str) -> Rule:
    if key not in catalogue():
        abort(404)
    return queries.book(today()).rule(key, _kind())


def _kind() -> str:
    return kind_of(request.args.get("kind", ""))
