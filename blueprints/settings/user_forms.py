"""Inviting somebody, and changing what they may do."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _p
from wtforms import Field, RadioField, SelectField
from wtforms.validators import Email, Length, ValidationError

from blueprints.registry.areas import city_of
from blueprints.settings import user_queries as queries
from blueprints.settings.user_actions import LAST, gives_up
from blueprints.shared.forms import Form, InputRequired, TextField
from blueprints.shared.guards import viewer
from blueprints.shared.languages import LANGUAGES, said
from blueprints.shared.role_names import ROLE_NAMES
from blueprints.shared.tenancy import require
from blueprints.shared.trail.things import VALUES
from tenants.models import User, UserStatus
from tenants.roles import Role

SHOWN = 5
ROLE_LINES = {
    Role.ADMINISTRATOR: _l("Manages users, settings, rules and texts; approves nothing."),
    Role.OFFICER: _l("Runs campaigns and offers, keeps the register."),
    Role.APPROVER: _l("Approves or returns what officers propose; a leader of the federation."),
    Role.SUPERVISOR: _l("Sees and serves the enterprises assigned to them."),
    Role.UNION: _l("Sees the enterprises of its own union and of those below it."),
    Role.PARTNER: _l("Sees what is shared with the HR bureau, ACFIC or enterprise confederation."),
    Role.AUDITOR: _l("Reads everything, changes nothing."),
}


class UserForm(Form):
    name = TextField(_p("person", "Name"), [InputRequired(), Length(max=60)])
    email = TextField(
        _l("E-mail"), [InputRequired(), Length(max=200), Email(_l("This is no e-mail address."))]
    )
    role = RadioField(_l("Role"), [InputRequired(_l("Choose a role."))])
    union = TextField(_l("Union"), [Length(max=200)])
    area = SelectField(_l("Area"), default="")
    title = TextField(_l("Office held"), [Length(max=60)])
    phone = TextField(_l("Telephone"), [Length(max=40)])
    locale = RadioField(_l("Language"), choices=LANGUAGES, default="zh_CN")

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.union_id: int | None = None
        self.role.choices = {str(role): str(name) for role, name in ROLE_NAMES.items()}
        self.area.choices = [("", _("The whole city")), *self._areas()]

    def _areas(self) -> list[tuple[str, str]]:
        """The divisions of the city, and the one this account has, where it is no longer one."""
        known = {area.code: said(area.name) for area in city_of(require().division).areas}
        kept = self.user.area if self.user else None
        return list((({kept: kept} if kept and kept not in known else {}) | known).items())

    def validate_email(self, field: Field) -> None:
        if queries.address_taken(field.data, but=self.user.id if self.user else None):
            raise ValidationError(_("Somebody of your federation has this address already."))

    def validate_union(self, field: Field) -> None:
        """Only the account of a union speaks for one; its name must be of exactly one."""
        if self.role.data != Role.UNION:
            return
        if not field.data:
            raise ValidationError(_("Say for which union this account speaks."))
        found = queries.unions_called(field.data, viewer())
        if not found:
            raise ValidationError(_("There is no union of this name in the register."))
        if len(found) > 1:
            names = ", ".join(row.name for row in found[:SHOWN])
            raise ValidationError(
                _("Several unions match: %(names)s. Write the whole name.", names=names)
            )
        self.union_id = found[0].id
        field.data = found[0].name


class EditForm(UserForm):
    status = RadioField(_l("Status"), [InputRequired()])

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.status.choices = {str(to): str(VALUES[to]) for to in may_become(user)}

    def validate_role(self, field: Field) -> None:
        if self.user and gives_up(self.user, {"role": field.data}) and self._is_last():
            raise ValidationError(said(LAST))

    def validate_status(self, field: Field) -> None:
        if field.data != UserStatus.DISABLED or self.user is None:
            return
        if self._is_last():
            raise ValidationError(said(LAST))
        if self.user.id == viewer().id:
            raise ValidationError(
                _("You cannot disable your own account; ask another administrator.")
            )

    def _is_last(self) -> bool:
        return self.user is not None and queries.is_last_administrator(self.user)


def may_become(user: User) -> tuple[UserStatus, UserStatus]:
    """An account is active once it has a password; before that, it is invited."""
    able = UserStatus.ACTIVE if user.password_hash else UserStatus.INVITED
    return able, UserStatus.DISABLED
