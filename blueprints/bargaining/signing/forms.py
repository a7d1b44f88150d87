"""What may be typed about the signature: the term, names under it, seals, an accession by link."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import Length, ValidationError

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.clocks import rule_for
from blueprints.bargaining.ground.meeting_models import SigningMethod
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.signature_models import Party, SealBasis, Signing
from blueprints.bargaining.ground.table_words import BASES, PARTIES
from blueprints.bargaining.signing import queries as reads
from blueprints.bargaining.signing.actions import Act, Name
from blueprints.offers.ground.models import ActingMode
from blueprints.shared.forms import DateField, Filled, Form, InputRequired, TextField, fault, strip
from blueprints.shared.languages import said
from rules.acting import LCL_51, NOT_THE_PARTY
from rules.reckoning import add_months
from rules.words import Text
from tenants.clock import today


class TermForm(Form):
    """From when to when the contract is to run, within the term of the place."""

    term_from = DateField(_l("Runs from"), [InputRequired()])
    term_to = DateField(_l("Runs until"), [InputRequired()])

    def about(self, case: BargainingCase, _row: Any) -> None:
        self.rule = rule_for(case, "contract.term")
        self.term_to.description = f"{said(self.rule.text)} ({said(self.rule.citation)})"

    def validate_term_to(self, field: DateField) -> None:
        first, last = self.term_from.data, field.data
        if not (first and last):
            return
        if last <= first:
            fault(Text("终止日期须晚于起始日期。", "It ends after it begins."))
        years = self.rule.value
        if (
            isinstance(years, int)
            and self.rule.unit == "year"
            and last >= add_months(first, 12 * years)
        ):
            fault(Text(f"合同期限最长{years}年。", f"A term is {years} years at most."))


class NameForm(Form):
    """A name on paper, with its scan."""

    party = RadioField(_l("Who has signed"), [InputRequired()])
    name = TextField(_l("Name of the upper union's signatory"), [Length(max=60)])
    title = TextField(_l("Office held"), [Length(max=60)])
    signed_on = DateField(_l("Signed on"), [InputRequired()])
    scan = FileField(_l("Scan of the signed page"))

    def about(self, case: BargainingCase, signing: Signing) -> None:
        done = reads.names_under(signing.id)
        self.upper_signs, acts = signing.upper_signs, case.acting_mode in {
            ActingMode.UPPER_ACTS, ActingMode.UPPER_JOINS,
        }  # fmt: skip
        wanted = [Party.WORKERS, Party.EMPLOYER, *([Party.UPPER] if acts else [])]
        self.party.choices = [
            SelectChoice(party, _with_name(case, party)) for party in wanted if party not in done
        ]
        if not signing.upper_signs:
            del self.name, self.title

    def validate_party(self, field: RadioField) -> None:
        """In an enterprise the upper union is refused, with the article (LCL 51)."""
        if field.data == Party.UPPER and not self.upper_signs:
            raise ValidationError(f"{said(NOT_THE_PARTY)} {said(LCL_51)}")

    def validate_name(self, field: TextField) -> None:
        if self.party.data == Party.UPPER and not field.data:
            raise ValidationError(_l("Say who signs for the upper union."))

    def validate_scan(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Attach the scan of the signed page."))

    def signed(self, document_id: int | None) -> Name:
        upper = "name" in self
        return Name(
            Party(self.party.data), SigningMethod.SCAN, self.signed_on.data,
            (self["name"].data or "") if upper else "",
            (self["title"].data or "") if upper else "", document_id,
        )  # fmt: skip


def _with_name(case: BargainingCase, party: str) -> str:
    chief = queries.chief_of(case.id, party) if party != Party.UPPER else None
    return said(PARTIES[party]) + (f" · {chief.name}" if chief else "")


class SealForm(Form):
    """What an enterprise did on paper."""

    enterprise_id = SelectField(_l("Enterprise"), [InputRequired()], coerce=int)
    basis = RadioField(_l("What it did"), [InputRequired()])
    signer_name = TextField(_l("Who acted for it"), [Filled(), Length(max=60)])
    signer_title = TextField(_l("Office held"), [Length(max=60)])
    given_on = DateField(_l("On"), [InputRequired()])
    scan = FileField(_l("Scan with the signature or seal"))

    def about(self, case: BargainingCase, signing: Signing) -> None:
        seals = reads.seals_of(signing.id)
        self.enterprise_id.choices = [
            SelectChoice(row.enterprise_id, row.name)
            for row in queries.enterprises_of(case.id)
            if SealBasis.SEALED not in seals.get(row.enterprise_id, {})
        ]
        self.basis.choices = [SelectChoice(name, said(words)) for name, words in BASES.items()]

    def validate_scan(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(_l("Attach the scan."))

    def act(self, document_id: int | None) -> Act:
        return Act(
            self.enterprise_id.data, SealBasis(self.basis.data), SigningMethod.SCAN,
            self.given_on.data, self.signer_name.data or "", self.signer_title.data or "",
            document_id,
        )  # fmt: skip


class GiveUpForm(Form):
    reason = TextAreaField(_l("Reason"), [Filled(), Length(max=500)], filters=[strip])


class OwnSignatureForm(Form):
    """At the link of one's own: that one has read this very text, and puts one's name to it."""

    read = BooleanField(_l("I have read the text with this fingerprint and put my name to it"))

    def validate_read(self, field: BooleanField) -> None:
        if not field.data:
            raise ValidationError(_l("Tick that you have read the text."))


class AccessionForm(OwnSignatureForm):
    """At an enterprise's link: its recognition, or its seal with a scan."""

    signer_name = TextField(_l("Your name"), [Filled(), Length(max=60)])
    signer_title = TextField(_l("Office held"), [Length(max=60)])
    scan = FileField(_l("Page with the seal of the enterprise (scan or photo)"))

    def act(self, enterprise_id: int, document_id: int | None) -> Act:
        """With a scan of the seal it is a seal; without one it is a recognition."""
        basis = SealBasis.SEALED if document_id else SealBasis.RECOGNISED
        return Act(
            enterprise_id, basis, SigningMethod.LINK, today(), self.signer_name.data or "",
            self.signer_title.data or "", document_id,
        )  # fmt: skip
