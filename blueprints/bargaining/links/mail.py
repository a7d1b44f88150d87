"""Links of one's own by mail: who may get one, at which address, and what went out before."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from flask import url_for
from sqlalchemy import select

from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.demand_models import Audience, DemandCall
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.bargaining.ground.signature_models import LinkPurpose, Signing, SigningLink
from blueprints.bargaining.information.undertakings import undertakings_of
from blueprints.bargaining.signing import queries as signings
from blueprints.bargaining.table.links import address
from blueprints.notices.actions import post
from blueprints.notices.models import Notice
from blueprints.registry.models import Enterprise, TradeUnion
from rules.words import Text
from tenants import trail
from tenants.db import TenantOwned, db
from tenants.federation import this_federation

TEXT_ID = "30-personal-link"
OWN = Text(
    "链接只属于您本人（本单位），请勿转发。", "The link is for you alone; do not pass it on."
)
PASS_ON = Text(
    "可以转发给本单位职工；填写不记名。", "Pass it on to the workers; no names are asked."
)
UNDERTAKE = Text("确认保密承诺书", "Confirm the undertaking of secrecy")
ROOM = Text("查阅协商资料", "Read the papers of the teams")


@dataclass(frozen=True)
class Addressee:
    """Somebody a link can go to. `done`: has already done what the link is for."""

    recipient: str  # as notices name it: "representative:7"
    name: str
    address: str | None
    url: str
    title: Text
    says: Text
    home: str  # where the address is entered
    keep: Text = OWN
    done: bool = False


@dataclass(frozen=True)
class Mailing:
    """The links of one matter, and the latest notice each addressee got of it."""

    kind: str
    subject: TenantOwned
    people: Sequence[Addressee]
    told: dict[str, Notice] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The number the next sending has: a form sent twice is one sending."""
        return 1 + max((one.sequence for one in self.told.values()), default=0)

    @property
    def waiting(self) -> list[str]:
        """Whom to propose: those who can be reached, have something to do, and got no mail yet."""
        return [
            one.recipient
            for one in self.people
            if one.address and not one.done and one.recipient not in self.told
        ]


def of_team_room(case: BargainingCase) -> Mailing:
    """Each representative's way to the papers; with the undertaking where one was asked for."""
    promises, people = undertakings_of(case.id), []
    for one in queries.representatives_of(case.id):
        if one.room_token is None:
            continue
        promise = promises.get(one.id)
        asked = promise is not None and promise.signed_on is None
        says = (
            Text("请阅读并确认保密承诺书；确认后可以查阅双方提供的保密资料。",
                 "Read the undertaking and put your name to it; then what is secret opens too.")
            if asked else
            Text("双方提供的资料在这里查阅。", "What was handed over can be read here.")
        )  # fmt: skip
        people.append(Addressee(
            f"representative:{one.id}", one.name, one.email,
            url_for("team_room.show", token=one.room_token, _external=True),
            UNDERTAKE if asked else ROOM, says, _seat(case, one.id),
            done=promise is not None and not asked,
        ))  # fmt: skip
    return _mailing("undertaking", case, people)


def of_signing(case: BargainingCase, signing: Signing) -> Mailing:
    """The chiefs who have not signed, and the enterprises that have not sealed, first."""
    query = select(SigningLink).where(
        SigningLink.signing_id == signing.id, SigningLink.revoked_at.is_(None)
    )
    links = db.session.scalars(query.order_by(SigningLink.id)).all()
    chiefs = {one.id: one for one in queries.representatives_of(case.id) if one.chief}
    signed = {one.representative_id for one in signings.names_under(signing.id).values()}
    seals = signings.seals_of(signing.id)
    firms = _firms(case)
    people = []
    for link in links:
        chief = chiefs.get(link.representative_id or 0)
        firm = firms.get(link.enterprise_id or 0)
        if link.purpose == LinkPurpose.SIGNATURE and chief is not None:
            people.append(Addressee(
                f"representative:{chief.id}", chief.name, chief.email, address(link),
                Text("签署集体合同", "Sign the collective contract"),
                Text("请阅读全文，以首席代表身份签字。", "Read the text and sign as chief."),
                _seat(case, chief.id), done=chief.id in signed,
            ))  # fmt: skip
        elif link.purpose == LinkPurpose.ACCESSION and firm is not None:
            people.append(Addressee(
                f"enterprise:{firm.id}", firm.name, firm.email, address(link),
                Text("确认或者盖章加入集体合同", "Accede to the collective contract"),
                Text("请阅读全文，上传盖章页或者确认。",
                     "Read the text; send the page with your seal, or recognise it."),
                _register(firm.id), done="sealed" in seals.get(firm.id, {}),
            ))  # fmt: skip
    return _mailing("personal_link", signing, people)


def of_demands(case: BargainingCase, call: DemandCall) -> Mailing:
    """The enterprises get their link; the unions that stand for their workers get the workers'."""
    by = Text(f"请在{call.closes_on.isoformat()}以前填写。",
              f"Please answer by {call.closes_on.isoformat()}.")  # fmt: skip
    firms = _firms(case).values()
    unions = {one.union_id for one in firms if one.union_id} | {case.union_id}
    query = select(TradeUnion).where(TradeUnion.id.in_([one for one in unions if one]))
    people = [
        Addressee(
            f"union:{one.id}", one.name, one.email, _demand_url(call, Audience.WORKERS),
            Text("请职工填写协商诉求", "Ask the workers what they want bargained"), by,
            url_for("unions.show", union_id=one.id), PASS_ON,
        )
        for one in db.session.scalars(query.order_by(TradeUnion.sort_key, TradeUnion.id))
    ]  # fmt: skip
    people += [
        Addressee(
            f"enterprise:{one.id}", one.name, one.email, _demand_url(call, Audience.ENTERPRISES),
            Text("填写企业对协商事项的意见", "Say what the enterprise wants bargained"), by,
            _register(one.id),
        )
        for one in firms
    ]  # fmt: skip
    return _mailing("demand_round", call, people)


def send(case: BargainingCase, mailing: Mailing, chosen: Collection[str], number: int) -> int:
    """Owe each of the chosen a mail with the link; how many. The same number again sends nothing.

    Whoever has no address cannot be chosen: the page says so, and the link can be copied.
    """
    contact = this_federation().settings.get("contact", {})
    shared = {
        "case_name": case.name,
        "case_no": case.document_no,
        "contact_name": contact.get("name") or this_federation().name,
        "contact_phone": contact.get("phone") or "—",
        "tenant_name": this_federation().name,
    }
    people = [one for one in mailing.people if one.recipient in chosen and one.address]
    for one in people:
        post(
            mailing.kind, subject=mailing.subject, recipient=one.recipient, name=one.name,
            address=one.address, text_id=TEXT_ID, sequence=min(number, mailing.number),
            values={
                **shared, "recipient_name": one.name, "purpose_title": one.title,
                "purpose_text": one.says, "link_url": one.url, "link_keep_text": one.keep,
            },
        )  # fmt: skip
    if people and number == mailing.number:
        trail.record("links.mailed", case, kind=mailing.kind, people=len(people))
    return len(people)


def _mailing(kind: str, subject: TenantOwned, people: Sequence[Addressee]) -> Mailing:
    """With the latest notice to each, and those first who have something left to do."""
    subject_kind, subject_id = trail.named(subject)
    query = (
        select(Notice)
        .where(Notice.kind == kind, Notice.subject_kind == subject_kind,
               Notice.subject_id == subject_id)
        .order_by(Notice.sequence)
    )  # fmt: skip
    told = {one.recipient: one for one in db.session.scalars(query)}
    return Mailing(kind, subject, sorted(people, key=lambda one: one.done), told)


def _firms(case: BargainingCase) -> dict[int, Enterprise]:
    """The enterprises of the case as the register has them today, by name."""
    ids = [row.enterprise_id for row in queries.enterprises_of(case.id)]
    query = select(Enterprise).where(Enterprise.id.in_(ids))
    rows = db.session.scalars(query.order_by(Enterprise.sort_key, Enterprise.id))
    return {one.id: one for one in rows}


def _seat(case: BargainingCase, representative_id: int) -> str:
    return url_for(
        "cases.edit_representative", case_id=case.id, representative_id=representative_id
    )


def _register(enterprise_id: int) -> str:
    return url_for("registry.show", enterprise_id=enterprise_id)


def _demand_url(call: DemandCall, audience: Audience) -> str:
    token = call.worker_token if audience == Audience.WORKERS else call.enterprise_token
    return url_for("demands.show", token=token, _external=True)
