"""The blueprint that all pages about needs hang on."""

from flask import Blueprint

blueprint = Blueprint("needs", __name__, template_folder="templates")
