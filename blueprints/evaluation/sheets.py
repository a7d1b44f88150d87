"""What a survey gives out on paper: posters, slips with entry codes, the questionnaire itself."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for

from blueprints.bargaining.table.text_files import paper, para
from blueprints.evaluation.codes import shown
from blueprints.evaluation.labels import RESPONDENTS
from blueprints.evaluation.links import link
from blueprints.evaluation.models import Invitation, Respondent, Survey
from blueprints.evaluation.reading import Asked
from blueprints.notices.letters.model import Letter, Para, Run
from blueprints.notices.letters.poster import CodeSheet, Poster
from blueprints.notices.letters.values import Lang
from rules.survey import instrument
from rules.words import Text
from tenants.federation import this_federation

TITLE = Text("集体合同落实得怎么样？", "Is your collective contract kept?")
FOR_OTHERS = Text("集体合同问卷调查", "Survey on the collective contract")
SCAN = Text("请用手机扫码填写", "Scan with a telephone")
PROMISE = Text("不记名，没有人知道是谁填的", "Nobody will know who you are")
FREE = Text(
    "单位看不到您个人的回答，填与不填都不影响您的工作。",
    "Your employer cannot see your answers, and it makes no difference to your job whether you "
    "answer.",
)
NO_NAME = Text("本问卷不记名，请不要写姓名。", "This form is anonymous: please write no name.")
ABOUT = Text("所问的合同：", "About: ")
COMMA = Text("、", ", ")
CODES = Text("职工问卷填写码", "Entry codes of a survey")
ONE = Text("（单选）", " (tick one)")
SEVERAL = Text("（可多选）", " (tick all that fit)")
GAP = "　　"
TIED = "\N{NO-BREAK SPACE}"  # a box, its number and its words are not parted


def poster_of(survey: Survey, row: Any, lang: Lang) -> Poster:
    """The poster of one unit and one group; `row` is a line of `queries.places`."""
    federation = this_federation()
    kept = federation.settings.get("contact", {})
    reach = " ".join(filter(None, (kept.get("name") or federation.name, kept.get("phone"))))
    workers = row.respondent == Respondent.WORKERS
    least = survey.smallest_cell
    cells = Text(
        f"大约两分钟，不登录，不留电话；不足{least}份的结果一律不显示。",
        f"Two minutes, no account, no number; nothing is shown for fewer than {least} answers.",
    )
    return Poster(
        lang=lang,
        issuer=federation.name,
        title=(TITLE if workers else FOR_OTHERS).in_(lang),
        about=f"{row.name}　{RESPONDENTS[row.respondent].in_(lang)}",
        url=link(row.token),
        scan=SCAN.in_(lang),
        promise=PROMISE.in_(lang),
        because=f"{cells.in_(lang)}{'' if lang == 'zh' else ' '}{FREE.in_(lang)}",
        asked=ABOUT.in_(lang),
        topics=(row.contract,),
        comma=COMMA.in_(lang),
        until=until(survey.closes_on).in_(lang),
        contact=Text(f"咨询：{reach}", f"Questions: {reach}").in_(lang),
    )


def code_sheet(survey: Survey, invitation: Invitation, name: str, made: Sequence[str]) -> CodeSheet:
    """Slips in both languages: whoever draws one may read either."""
    asked = RESPONDENTS[invitation.respondent]
    return CodeSheet(
        lang="zh",
        title=CODES.zh,
        head=f"{name}　剪开、打乱，由本人抽取，不登记谁抽到哪一张　"
        "Cut, shuffle, let everybody draw; nobody notes whose is which",
        unit=name,
        kind=f"集体合同问卷填写码（{asked.zh}）",
        scan="扫码，或者输入 Scan it, or type it at",
        address=url_for("survey_answers.enter", _external=True),
        notes=(
            f"一码填一份，不记名。{until(survey.closes_on).zh}",
            f"One form, no name. {until(survey.closes_on).en}",
        ),
        codes=tuple(
            (url_for("survey_answers.show_coded", token=one, _external=True), shown(one))
            for one in made
        ),
    )


def paper_form(survey: Survey, name: str, questions: Sequence[Asked], lang: Lang) -> Letter:
    """The questionnaire, its boxes numbered as a clerk types them in afterwards."""
    blocks = [
        para(Text(f"{name}　{until(survey.closes_on).zh}　问卷版本：{survey.instrument_version}",
                  f"{name}. {until(survey.closes_on).en}. Version {survey.instrument_version}"
                  ).in_(lang)),
        para(f"{NO_NAME.in_(lang)}{'' if lang == 'zh' else ' '}{FREE.in_(lang)}"),
    ]  # fmt: skip
    for number, asked in enumerate(questions, 1):
        head = f"{number}. {asked.question.words.in_(lang)}"
        blocks.append(Para("heading", (Run(head, bold=True), Run(how_many(asked).in_(lang)))))
        boxes = (f"☐ {n}{TIED}{one.words.in_(lang)}" for n, one in enumerate(asked.options, 1))
        blocks.append(para(GAP.join(boxes)))
    title = instrument(survey.standard).title.in_(lang)
    return paper(title, blocks, number=survey.document_no or "", lang=lang)


def how_many(asked: Asked) -> Text:
    most = asked.question.most
    if most:
        return Text(f"（最多选{most}项）", f" (tick {most} at most)")
    return SEVERAL if asked.several else ONE


def until(day: date) -> Text:
    return Text(f"{day.year}年{day.month}月{day.day}日截止", f"Open until {day.isoformat()}")
