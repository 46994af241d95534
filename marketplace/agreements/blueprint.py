"""The blueprint that all pages of agreements hang on."""

from flask import Blueprint

blueprint = Blueprint("agreements", __name__, template_folder="templates")
