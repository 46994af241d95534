"""The blueprint that every page of this feature hangs on, and what its handlers share."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import Role
from marketplace.pairings import queries as pairings
from marketplace.pairings.models import Pairing
from marketplace.procurements import policies, queries
from marketplace.procurements.models import Procurement
from marketplace.ui.access import roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.form_page import Way

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


def way_to_procurement(pairing_id: int) -> Way:
    return Way(url_for("procurements.show", pairing_id=pairing_id), _("Anskaffelsen"))
