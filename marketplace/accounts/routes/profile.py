"""One's own name, language, password and sign-ins."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts import queries
from marketplace.accounts.forms.sign_in import (
    ChangeAddressForm,
    ChangePasswordForm,
    LanguageForm,
    ProfileForm,
)
from marketplace.accounts.models import Person
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.routes.devices import known_device
from marketplace.accounts.routes.login_manager import network_address, session_limits, session_token
from marketplace.accounts.services import addresses, credentials, people, sessions
from marketplace.accounts.states import Language
from marketplace.accounts.tokens import hash_token
from marketplace.ui.access import PUBLIC, SIGNED_IN, access
from marketplace.ui.context import current_actor, current_settings, db_session
from marketplace.ui.cookies import YEAR_SECONDS, set_cookie
from marketplace.ui.form_page import Way, form_page
from marketplace.ui.languages import LANGUAGE_COOKIE
from marketplace.ui.marks import may_repeat
from marketplace.ui.safe_paths import safe_path


@blueprint.post("/profile", endpoint="change_profile")
@blueprint.get("/profile")
@access(SIGNED_IN)
def profile() -> ResponseReturnValue:
    session, actor, person = db_session(), current_actor(), _own_person()
    form = ProfileForm(obj=person)
    return form_page(
        form,
        lambda: people.change_profile(
            session,
            actor,
            version=form.row_version,
            name=form.name.data or "",
            language=form.language.data,
        ),
        template="accounts/profile.html",
        done=_("Profilen er lagret."),
        person=person,
        memberships=queries.list_memberships(session, person.id),
    )


def _own_person() -> Person:
    return queries.get_person(db_session(), current_actor().person_id or 0)


def _back_to_profile() -> Way:
    return Way(url_for("accounts.profile"), _("Profilen din"))


@blueprint.post("/profile/password", endpoint="change_password")
@blueprint.get("/profile/password")
@access(SIGNED_IN, fresh=True)
def password() -> ResponseReturnValue:
    session, actor, form = db_session(), current_actor(), ChangePasswordForm()
    return form_page(
        form,
        lambda: credentials.change_password(
            session,
            actor,
            old=form.old_password.data or "",
            new=form.password.data or "",
            token=session_token(),
            address=network_address(),
            secret_key=current_settings().secret_key,
            device=known_device(_own_person().email),
        ),
        template="accounts/password.html",
        back=_back_to_profile(),
        done=_("Passordet er byttet. De andre innloggingene dine er avsluttet."),
    )


@blueprint.post("/profile/address", endpoint="ask_for_address")
@blueprint.get("/profile/address")
@access(SIGNED_IN, fresh=True)
def address() -> ResponseReturnValue:
    session, actor, person = db_session(), current_actor(), _own_person()
    form = ChangeAddressForm()
    return form_page(
        form,
        lambda: addresses.ask_for_address(
            session,
            actor,
            email=form.email.data or "",
            password=form.old_password.data or "",
            address=network_address(),
            secret_key=current_settings().secret_key,
            device=known_device(person.email),
        ),
        template="accounts/address.html",
        back=_back_to_profile(),
        done=_("Åpne lenken vi har sendt til den nye adressen. Til da gjelder den gamle."),
        person=person,
    )


@blueprint.get("/sessions")
@access(SIGNED_IN)
def list_sessions() -> ResponseReturnValue:
    person_id = current_actor().person_id or 0
    found = queries.list_live_sessions(db_session(), person_id, **session_limits())
    this = hash_token(session_token())
    return render_template("accounts/sessions.html", sessions=found, this=this)


@blueprint.post("/sessions/<int:web_session_id>/revoke")
@access(SIGNED_IN, fresh=True)
def revoke_session(web_session_id: int) -> ResponseReturnValue:
    sessions.revoke_session(db_session(), current_actor(), web_session_id=web_session_id)
    flash(_("Innloggingen er avsluttet."))
    return redirect(url_for("accounts.list_sessions"), 303)


@blueprint.post("/sessions/revoke-others")
@access(SIGNED_IN, fresh=True)
def revoke_other_sessions() -> ResponseReturnValue:
    sessions.revoke_sessions_of(
        db_session(), current_actor(), person=_own_person(), keep_token=session_token()
    )
    flash(_("Alle de andre innloggingene er avsluttet."))
    return redirect(url_for("accounts.list_sessions"), 303)


@blueprint.post("/language")
@access(PUBLIC)
@may_repeat
def change_language() -> ResponseReturnValue:
    form = LanguageForm()
    answer = make_response(redirect(safe_path(form.next.data) or url_for("home"), 303))
    if form.validate_on_submit():
        language = Language(form.language.data or Language.BOKMAL)
        if current_actor().signed_in:
            people.change_language(db_session(), current_actor(), language=language)
        set_cookie(answer, LANGUAGE_COOKIE, language.value, seconds=YEAR_SECONDS)
    return answer
