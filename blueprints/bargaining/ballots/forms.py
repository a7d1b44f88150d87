"""What may be typed about a vote: convening it, its roll, a count on paper, its minutes."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import IntegerField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from blueprints.bargaining.ballots.actions import Convening, Count, tally
from blueprints.bargaining.ballots.rules import faults_in_papers, manner_of
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.ballot_models import Choice, Elector, Manner, Method, VotingUnit
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.table_words import BALLOT_METHODS, CHOICES, MANNERS
from blueprints.bargaining.meetings.forms import TimeField, clock_time
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, fault, strip
from blueprints.shared.languages import said
from rules.ballots import faults_in
from rules.words import Text
from tenants.clock import ZONE, today

TAGS = {"一线": "frontline", "女": "woman", "管理": "manager"}
WHOLE = [InputRequired(), NumberRange(0, 9_999_999)]


class ConveningForm(Form):
    """Who votes, how, when; the rule of the place stands beside the choice."""

    manner = RadioField(_l("Who votes"), [InputRequired()])
    name = TextField(_l("Name of the congress or assembly"), [Length(max=120)])
    electorate = IntegerField(
        _l("How many may vote (delegates, or all staff)"),
        [Optional(), NumberRange(1, 9_999_999)],
    )
    method = RadioField(_l("How it is voted"), [InputRequired()])
    held_on = DateField(_l("Day of the vote"), [InputRequired()])
    papers_sent_on = DateField(_l("Papers were sent on"), [InputRequired()])
    place = TextField(_l("Place"), [Length(max=120)])
    opens = TimeField(_l("Voting opens at"), [Length(max=5)], default="09:00")
    closes = TimeField(_l("Voting closes at"), [Length(max=5)], default="17:00")

    def about(self, case: BargainingCase, _row: Any) -> None:
        self.case = case
        self.manner.choices = [SelectChoice(name, said(words)) for name, words in MANNERS.items()]
        self.method.choices = [
            SelectChoice(name, said(words)) for name, words in BALLOT_METHODS.items()
        ]
        manner, article = manner_of(case, today())
        self.manner.description = f"{said(MANNERS[manner])} ({said(article)})"

    def validate_electorate(self, field: IntegerField) -> None:
        if self.manner.data != Manner.EACH_ENTERPRISE and not field.data:
            raise ValidationError(_l("Say how many may vote."))

    def validate_papers_sent_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            fault(Text("日期还没有到。", "This day has not come yet."))
        if field.data and self.held_on.data:
            found = faults_in_papers(self.case, field.data, self.held_on.data)
            fault(next((one.text for one in found if one.blocks), None))

    def validate_closes(self, field: TimeField) -> None:
        if self.method.data != Method.ONLINE:
            return
        first, last = clock_time(self.opens.data or ""), clock_time(field.data or "")
        if first is None or last is None or last <= first:
            raise ValidationError(_l("Voting closes after it opens."))

    def convening(self) -> Convening:
        online = self.method.data == Method.ONLINE
        return Convening(
            Manner(self.manner.data), Method(self.method.data), self.held_on.data,
            self.papers_sent_on.data, self.place.data or "", self.name.data or "",
            self.electorate.data or 0,
            self._moment(self.opens.data) if online else None,
            self._moment(self.closes.data) if online else None,
        )  # fmt: skip

    def _moment(self, text: str | None) -> datetime | None:
        at = clock_time(text or "")
        return datetime.combine(self.held_on.data, at, ZONE) if at else None


class RollForm(Form):
    """The roll by name, one a line: name, delegation, then 一线, 女, 管理 as they apply."""

    roll = TextAreaField(
        _l("One a line: name, delegation, front line / woman / manager"),
        [Filled(), Length(max=200_000)],
        filters=[strip],
    )

    def validate_roll(self, _field: TextAreaField) -> None:
        names = [one.name for one in self.people()]
        doubled = sorted({name for name in names if names.count(name) > 1})
        if len(names) < 1:
            raise ValidationError(_l("Nobody is on the roll."))
        if doubled:
            listed = "、".join(doubled[:5])
            fault(
                Text(f"名单中有重名：{listed}。请加注以便区分。",
                     f"The same name stands twice: {listed}. Tell them apart.")
            )  # fmt: skip

    def people(self) -> list[Elector]:
        found = []
        for line in (self.roll.data or "").splitlines():
            parts = [part.strip() for part in line.replace("，", ",").replace("\t", ",").split(",")]
            if not parts[0]:
                continue
            marks = {TAGS[tag]: True for part in parts[2:] for tag in TAGS if tag in part}
            found.append(
                Elector(name=parts[0], delegation=parts[1] if len(parts) > 1 else "", **marks)
            )
        return found


class CountForm(Form):
    """A count on paper. Sums that cannot be right are refused where they stand."""

    present = IntegerField(_l("Present"), WHOLE)
    in_favour = IntegerField(_l("In favour"), WHOLE)
    against = IntegerField(_l("Against"), WHOLE)
    abstained = IntegerField(_l("Abstained"), WHOLE)
    invalid = IntegerField(_l("Invalid papers"), [Optional(), NumberRange(0)], default=0)
    tellers = TextField(_l("Tellers"), [Filled(), Length(max=120)])
    scan = FileField(_l("Scan of the count, signed by the tellers"))

    def about(self, _case: BargainingCase, unit: VotingUnit) -> None:
        self.unit = unit

    def validate_present(self, field: IntegerField) -> None:
        if field.data is not None and field.data > self.unit.electorate:
            fault(
                Text(f"出席人数多于应到人数{self.unit.electorate}人，请与签到表核对。",
                     f"More than the {self.unit.electorate} who may vote: look at the list.")
            )  # fmt: skip

    def validate_invalid(self, _field: IntegerField) -> None:
        given = (self.present.data, self.in_favour.data, self.against.data, self.abstained.data)
        if None in given or self.present.errors:
            return
        found = faults_in(tally(self.unit, self.count(None)))
        fault(next((one.text for one in found), None))

    def validate_scan(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Attach the scan of the count."))

    def count(self, document_id: int | None) -> Count:
        return Count(
            self.present.data or 0, self.in_favour.data or 0, self.against.data or 0,
            self.abstained.data or 0, self.invalid.data or 0, self.tellers.data or "", document_id,
        )  # fmt: skip


class CertificateForm(Form):
    scan = FileField(_l("Resolution and minutes, signed"))

    def validate_scan(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Attach the signed resolution."))


class SlipForm(Form):
    """For those who hold a slip on paper: its code."""

    code = TextField(_l("Code on your slip"), [Filled(), Length(max=60)])


class VoteForm(Form):
    choice = RadioField(_l("Your vote"), [InputRequired(_l("Choose one of the three."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice.choices = [SelectChoice(name, said(words)) for name, words in CHOICES.items()]

    def vote(self) -> Choice:
        return Choice(self.choice.data)


class ReceiptForm(Form):
    receipt = TextField(_l("Your receipt"), [Filled(), Length(max=40)])


def first_unit_name(case: BargainingCase) -> dict[str, Any]:
    """What is likely: the congress, as many as the case counts, the day after the papers."""
    manner, _article = manner_of(case, today())
    totals = queries.totals_of(case.id)
    return {
        "manner": manner, "method": Method.PAPER, "name": f"{case.name}职工代表大会",
        "papers_sent_on": today(), "opens": "09:00", "closes": "17:00",
        "electorate": totals.workers if manner == Manner.ALL_STAFF else None,
    }  # fmt: skip
