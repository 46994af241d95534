"""The page where a person chooses what comes by mail, and makes an address for their calendar."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.notifications import queries
from marketplace.notifications.forms import PreferencesForm, filled_with
from marketplace.notifications.preferences import rhythms_of
from marketplace.notifications.routes.blueprint import blueprint
from marketplace.notifications.services import calendars
from marketplace.notifications.services.preferences import set_preferences
from marketplace.ui.access import SIGNED_IN, access
from marketplace.ui.context import current_actor, current_settings, db_session
from marketplace.ui.form_page import send


@blueprint.get("/preferences")
@access(SIGNED_IN)
def preferences() -> ResponseReturnValue:
    return _page()


@blueprint.post("/preferences")
@access(SIGNED_IN)
def change_preferences() -> ResponseReturnValue:
    session, actor, form = db_session(), current_actor(), _filled()
    return send(
        form,
        lambda: set_preferences(session, actor, rhythms=form.rhythms),
        done=_("Valgene er lagret. De gjelder også for det som ikke er sendt ennå."),
        to=url_for("notifications.preferences"),
    )


@blueprint.post("/preferences/calendar")
@access(SIGNED_IN, fresh=True)
def make_calendar() -> ResponseReturnValue:
    """Shows the address in the answer itself: it is stored nowhere, so no other page can."""
    secret = calendars.make_calendar(db_session(), current_actor())
    path = url_for("notifications.calendar", secret=secret)
    return _page(address=current_settings().public_url + path)


@blueprint.post("/preferences/calendar/revoke")
@access(SIGNED_IN)
def revoke_calendar() -> ResponseReturnValue:
    calendars.revoke_calendar(db_session(), current_actor())
    flash(_("Kalenderadressen er slått av. Ingen kan bruke den mer."))
    return redirect(url_for("notifications.preferences", _anchor="calendar"), 303)


def _filled() -> PreferencesForm:
    return filled_with(rhythms_of(db_session(), current_actor().person_id or 0))


def _page(address: str = "") -> str:
    session, person_id = db_session(), current_actor().person_id or 0
    return render_template(
        "notifications/preferences.html",
        form=_filled(),
        feed=queries.find_calendar(session, person_id),
        has_had=queries.has_had_calendar(session, person_id),
        address=address,
    )
