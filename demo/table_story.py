"""What a case of the demo has beside the table: trades and prices, papers, a hearing, a round."""

from datetime import timedelta
from decimal import Decimal

from blueprints.bargaining.activities import actions as activity_actions
from blueprints.bargaining.demands import actions as demand_actions
from blueprints.bargaining.demands import prices
from blueprints.bargaining.ground import queries
from blueprints.bargaining.ground.team_models import Side
from blueprints.bargaining.information import actions as info_actions
from blueprints.bargaining.information import undertakings
from demo.bargaining_story import BargainingStory
from demo.federations import user_of
from rules.words import Text
from tenants.clock import today
from tenants.db import db
from tenants.roles import Role

PER_MONTH = "元/月"
DRAFT = (  # trade, paid now, workers' draft, employers' draft; yuan a month
    ("洗碗工", 2100, 2300, 2180),
    ("服务员", 2150, 2400, 2260),
    ("配菜工", 2250, 2450, 2320),
    ("厨师", 3000, 3300, 3150),
)
PUBLISHED = (  # kind, trade, yuan a month, source
    ("minimum_wage", None, 1980, "演示政发〔2024〕1号"),
    ("price_position", "服务员", 2480, "演示人社发〔2026〕3号"),
    ("price_position", "厨师", 3420, "演示人社发〔2026〕3号"),
)
TOPICS = (
    ("own.1", Text("岗位最低工资", "Minimum wage by trade")),
    ("own.2", Text("节日加班", "Work on holidays")),
    ("own.3", Text("两头班休息", "Rest in split shifts")),
)


def lay_beside(story: BargainingStory, day: int) -> None:
    """Everything that was prepared for one case, on one day."""
    with story.main.scope(Role.OFFICER, story.main.moment(day)):
        _prices(story)
        _round(story)
        _papers(story)
        _hearing(story)
        db.session.commit()


def _prices(story: BargainingStory) -> None:
    case, by_id = story.case(), user_of(Role.OFFICER).id
    for trade, present, asked, answered in DRAFT:
        prices.enter_price(case, {
            "trade": trade, "unit": PER_MONTH, "present": Decimal(present),
            "asked": Decimal(asked), "answered": Decimal(answered),
        })  # fmt: skip
    for kind, of_trade, value, source in PUBLISHED:
        prices.enter_figure(case, {
            "kind": kind, "trade": of_trade, "value": Decimal(value), "unit": PER_MONTH,
            "period": str(today().year), "source": source,
        }, by_id=by_id)  # fmt: skip


def _round(story: BargainingStory) -> None:
    trades = [trade for trade, *_amounts in DRAFT]
    demand_actions.open_call(
        story.case(), TOPICS, trades, today() + timedelta(days=30), by_id=user_of(Role.OFFICER).id
    )


def _papers(story: BargainingStory) -> None:
    """One request, one paper handed over; the teams are asked to keep it to themselves."""
    case, by_id = story.case(), user_of(Role.OFFICER).id
    asked = info_actions.request_information(
        case, Side.WORKERS, "上一年度各岗位平均工资\n近三年人工成本占比", asked_on=today(),
        meeting_on=today() + timedelta(days=14), by_id=by_id,
    )  # fmt: skip
    info_actions.hand_over(
        case, asked, "各岗位平均工资汇总（演示）", handed_on=today(), handed_by="吴某某",
        confidential=True, document_id=story.paper("各岗位平均工资汇总", info_actions.PURPOSE),
        by_id=by_id,
    )  # fmt: skip
    undertakings.ask(
        case, queries.representatives_of(case.id, Side.WORKERS),
        until_on=today() + timedelta(days=365), covers="标注为商业秘密的成本资料",
        back_within="十五日",
    )  # fmt: skip


def _hearing(story: BargainingStory) -> None:
    """Workers were heard; one thing was promised."""
    case, by_id = story.case(), user_of(Role.OFFICER).id
    hearing = activity_actions.plan(
        case,
        {"kind": "worker_hearing", "planned_on": today(), "starts_at": "14:00",
         "place": "市职工之家三楼", "convenor": "褚某某", "taking_part": "各店职工代表12人",
         "purpose": "听取岗位工资和排班意见"},
        by_id=by_id,
    )  # fmt: skip
    activity_actions.ask(
        case, hearing, "服务员代表", "两头班中间能否有休息处？", "各店核实后在下次会议答复。"
    )
    activity_actions.hold(
        case, hearing, held_on=today(), present=12, minutes="与会代表逐条发言，记录附后（演示）。",
        minutes_id=story.paper("职工听证记录"),
    )  # fmt: skip
    activity_actions.promise(
        case, hearing, "核实各店休息处", "郑某某", today() + timedelta(days=14)
    )
