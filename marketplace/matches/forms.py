"""The forms for laying a concept aside, and for looking for one."""

from flask_babel import lazy_gettext as _l

from marketplace.matches import sights
from marketplace.matches.states import DismissalReason
from marketplace.ui.fields import choice, text_area, text_line
from marketplace.ui.forms import BaseForm


class DismissForm(BaseForm):
    read_by = sights.NOTE

    reason = choice(
        _l("Hvorfor passer det ikke?"),
        DismissalReason,
        required=_l("Velg en grunn. Den hjelper oss å gi bedre treff."),
        radio=True,
    )
    note = text_area(
        _l("Med egne ord"),
        hint=_l("Valgfritt, men må fylles ut når du velger «Annet»."),
        length=1000,
    )


class SearchForm(BaseForm):
    class Meta:
        csrf = False

    q = text_line(
        _l("Søk blant konseptene"),
        hint=_l("For eksempel «gruppe for pårørende». De som passer best for behovet, står først."),
    )
