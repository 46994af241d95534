"""Puts the application together: the only place that knows every feature."""

from werkzeug.middleware.proxy_fix import ProxyFix

from marketplace.accounts import routes as accounts
from marketplace.accounts.sign_in import load_actor, login_manager
from marketplace.agreements import routes as agreements
from marketplace.concepts import routes as concepts
from marketplace.config import Settings, load_settings
from marketplace.core.engine import Database
from marketplace.dashboards import routes as dashboards
from marketplace.decisions import routes as decisions
from marketplace.interests import routes as interests
from marketplace.lessons import routes as lessons
from marketplace.matches import routes as matches
from marketplace.needs import routes as needs
from marketplace.notifications import routes as notifications
from marketplace.pairings import routes as pairings
from marketplace.pilots import routes as pilots
from marketplace.portfolios import routes as portfolios
from marketplace.procurements import routes as procurements
from marketplace.programmes import routes as programmes
from marketplace.questions import routes as questions
from marketplace.ui.setup import install_ui
from marketplace.ui.web import WebApplication
from marketplace.wishes import routes as wishes

FEATURES = (
    accounts, programmes, needs, questions, wishes, concepts, matches, interests, pairings,
    portfolios, agreements, pilots, decisions, procurements, lessons, notifications, dashboards,
)  # fmt: skip


def create_app(
    settings: Settings | None = None, database: Database | None = None
) -> WebApplication:
    settings = settings or load_settings()
    app = WebApplication("marketplace", template_folder="ui/templates", static_folder="ui/static")
    app.database = database or Database(
        settings.database_url, settings.snapshot_dir, settings.database_limits
    )
    app.extensions["settings"] = settings
    # We remember nobody by a cookie of Flask-Login's, so none is read: no name has a semicolon.
    app.config["REMEMBER_COOKIE_NAME"] = ";"
    login_manager.init_app(app, add_context_processor=False)
    install_ui(app, settings, load_actor=load_actor, sign_in_page=login_manager.unauthorized)
    for feature in FEATURES:
        feature.install(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # as Flask's documentation has it
    return app
