"""A Word document as a package: our templates, and the same bytes for the same parts."""

from __future__ import annotations

import io
import zipfile
from importlib.resources import files

from docx.shared import Twips

WORD = files("blueprints.notices.letters") / "word"
ACROSS = Twips(8844)  # between the margins of every template: 156 mm


def repacked(package: bytes) -> bytes:
    """The same parts in the order of their names, all dated alike.

    What is in a package then decides its bytes, not when it was made.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as made, zipfile.ZipFile(out, "w") as again:
        for name in sorted(made.namelist()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            again.writestr(entry, made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
