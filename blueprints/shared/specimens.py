"""Invented firms, dates and figures for the gallery of parts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from rules.words import Text
from tenants.clock import ZONE

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Reason:
    """A step of a derivation, as the rules hand it out."""

    text: Text
    article: Text
    unsure: bool = False


def nav() -> list[tuple[str, str, str, bool, int]]:
    words = (
        "工作台 home 7,企业与工会 enterprise 0,要约 offer 24,协商 bargaining 11,"
        "集体合同 contract 0,"
        "指导员 supervisor 0,通知与曝光 exposure 3,质效评估 evaluation 0,参考数据 reference 0,"
        "统计 statistics 0,设置 settings 0"
    )
    rooms = [room.split() for room in words.split(",")]
    return [(label, "#main", icon, icon == "settings", int(n)) for label, icon, n in rooms]


def reasons() -> list[Reason]:
    return [
        Reason(
            Text("11月2日签收，当日不计，11月3日为第1日。", "Signed for on 2 Nov; day 1 is 3 Nov."),
            Text("民法典 第201条", "Civil Code, article 201"),
        ),
        Reason(
            Text("期间20日，按日历日数。", "The period is 20 calendar days."),
            Text("集体合同规定 第32条", "Collective Contract Provisions, article 32"),
            unsure=True,
        ),
        Reason(
            Text("第20日是11月22日，星期日。", "Day 20 is Sunday 22 November."),
            Text("2026年节假日安排，第2版", "Public holidays 2026, version 2"),
        ),
        Reason(
            Text("末日逢休息日，顺延到11月23日，24时截止。", "It moves on to 23 Nov, 24:00."),
            Text("民法典 第203条", "Civil Code, article 203"),
        ),
    ]


def _at(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def entries() -> list[dict[str, Any]]:
    return [
        {
            "at": date(2026, 11, 24),
            "text": "如仍未答复：转入反馈，由周远航填写反馈表",
            "kind": "next",
        },
        {"at": None, "when": "11月23日 24:00", "text": "答复时限届满", "kind": "next"},
        {
            "at": None,
            "when": "今天",
            "text": "第18日",
            "detail": "第二次提醒今天09:00已发（邮件、短信）",
            "kind": "now",
        },
        {
            "at": _at(11, 18, 15, 10),
            "text": "周远航上门，见到人事经理，称“报老板在研究”",
            "links": [("走访记录", "#main"), ("照片2张", "#main")],
        },
        {"at": _at(11, 12, 9, 0), "text": "第一次提醒，邮件14:22打开"},
        {"at": _at(11, 2, 10, 26), "text": "EMS签收，答复时限起算", "strong": True},
        {"at": _at(10, 28, 16, 40), "text": "双方用印，交EMS寄出"},
    ]


def opened() -> list[dict[str, Any]]:
    return [
        {
            "label": "登记答复",
            "act": "登记",
            "url": "#main",
            "main": True,
            "why": "收到纸质答复书时用。网上答复会自动登记。",
        },
        {"label": "派指导员走访", "act": "指派", "url": "#main"},
        {
            "label": "撤回要约",
            "act": "撤回",
            "url": "/components",
            "method": "post",
            "confirm": "撤回给荆州澄江楼酒店管理有限公司的要约，并通知两个发函人。",
            "why": "须写明理由，并通知两个发函人。",
        },
    ]


def closed() -> list[dict[str, Any]]:
    return [
        {"label": "登记反馈", "why": "答复时限还没有届满，最早11月24日0时。"},
        {
            "label": "发提示函",
            "why": "先要有反馈记录，并认定没有正当理由。",
            "more": ("看规则", "#main"),
        },
    ]


def gates() -> list[dict[str, Any]]:
    return [
        {
            "title": "要约书已有效送达",
            "state": "met",
            "said": "8月17日",
            "text": "EMS妥投，办公室签收。",
            "files": [("凭证", "#main"), ("签收联", "#main")],
            "source": "集体合同规定 第32条",
        },
        {
            "title": "两位不同的审批人都同意",
            "state": "unmet",
            "said": "2人中已有1人",
            "text": "黎建平11月19日同意；主席尚未签批。",
            "source": "本会双要约办法 第15条",
        },
        {"title": "公布前24小时内复核", "state": "waiting", "said": "签批完成后才能做"},
    ]


def funnel() -> list[dict[str, Any]]:
    return [
        {"label": "发出", "n": 83, "url": "#main"},
        {
            "label": "有效送达",
            "n": 76,
            "of": 83,
            "url": "#main",
            "note": "未送达7",
            "note_url": "#main",
        },
        {
            "label": "书面答复",
            "n": 52,
            "of": 76,
            "url": "#main",
            "note": "待答复24",
            "note_url": "#main",
        },
        {"label": "同意协商", "n": 46, "of": 52, "url": "#main", "note": "拒绝3"},
    ]


def tide() -> list[dict[str, Any]]:
    counts = [
        (4, 3),
        (0, 0),
        (0, 0),
        (10, 2),
        (4, 1),
        (2, 4),
        (1, 1),
        (1, 0),
        (0, 0),
        (0, 0),
        (2, 6),
    ]
    return [
        {"on": TODAY + timedelta(days=n), "parts": [("a", main), ("z", other)], "url": "#main"}
        for n, (main, other) in enumerate(counts)
    ]


def firms() -> list[dict[str, Any]]:
    rows = """北湖渔家餐饮管理有限公司|91421002MA4KX27R1G|餐饮业|81|stop|未建会|stop|没有
澄江楼酒店管理有限公司|91421002MA48T6W393|住宿业|142|ok|能独立协商|soon|续签期内
楚灶香餐饮文化股份有限公司|91421002MAD2N8K511|餐饮业|36|soon|力量弱|stop|没有
金穗桥宾馆有限责任公司|91421002MAHKF2HB35|住宿业|31|ok|能独立协商|late|已到期
竹溪茶楼餐饮有限公司|91421002MAWTLNLB2G|餐饮业|1029|ok|能独立协商|draft|已签未生效"""
    keys = ("name", "code", "trade", "people", "union", "union_words", "contract", "contract_words")
    firms = [dict(zip(keys, ("荆州" + row).split("|"), strict=True)) for row in rows.split("\n")]
    return [{**firm, "people": int(firm["people"]), "id": n} for n, firm in enumerate(firms, 1)]
