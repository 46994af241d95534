"""Which language a page is in, and its catalogue: found once a request, not once a text."""

from babel.support import NullTranslations
from flask import Flask, g, has_app_context, request
from flask_babel import Babel, Domain

from marketplace.ui.cookies import cookie_name

LANGUAGES = {"nb": "Bokmål", "en": "English"}
LANGUAGE_COOKIE = "language"


class OnceARequest(Domain):
    """Keeps the catalogue where Flask-Babel forgets it when the language changes."""

    def get_translations(self) -> NullTranslations:
        context = g.get("_flask_babel") if has_app_context() else None
        found: NullTranslations | None = getattr(context, "babel_translations", None)
        if found is None:
            found = super().get_translations()
            if context is not None:
                context.babel_translations = found
        return found


def install(app: Flask) -> None:
    babel, domain = Babel(app, locale_selector=choose_language), OnceARequest()
    babel.domain_instance = domain
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of Jinja's i18n extension
        gettext=lambda text: domain.get_translations().ugettext(text),
        ngettext=lambda one, many, n: domain.get_translations().ungettext(one, many, n),
        newstyle=True,
    )


def choose_language() -> str:
    chosen = g.get("language") or request.cookies.get(cookie_name(LANGUAGE_COOKIE))
    return chosen if chosen in LANGUAGES else "nb"
