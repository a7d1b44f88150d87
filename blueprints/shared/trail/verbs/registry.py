"""What was done, of the register."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "association.corrected": _l("corrected the association"),
    "association.registered": _l("registered the association"),
    "enterprise.corrected": _l("corrected the enterprise"),
    "enterprise.merged": _l("merged a double into it"),
    "enterprise.merged_away": _l("merged it into another"),
    "enterprise.registered": _l("registered the enterprise"),
    "enterprise.union_linked": _l("linked its union"),
    "import.confirmed": _l("confirmed the import"),
    "import.dropped": _l("dropped the import"),
    "import.failed": _l("saw the import fail"),
    "import.finished": _l("finished the import"),
    "import.received": _l("uploaded a ledger"),
    "registry.exported": _l("exported the register"),
    "union.corrected": _l("corrected the union"),
    "union.dissolved": _l("recorded the dissolution"),
    "union.registered": _l("registered the union"),
}
