"""Who may do what. The one table: guards, screens and docs/permissions.md read it."""

from enum import StrEnum


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    OFFICER = "officer"
    APPROVER = "approver"
    SUPERVISOR = "supervisor"
    UNION = "union"
    PARTNER = "partner"
    AUDITOR = "auditor"


class Scope(StrEnum):
    """Which rows a permission reaches."""

    ALL = "all"
    PORTFOLIO = "portfolio"  # enterprises assigned to this supervisor
    SUBTREE = "subtree"  # enterprises of this union and of the unions below it
    SHARED = "shared"  # what the federation shares with its partners


class May(StrEnum):
    ANYONE = "anyone"  # no account: sign-in page, reply desk, check page
    SIGNED_IN = "signed-in"  # every account of the federation: workbench, own profile
    REGISTRY_READ = "registry:read"
    REGISTRY_EDIT = "registry:edit"
    REGISTRY_IMPORT = "registry:import"
    REGISTRY_EXPORT = "registry:export"
    SUPERVISORS_READ = "supervisors:read"
    SUPERVISORS_ASSIGN = "supervisors:assign"
    SUPERVISORS_EDIT = "supervisors:edit"  # roster, certificates, leave, ties, experts, contacts
    SUPERVISORS_APPROVE = "supervisors:approve"  # engage, renew, end; decide on an appraisal
    SUPERVISORS_OWN = "supervisors:own"  # a supervisor's own matters: handovers, day, visits
    VISITS_READ = "visits:read"
    VISITS_RECORD = "visits:record"  # plan, make and correct a visit; hours and expenses
    WORK_CONFIRM = "work:confirm"  # confirm plans, decide on expenses, record trainings
    APPRAISALS_READ = "appraisals:read"
    APPRAISALS_MARK = "appraisals:mark"  # set the weights, mark, record complaints
    APPRAISALS_DECIDE = "appraisals:decide"
    CAMPAIGNS_READ = "campaigns:read"
    CAMPAIGNS_PREPARE = "campaigns:prepare"
    CAMPAIGNS_APPROVE = "campaigns:approve"
    CAMPAIGNS_ISSUE = "campaigns:issue"
    OFFERS_READ = "offers:read"
    OFFERS_EXPORT = "offers:export"
    OFFERS_SERVE = "offers:serve"
    OFFERS_REPLY = "offers:reply"  # record a reply that came on paper
    OFFERS_REVIEW = "offers:review"  # judge whether a reason for refusing is proper
    EXPOSURES_READ = "exposures:read"
    EXPOSURES_PROPOSE = "exposures:propose"  # steps of the ladder and exposures; their service
    EXPOSURES_REVIEW = "exposures:review"  # legal check of texts, statements, objections
    EXPOSURES_APPROVE = "exposures:approve"  # issue a step; decide on a publication
    EXPOSURES_PUBLISH = "exposures:publish"
    CONTRACTS_READ = "contracts:read"
    CONTRACTS_EDIT = "contracts:edit"  # filing, members, publication, acting authority proposed
    CONTRACTS_APPROVE = "contracts:approve"  # decide on an acting authority
    CONTRACTS_EXPORT = "contracts:export"
    CONTRACTS_IMPORT = "contracts:import"
    PERFORMANCE_CHECK = "performance:check"  # hold a check, on the spot
    PERFORMANCE_EDIT = "performance:edit"  # plan checks, put findings, write reports, assess
    PERFORMANCE_APPROVE = "performance:approve"  # issue an opinion, confirm an assessment
    FORECAST_READ = "forecast:read"
    FORECAST_EDIT = "forecast:edit"  # owner and day, triggers, publish, make a campaign or case
    SURVEYS_READ = "surveys:read"
    SURVEYS_PLAN = "surveys:plan"  # plan, hand out, close; propose questions
    SURVEYS_OPEN = "surveys:open"  # open a survey, approve questions, set the targets
    SURVEYS_ENTER = "surveys:enter"  # forms that came back on paper
    SURVEYS_EXPORT = "surveys:export"
    CASES_READ = "cases:read"
    CASES_OPEN = "cases:open"
    CASES_EDIT = "cases:edit"  # teams, mandates, demands, information, meetings, drafts
    CASES_APPROVE = "cases:approve"
    CASES_EXPORT = "cases:export"
    NOTICES_READ = "notices:read"
    NOTICES_SEND = "notices:send"
    CONTACTS_REPAIR = "contacts:repair"
    TEMPLATES_READ = "templates:read"
    TEMPLATES_EDIT = "templates:edit"
    TEMPLATES_APPROVE = "templates:approve"
    SENDING_OPEN = "sending:open"  # end the trial: from then on mail reaches everybody
    RULES_READ = "rules:read"
    RULES_CONFIRM = "rules:confirm"
    CALENDARS_EDIT = "calendars:edit"
    USERS_MANAGE = "users:manage"
    SETTINGS_EDIT = "settings:edit"
    TRAIL_READ = "trail:read"


_READS = {
    May.REGISTRY_READ,
    May.SUPERVISORS_READ,
    May.VISITS_READ,
    May.APPRAISALS_READ,
    May.CAMPAIGNS_READ,
    May.OFFERS_READ,
    May.EXPOSURES_READ,
    May.CONTRACTS_READ,
    May.FORECAST_READ,
    May.SURVEYS_READ,
    May.CASES_READ,
    May.NOTICES_READ,
    May.TEMPLATES_READ,
    May.RULES_READ,
}
_FIELD = {
    May.REGISTRY_READ,
    May.OFFERS_READ,
    May.OFFERS_SERVE,
    May.OFFERS_REPLY,
    May.CASES_READ,
    May.CASES_EDIT,
    May.VISITS_READ,
    May.VISITS_RECORD,
    May.SURVEYS_READ,
    May.SURVEYS_ENTER,
}


def _all(*permissions: May) -> dict[May, Scope]:
    return dict.fromkeys((May.SIGNED_IN, *permissions), Scope.ALL)


GRANTS: dict[Role, dict[May, Scope]] = {
    Role.ADMINISTRATOR: _all(
        *_READS,
        May.REGISTRY_EDIT,
        May.REGISTRY_IMPORT,
        May.REGISTRY_EXPORT,
        May.SUPERVISORS_ASSIGN,
        May.SUPERVISORS_EDIT,
        May.OFFERS_EXPORT,
        May.CONTRACTS_EXPORT,
        May.CASES_EXPORT,
        May.NOTICES_SEND,
        May.CONTACTS_REPAIR,
        May.TEMPLATES_EDIT,
        May.RULES_CONFIRM,
        May.CALENDARS_EDIT,
        May.USERS_MANAGE,
        May.SETTINGS_EDIT,
        May.TRAIL_READ,
    ),
    Role.OFFICER: _all(
        *_READS,
        May.REGISTRY_EDIT,
        May.REGISTRY_IMPORT,
        May.REGISTRY_EXPORT,
        May.SUPERVISORS_ASSIGN,
        May.SUPERVISORS_EDIT,
        May.VISITS_RECORD,
        May.WORK_CONFIRM,
        May.APPRAISALS_MARK,
        May.CAMPAIGNS_PREPARE,
        May.CAMPAIGNS_ISSUE,
        May.OFFERS_EXPORT,
        May.OFFERS_SERVE,
        May.OFFERS_REPLY,
        May.OFFERS_REVIEW,
        May.EXPOSURES_PROPOSE,
        May.EXPOSURES_REVIEW,
        May.EXPOSURES_PUBLISH,
        May.CASES_OPEN,
        May.CONTRACTS_EDIT,
        May.CONTRACTS_EXPORT,
        May.CONTRACTS_IMPORT,
        May.PERFORMANCE_CHECK,
        May.PERFORMANCE_EDIT,
        May.FORECAST_EDIT,
        May.SURVEYS_PLAN,
        May.SURVEYS_ENTER,
        May.SURVEYS_EXPORT,
        May.CASES_EDIT,
        May.CASES_EXPORT,
        May.NOTICES_SEND,
        May.CONTACTS_REPAIR,
    ),
    Role.APPROVER: _all(
        *_READS,
        May.REGISTRY_EXPORT,
        May.CAMPAIGNS_APPROVE,
        May.SUPERVISORS_APPROVE,
        May.APPRAISALS_DECIDE,
        May.TEMPLATES_APPROVE,
        May.SENDING_OPEN,
        May.OFFERS_EXPORT,
        May.OFFERS_REVIEW,
        May.EXPOSURES_REVIEW,
        May.EXPOSURES_APPROVE,
        May.EXPOSURES_PUBLISH,
        May.CONTRACTS_APPROVE,
        May.PERFORMANCE_APPROVE,
        May.CONTRACTS_EXPORT,
        May.SURVEYS_OPEN,
        May.SURVEYS_EXPORT,
        May.CASES_APPROVE,
        May.CASES_EXPORT,
        May.TRAIL_READ,
    ),
    Role.SUPERVISOR: {
        May.SIGNED_IN: Scope.ALL,
        May.RULES_READ: Scope.ALL,
        May.SUPERVISORS_OWN: Scope.PORTFOLIO,
        May.CONTRACTS_READ: Scope.PORTFOLIO,
        May.PERFORMANCE_CHECK: Scope.PORTFOLIO,
        May.FORECAST_READ: Scope.PORTFOLIO,
        **dict.fromkeys(_FIELD, Scope.PORTFOLIO),
    },
    Role.UNION: {
        May.SIGNED_IN: Scope.ALL,
        May.RULES_READ: Scope.ALL,
        May.REGISTRY_READ: Scope.SUBTREE,
        May.OFFERS_READ: Scope.SUBTREE,
        May.CONTRACTS_READ: Scope.SUBTREE,
        May.PERFORMANCE_CHECK: Scope.SUBTREE,
        May.FORECAST_READ: Scope.SUBTREE,
        May.SURVEYS_READ: Scope.SUBTREE,
        May.CASES_READ: Scope.SUBTREE,
    },
    Role.PARTNER: {
        May.SIGNED_IN: Scope.ALL,
        May.RULES_READ: Scope.ALL,
        May.CAMPAIGNS_READ: Scope.SHARED,
    },
    Role.AUDITOR: _all(
        *_READS,
        May.REGISTRY_EXPORT,
        May.OFFERS_EXPORT,
        May.CASES_EXPORT,
        May.CONTRACTS_EXPORT,
        May.SURVEYS_EXPORT,
        May.TRAIL_READ,
    ),
}


# The work of supervisors, and how it is judged: who may not see it is not told that it is there.
UNSEEN = frozenset(
    {
        May.SUPERVISORS_READ,
        May.SUPERVISORS_ASSIGN,
        May.SUPERVISORS_EDIT,
        May.SUPERVISORS_APPROVE,
        May.SUPERVISORS_OWN,
        May.VISITS_READ,
        May.VISITS_RECORD,
        May.WORK_CONFIRM,
        May.APPRAISALS_READ,
        May.APPRAISALS_MARK,
        May.APPRAISALS_DECIDE,
    }
)


# What is done for the whole federation at once: an officer who is bound to an area has none of it.
CITYWIDE = frozenset(
    {
        May.REGISTRY_IMPORT,
        May.CONTRACTS_IMPORT,
        May.APPRAISALS_READ,
        May.APPRAISALS_MARK,
        May.SURVEYS_READ,
        May.SURVEYS_PLAN,
        May.SURVEYS_ENTER,
        May.SURVEYS_EXPORT,
    }
)


def may(role: str, permission: May) -> bool:
    return permission is May.ANYONE or reach(role, permission) is not None


def reach(role: str, permission: May, *, area: str | None = None) -> Scope | None:
    """Which rows the role reaches with this permission; None when it has none of it.

    Of an officer bound to an area, ALL is all that lies there: tenants.within sees to it.
    """
    if area is not None and permission in CITYWIDE:
        return None
    return GRANTS.get(Role(role), {}).get(permission) if role in set(Role) else None
