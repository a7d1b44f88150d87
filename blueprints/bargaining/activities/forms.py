"""What may be typed about activities beside the table, and about their kinds."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.bargaining.ground.activity_kinds import kinds
from blueprints.bargaining.ground.activity_models import Activity
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from rules.words import Text
from tenants.clock import today


class ActivityForm(Form):
    kind = SelectField(_l("Kind"))
    planned_on = DateField(_l("Day"), [InputRequired()])
    starts_at = TextField(_l("Time"), [Length(max=5)])
    place = TextField(_l("Place"), [Length(max=120)])
    convenor = TextField(_l("Convened by"), [Length(max=120)])
    taking_part = TextAreaField(_l("Who takes part"), [Length(max=1000)], filters=[strip])
    purpose = TextAreaField(_l("What it is about"), [Length(max=1000)], filters=[strip])
    seen = HiddenField()

    def __init__(self, *args: Any, activity: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = kinds(every=activity is not None)
        self.kind.choices = [(kind.key, said(kind.name)) for kind in known]

    def validate_starts_at(self, field: TextField) -> None:
        hours, _colon, minutes = str(field.data or "00:00").partition(":")
        fine = hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2
        if not fine or int(hours) > 23 or int(minutes) > 59:
            raise ValidationError(_("Write the time as 09:00."))

    def facts(self) -> dict[str, Any]:
        texts = ("starts_at", "place", "convenor", "taking_part", "purpose")
        return {
            "kind": self.kind.data,
            "planned_on": self.planned_on.data,
            **{key: self[key].data or "" for key in texts},
        }


class HeldForm(Form):
    held_on = DateField(_l("Held on"), [InputRequired()])
    present = IntegerField(_l("How many were there"), [Optional(), NumberRange(0, 100_000)])
    minutes = TextAreaField(_l("Minutes"), [Filled(), Length(max=10_000)], filters=[strip])
    scan = FileField(_l("Signed minutes"))

    def validate_held_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("This day has not come yet."))


class QuestionForm(Form):
    by = TextField(_l("Asked by"), [Filled(), Length(max=80)])
    question = TextAreaField(_l("Question"), [Filled(), Length(max=1000)], filters=[strip])
    answer = TextAreaField(_l("Answer"), [Length(max=2000)], filters=[strip])


class PromiseForm(Form):
    what = TextAreaField(_l("What was promised"), [Filled(), Length(max=500)], filters=[strip])
    who = TextField(_l("By whom"), [Filled(), Length(max=80)])
    due_on = DateField(_l("By when"), [InputRequired()])


class SettledForm(Form):
    on = DateField(_l("Day"), [InputRequired()])
    outcome = TextAreaField(_l("What came of it"), [Filled(), Length(max=500)], filters=[strip])


class CallOffForm(Form):
    reason = TextAreaField(_l("Why it is called off"), [Filled(), Length(max=500)], filters=[strip])


class KindForm(Form):
    name_zh = TextField(_l("Name in Chinese"), [Filled(), Length(max=40)])
    name_en = TextField(_l("Name in English"), [Length(max=60)])
    about_zh = TextAreaField(_l("What is meant, in Chinese"), [Length(max=300)], filters=[strip])
    about_en = TextAreaField(_l("What is meant, in English"), [Length(max=300)], filters=[strip])

    def words(self) -> tuple[Text, Text]:
        name = Text(self.name_zh.data or "", self.name_en.data or self.name_zh.data or "")
        about = Text(self.about_zh.data or "", self.about_en.data or self.about_zh.data or "")
        return name, about
