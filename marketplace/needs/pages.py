"""The way back to a need from the pages about it."""

from flask import url_for
from flask_babel import gettext as _

from marketplace.needs.models import Need
from marketplace.ui.form_page import Way


def back_to_need(need: Need) -> Way:
    page = url_for("needs.show", need_id=need.id)
    return Way(page, need.title or _("Uten tittel"), need.language)
