"""Every act on a contract: who may do it, in which state, what is typed, what it does.

The views are made out of this table (`act_views`), and so are the buttons of the page.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from blueprints.contracts.filing import actions as filing
from blueprints.contracts.filing import effect, publishing, succession
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.contributions import Act, contract_acts
from blueprints.contracts.ground.filing_models import Filer, FilingState, ReviewKind
from blueprints.contracts.ground.labels import NOT_YOURS
from blueprints.contracts.ground.models import IN_FORCE, Contract, ContractState
from blueprints.contracts.ground.moves import unmet
from blueprints.contracts.register import forms
from blueprints.shared.guards import Viewer
from rules.broken import RuleBroken
from rules.procedure import machines
from rules.words import Text
from tenants.clock import today
from tenants.roles import May

Doing = Callable[[Contract, Any, int, int | None], None]  # contract, form, by whom, document
Stands = Callable[[Contract], Text | None]  # why it cannot be done now
SIGNED, FILED, OBJECTED = ContractState.SIGNED, ContractState.FILED, ContractState.OBJECTED
EFFECT = machines()["contract"].guards["no_objection"]


@dataclass(frozen=True)
class Deed:
    """`states` are those in which it is offered; the verb asks the rules again."""

    name: str
    label: Text
    says: Text
    states: tuple[str, ...]
    form: type[forms.ContractForm]
    do: Doing
    stands: Stands = lambda _: None
    grave: bool = False
    main: bool = False
    permission: May = May.CONTRACTS_EDIT
    pressing: Callable[[Contract], bool] = lambda _: True  # whether it is still to be done


def latest(contract: Contract) -> Any:
    found = queries.filings_of(contract.id)
    return found[0] if found else None


def _assemble(contract: Contract, form: Any, _by: int, _doc: int | None) -> None:
    filing.assemble(
        contract, Filer(form.filer.data), filer_name=form.filer_name.data,
        authority_name=form.authority_name.data,
    )  # fmt: skip


def _hand_in(contract: Contract, form: Any, by: int, doc: int | None) -> None:
    filing.hand_in(_open(contract), contract, form.receipt(doc), by_id=by)


def _review(contract: Contract, form: Any, by: int, doc: int | None) -> None:
    filing.record_review(latest(contract), contract, form.answer(doc), by_id=by)
    if form.kind.data == ReviewKind.NO_OBJECTION:
        effect.take_effect_by_letter(contract)


def _silence(contract: Contract, _form: Any, _by: int, _doc: int | None) -> None:
    if not effect.take_effect_by_silence(contract):
        raise RuleBroken(EFFECT.why, EFFECT.article)


def _publish(contract: Contract, form: Any, by: int, doc: int | None) -> None:
    publishing.publish(
        contract, form.enterprise_id.data, place=form.place.data, from_on=form.from_on.data,
        until_on=form.until_on.data, photo_id=doc, note=form.note.data or "", by_id=by,
    )  # fmt: skip


def _copy(contract: Contract, form: Any, by: int, _doc: int | None) -> None:
    publishing.copy_to_upper_union(
        contract, to=form.to.data, on=form.on.data, note=form.note.data or "", by_id=by
    )


def _open(contract: Contract) -> Any:
    found = filing.open_filing(contract)
    if found is None:
        raise RuleBroken(Text("请先准备报送材料。", "Put the filing set together first."))
    return found


def _none_open(contract: Contract) -> Text | None:
    standing = filing.open_filing(contract)
    return Text("报送材料已在准备中。", "A filing set is being put together.") if standing else None


def _one_open(contract: Contract) -> Text | None:
    if filing.open_filing(contract) is None:
        return Text("请先准备报送材料。", "Put the filing set together first.")
    return None


def _period_over(contract: Contract) -> Text | None:
    lacking = unmet(contract, today())
    return EFFECT.why if lacking else None


def _in(state: FilingState) -> Stands:
    def stands(contract: Contract) -> Text | None:
        standing = latest(contract)
        if standing is not None and standing.state == state:
            return None
        if state == FilingState.SUPPLEMENT:
            return Text("当前没有补正要求。", "The authority asked for nothing more.")
        return Text("正在等待补正。", "The set is being completed.")

    return stands


DEEDS: Mapping[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed(
            "filing", Text("准备报送材料", "Put the filing set together"),
            Text("按当地清单列出材料，逐项核对。", "Lists the papers the place asks for."),
            (SIGNED,), forms.AssembleForm, _assemble, stands=_none_open, main=True,
        ),
        Deed(
            "receipt", Text("登记受理", "Record the receipt"),
            Text("审查期自劳动行政部门收到之日起算。",
                 "The review runs from the day on which the authority received it."),
            (SIGNED,), forms.ReceiptForm, _hand_in, stands=_one_open, main=True,
        ),
        Deed(
            "supplement", Text("登记补正要求", "Record what the authority still wants"),
            Text("补正期间审查期不因沉默而届满。",
                 "Until it is supplied the review does not end by silence."),
            (FILED,), forms.SupplementForm,
            lambda contract, form, _by, _doc: filing.ask_supplement(
                latest(contract), contract, form.words.data, on=form.asked_on.data),
            stands=_in(FilingState.FILED),
        ),
        Deed(
            "supplied", Text("登记补正完成", "Record that it was supplied"),
            Text("审查期自材料齐全之日重新起算。", "The review runs anew from that day."),
            (FILED,), forms.SuppliedForm,
            lambda contract, form, _by, _doc: filing.supply(
                latest(contract), contract, on=form.supplied_on.data),
            stands=_in(FilingState.SUPPLEMENT),
        ),
        Deed(
            "review", Text("登记审查意见", "Record the authority's answer"),
            Text("无异议意见送达之日生效；有异议的，对所指条款重新协商后再报送。",
                 "No objection: in force from the day of delivery. An objection: the clauses named "
                 "are bargained again, and it is filed anew."),
            (FILED,), forms.ReviewForm, _review, main=True,
        ),
        Deed(
            "effect", Text("审查期满确认生效", "Confirm that the period passed in silence"),
            Text("系统每小时自动办理；也可以在此立即办理。",
                 "The service does this by itself every hour; here it is done at once."),
            (FILED,), forms.ConfirmForm, _silence, stands=_period_over,
        ),
        Deed(
            "again", Text("重新协商", "Bargain again"),
            Text("就审查意见所指条款重新协商、表决、签订、报送。",
                 "The clauses objected to are bargained, voted on, signed and filed once more."),
            (OBJECTED,), forms.ConfirmForm,
            lambda contract, _form, _by, _doc: filing.bargain_again(contract), main=True,
        ),
        Deed(
            "publication", Text("登记公布", "Record a publication"),
            Text("逐家企业登记公布位置、时间，附公布栏照片。",
                 "Enterprise by enterprise: where, when, with a photo of the board."),
            IN_FORCE, forms.PublicationForm, _publish, main=True,
            pressing=lambda contract: bool(queries.not_yet_published(contract.id, limit=1)),
        ),
        Deed(
            "copy", Text("抄送上级工会", "Copy to the upper union"),
            Text("职工方将生效文本报上级工会。", "The workers' side hands in a copy."),
            IN_FORCE, forms.CopyForm, _copy,
        ),
        Deed(
            "change", Text("双方同意变更", "Both sides agree to a change"),
            Text("按原程序协商、表决、签订、报送；新文本生效前，本合同继续有效。",
                 "The same procedure once more; until the change is in force this one binds."),
            (ContractState.EFFECTIVE, ContractState.PUBLISHED), forms.AgreedForm,
            lambda contract, form, _by, _doc: succession.agree_to_change(
                contract, form.reason.data, both_agree=form.both.data),
        ),
        Deed(
            "termination", Text("双方同意解除", "Both sides agree to end it"),
            Text("须经职工（代表）大会通过，并报告。",
                 "The congress must pass it, and it is reported."),
            (ContractState.EFFECTIVE, ContractState.PUBLISHED), forms.AgreedForm,
            lambda contract, form, _by, _doc: succession.agree_to_end(
                contract, form.reason.data, both_agree=form.both.data), grave=True,
        ),
        Deed(
            "keeping", Text("维持原合同", "Keep it as it is"),
            Text("双方同意不再变更、解除。", "Both sides agree that nothing is changed."),
            (ContractState.AMENDING, ContractState.TERMINATING), forms.KeepForm,
            lambda contract, form, _by, _doc: succession.keep(
                contract, both_agree=form.both.data),
        ),
        Deed(
            "ending", Text("登记解除", "Record that it has ended"),
            Text("自解除之日起不再约束任何企业，报告期限开始计算。",
                 "From that day it binds nobody, and the time to report runs."),
            (ContractState.TERMINATING,), forms.EndForm,
            lambda contract, form, _by, _doc: succession.end(
                contract, on=form.on.data, voted_on=form.voted_on.data,
                passed=form.passed.data), grave=True,
        ),
        Deed(
            "end-report", Text("登记解除报告", "Record the report of its end"),
            Text("已向劳动行政部门和上级工会报告。", "Authority and upper union were told."),
            (ContractState.TERMINATED,), forms.EndReportForm,
            lambda contract, form, _by, _doc: succession.report_end(contract, on=form.on.data),
        ),
    )
}  # fmt: skip


@contract_acts(20)
def buttons(contract: Contract, viewer: Viewer) -> Iterator[Act]:
    """The deeds of this state: open ones, and closed ones with the reason."""
    found_main = False
    for deed in DEEDS.values():
        if contract.state not in deed.states:
            continue
        why = NOT_YOURS if not viewer.may(deed.permission) else deed.stands(contract)
        main = deed.main and why is None and not found_main and deed.pressing(contract)
        found_main = found_main or main
        yield Act(
            deed.label,
            url_for(f"contracts.{endpoint(deed)}", contract_id=contract.id),
            says=deed.says,
            grave=deed.grave,
            main=main,
            why_not=why,
        )


def endpoint(deed: Deed) -> str:
    return f"deed_{deed.name.replace('-', '_')}"
