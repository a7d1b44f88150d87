"""Every part of the pages in every state, with invented firms: for the eye and for the tests."""

from datetime import date
from typing import Any

import segno
from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from wtforms import (
    BooleanField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import Length, Optional

from blueprints.shared import specimens
from blueprints.shared.charts import day_strip
from blueprints.shared.forms import DateField, Form, InputRequired, TextField
from blueprints.shared.guards import requires
from tenants.roles import May

bp = Blueprint("gallery", __name__)


class SpecimenForm(Form):
    name = TextField("企业名称", [InputRequired(), Length(max=60)])
    code = TextField("统一社会信用代码", [InputRequired()], description="18位")
    people = IntegerField("职工人数", [Optional()])
    visit_on = DateField("下次时间", [InputRequired()])
    secret = PasswordField("口令", [Optional()])
    answer = RadioField(
        "是否同意协商",
        [InputRequired()],
        choices=[
            SelectChoice("yes", "同意协商"),
            SelectChoice("conditional", "同意，但有条件"),
            SelectChoice("no", "暂不同意"),
        ],
    )
    topics = SelectMultipleField(
        "谈到的事",
        choices=[
            SelectChoice("floor", "最低工资"),
            SelectChoice("overtime", "加班工资"),
            SelectChoice("rest", "休息休假"),
            SelectChoice("quota", "劳动定额"),
        ],
    )
    standing = SelectMultipleField(
        "工会情况",
        choices=[
            SelectChoice("able", "已建会，能独立协商"),
            SelectChoice("weak", "已建会，力量弱"),
            SelectChoice("none", "未建会"),
        ],
    )
    area = SelectField(
        "区域", choices=[SelectChoice("421002", "沙市区"), SelectChoice("421003", "荆州区")]
    )
    words = TextAreaField("对方怎么说", [Optional(), Length(min=20, message="至少写20个字。")])
    proof = FileField("送达回证照片", description="要看得清签名和日期")
    agreed = BooleanField("以上内容属实")


@bp.get("/components")
@requires(May.ANYONE)
def show() -> ResponseReturnValue:
    return render_template("components.html", **everything())


@bp.post("/components")
@requires(May.ANYONE)
def refuse() -> ResponseReturnValue:
    """The same, with whatever was typed in the form, and what is wrong with it."""
    context = everything()
    status = 200 if context["form"].validate() else 422
    return render_template("components.html", **context), status


@bp.route("/components/public", methods=["GET", "POST"])
@requires(May.ANYONE)
def show_public() -> ResponseReturnValue:
    """The same parts as somebody without an account meets them."""
    context = everything()
    refused = request.method == "POST" and not context["form"].validate()
    return render_template("components_public.html", **context), 422 if refused else 200


def everything() -> dict[str, Any]:
    """Everything the gallery shows; the same on every day."""
    start, due = date(2026, 11, 2), date(2026, 11, 23)
    return {
        "form": SpecimenForm(),
        "plain": SpecimenForm(
            formdata=None,
            data={
                "name": "荆州临江阁大饭店有限公司",
                "answer": "yes",
                "topics": ["floor"],
                "standing": ["able", "weak"],
            },
            prefix="plain-",
        ),
        "on": specimens.TODAY,
        "start": start,
        "due": due,
        "days": day_strip(start, due, specimens.TODAY, nominal=date(2026, 11, 22)),
        "steps": specimens.reasons(),
        "entries": specimens.entries(),
        "opened": specimens.opened(),
        "closed": specimens.closed(),
        "gates": specimens.gates(),
        "funnel_rows": specimens.funnel(),
        "tide_days": specimens.tide(),
        "firms": specimens.firms(),
        "qr": qr("https://yaoyue.example/check/7K4M-92QD"),
        "sort": request.args.get("sort", "name"),
        "body_class": "y-has-tabs",
        "nav": specimens.nav(),
        "crumbs": [("设置", "#main"), ("组件一览", None)],
        "federation": "荆州市总工会",
        "person": "陈晓岚",
        "person_role": "权益保障部",
        "find_url": "#main",
        "profile_url": "#main",
        "language_url": "#main",
        "sign_out_url": "#main",
        "footer": "企业、人员和数字均为虚构。",
    }


def qr(address: str) -> Markup:
    """The address as a QR code, drawn into the page."""
    code = segno.make(address, error="m")
    return Markup(code.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None))  # noqa: S704
