"""The acts of meetings, drafts, votes, signatures and disputes, and the one page they all share.

An act says what it is called, what will happen, what has to be typed, and why it cannot be done
now. Its page shows the form; the deed runs under the lock of the case; a rule that forbids it
answers on the form, and nothing that was typed is lost.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.bargaining.ground.models import BargainingCase
from blueprints.shared.forms import Form
from blueprints.shared.guards import Viewer, requires, viewer
from blueprints.shared.htmx import moved
from blueprints.shared.languages import said
from blueprints.shared.uploads import upload
from rules.broken import RuleBroken
from rules.words import Text
from tenants.db import db
from tenants.roles import May

bp = Blueprint("table", __name__, url_prefix="/<tenant>")
NOT_YOURS = Text("您的角色不含这项权限。", "Your role does not include it.")
Files = dict[str, int | None]


@dataclass(frozen=True)
class Context:
    """What an act works on: the case, the row, who does it, and the files that came with it."""

    case: BargainingCase
    row: Any
    by_id: int
    files: Files


Deed = Callable[[Context, Any], Any]
Find = Callable[..., tuple[BargainingCase, Any]]


def always(_case: BargainingCase, _row: Any) -> Text | None:
    """An act that nothing stands in the way of."""


def nothing(_case: BargainingCase, _row: Any) -> dict[str, Any]:
    """A form that begins empty."""
    return {}


@dataclass(frozen=True)
class DeskAct:
    """One thing somebody can do. `files` names the upload fields and what each is for.

    `leads`: where to go once it is done, where that is not the page of the desk.
    """

    name: str
    label: Text
    says: Text
    form: type[Form]
    deed: Deed
    why_not: Callable[[BargainingCase, Any], Text | None] = always
    known: Callable[[BargainingCase, Any], dict[str, Any]] = nothing
    permission: May = May.CASES_EDIT
    files: Mapping[str, str] = field(default_factory=dict)
    grave: bool = False
    leads: Callable[[BargainingCase, Any], str] | None = None


@dataclass(frozen=True)
class Desk:
    """The acts on one kind of row: where they are, how to find the row, where its page is."""

    noun: str
    path: str  # "meetings/<int:meeting_id>"
    ident: str
    find: Find
    back: Callable[[BargainingCase, Any], str]
    acts: Mapping[str, DeskAct]


def made_of(*acts: DeskAct) -> dict[str, DeskAct]:
    return {act.name: act for act in acts}


def open_desk(desk: Desk) -> None:
    """Give every act of a desk its address."""
    for act in desk.acts.values():
        bp.add_url_rule(
            f"/{desk.path}/{act.name}",
            endpoint=endpoint_of(desk, act),
            view_func=requires(act.permission)(page_of(desk, act)),
            methods=["GET", "POST"],
        )


def endpoint_of(desk: Desk, act: DeskAct) -> str:
    return f"{desk.noun}_{act.name.replace('-', '_')}"


def page_of(desk: Desk, act: DeskAct) -> Callable[..., ResponseReturnValue]:
    """One view for the question and the deed."""

    def view(**ident: int) -> ResponseReturnValue:
        posted = request.method == "POST"
        case, row = desk.find(ident[desk.ident], viewer(), act.permission, lock=posted)
        if not posted:
            form = form_of(act, case, row, formdata=None, data=act.known(case, row))
            return shown(desk, act, case, row, form)
        form = form_of(act, case, row)
        if not form.validate() or not done(act, case, row, form):
            case, row = desk.find(ident[desk.ident], viewer(), act.permission)
            return shown(desk, act, case, row, form), 422
        db.session.commit()
        flash(_("Done: %(act)s.", act=said(act.label)), "ok")
        return moved((act.leads or desk.back)(case, row))

    return view


def form_of(act: DeskAct, case: BargainingCase, row: Any, **known: Any) -> Any:
    """The form, told what it is about where its choices depend on that."""
    form = act.form(**known)
    about = getattr(form, "about", None)
    if about is not None:
        about(case, row)
    return form


def done(act: DeskAct, case: BargainingCase, row: Any, form: Any) -> bool:
    """Do it. What the rules forbid comes back as an error of the form, and nothing is kept."""
    files: Files = {}
    for name, purpose in act.files.items():
        proof = upload(form[name], purpose, case, by_id=viewer().id)
        files[name] = proof.document_id
        if not proof.fine:
            db.session.rollback()
            return False
    try:
        _demand_open(act, case, row)
        act.deed(Context(case, row, viewer().id, files), form)
        db.session.flush()
    except RuleBroken as broken:
        db.session.rollback()
        form.form_errors.append(in_words(broken))
        return False
    return True


def _demand_open(act: DeskAct, case: BargainingCase, row: Any) -> None:
    why = act.why_not(case, row)
    if why is not None:
        raise RuleBroken(why)


def in_words(broken: RuleBroken) -> str:
    article = f" ({said(broken.article)})" if broken.article else ""
    return f"{said(broken.text)}{article}"


def shown(desk: Desk, act: DeskAct, case: BargainingCase, row: Any, form: Any) -> str:
    return render_template(
        "bargaining/form.html", case=case, form=form, title=said(act.label),
        heading=_("What will happen"), note=act.says, action=request.path,
        submit=said(act.label), back=desk.back(case, row), grave=act.grave,
    )  # fmt: skip


def acts_on(
    desk: Desk, case: BargainingCase, row: Any, person: Viewer
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What this person can do with the row now, and what not, each with its reason."""
    opened: list[dict[str, Any]] = []
    closed: list[dict[str, Any]] = []
    for act in desk.acts.values():
        words = said(act.label)
        why = act.why_not(case, row)
        if not person.may(act.permission):
            closed.append({"label": words, "why": NOT_YOURS})
        elif why is not None:
            closed.append({"label": words, "why": why})
        else:
            url = url_for(f"table.{endpoint_of(desk, act)}", **{desk.ident: row.id})
            opened.append(
                {"label": words, "act": words, "url": url, "why": act.says, "grave": act.grave,
                 "main": not act.grave and not any(one["main"] for one in opened)}
            )  # fmt: skip
    return opened, closed
