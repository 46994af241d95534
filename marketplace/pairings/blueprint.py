"""The blueprint that all pages about pairings hang on, and what their handlers share."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from marketplace.pairings import queries
from marketplace.pairings.models import Pairing
from marketplace.ui.context import current_actor, db_session

blueprint = Blueprint("pairings", __name__, template_folder="templates")


def asked_pairing(pairing_id: int) -> Pairing:
    return queries.get_pairing(db_session(), current_actor(), pairing_id)


def to_case(pairing: Pairing, message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for("pairings.show", pairing_id=pairing.id))
