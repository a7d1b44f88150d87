"""The rooms of a supervisor's work, put together: day, visits, month, calendar."""

from blueprints.visits import models, work_models

PARTS = (models, work_models)
