"""The forms of an interest: one field for each point of the need."""

from flask_babel import lazy_gettext as _l

from marketplace.interests import sights
from marketplace.interests.services import Points
from marketplace.ui.fields import text_area
from marketplace.ui.forms import BaseForm, VersionedForm


class PointFields(BaseForm):
    read_by = sights.ANSWER

    meets_problem = text_area(
        _l("Hvordan løser konseptet problemet?"),
        required=_l("Skriv hvordan konseptet løser problemet."),
    )
    meets_target_group = text_area(
        _l("Hvordan passer konseptet for målgruppen?"),
        required=_l("Skriv hvordan konseptet passer for målgruppen."),
    )
    meets_effect = text_area(
        _l("Hvordan gir konseptet den effekten de vil ha, og hvordan kan den måles?"),
        required=_l("Skriv hvordan konseptet gir effekten, og hvordan den kan måles."),
    )
    needs_from_unit = text_area(
        _l("Hva trenger dere fra enheten?"),
        required=_l("Skriv hva dere trenger fra enheten. Trenger dere ikke noe, skriv det."),
    )

    @property
    def points(self) -> Points:
        return Points(
            meets_problem=self.meets_problem.data or "",
            meets_target_group=self.meets_target_group.data or "",
            meets_effect=self.meets_effect.data or "",
            needs_from_unit=self.needs_from_unit.data or "",
        )


class RegisterForm(PointFields):
    pass


class ChangeForm(PointFields, VersionedForm):
    pass


class DeclineForm(VersionedForm):
    read_by = sights.DECLINING

    reason = text_area(
        _l("Hvorfor passer det ikke?"),
        required=_l("Skriv en begrunnelse. Entreprenøren får se den."),
        hint=_l("Si hva i behovet som ikke er dekket. Da vet de hva de kan gjøre bedre."),
    )


class WithdrawForm(VersionedForm):
    read_by = sights.WITHDRAWAL

    reason = text_area(
        _l("Hvorfor trekker dere interessen?"),
        required=_l("Skriv en begrunnelse. Enheten får se den."),
    )
