"""The blueprint that all pages of agreements hang on, and what their handlers share."""

from flask import Blueprint, url_for
from flask_babel import gettext as _

from marketplace.agreements import queries
from marketplace.agreements.models import Agreement
from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.pairings.policies import VIEWERS as CASE_VIEWERS
from marketplace.ui.access import roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.form_page import Way

blueprint = Blueprint("agreements", "marketplace.agreements", template_folder="templates")
VIEWERS = roles(*CASE_VIEWERS)
PARTIES = roles(*UNIT_ROLES, Role.ENTREPRENEUR)
SIGNERS = roles(Role.UNIT_LEADER, Role.ENTREPRENEUR)


def open_version(pairing_id: int) -> Agreement:
    session = db_session()
    pairing = queries.get_case(session, current_actor(), pairing_id)
    return queries.get_open_version(session, pairing.id)


def way_to_agreement(pairing_id: int) -> Way:
    return Way(url_for("agreements.show", pairing_id=pairing_id), _("Avtalen"))
