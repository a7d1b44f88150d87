"""When a row lies in an area: one line a table. One without a line lies in none."""

from tenants.areas import (
    About,
    Addressed,
    Areas,
    By,
    Everywhere,
    Has,
    In,
    Is,
    NoneOutside,
    Nowhere,
    Rule,
    Seen,
    Unplaced,
)

FIRM = By("enterprise_id")
OFFER = By("offer_id")
CASE = By("case_id")
CONTRACT = By("contract_id")
SUPERVISOR = By("supervisor_id")
CITYS = Everywhere(held=False)  # the whole federation's: read in every area, changed in none
SHARED = Everywhere()  # written by what is done in an area, about the whole federation

# What a notice, a letter, a clock may be about.
SUBJECTS = (
    "offer", "feedback", "campaign", "exposure", "exposure_step", "bargaining_case", "meeting",
    "contract", "performance_check", "opinion_request", "forecast_entry", "acting_authority",
    "supervisor", "assignment_plan", "performance_report", "assessment", "finding", "filing",
)  # fmt: skip

LIES: dict[str, Rule] = {
    # the register
    "enterprise": In("area"),
    "enterprise_name": FIRM,
    "headcount": FIRM,
    "trade_union": In("area")
    | Has("enterprise", "union_id")
    | Is("level", "city")
    | (Is("level", "sector") & Unplaced("area")),
    "employer_association": In("area") | Unplaced("area"),
    "import_run": Nowhere(),
    "import_row": Nowhere(),
    # the house's own books
    "user": SHARED,
    "event": SHARED,
    "serial": SHARED,
    "document": SHARED,  # opened only through the row that it is a file of
    "calendar_day": CITYS,
    "calendar_year": CITYS,
    "confirmed_rule": CITYS,
    "recount": CITYS,
    "letter_wording": CITYS,
    # notices
    "message": SHARED,  # a text with its slots open; whom it went to is in the notice
    "notice": About((*SUBJECTS, "deadline")),
    "delivery": By("notice_id"),
    "contact_repair": Addressed(
        "recipient", (("enterprise", "enterprise"), ("union", "trade_union"))
    ),
    "issued_letter": About(SUBJECTS),
    "issued_file": By("letter_id"),
    "mail_returns": CITYS,
    "mail_count": SHARED,
    "mail_setup": CITYS,
    "mail_signature": CITYS,
    "mail_choice": SHARED,
    "bounce_report": By("notice_id"),
    "suppression": SHARED,  # nothing is sent to such an address, whoever asks; its list is closed
    # supervisors
    "supervisor": In("area_code")
    | Has("assignment", "supervisor_id")
    | Seen(Has("plan_item", "supervisor_id")),  # proposed for an enterprise of the area
    "assignment": FIRM,
    "assigning_policy": CITYS,
    "assignment_plan": Has("plan_item", "plan_id"),
    "plan_item": FIRM,
    "plan_wish": FIRM,
    "supervisor_handover": By("giver_id"),
    "supervisor_certificate": SUPERVISOR,
    "supervisor_leave": SUPERVISOR,
    "supervisor_quota": In("area_code"),
    "supervisor_tie": FIRM,
    "expert": CITYS,
    "expert_booking": By("enterprise_id", absent=By("supervisor_id", absent=SHARED)),
    "leader_contact": By("enterprise_id", absent=In("area") | Unplaced("area")),
    "leader_visit": By("enterprise_id", absent=By("contact_id")),
    "visit": FIRM,
    "calendar_feed": SUPERVISOR,
    "expense": SUPERVISOR,
    "month_plan": SUPERVISOR,
    "training": SUPERVISOR,
    "work_entry": SUPERVISOR,
    # an appraisal judges all that a supervisor did, wherever
    "appraisal": Nowhere(),
    "appraisal_scheme": Nowhere(),
    "complaint": Nowhere(),
    # campaigns and offers
    "campaign": (Areas("scope") & NoneOutside("campaign_addressee", "campaign_id"))
    | Has("campaign_addressee", "campaign_id"),
    "campaign_addressee": FIRM,
    "campaign_pick": FIRM,
    "campaign_topic": By("campaign_id"),
    "offer": FIRM,
    "offer_issuer": OFFER,
    "reply_link": OFFER,
    "deadline": About(("offer", "bargaining_case")),
    "feedback": OFFER,
    "reply": OFFER,
    "service": OFFER,
    "service_task": OFFER,
    "print_run": By("campaign_id"),
    # the ladder
    "exposure": OFFER,
    "exposure_exclusion": OFFER,
    "exposure_step": OFFER,
    "exposure_visit": OFFER,
    "exposure_link": By("exposure_id"),
    "exposure_publication": By("exposure_id"),
    "exposure_supplement": By("exposure_id"),
    # bargaining
    "bargaining_case": (In("area") & NoneOutside("case_enterprise", "case_id"))
    | Has("case_enterprise", "case_id"),
    "case_enterprise": By("enterprise_id", inside="case_id"),
    "case_activity": CASE,
    "activity_kind": CITYS,
    "activity_follow_up": By("activity_id"),
    "ballot": CASE,
    "voting_unit": By("enterprise_id", absent=By("ballot_id"), inside="ballot_id"),
    "ballot_box": By("unit_id"),
    "ballot_slip": By("unit_id"),
    "ballot_slot": SHARED,
    "elector": By("unit_id"),
    "case_figure": CASE,
    "demand_call": CASE,
    "demand": By("call_id"),
    "trade_price": CASE,
    "dispute": CASE,
    "case_floor": CASE,
    "draft": CASE,
    "clause": By("draft_id"),
    "clause_amount": By("clause_id"),
    "meeting": CASE,
    "attendance": By("meeting_id"),
    "minutes_signature": By("meeting_id"),
    "position": CASE,
    "suspension": CASE,
    "commitment": CASE,
    "info_request": CASE,
    "info_item": By("request_id"),
    "undertaking": CASE,
    "signing": CASE,
    "seal": By("enterprise_id", inside="signing_id"),
    "signature": By("signing_id"),
    "sheet_signature": By("signing_id"),
    "signing_certificate": CITYS,
    "signing_link": By("enterprise_id", absent=CASE, inside="case_id"),
    "mandate": By("enterprise_id", inside="case_id"),
    "team": CASE,
    "roster_vote": By("team_id"),
    "representative": By("enterprise_id", absent=By("team_id"), inside="team_id"),
    # contracts
    "contract": By("enterprise_id")
    | (In("area") & NoneOutside("membership", "contract_id"))
    | Has("membership", "contract_id"),
    "contract_clause": CONTRACT,
    "membership": By("enterprise_id", inside="contract_id"),
    "filing": CONTRACT,
    "filing_paper": By("filing_id"),
    "review": By("filing_id"),
    "publication": By("enterprise_id", absent=CONTRACT, inside="contract_id"),
    "acting_authority": By(
        "enterprise_id",
        absent=(In("area") & NoneOutside("acting_member", "authority_id"))
        | Has("acting_member", "authority_id"),
    ),
    "acting_member": FIRM,
    "assessment": CONTRACT,
    "performance_check": By("enterprise_id", absent=CONTRACT, inside="contract_id"),
    "clause_fact": By("check_id"),
    "finding": By("enterprise_id", absent=CONTRACT, inside="contract_id"),
    "opinion_request": By("finding_id"),
    "performance_report": CONTRACT,
    "wage_fact": CONTRACT,
    "contract_import": Nowhere(),
    "contract_import_row": Nowhere(),
    "bargaining_trigger": In("area") | Unplaced("area"),
    "forecast_entry": By("contract_id", absent=In("area")),
    "forecast_run": SHARED,
    # surveys: groups are kept large over the whole survey; a part of it would undo that
    "survey": Nowhere(),
    "survey_instrument": Nowhere(),
    "survey_content": Nowhere(),
    "invitation": Nowhere(),
    "survey_answer": Nowhere(),
    "survey_code": Nowhere(),
    "survey_slot": Nowhere(),
}  # fmt: skip
