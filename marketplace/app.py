"""Puts the application together: the only place that knows every feature."""

from werkzeug.middleware.proxy_fix import ProxyFix

from marketplace.accounts import hooks as accounts
from marketplace.accounts.routes.login_manager import load_actor, login_manager
from marketplace.agreements import hooks as agreements
from marketplace.concepts import hooks as concepts
from marketplace.config import Settings, load_settings
from marketplace.core.engine import Database
from marketplace.dashboards import hooks as dashboards
from marketplace.decisions import hooks as decisions
from marketplace.interests import hooks as interests
from marketplace.invitations import hooks as invitations
from marketplace.lessons import hooks as lessons
from marketplace.matches import hooks as matches
from marketplace.matches.encoders import encoder_named, use_encoder
from marketplace.needs import hooks as needs
from marketplace.news import hooks as news
from marketplace.notifications import hooks as notifications
from marketplace.pairings import hooks as pairings
from marketplace.pilots import hooks as pilots
from marketplace.portfolios import hooks as portfolios
from marketplace.procurements import hooks as procurements
from marketplace.programmes import hooks as programmes
from marketplace.questions import hooks as questions
from marketplace.ui.setup import install_ui
from marketplace.ui.web import WebApplication
from marketplace.vocabulary import hooks as vocabulary
from marketplace.wishes import hooks as wishes

FEATURES = (
    accounts, vocabulary, programmes, needs, questions, wishes, concepts, matches, interests,
    pairings, invitations, news, portfolios, agreements, pilots, decisions, procurements, lessons,
    notifications, dashboards,
)  # fmt: skip


def create_app(
    settings: Settings | None = None, database: Database | None = None
) -> WebApplication:
    settings = settings or load_settings()
    app = WebApplication("marketplace", template_folder="ui/templates", static_folder="ui/static")
    app.database = database or Database(
        settings.database_url, settings.snapshot_dir, settings.database_limits
    )
    use_encoder(app.database, encoder_named(settings.encoder))
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
