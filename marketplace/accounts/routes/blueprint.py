"""The blueprint that every page of this feature hangs on."""

from flask import Blueprint

blueprint = Blueprint("accounts", "marketplace.accounts", template_folder="templates")
