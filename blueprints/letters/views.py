"""The official texts (文书模板): read, tried on real cases, reworded, decided on, compared."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.utils import redirect

from blueprints.letters import actions, cards, preview, queries
from blueprints.letters.comparison import changes
from blueprints.letters.forms import DecisionForm, ReturnForm, WordingForm
from blueprints.letters.pages import chosen_version, show_page, versions_of, words
from blueprints.notices.letters.texts import LetterText, read_text
from blueprints.notices.wordings import LetterWording, text_in_force
from blueprints.offers.campaigns.wording import read_bodies, rebuilt, wording_faults
from blueprints.shared.exports import sheet
from blueprints.shared.guards import requires, viewer
from blueprints.shared.htmx import page
from blueprints.shared.languages import language, said
from rules.broken import RuleBroken
from rules.words import Text
from tenants.db import db
from tenants.roles import May

__all__ = ["bp", "cards"]
bp = Blueprint("letters", __name__, url_prefix="/<tenant>/letters")


@bp.get("")
@requires(May.TEMPLATES_READ)
def index() -> ResponseReturnValue:
    wanted = queries.Wanted.from_args(request.args)
    return page(
        "letters/index.html",
        fragment="letters/_list.html",
        wanted=wanted,
        lines=queries.lines(wanted),
        **words(),
    )


@bp.get("/export.<any(xlsx, csv):file>")
@requires(May.TEMPLATES_READ)
def export(file: str) -> ResponseReturnValue:
    heads = [_("Id"), _("Title"), _("Form"), _("Wording"), _("Version"), _("Fingerprint")]
    told = words()
    rows = (
        (
            line.text.id,
            said(line.text.title),
            str(told["forms"].get(line.text.form, line.text.form)),
            str(told["standings"][line.standing]),
            line.in_force.number if line.in_force else None,
            line.in_force.digest if line.in_force else line.text.version,
        )
        for line in queries.lines(queries.Wanted.from_args(request.args))
    )
    return sheet(file, str(_("Letter templates")), heads, rows)


@bp.get("/<text_id>")
@requires(May.TEMPLATES_READ)
def show(text_id: str) -> ResponseReturnValue:
    line = queries.line_of(text_id)
    return page(
        "letters/show.html", fragment="letters/_preview.html", **show_page(line, request.args)
    )


@bp.get("/<text_id>/versions")
@requires(May.TEMPLATES_READ)
def versions(text_id: str) -> ResponseReturnValue:
    """Two versions compared; without a choice, the newest with the one before it."""
    line = queries.line_of(text_id)
    known = versions_of(line)
    newest = max(known)
    before = chosen_version(known, request.args.get("before", ""), max(0, newest - 1))
    after = chosen_version(known, request.args.get("after", ""), newest)
    return page(
        "letters/versions.html",
        fragment="letters/_changes.html",
        line=line,
        known=known,
        before=before,
        after=after,
        changes=changes(known[before], known[after]),
        **words(),
    )


@bp.get("/<text_id>/wording")
@requires(May.TEMPLATES_EDIT)
def new(text_id: str) -> ResponseReturnValue:
    """The words as they are, to be changed; `number` takes up another version, 0 the official."""
    line = queries.line_of(text_id)
    known = versions_of(line)
    number = chosen_version(known, request.args.get("number", ""), -1)
    bodies = read_bodies(known[number] if number >= 0 else text_in_force(text_id).source)
    return wording_page(line, WordingForm(formdata=None, data=bodies))


@bp.post("/<text_id>/wording")
@requires(May.TEMPLATES_EDIT)
def create(text_id: str) -> ResponseReturnValue:
    """Propose the wording, unless something in it keeps a letter from being made."""
    line = queries.line_of(text_id)
    form = WordingForm()
    fine = form.validate() or bool(request.form.get("look") and set(form.errors) == {"note"})
    source = source_of(line.text, form)
    if not fine or not wording_faults(form, source, line.text):
        return wording_page(line, form), 422
    if request.form.get("look"):
        form.note.errors = ()
        return wording_page(line, form, look=read_text(source))
    try:
        actions.propose(text_id, source, form.note.data or "", by_id=viewer().id)
    except RuleBroken as refused:
        form.form_errors.append(said(refused.text))
        return wording_page(line, form), 409
    db.session.commit()
    flash(_("Proposed. It is in force once somebody else has approved it."), "ok")
    return redirect(url_for(".show", text_id=text_id), 303)


@bp.post("/<text_id>/approval")
@requires(May.TEMPLATES_APPROVE)
def approve(text_id: str) -> ResponseReturnValue:
    line, form = queries.line_of(text_id), DecisionForm()
    wording = proposed(text_id, form.number.data)
    if not form.validate():
        return show_again(line, decision=form), 422
    actions.approve(wording, by_id=viewer().id, note=form.note.data or "")
    db.session.commit()
    flash(_("Approved. What is written from now on uses this wording."), "ok")
    return redirect(url_for(".show", text_id=text_id), 303)


@bp.post("/<text_id>/return")
@requires(May.TEMPLATES_APPROVE)
def send_back(text_id: str) -> ResponseReturnValue:
    line, form = queries.line_of(text_id), ReturnForm()
    wording = proposed(text_id, form.number.data)
    if not form.validate():
        return show_again(line, returning=form), 422
    actions.send_back(wording, by_id=viewer().id, note=form.reason.data or "")
    db.session.commit()
    flash(_("Sent back with your note."), "ok")
    return redirect(url_for(".show", text_id=text_id), 303)


@bp.post("/<text_id>/withdrawal")
@requires(May.TEMPLATES_EDIT)
def withdraw(text_id: str) -> ResponseReturnValue:
    queries.line_of(text_id)
    wording = proposed(text_id, request.form.get("number"))
    actions.withdraw(wording, by_id=viewer().id)
    db.session.commit()
    flash(_("Withdrawn."), "ok")
    return redirect(url_for(".show", text_id=text_id), 303)


def proposed(text_id: str, number: str | None) -> LetterWording:
    """The open proposal, locked. Raises RuleBroken when it is not the one that was read."""
    found = queries.open_proposal(text_id, lock=True)
    if found is None or str(found.number) != str(number):
        raise RuleBroken(
            Text(
                "您看到的版本已经不在等待批准，请重新打开页面。",
                "The version you read does not wait any more; open the page again.",
            )
        )
    return found


def source_of(official: LetterText, form: WordingForm) -> str:
    """What was typed as a source; the official source itself where the words are the same."""
    source = rebuilt(official.source, form.zh.data or "", form.en.data or "")
    return official.source if read_bodies(source) == read_bodies(official.source) else source


def wording_page(line: queries.Line, form: WordingForm, look: LetterText | None = None) -> str:
    lang = preview.LANGS[language()]
    return render_template(
        "letters/wording.html",
        line=line,
        form=form,
        look=preview.example(look, lang) if look else "",
        placeholders=[
            (f"{{{{ {name} }}}}", said(holder.meaning))
            for name, holder in line.text.placeholders.items()
        ],
        **words(),
    )


def show_again(line: queries.Line, **forms: Any) -> str:
    return render_template("letters/show.html", **{**show_page(line, request.args), **forms})
