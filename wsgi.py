"""The whole application, assembled in one place. Nothing runs on import."""

from datetime import timedelta
from importlib.util import find_spec
from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect
from htmx_flask import Htmx
from jinja2 import StrictUndefined
from redis import Redis
from rq import Queue
from werkzeug.middleware.proxy_fix import ProxyFix

from blueprints.accounts.views import bp as accounts
from blueprints.appraisals.room import bp as appraisals
from blueprints.appraisals.room import own as my_appraisals
from blueprints.bargaining.outward.at_the_table import ROOMS as TABLE
from blueprints.bargaining.room import bp as cases
from blueprints.bargaining.room import public as demands
from blueprints.bargaining.room import team_room
from blueprints.contracts.outward.term_room import coverage, forecast, performance
from blueprints.contracts.outward.term_room import imports as contract_imports
from blueprints.contracts.room import acting, open_contracts, principal
from blueprints.contracts.room import bp as contracts
from blueprints.delivery.views import bp as delivery
from blueprints.evaluation.room import bp as surveys
from blueprints.evaluation.room import public as survey_answers
from blueprints.exposures.room import bp as exposures
from blueprints.exposures.room import public as announcements
from blueprints.exposures.room import statement as statement_desk
from blueprints.letters.check_views import bp as check
from blueprints.letters.views import bp as letters
from blueprints.mailbox.views import bp as mailbox
from blueprints.notices.contact_views import bp as contacts
from blueprints.notices.views import bp as notices
from blueprints.offers.campaigns.door import bp as campaigns
from blueprints.offers.clocks.recount_views import bp as recounts
from blueprints.offers.feedback.views import bp as feedback
from blueprints.offers.replies.views import bp as reply_desk
from blueprints.offers.room import bp as offers
from blueprints.registry.association_views import bp as associations
from blueprints.registry.import_views import bp as imports
from blueprints.registry.union_views import bp as unions
from blueprints.registry.views import bp as registry
from blueprints.rulebook.calendar_views import bp as calendars
from blueprints.rulebook.views import bp as rules
from blueprints.settings.certificate_views import bp as certificate
from blueprints.settings.trail_views import bp as trail
from blueprints.settings.user_views import bp as users
from blueprints.settings.views import bp as settings_room
from blueprints.shared import (
    errors,
    face,
    guards,
    languages,
    navigation,
    security,
    tenancy,
    throttle,
)
from blueprints.supervisors.room import bp as supervisors
from blueprints.visits.room import bp as visits
from blueprints.visits.room import my_day, my_month
from blueprints.visits.room import work as supervisors_work
from blueprints.workbench.views import bp as workbench
from tenants.db import db
from tenants.files import LocalDisk
from tenants.settings import Settings, sqlalchemy_url


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """The service. `settings` default to the environment; `overrides` are Flask's own keys."""
    settings = settings or Settings()  # type: ignore[call-arg]  # the environment says the rest
    app = Flask(__name__, static_folder="static", template_folder="templates")
    configure(app, settings, overrides)

    db.init_app(app)
    connect(app, settings)
    Htmx(app)
    tenancy.init_app(app)
    languages.init_app(app)
    face.init_app(app)
    CSRFProtect(app)
    guards.init_app(app)
    errors.init_app(app)
    security.init_app(app)
    throttle.init_app(app, settings.redis_url)
    open_rooms(app)
    navigation.init_app(app)
    return app


def configure(app: Flask, settings: Settings, overrides: dict[str, Any]) -> None:
    """Flask's own keys out of our settings."""
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=sqlalchemy_url(settings.database_url),
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": True, "pool_size": 5, "max_overflow": 10},
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="yaoyue",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=settings.max_upload_bytes + 1024 * 1024,
        MAX_UPLOAD_BYTES=settings.max_upload_bytes,
        WTF_CSRF_TIME_LIMIT=None,  # a form left open over lunch must still be accepted
        WTF_I18N_ENABLED=True,
        DEMO_MODE=settings.demo_mode,
        PDF_SIGNING=find_spec("pyhanko") is not None,  # the extra `pdf-signing`
        BASE_URL=settings.base_url.rstrip("/"),
        TENANT_KEPT_SECONDS=2.0,
        THROTTLE=True,
    )
    app.config.update(overrides)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    if settings.behind_proxies:
        hops = settings.behind_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # as Flask wraps it


def connect(app: Flask, settings: Settings) -> None:
    """What stands outside the process: Valkey for wake-ups, a folder for files."""
    valkey = Redis.from_url(settings.redis_url, socket_timeout=5, socket_connect_timeout=1)
    app.extensions["redis"] = valkey
    app.extensions["rq"] = Queue("yaoyue", connection=valkey)
    app.extensions["storage"] = LocalDisk(settings.instance / "files")


def open_rooms(app: Flask) -> None:
    """Every room under its address; all but the house's own are a federation's."""
    for bp in (
        accounts,
        workbench,
        users,
        settings_room,
        certificate,
        trail,
        registry,
        unions,
        associations,
        imports,
        notices,
        contacts,
        letters,
        check,
        delivery,
        mailbox,
        campaigns,
        supervisors,
        offers,
        visits,
        my_day,
        my_month,
        supervisors_work,
        appraisals,
        my_appraisals,
        feedback,
        reply_desk,
        exposures,
        announcements,
        statement_desk,
        cases,
        *TABLE,
        demands,
        contracts,
        performance,
        coverage,
        forecast,
        contract_imports,
        acting,
        principal,
        open_contracts,
        surveys,
        survey_answers,
        team_room,
        rules,
        calendars,
        recounts,
    ):
        app.register_blueprint(bp)
