"""Words for appraisals."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from rules.words import Text

Words = Mapping[str, Any]

GRADE_WORDS: Words = {
    "excellent": _l("Excellent"),
    "good": _l("Competent"),
    "fair": _l("Barely competent"),
    "poor": _l("Not competent"),
}
GRADE_TEXTS: Mapping[str, Text] = {  # on paper, and in the trail
    "excellent": Text("优秀", "excellent"),
    "good": Text("称职", "competent"),
    "fair": Text("基本称职", "barely competent"),
    "poor": Text("不称职", "not competent"),
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
