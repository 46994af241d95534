"""Who is signed in, and the language, at the top of every page."""

from flask import render_template, request

from marketplace.accounts.safe_paths import path_of_request
from marketplace.ui.setup import LANGUAGES, choose_language
from marketplace.ui.slots import fills


@fills("header.account", order=100)
def account_in_header() -> str:
    here = path_of_request() if request.method == "GET" else ""
    current = choose_language()
    others = {code: name for code, name in LANGUAGES.items() if code != current}
    asks_to_sign_in = request.endpoint in {"accounts.sign_in", "accounts.do_sign_in"}
    return render_template(
        "accounts/header.html",
        here=here,
        other_languages=others,
        back="" if asks_to_sign_in else here,
    )
