"""The room of the appraisals, put together."""

from blueprints.appraisals import models

PARTS = (models,)
