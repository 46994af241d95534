"""The forms of the vocabulary."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField

from marketplace.ui.fields import text_area, text_line
from marketplace.ui.forms import BaseForm, VersionedForm
from marketplace.vocabulary import sights


class SearchForm(BaseForm):
    class Meta:
        csrf = False

    q = text_line(_l("Søk etter et ord"))


class GroupForm(BaseForm):
    read_by = sights.WORDS

    words = text_area(
        _l("Ord som betyr det samme"),
        hint=_l(
            "Ett ord eller uttrykk på hver linje. Det første er det folk ser. Bøyninger finner vi"
            " selv. For eksempel: skolevegring, skolenekt, school refusal."
        ),
    )
    reason = text_line(_l("Hvorfor?"))

    @property
    def listed(self) -> list[str]:
        return (self.words.data or "").splitlines()


class SwitchForm(VersionedForm):
    read_by = sights.WORDS

    reason = text_line(_l("Hvorfor?"))


class FileForm(BaseForm):
    read_by = sights.WORDS

    file = FileField(_l("SKOS-fil"))
    reason = text_line(_l("Hvorfor?"), hint=_l("For eksempel hvor lista kommer fra."))
