"""What was done, of users, rules and calendars."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "calendar.changed": _l("changed a day of the calendar"),
    "calendar.conventions_changed": _l("changed how days are counted"),
    "calendar.entered": _l("entered a day in the calendar"),
    "calendar.removed": _l("removed a day from the calendar"),
    "calendar.year_completed": _l("declared a year of the calendar complete"),
    "calendar.year_reopened": _l("reopened a year of the calendar"),
    "certificate.kept": _l("kept a certificate for PDF signatures"),
    "certificate.thrown_away": _l("threw the certificate for PDF signatures away"),
    "federation.changed": _l("changed the settings"),
    "rule.confirmed": _l("confirmed a rule"),
    "rule.corrected": _l("corrected a rule"),
    "rule.withdrawn": _l("withdrew a rule"),
    "user.accepted_invitation": _l("accepted the invitation"),
    "user.asked_for_reset": _l("asked for another password"),
    "user.changed": _l("changed the account"),
    "user.changed_own_details": _l("changed their own details"),
    "user.changed_password": _l("changed the password"),
    "user.chose_digest": _l("chose how often the digest comes"),
    "user.disabled": _l("disabled the account"),
    "user.enabled": _l("enabled the account again"),
    "user.invited": _l("invited"),
    "user.invited_again": _l("sent the invitation again"),
    "user.reset_password": _l("chose another password by mail link"),
    "user.signed_in": _l("signed in"),
}
