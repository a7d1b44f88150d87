"""The blueprint that the views of an account hang on."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
