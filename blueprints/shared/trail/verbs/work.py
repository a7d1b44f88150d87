"""What was done, of a supervisor's work: visits, months, trainings, appraisals."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "appraisal.begun": _l("opened the appraisal"),
    "appraisal.closed": _l("filed the result of the appraisal"),
    "appraisal.decided": _l("decided on the appraisal"),
    "appraisal.marked": _l("marked the appraisal"),
    "appraisal.objected": _l("objected to the appraisal"),
    "appraisal.sent_back": _l("sent the appraisal back to be marked again"),
    "appraisal.settled": _l("answered the objection"),
    "appraisal.stated": _l("stated their own view"),
    "appraisal.weights_set": _l("set the weights of the appraisal"),
    "calendar_feed.closed": _l("ended the address of the calendar"),
    "calendar_feed.opened": _l("made an address for the calendar"),
    "complaint.examined": _l("examined a complaint"),
    "complaint.recorded": _l("recorded a complaint"),
    "expense.claimed": _l("entered an expense"),
    "expense.decided": _l("decided on an expense"),
    "expense.withdrawn": _l("withdrew an expense"),
    "training.recorded": _l("entered a training"),
    "visit.corrected": _l("corrected the record of the visit"),
    "visit.dropped": _l("took the visit out of the plan"),
    "visit.made": _l("recorded the visit"),
    "visit.planned": _l("planned the visit"),
    "visit.replanned": _l("moved the visit"),
    "work.recorded": _l("recorded hours"),
    "work.removed": _l("removed hours"),
}
