"""The rooms of a supervisor's work, put together: day, visits, month, trainings."""

from blueprints.visits import (
    cards,
    contributions,
    day_views,
    duties,
    models,
    month_views,
    plan_views,
    street_views,
    team_views,
    views,
    work_models,
)

bp = views.bp
my_day = day_views.bp
my_month = month_views.bp
work = team_views.bp
PARTS = (cards, contributions, duties, models, plan_views, street_views, work_models)
