"""Signing in and out."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from marketplace.accounts.forms.signing import SignInForm
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.ui.access import PUBLIC, access


@blueprint.get("/sign-in")
@access(PUBLIC)
def sign_in() -> ResponseReturnValue:
    form = SignInForm(data={"next": request.args.get("next", "")})
    return render_template("accounts/sign_in.html", form=form)
