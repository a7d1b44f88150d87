"""The trail in words, of contracts and of acting for lower unions."""

from flask_babel import lazy_gettext as _l

CONTRACT_KINDS = {
    "acting_authority": _l("Acting authority"),
    "contract": _l("Collective contract"),
}
CONTRACT_VERBS = {
    "acting.approved": _l("approved acting for the lower union"),
    "acting.expired": _l("saw the acting authority expire"),
    "acting.handed_back": _l("handed back to the lower union"),
    "acting.objected": _l("objected to the acting"),
    "acting.objection_answered": _l("answered the objection"),
    "acting.proposed": _l("proposed to act for the lower union"),
    "acting.refused": _l("refused the acting"),
    "acting.revoked": _l("revoked the acting authority"),
    "acting.strength_found": _l("found a union founded or strong again"),
    "contract.change_agreed": _l("recorded that both sides agree to a change"),
    "contract.drawn_up": _l("drew up the contract"),
    "contract.end_agreed": _l("recorded that both sides agree to end it"),
    "contract.end_reported": _l("recorded the report of its end"),
    "contract.ended": _l("recorded that it has ended"),
    "contract.expired": _l("saw its term end"),
    "contract.filed": _l("recorded the receipt of the filing"),
    "contract.filing_assembled": _l("put the filing set together"),
    "contract.kept": _l("kept it as it is"),
    "contract.member_confirmed": _l("recorded the basis of an enterprise"),
    "contract.member_left": _l("recorded that an enterprise left"),
    "contract.members_added": _l("put enterprises on its list"),
    "contract.members_bound": _l("saw enterprises become bound"),
    "contract.objected": _l("sent the contract back with an objection"),
    "contract.paper_added": _l("added a paper to the filing set"),
    "contract.passed": _l("recorded the vote"),
    "contract.publication_recorded": _l("recorded a publication"),
    "contract.published": _l("published the contract"),
    "contract.reopened": _l("took the contract back to bargaining"),
    "contract.replaced": _l("saw another contract take its place"),
    "contract.review_recorded": _l("recorded the answer of the authority"),
    "contract.signed": _l("recorded the signature"),
    "contract.supplement_asked": _l("recorded what the authority still wants"),
    "contract.supplement_given": _l("recorded that the set is complete"),
    "contract.took_effect": _l("saw the contract come into force"),
}
