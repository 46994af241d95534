"""Signing in and out."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts import queries
from marketplace.accounts.forms.signing import ConfirmForm, SignInForm
from marketplace.accounts.models import Person
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.routes.devices import known_device, remember_device
from marketplace.accounts.routes.kept import read_kept
from marketplace.accounts.routes.sign_in import end_session, network_address, start_session
from marketplace.accounts.services import credentials
from marketplace.ui.access import PUBLIC, SIGNED_IN, access
from marketplace.ui.context import current_actor, current_settings, db_session
from marketplace.ui.marks import may_repeat
from marketplace.ui.safe_paths import safe_path


@blueprint.get("/sign-in")
@access(PUBLIC)
def sign_in() -> ResponseReturnValue:
    form = SignInForm(data={"next": safe_path(request.args.get("next")) or ""})
    return _page(form)


@blueprint.post("/sign-in")
@access(PUBLIC)
@may_repeat
def do_sign_in() -> ResponseReturnValue:
    form = SignInForm()
    found: list[Person] = []
    if form.validate_on_submit() and form.attempt(
        lambda: found.append(
            credentials.check_credentials(
                db_session(),
                email=form.email.data or "",
                password=form.password.data or "",
                address=network_address(),
                secret_key=current_settings().secret_key,
                device=known_device(form.email.data or ""),
            )
        )
    ):
        return arrive(found[0], kept=form.kept.data, target=form.next.data)
    return _page(form), 422


def _page(form: SignInForm) -> str:
    kept = read_kept(form.kept.data)
    return render_template("accounts/sign_in.html", form=form, kept=kept, lost=False)


def arrive(
    person: Person, *, kept: str | None = None, target: str | None = None
) -> ResponseReturnValue:
    """Sign in and go to where the person was going, with what they had written."""
    was_signed_in = current_actor().signed_in
    start_session(person)
    form = read_kept(kept)
    if form and form.is_for(person.id):
        page = render_template("accounts/kept.html", kept=form, was_signed_in=was_signed_in)
        answer = make_response(page)
    else:
        if form:
            flash(_("En annen hadde skrevet noe her. Det er ikke sendt."))
        answer = make_response(redirect(safe_path(target) or url_for("home"), 303))
    remember_device(answer, person.email)
    return answer


@blueprint.get("/sign-in/confirm")
@access(SIGNED_IN)
def confirm() -> ResponseReturnValue:
    form = ConfirmForm(data={"next": safe_path(request.args.get("next")) or ""})
    return _confirm_page(form)


@blueprint.post("/sign-in/confirm")
@access(SIGNED_IN)
@may_repeat
def do_confirm() -> ResponseReturnValue:
    """The password once more; the sign-in then begins anew, with another token."""
    form = ConfirmForm()
    person = queries.get_person(db_session(), current_actor().person_id or 0)
    if form.validate_on_submit() and form.attempt(
        lambda: credentials.check_credentials(
            db_session(),
            email=person.email,
            password=form.password.data or "",
            address=network_address(),
            secret_key=current_settings().secret_key,
            device=known_device(person.email),
        )
    ):
        return arrive(person, kept=form.kept.data, target=form.next.data)
    return _confirm_page(form), 422


def _confirm_page(form: ConfirmForm) -> str:
    kept = read_kept(form.kept.data)
    return render_template("accounts/confirm.html", form=form, kept=kept, lost=False)


@blueprint.post("/sign-out")
@access(PUBLIC)
@may_repeat
def sign_out() -> ResponseReturnValue:
    """What browsers keep for us goes as well, in all tabs: `app.js` does so where this is slow."""
    end_session()
    answer = make_response(redirect(url_for("home"), 303))
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer
