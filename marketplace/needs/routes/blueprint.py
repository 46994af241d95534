"""The blueprint that all pages about needs hang on."""

from flask import Blueprint

blueprint = Blueprint("needs", "marketplace.needs", template_folder="templates")
