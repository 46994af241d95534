"""The blueprint that all pages about pairings hang on, and what their handlers share."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.pairings import policies, queries
from marketplace.pairings.models import Pairing
from marketplace.ui.access import roles
from marketplace.ui.context import current_actor, db_session

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
