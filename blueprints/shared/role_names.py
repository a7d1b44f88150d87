"""What the seven roles are called on screen."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from tenants.roles import Role

ROLE_NAMES: dict[str, LazyString] = {
    Role.ADMINISTRATOR: _l("Administrator"),
    Role.OFFICER: _l("Officer"),
    Role.APPROVER: _l("Approver"),
    Role.SUPERVISOR: _l("Supervisor"),
    Role.UNION: _l("Union account"),
    Role.PARTNER: _l("Partner account"),
    Role.AUDITOR: _l("Auditor"),
}


def role_name(role: str) -> str:
    """The name of a role in the language of this answer."""
    return str(ROLE_NAMES[Role(role)])
