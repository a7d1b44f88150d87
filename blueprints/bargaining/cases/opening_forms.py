"""What may be typed when a case is opened or corrected."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from blueprints.bargaining.cases.opening import Opening
from blueprints.bargaining.ground.labels import KINDS, LEVELS
from blueprints.bargaining.ground.models import BargainingCase, CaseLevel, Ground
from blueprints.offers.ground.campaign_models import ContractKind
from blueprints.offers.ground.labels import ACTING_MODES
from blueprints.offers.ground.models import ActingMode, Offer
from blueprints.registry.areas import City, narrowed
from blueprints.registry.industries import divisions
from blueprints.registry.models import EmployerAssociation, TradeUnion
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, strip
from blueprints.shared.languages import said
from blueprints.supervisors.models import Supervisor
from rules.days import local_day
from tenants.clock import today

Choices = list[tuple[str, Any]]
UPPER = (ActingMode.UPPER_ACTS, ActingMode.UPPER_JOINS)


def named(rows: Sequence[Any]) -> Choices:
    return [("", "—"), *((str(row.id), row.name) for row in rows)]


def number(text: str | None) -> int | None:
    return int(text) if text else None


class CaseForm(Form):
    """The facts of a case that its officer may correct later."""

    name = TextField(_l("Name of the case"), [Filled(), Length(max=120)])
    level = SelectField(_l("Level"), default=CaseLevel.INDUSTRY)
    contract_kind = SelectField(_l("Kind of contract"), default=ContractKind.WAGE)
    subject = TextField(_l("Subject"), [Length(max=200)])
    industry = SelectField(_l("Industry"), default="")
    area = SelectField(_l("Area"), default="")
    territory = TextField(_l("Street, park, mall or office building"), [Length(max=120)])
    scope_basis = TextAreaField(_l("On what the scope rests"), [Length(max=500)], filters=[strip])
    acting_mode = SelectField(_l("Capacity"), default=ActingMode.OWN)
    union_id = SelectField(_l("Union of the workers' side"), default="")
    upper_union_id = SelectField(_l("Upper union that acts or joins"), default="")
    employer_association_id = SelectField(_l("Employers' association"), default="")
    supervisor_id = SelectField(_l("Supervisor"), default="")
    above_size = BooleanField(_l("Above designated size: larger teams where the rule asks"))
    seen = HiddenField()

    def __init__(
        self,
        *args: Any,
        city: City,
        unions: Sequence[TradeUnion],
        associations: Sequence[EmployerAssociation],
        supervisors: Sequence[Supervisor],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.level.choices = [(key, said(words)) for key, words in LEVELS.items()]
        self.contract_kind.choices = [(key, said(words)) for key, words in KINDS.items()]
        self.acting_mode.choices = [(key, said(words)) for key, words in ACTING_MODES.items()]
        self.area.choices = narrowed(
            [("", "—"), *((one.code, said(one.name)) for one in city.areas)]
        )
        trades = divisions().values()
        self.industry.choices = [("", "—"), *((one.code, said(one.name)) for one in trades)]
        self.union_id.choices = self.upper_union_id.choices = named(unions)
        self.employer_association_id.choices = named(associations)
        self.supervisor_id.choices = named(supervisors)

    def validate_industry(self, field: SelectField) -> None:
        if self.level.data == CaseLevel.INDUSTRY and not field.data:
            raise ValidationError(_("Name the industry that bargains."))

    def validate_territory(self, field: TextField) -> None:
        if self.level.data == CaseLevel.REGIONAL and not (field.data or self.area.data):
            raise ValidationError(_("Name the area, street, park or building that bargains."))

    def validate_upper_union_id(self, field: SelectField) -> None:
        if self.acting_mode.data in UPPER and not field.data:
            raise ValidationError(_("Say which upper union acts or joins."))

    def facts(self) -> dict[str, Any]:
        """What was typed, as the case keeps it."""
        plain = ("name", "level", "contract_kind", "acting_mode")
        ids = ("union_id", "upper_union_id", "employer_association_id", "supervisor_id")
        return {
            **{key: self[key].data for key in plain},
            **{key: number(self[key].data) for key in ids},
            **{key: self[key].data or None for key in ("industry", "area", "territory")},
            "scope_basis": self.scope_basis.data or None,
            "subject": self.subject.data or "",
            "above_size": self.above_size.data,
        }


class OpeningForm(CaseForm):
    """Opening one: with the day, the ground, and what is agreed already."""

    opened_on = DateField(_l("Opened on"), [InputRequired()])
    counted_on = DateField(_l("Headcounts as of"), [InputRequired()])
    ground_note = TextAreaField(_l("Why it is opened"), [Length(max=1000)], filters=[strip])
    agreed_on = DateField(_l("The other side agreed in writing on"), [Optional()])
    agreed_scan = FileField(_l("Its letter"))

    def __init__(
        self, *args: Any, offers: Sequence[Offer], firms: Sequence[int] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offers, self.firms = offers, firms
        if offers:
            del self.agreed_on, self.agreed_scan

    def validate_opened_on(self, field: DateField) -> None:
        if field.data is None:
            return
        if field.data > today():
            raise ValidationError(_("This day has not come yet."))
        issued = [local_day(offer.sealed_at) for offer in self.offers]
        if issued and field.data < min(issued):
            raise ValidationError(
                _("The first of these offers was only issued on %(day)s.", day=min(issued))
            )

    def validate_counted_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("This day has not come yet."))

    def validate_ground_note(self, field: TextAreaField) -> None:
        if not self.offers and not field.data:
            raise ValidationError(_("Without an offer, say why the case is opened."))

    def opening(self, *, owner_id: int) -> Opening:
        ground = Ground.JOINED if len(self.offers) > 1 else Ground.OFFER
        agreed = self["agreed_on"].data if "agreed_on" in self else None
        return Opening(
            **self.facts(),
            ground=ground if self.offers else Ground.BY_HAND,
            ground_note=self.ground_note.data or "",
            opened_on=self.opened_on.data,
            counted_on=self.counted_on.data,
            campaign_id=self.offers[0].campaign_id if self.offers else None,
            owner_id=owner_id,
            agreed_on=agreed,
            offer_ids=[offer.id for offer in self.offers],
            enterprise_ids=self.firms,
        )


class SurveyForm(Form):
    """The baseline survey (基本情况调查)."""

    on = DateField(_l("Finished on"), [InputRequired()])
    note = TextAreaField(_l("What it found"), [Filled(), Length(max=2000)], filters=[strip])
    paper = FileField(_l("The survey itself"))

    def validate_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("This day has not come yet."))


class WithdrawalForm(Form):
    on = DateField(_l("Day"), [InputRequired()])
    reason = TextAreaField(_l("Reason"), [Filled(), Length(max=500)], filters=[strip])

    def __init__(self, *args: Any, case: BargainingCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

    def validate_on(self, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("This day has not come yet."))
        if field.data and field.data < self.case.opened_on:
            raise ValidationError(_("Opened only on %(day)s.", day=self.case.opened_on))


def stamp(case: BargainingCase) -> str:
    """What the case looked like when the form was shown: changed meanwhile, it is refused."""
    return case.updated_at.isoformat()
