"""Words for appraisals."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

Words = Mapping[str, Any]

GRADE_WORDS: Words = {
    "excellent": _l("Excellent"),
    "good": _l("Competent"),
    "fair": _l("Barely competent"),
    "poor": _l("Not competent"),
}
GRADE_LOOKS: Words = {"excellent": "ok", "good": "ok", "fair": "soon", "poor": "late"}
STATE_LOOKS: Words = {
    "open": "draft",
    "stated": "run",
    "marked": "run",
    "decided": "soon",
    "objected": "late",
    "closed": "ok",
}
FINDINGS: Words = {"proven": _l("Proven"), "unproven": _l("Not proven")}
