"""What can be done with a signing: names on paper, links of one's own, seals, giving it up."""

from datetime import timedelta
from typing import Any

from flask import url_for

from blueprints.bargaining.ballots import queries as ballot_queries
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.models import BargainingCase, CaseState
from blueprints.bargaining.ground.signature_models import LinkPurpose, Signing, SigningState
from blueprints.bargaining.meetings.forms import ConfirmForm
from blueprints.bargaining.signing import actions as signings
from blueprints.bargaining.signing import forms, sheet_signatures
from blueprints.bargaining.signing import queries as reads
from blueprints.bargaining.table.acts import Context, Desk, DeskAct, made_of
from blueprints.bargaining.table.links import link_for
from blueprints.shared.guards import Viewer
from rules.reckoning import add_months
from rules.words import Text
from tenants import trail
from tenants.clock import today
from tenants.roles import May

OVER = Text("签字已经结束。", "Signing is over.")


def find_signing(
    signing_id: int, person: Viewer, permission: May, *, lock: bool = False
) -> tuple[BargainingCase, Signing]:
    signing = reads.get_signing(signing_id, person, permission, lock=lock)
    return queries.get_case(signing.case_id), signing


def to_signing(_case: BargainingCase, signing: Signing) -> str:
    return url_for("table.signing", signing_id=signing.id)


def while_open(_case: BargainingCase, signing: Signing) -> Text | None:
    return None if signing.state == SigningState.OPEN else OVER


def while_it_stands(_case: BargainingCase, signing: Signing) -> Text | None:
    """An enterprise may also accede after the chiefs have signed."""
    return OVER if signing.state == SigningState.VOID else None


def make_links(on: Context, _form: Any) -> None:
    """One for each chief and for each enterprise; those that work already stay as they are."""
    for side in ("workers", "employer"):
        chief = queries.chief_of(on.case.id, side)
        if chief is not None:
            link_for(
                on.case, LinkPurpose.SIGNATURE, signing_id=on.row.id, representative_id=chief.id
            )
    rows = queries.enterprises_of(on.case.id)
    for part in rows:
        link_for(
            on.case, LinkPurpose.ACCESSION, signing_id=on.row.id,
            enterprise_id=part.enterprise_id,
        )  # fmt: skip
    trail.record("signing.links_made", on.case, enterprises=len(rows))


SIGNING = Desk(
    "signing", "signings/<int:signing_id>", "signing_id", find_signing, to_signing,
    made_of(
        DeskAct(
            "name", Text("登记签字", "Record a signature"),
            Text("双方首席代表先后签字；最后一方签字后合同即为签订。",
                 "The chiefs sign in turn; with the last name that is wanted it is signed."),
            forms.NameForm,
            lambda on, form: signings.sign(on.case, on.row, form.signed(on.files["scan"])),
            why_not=while_open, files={"scan": "signature"},
            known=lambda _c, _s: {"signed_on": today()},
        ),
        DeskAct(
            "links", Text("生成签字和加入链接", "Make links to sign and accede"),
            Text("双方首席代表和每家企业各一个链接，可以打印成带二维码的办理单。",
                 "One for each chief and each enterprise, to copy, to scan or to print."),
            ConfirmForm, make_links, why_not=while_it_stands,
        ),
        DeskAct(
            "seal", Text("登记企业确认或者盖章", "Record an enterprise's seal"),
            Text("上传扫描件；签订以后加入的也可以登记。",
                 "With its scan; also for those that accede after the signature."),
            forms.SealForm,
            lambda on, form: signings.seal(on.case, on.row, form.act(on.files["scan"])),
            why_not=while_it_stands, files={"scan": "seal"},
            known=lambda _c, _s: {"given_on": today()},
        ),
        DeskAct(
            "certify", Text("数字签名签字页", "Sign the sheet digitally"),
            Text("用本会证书签署签字页 PDF，存入轨迹资料；以后又有企业加入的，可以再签一次。",
                 "The sheet as it stands now is signed with the federation's certificate and kept; "
                 "after further accessions it can be signed again."),
            ConfirmForm,
            lambda on, _form: sheet_signatures.certify(on.case, on.row, by_id=on.by_id),
            why_not=sheet_signatures.why_not,
        ),
        DeskAct(
            "end", Text("作废本次签字", "Give this signing up"),
            Text("已签的名字留存备查，不再有效。",
                 "Names given so far stay on file and count for nothing."),
            forms.GiveUpForm,
            lambda on, form: signings.give_up(on.case, on.row, form.reason.data),
            why_not=while_open, grave=True,
        ),
    ),
)  # fmt: skip


def may_begin(case: BargainingCase, _row: Any) -> Text | None:
    ballot = ballot_queries.last_ballot(case.id)
    if case.state != CaseState.VOTING or ballot is None or ballot.result != "passed":
        return Text("每个表决单位都通过以后才能签字。",
                    "It is signed once every voting unit has passed it.")  # fmt: skip
    if reads.standing_signing(case.id) is not None:
        return Text("签字已经开始。", "Signing has begun already.")
    return None


def one_year(_case: BargainingCase, _row: Any) -> dict[str, Any]:
    """From the first of next month for a year: wages are bargained yearly."""
    first = add_months(today().replace(day=1), 1)
    return {"term_from": first, "term_to": add_months(first, 12) - timedelta(days=1)}


CASE_ACTS = (
    DeskAct(
        "signing", Text("安排签字", "Lay it out for signing"),
        Text("签字的文本就是表决通过的文本，一个字都不能不同。",
             "What is signed is what was voted on, to the last character."),
        forms.TermForm,
        lambda on, form: signings.begin(
            on.case, term_from=form.term_from.data, term_to=form.term_to.data),
        why_not=may_begin, known=one_year,
    ),
)  # fmt: skip
