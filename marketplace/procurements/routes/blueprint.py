"""The blueprint that every page of this feature hangs on, and what its small pages share."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.core.actor import Role
from marketplace.pairings import queries as pairings
from marketplace.pairings.models import Pairing
from marketplace.procurements import policies, queries
from marketplace.procurements.models import Procurement
from marketplace.ui.access import roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.forms import BaseForm

blueprint = Blueprint("procurements", "marketplace.procurements", template_folder="templates")

VIEWERS = roles(*policies.VIEWERS)
ADVISERS = roles(Role.PROCUREMENT_ADVISER)


def the_pairing(pairing_id: int) -> Pairing:
    return pairings.get_pairing(db_session(), current_actor(), pairing_id)


def the_procurement(pairing_id: int) -> Procurement:
    return queries.get_procurement(db_session(), current_actor(), pairing_id)


def to_page(pairing_id: int, message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for("procurements.show", pairing_id=pairing_id))


def small_page(
    pairing: Pairing,
    form: BaseForm,
    action: Callable[[], object],
    *,
    template: str,
    done: str,
    **values: Any,
) -> ResponseReturnValue:
    """A page with one form; whether it is shown at all has been asked before."""
    if form.validate_on_submit() and form.attempt(action):
        return to_page(pairing.id, done)
    page = render_template(template, form=form, pairing=pairing, **values)
    return page, 422 if request.method == "POST" else 200
