"""The blueprint that every page of this feature hangs on."""

from flask import Blueprint

blueprint = Blueprint("notifications", "marketplace.notifications", template_folder="templates")
