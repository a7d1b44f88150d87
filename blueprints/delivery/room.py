"""The address of sending: its pages hang their views onto this blueprint."""

from flask import Blueprint

bp = Blueprint("delivery", __name__, url_prefix="/<tenant>/delivery")
