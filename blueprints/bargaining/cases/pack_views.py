"""Browsing the topic packs: clauses by trade and by situation, every figure still a blank."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.bargaining.cases.views import bp
from blueprints.bargaining.ground import packs
from blueprints.shared.guards import requires
from blueprints.shared.languages import said
from rules.books import titles
from tenants.roles import May


@bp.get("/packs")
@requires(May.CASES_READ)
def packs_index() -> ResponseReturnValue:
    """All packs, and the clauses in which a word occurs."""
    q = request.args.get("q", "").strip()[:60]
    return render_template(
        "bargaining/packs.html", q=q, groups=packs.groups(), packs=packs.packs().values(),
        found=found(q) if q else [],
    )  # fmt: skip


@bp.get("/packs/<pack>")
@requires(May.CASES_READ)
def show_pack(pack: str) -> ResponseReturnValue:
    """One pack: each clause with its blanks, what to talk about, and what to look up."""
    try:
        known = packs.pack(pack)
    except packs.NoSuchPack:
        abort(404)
    return render_template("bargaining/pack.html", pack=known, titles=titles())


def found(word: str) -> list[tuple[packs.Pack, packs.Clause]]:
    """Clauses whose title, note or text has the word in it, in either language."""
    low = word.lower()
    return [
        (pack, clause)
        for pack in packs.packs().values()
        for clause in pack.clauses
        if low
        in f"{said(clause.title)} {clause.title.zh} {clause.note.zh} {clause.note.en} "
        f"{clause.text}".lower()
    ]
