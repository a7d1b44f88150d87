"""The room of the appraisals, put together: the federation's side, and the supervisor's own."""

from blueprints.appraisals import cards, measures, models, own_views, views

bp = views.bp
own = own_views.bp
PARTS = (cards, measures, models)
