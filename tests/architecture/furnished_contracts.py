"""The contracts of the furnished federation: one row of each kind, made by the room's own verbs."""

from datetime import date
from types import SimpleNamespace

from sqlalchemy import select

from blueprints.contracts.filing import actions as filing
from blueprints.contracts.ground import queries
from blueprints.contracts.ground.filing_models import Filer
from blueprints.contracts.ground.membership_models import Membership
from tenants.db import db
from tenants.files import store
from tests.contracts import acting_world, world
from tests.offers.world import instant
from tests.world import Federation

PDF = b"%PDF-1.7\n%a scan\n"
CONTRACT_IDS = {
    "contract_id": lambda rows: rows.contract,
    "filing_id": lambda rows: rows.filing,
    "paper_id": lambda rows: rows.paper,
    "membership_id": lambda rows: rows.membership,
    "authority_id": lambda rows: rows.authority,
}
CONTRACT_AT = {
    **{
        (f"contracts.{name}", "contract_id"): lambda rows: rows.contract_in_force
        for name in (
            "deed_publication", "deed_copy", "deed_change", "deed_termination", "new_leaving",
            "create_leaving",
        )
    },
    ("contracts.new_leaving", "membership_id"): lambda rows: rows.member_in_force,
    ("contracts.create_leaving", "membership_id"): lambda rows: rows.member_in_force,
    ("contracts.document", "document_id"): lambda rows: rows.contract_document,
    ("open_contracts.show", "token"): lambda rows: rows.contract_token,
    ("open_contracts.whole_text", "token"): lambda rows: rows.contract_token,
    ("principal.show", "token"): lambda rows: rows.principal_token,
    ("principal.create_objection", "token"): lambda rows: rows.principal_token,
    ("principal.create_revocation", "token"): lambda rows: rows.principal_token,
    ("acting.deed_approval", "authority_id"): lambda rows: rows.authority_asked,
    ("acting.deed_refusal", "authority_id"): lambda rows: rows.authority_asked,
}  # fmt: skip


def contracts(federation: Federation, rows: SimpleNamespace) -> None:
    """One signed with its filing set begun, one in force, one authority asked for and one given."""
    town = world.Town(federation, firms=[rows.enterprise])
    world.in_force(town, name="示例生效的集体合同")
    rows.contract_in_force = town.contract_id
    with federation.scope(at=instant("2026-03-21")):
        rows.contract_token = queries.get_contract(town.contract_id).public_token
        rows.member_in_force = first_member(town.contract_id)
    world.signed(town, name="示例已签订的集体合同")
    rows.contract = town.contract_id
    with federation.scope(at=instant("2026-03-21")):
        contract = queries.get_contract(rows.contract)
        made = filing.assemble(
            contract, Filer.EMPLOYER, filer_name="示例协会", authority_name="示范市人社局"
        )
        scan = store(PDF, "决议.pdf", purpose="contract.paper", subject=("contract", contract.id))
        rows.filing, rows.contract_document = made.id, scan.id
        papers = queries.papers_of(made.id)
        rows.paper = next(one.id for one in papers if not one.made)
        rows.membership = first_member(contract.id)
        db.session.commit()
    rows.authority_asked = acting_world.proposed(federation, on="2026-03-02")
    rows.authority = acting_world.approved(
        federation,
        acting_world.of_enterprise(
            rows.enterprise, from_on=date(2026, 3, 1), until_on=date(2030, 1, 1),
            instrument_id=rows.contract_document,
        ),
        on="2026-03-02",
    )  # fmt: skip
    with federation.scope(at=instant("2026-03-21")):
        rows.principal_token = queries.get_authority(rows.authority).token


def first_member(contract_id: int) -> int:
    query = select(Membership.id).where(Membership.contract_id == contract_id)
    return db.session.scalars(query.order_by(Membership.id).limit(1)).one()
