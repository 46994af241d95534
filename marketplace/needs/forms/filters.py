"""Looking for needs."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import ServiceArea
from marketplace.core.target_groups import YEARS, Group
from marketplace.needs.queries import NeedFilter, NeedSort
from marketplace.needs.states import PUBLIC, BudgetStatus, NeedState
from marketplace.ui.fields import one_of, text_line, whole_number
from marketplace.ui.filtering import row_number, searched_words
from marketplace.ui.forms import BaseForm


class FilterForm(BaseForm):
    """What stands in the address of the list; what cannot be read is left out."""

    class Meta:
        csrf = False

    q = text_line(_l("Søk i behovene"))
    state = one_of(_l("Status"), [s for s in NeedState if s in PUBLIC])
    area = one_of(_l("Område"), list(ServiceArea), _l("Alle områder"))
    budget = one_of(_l("Penger"), list(BudgetStatus), _l("Alle"))
    age = whole_number(_l("Alder"), most=YEARS)
    group = one_of(_l("Gruppe"), list(Group), _l("Alle grupper"))
    municipality = SelectField(
        _l("Kommune"), choices=[], coerce=row_number, validators=[Optional()]
    )
    sort = one_of(
        _l("Rekkefølge"),
        [NeedSort.NEWEST, NeedSort.DEADLINE],
        _l("Beste treff først når du søker, ellers nyeste"),
    )

    def offer_municipalities(self, municipalities: Sequence[Organisation]) -> None:
        named = ((str(row.id), row.name) for row in municipalities)
        self.municipality.choices = [("", _("Alle kommuner")), *named]

    def wanted(self) -> NeedFilter:
        return NeedFilter(
            words=searched_words("q"),
            state=self.state.data or NeedState.PUBLISHED,
            area=self.area.data,
            budget_status=self.budget.data,
            age=self.age.data if self.age.validate(self) else None,
            group=self.group.data,
            municipality_id=self.municipality.data,
            sort=self.sort.data,
        )
