"""What was done, of the surveys of workers."""

from flask_babel import lazy_gettext as _l

VERBS = {
    "survey.changed": _l("changed the plan of the survey"),
    "survey.closed": _l("closed the survey"),
    "survey.codes_made": _l("made entry codes for the survey"),
    "survey.contents_saved": _l("set the boxes of question 2"),
    "survey.dropped": _l("dropped the survey"),
    "survey.handed_out": _l("counted the forms handed out"),
    "survey.instrument_approved": _l("approved a version of the survey form"),
    "survey.instrument_proposed": _l("proposed a version of the survey form"),
    "survey.instrument_withdrawn": _l("withdrew a version of the survey form"),
    "survey.opened": _l("opened the survey"),
    "survey.paper_entered": _l("entered forms from paper"),
    "survey.planned": _l("planned the survey"),
    "survey.targets_set": _l("set the targets of the surveys"),
    "survey.unit_removed": _l("took a unit off the plan"),
}
