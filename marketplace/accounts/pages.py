"""Who is signed in, and the language, at the top of every page."""

from flask import render_template, request

from marketplace.ui.context import current_actor
from marketplace.ui.languages import LANGUAGES, choose_language
from marketplace.ui.safe_paths import path_of_request


def sign_in_in_header() -> str:
    """Always in sight, also where the menu is folded away."""
    if current_actor().signed_in:
        return ""
    asks_to_sign_in = request.endpoint in {"accounts.sign_in", "accounts.do_sign_in"}
    back = "" if asks_to_sign_in else _here()
    return render_template("accounts/header_sign_in.html", back=back)


def account_in_menu() -> str:
    current = choose_language()
    others = {code: name for code, name in LANGUAGES.items() if code != current}
    return render_template("accounts/header.html", here=_here(), other_languages=others)


def _here() -> str:
    return path_of_request() if request.method == "GET" else ""
