"""The check page (核验): anybody compares a letter they hold with what was issued.

It shows number, date, issuer and fingerprints, and never whom a letter went to. A file is
compared in the browser; without script it is sent here, read once and not kept.
"""

import hashlib
from typing import IO

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.letters.forms import CodeForm, FileForm
from blueprints.notices import issued
from blueprints.notices.issued import IssuedLetter
from blueprints.notices.letters.check import read_code
from blueprints.shared.guards import requires
from blueprints.shared.throttle import throttle
from tenants.roles import May

bp = Blueprint("check", __name__, url_prefix="/<tenant>/check")
TRIES = "60/minute"
CHUNK = 1 << 20


@bp.get("")
@requires(May.ANYONE)
def index() -> ResponseReturnValue:
    """The letter behind a code, as typed from paper or scanned."""
    typed = request.args.get("code", "")
    form = CodeForm(formdata=None, data={"code": typed[:20]})
    if not typed.strip():
        return render_template("letters/check.html", form=form, letters=[])
    throttle(TRIES, "check-code")
    letters = found(typed)
    if not letters:
        form.code.errors = [
            _("No letter with this code is on record. Please compare each character.")
        ]
        return render_template("letters/check.html", form=form, letters=[]), 404
    return answer(form, letters)


@bp.post("")
@requires(May.ANYONE)
def compare() -> ResponseReturnValue:
    """For browsers without script: the file's fingerprint is taken here."""
    throttle(TRIES, "check-code")
    file_form = FileForm()
    code = CodeForm(formdata=None, data={"code": (file_form.code.data or "")[:20]})
    letters = found(file_form.code.data or "")
    if not letters:
        return render_template("letters/check.html", form=code, letters=[]), 404
    sent = request.files.get("file")
    if not file_form.validate() or sent is None or not sent.filename:
        file_form.file.errors = [_("Choose a file first.")]
        return answer(code, letters, file_form), 422
    return answer(code, letters, file_form, seen=digest(sent.stream))


def found(typed: str) -> list[IssuedLetter]:
    code = read_code(typed)
    return list(issued.behind(code)) if code else []


def answer(
    form: CodeForm, letters: list[IssuedLetter], file_form: FileForm | None = None, seen: str = ""
) -> str:
    files = {letter.id: files_of(letter) for letter in letters}
    known = {sha256 for each in files.values() for _form, sha256 in each}
    return render_template(
        "letters/check.html",
        form=form,
        letters=letters,
        files=files,
        known=sorted(known),
        file_form=file_form or FileForm(formdata=None, data={"code": letters[0].code}),
        seen=seen,
        same=seen in known,
    )


def files_of(letter: IssuedLetter) -> list[tuple[str, str]]:
    """Form and fingerprint of each file; drawn once more where this edition drew none yet."""
    kept = issued.files_of(letter)
    told = [(file.form, file.sha256) for file in kept]
    if any(file.made_with == issued.EDITION for file in kept):
        return told
    drawn = issued.digests_of(issued.made_again(letter)).items()
    return told + [pair for pair in drawn if pair not in told]


def digest(stream: IO[bytes]) -> str:
    taken = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        taken.update(chunk)
    return taken.hexdigest()
