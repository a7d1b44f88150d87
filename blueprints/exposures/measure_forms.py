"""What a federation may set of its own measure on exposure; never less than the law or rulebook."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.exposures import periods
from blueprints.exposures.facts import CHANNELS
from blueprints.exposures.measure import TERMS, Measure
from blueprints.shared.forms import Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from tenants.clock import today

FIELDS = {key: key.replace(".", "_") for key in TERMS}
MOST_OUTLETS = 20
_OUTLET = re.compile(
    r"^(?P<name>.*?)[\s,，;；<]+(?P<address>[^\s<>,，;；@]+@[^\s<>,，;；@]+\.\w+)>?$"
)


class TermField(IntegerField):
    """A number of days that can only be kinder to the enterprise than the rulebook."""

    key = ""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - as WTForms calls it
        known = periods.floor(self.key, today()).period
        same = self.data is None or self.data == known.length
        if same or (self.data > 0 and periods.kinder(self.key, self.data, known.length)):
            return
        words = (
            _("Not shorter than %(period)s.")
            if self.key != periods.OBJECTION
            else _("Not longer than %(period)s.")
        )
        raise ValidationError(words % {"period": said(known.words)})


class MeasureForm(Form):
    title = TextField(_l("Title of the measure"), [Length(max=80)])
    document_no = TextField(_l("Its number"), [Length(max=60)])
    max_days = IntegerField(
        _l("Days an announcement stands at most"),
        [Optional(), NumberRange(1, periods.LONGEST_SHOWN)],
    )
    reminder_new_term_days = TermField(_l("Term of the demand letter"), [Optional()])
    supervision_opinion_reply_days = TermField(_l("Time to answer the opinion"), [Optional()])
    supervision_authority_decides_days = TermField(
        _l("When to ask the authority what became of it"), [Optional()]
    )
    exposure_right_of_reply_days = TermField(_l("Right of reply"), [Optional()])
    exposure_objection_decide_days = TermField(_l("Time to decide an objection"), [Optional()])
    highest_channel = RadioField(_l("Highest channel"), [InputRequired()])
    media = TextAreaField(_l("Media list"), [Length(max=4000)], filters=[strip])
    tell_partners = BooleanField(_l("Tell the tripartite partners of every announcement"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.highest_channel.choices = [
            SelectChoice(name, said(words)) for name, words in CHANNELS.items()
        ]
        for key, name in FIELDS.items():
            self[name].key = key

    def validate_media(self, _field: TextAreaField) -> None:
        lines = self.lines()
        if len(lines) > MOST_OUTLETS:
            raise ValidationError(_("At most %(num)s outlets.", num=MOST_OUTLETS))
        for line in lines:
            if not _OUTLET.match(line):
                raise ValidationError(
                    _("Cannot read “%(line)s”: write the name, then the address.", line=line[:40])
                )

    def lines(self) -> list[str]:
        return [line.strip() for line in (self.media.data or "").splitlines() if line.strip()]

    def said(self) -> dict[str, Any]:
        """As the settings keep it; None takes a value away."""
        outlets = [found.groupdict() for line in self.lines() if (found := _OUTLET.match(line))]
        return {
            "measure": self.title.data or None,
            "measure_no": self.document_no.data or None,
            "exposure.max_days": self.max_days.data,
            **{key: self[name].data for key, name in FIELDS.items()},
            "highest_channel": self.highest_channel.data,
            "media": outlets,
            "tell_partners": self.tell_partners.data,
        }


def form_of(measure: Measure) -> MeasureForm:
    """The form as the measure stands now."""
    return MeasureForm(
        formdata=None,
        data={
            "title": measure.title,
            "document_no": measure.document_no,
            "max_days": measure.max_days,
            **{name: measure.terms.get(key) for key, name in FIELDS.items()},
            "highest_channel": measure.highest_channel,
            "media": "\n".join(f"{one.name} {one.address}" for one in measure.media),
            "tell_partners": measure.tell_partners,
        },
    )
