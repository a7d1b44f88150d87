"""The poster of a round of demands: one for the canteen, one for the enterprises."""

from blueprints.bargaining.ground.demand_models import Audience, DemandCall
from blueprints.bargaining.ground.models import BargainingCase
from blueprints.notices.letters.poster import Poster
from blueprints.notices.letters.values import Lang
from rules.words import Text
from tenants.federation import this_federation

MOST_TOPICS = 8
TITLES = {
    Audience.WORKERS: Text("要协商了，您最想谈什么？", "What matters most to you?"),
    Audience.ENTERPRISES: Text("请企业填写协商意见", "What does your enterprise want?"),
}
SCAN = Text("请用手机扫码", "Scan with a telephone")
PROMISES = {
    Audience.WORKERS: Text("不记姓名，没有人知道是谁填的", "Nobody will know who you are"),
    Audience.ENTERPRISES: Text("以企业名义填写", "In the name of the enterprise"),
}
ASKED = Text("征求意见的事项：", "Asked about: ")
COMMA = Text("、", ", ")


def poster_of(
    case: BargainingCase, call: DemandCall, audience: Audience, lang: Lang, url: str
) -> Poster:
    """All words of it; the code is the link of this audience and of no other."""
    federation = this_federation()
    contact = federation.settings.get("contact", {})
    reach = " ".join(filter(None, (contact.get("name") or federation.name, contact.get("phone"))))
    topics = [topic[lang] for topic in call.topics]
    day = f"{call.closes_on:%Y}年{call.closes_on.month}月{call.closes_on.day}日"
    until = Text(f"{day}截止", f"Open until {call.closes_on.isoformat()}")
    return Poster(
        lang=lang,
        issuer=federation.name,
        title=TITLES[audience].in_(lang),
        about=case.name,
        url=url,
        scan=SCAN.in_(lang),
        promise=PROMISES[audience].in_(lang),
        because=_because(call, audience).in_(lang),
        asked=ASKED.in_(lang),
        topics=(*topics[:MOST_TOPICS], *(["…"] if len(topics) > MOST_TOPICS else [])),
        comma=COMMA.in_(lang),
        until=until.in_(lang),
        contact=Text(f"咨询：{reach}", f"Questions: {reach}").in_(lang),
    )


def _because(call: DemandCall, audience: Audience) -> Text:
    if audience == Audience.WORKERS:
        least = call.smallest_cell
        return Text(
            f"不登录，不留电话；不足{least}份答卷的结果一律不显示。",
            f"No account, no number; nothing is shown for fewer than {least} answers.",
        )
    return Text(
        "填写企业名称和意见，供双方代表协商时参考。",
        "Name the enterprise and say what matters; both teams take it to the table.",
    )
