"""The form for inviting a concept's owner."""

from flask_babel import lazy_gettext as _l

from marketplace.invitations import sights
from marketplace.ui.fields import text_area
from marketplace.ui.forms import BaseForm

LINE_LENGTH = 500


class InviteForm(BaseForm):
    read_by = sights.LINE

    line = text_area(
        _l("Hvorfor spør dere akkurat dem?"),
        required=_l("Skriv en linje om hvorfor dere spør akkurat dem."),
        hint=_l(
            "Noen få ord fra deg. Behovet følger med. Ikke skriv navn, e-postadresser eller"
            " telefonnumre."
        ),
        length=LINE_LENGTH,
        rows=3,
    )
