"""What may be typed about leaders' contacts and their visits."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.registry.areas import narrowed
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from blueprints.supervisors.labels import OUTCOMES
from blueprints.supervisors.models import Supervisor
from blueprints.supervisors.plan_forms import industry_choices
from blueprints.supervisors.roster_forms import EnterpriseField


class LinkForm(Form):
    """A leader, and either an enterprise or an industry."""

    leader = TextField(_l("Leader"), [Filled(), Length(max=80)])
    post = TextField(_l("Office held"), [Length(max=80)])
    enterprise = EnterpriseField(_l("Enterprise"), [Optional()])
    industry = SelectField(_l("Or a whole industry"), default="")
    area = SelectField(_l("Only in"), [Optional()])
    supervisor_id = SelectField(_l("Supervisor who goes along"), [Optional()])
    visits_due = IntegerField(_l("Visits due a year"), [InputRequired(), NumberRange(0, 365)])
    since_on = DateField(_l("Since"), [InputRequired()])

    def __init__(
        self, *args: Any, areas: Sequence[Any], supervisors: Sequence[Supervisor], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.industry.choices = [SelectChoice("", _("None")), *industry_choices()]
        self.area.choices = narrowed(
            [
                SelectChoice("", _("The whole city")),
                *(SelectChoice(area.code, said(area.name)) for area in areas),
            ]
        )
        self.supervisor_id.choices = [
            SelectChoice("", _("Nobody")),
            *(SelectChoice(str(one.id), one.name) for one in supervisors),
        ]
        self.enterprise.found = None

    def validate_enterprise(self, field: Any) -> None:
        if self.industry.data and field.data:
            raise ValidationError(_("Choose an enterprise or an industry, not both."))
        field.found = field.chosen()

    def validate_industry(self, field: Any) -> None:
        if not field.data and not self.enterprise.data:
            raise ValidationError(_("Choose an enterprise or an industry."))

    def facts(self) -> dict[str, Any]:
        industry = self.industry.data or None
        return {
            "leader": self.leader.data,
            "post": self.post.data or None,
            "enterprise_id": self.enterprise.found,
            "industry": industry,
            "area": (self.area.data or None) if industry else None,
            "supervisor_id": int(self.supervisor_id.data) if self.supervisor_id.data else None,
            "visits_due": self.visits_due.data,
            "since_on": self.since_on.data,
        }


class VisitForm(Form):
    """A leader's visit, and what came of it."""

    visited_on = DateField(_l("Visited on"), [InputRequired()])
    findings = TextAreaField(
        _l("What was found and said"), [Filled(), Length(max=2000)], filters=[strip]
    )
    outcome = SelectField(
        _l("What came of it"), choices=[SelectChoice(v, words) for v, words in OUTCOMES.items()]
    )
    follow_up = TextAreaField(_l("Next step"), [Length(max=1000)], filters=[strip])
    follow_up_on = DateField(_l("Next step by"), [Optional()])

    def validate_follow_up(self, field: Any) -> None:
        if self.outcome.data == "open" and not field.data:
            raise ValidationError(_("Say what the next step is."))

    def facts(self) -> dict[str, Any]:
        return {
            "visited_on": self.visited_on.data,
            "findings": self.findings.data,
            "outcome": self.outcome.data,
            "follow_up": self.follow_up.data or None,
            "follow_up_on": self.follow_up_on.data,
        }


class SettleForm(Form):
    """How a next step was settled."""

    note = TextAreaField(_l("How it was settled"), [Length(max=1000)], filters=[strip])
