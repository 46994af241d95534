"""The blueprint that all pages about pairings hang on, and what their handlers share."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.pairings import policies, queries
from marketplace.pairings.models import Pairing
from marketplace.pairings.services import parts
from marketplace.pairings.states import PairingMove
from marketplace.ui.access import roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.forms import VersionedForm

blueprint = Blueprint("pairings", "marketplace.pairings", template_folder="templates")
VIEWERS = roles(*policies.VIEWERS)
PROPOSERS = roles(*policies.PROPOSERS)
PARTIES = roles(*UNIT_ROLES, Role.ENTREPRENEUR)
COORDINATORS = roles(Role.COORDINATOR)


def asked_pairing(pairing_id: int) -> Pairing:
    return queries.get_pairing(db_session(), current_actor(), pairing_id)


def to_case(pairing: Pairing, message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for("pairings.show", pairing_id=pairing.id))


def move_page(
    pairing: Pairing,
    move: PairingMove,
    form: VersionedForm,
    action: Callable[[], None],
    *,
    template: str,
    done: str,
    **values: Any,
) -> ResponseReturnValue:
    """A page with one form: shown to those who may make the move now, sent by them."""
    if request.method == "GET":
        parts.expect_move(current_actor(), pairing, move)
        form.version.data = str(pairing.version)
    if form.validate_on_submit() and form.attempt(action):
        return to_case(pairing, done)
    page = render_template(template, form=form, pairing=pairing, **values)
    return page, 422 if request.method == "POST" else 200
