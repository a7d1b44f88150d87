"""What the words of the roster are called: state, side, level, language, certificate, tie."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

ENGAGEMENTS = {"full_time": _l("Full time"), "part_time": _l("Part time")}
SIDES = {
    "union": _l("Helps the workers' side"),
    "neutral": _l("Guides both sides"),
}
LEVELS = {"city": _l("City"), "county": _l("County or district"), "street": _l("Street or town")}
LANGUAGES = {
    "zh": _l("Chinese"),
    "mn": _l("Mongolian"),
    "ug": _l("Uyghur"),
    "bo": _l("Tibetan"),
    "kk": _l("Kazakh"),
    "ko": _l("Korean"),
    "za": _l("Zhuang"),
    "en": _l("English"),
}
CERTIFICATES = {
    "supervisor": _l("Certificate of a bargaining supervisor"),
    "social_worker": _l("Social worker"),
    "lawyer": _l("Lawyer"),
    "mediator": _l("Mediator"),
    "other": _l("Another certificate"),
}
TIES = {
    "former_employer": _l("Worked there"),
    "relative": _l("A close relative works or owns there"),
    "paid_advice": _l("Gives paid advice"),
    "other_side": _l("Acted for the other side in a case"),
    "holding": _l("Holds a share"),
    "other": _l("Another interest"),
}
HANDOVERS = {
    "proposed": _l("Waits for acceptance"),
    "accepted": lazy_pgettext("handover", "Accepted"),
    "declined": lazy_pgettext("handover", "Declined"),
    "withdrawn": _l("Withdrawn"),
}
OUTCOMES = {
    "bargaining_begun": _l("Bargaining has begun"),
    "offer_answered": _l("The offer was answered"),
    "union_founded": _l("A union was founded"),
    "matter_settled": _l("The matter was settled"),
    "open": _l("Open, with a next step"),
    "none": _l("Nothing yet"),
}
FIELDS = {
    "law": _l("Labour law"),
    "pay": _l("Pay and posts"),
    "finance": _l("Finance and accounts"),
    "safety": _l("Safety and health"),
    "industry": _l("The trade itself"),
    "mediation": _l("Mediation"),
    "other": _l("Another field"),
}
BOOKINGS = {"booked": _l("Booked"), "held": _l("Held"), "cancelled": _l("Cancelled")}
