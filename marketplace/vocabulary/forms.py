"""The forms of the vocabulary."""

from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField

from marketplace.ui.fields import text_area, text_line
from marketplace.ui.forms import BaseForm, MaybeNewForm
from marketplace.vocabulary import sights

LONGEST_LIST = 150_000
"""Characters of what a file adds, and of what is said of the rest."""


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


class SwitchForm(MaybeNewForm):
    """Words that came with the site have no row before somebody has had to do with them."""

    read_by = sights.WORDS

    reason = text_line(_l("Hvorfor?"))


class FileForm(BaseForm):
    file = FileField(_l("SKOS-fil"))


class GroupsForm(BaseForm):
    """What was read of a file, to be looked through before it counts."""

    read_by = sights.WORDS

    groups = text_area(
        _l("Dette blir lagt til"),
        hint=_l(
            "En gruppe på hver linje, med semikolon mellom ordene. Ta bort eller rett det dere ikke"
            " vil ha med."
        ),
        length=LONGEST_LIST,
        rows=15,
    )
    reason = text_line(_l("Hvorfor?"), hint=_l("For eksempel hvor lista kommer fra."))
    left_out = HiddenField()

    @property
    def listed(self) -> list[list[str]]:
        lines = (self.groups.data or "").splitlines()
        return [line.split(";") for line in lines if line.strip()]
