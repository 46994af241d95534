"""The five steps in which a need is written."""

from collections.abc import Sequence
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import Field, SelectField
from wtforms.validators import ValidationError

from marketplace.accounts.models import Person
from marketplace.accounts.states import Language
from marketplace.needs import queries, sights
from marketplace.needs.content import CONTENT
from marketplace.needs.forms.choices import person_choice
from marketplace.needs.models import Need
from marketplace.needs.requirements import last_deadline
from marketplace.needs.states import (
    BudgetStatus,
    ProcurementRoute,
    RaisedBy,
    ServiceCategory,
)
from marketplace.ui.fields import choice, date_line, one_of, text_area, text_line, whole_number
from marketplace.ui.filters import norwegian_date
from marketplace.ui.forms import VersionedForm
from marketplace.ui.labels import Wording

MOST_PEOPLE, MOST_HOURS, MOST_KRONER = 1_000_000, 20_000, 1_000_000_000
"""More than any unit means: a slip of the finger."""


class StepForm(VersionedForm):
    """A part of a need. Nothing is required; what can be read is stored."""

    heading: ClassVar[Wording]
    introduction: ClassVar[Wording]

    @property
    def content(self) -> list[Field]:
        return [field for field in self if field.name in CONTENT]

    def sound_fields(self) -> dict[str, Any]:
        """What was typed and could be read, by field name."""
        return {f.name: f.data for f in self.content if not f.errors and _storable(f)}


def _storable(field: Field) -> bool:
    """A text is always in some language; everything else may be taken away again."""
    return field.name != "language" or field.data is not None


class ProblemForm(StepForm):
    read_by = sights.TEXTS

    heading = _l("Problemet")
    introduction = _l(
        "Fortell hva som er vanskelig i dag. Vent med løsningen. Den er det andre som foreslår."
    )

    title = text_line(
        _l("Tittel"),
        hint=_l("Si problemet på én linje. For eksempel: Mange eldre som bor alene, er ensomme."),
    )
    problem = text_area(
        _l("Hva er problemet?"),
        hint=_l(
            "Skriv hva dere ser, hvor ofte det skjer, og hva det fører til. Skriv ikke navn på"
            " brukere. Ikke slik: «Vi trenger en app.» Heller slik: «Mange vi besøker, snakker"
            " ikke med andre enn oss hele uka. Flere har sluttet å lage middag.»"
        ),
    )
    target_group = text_area(
        _l("Hvem gjelder det?"),
        hint=_l("For eksempel: Hjemmeboende over 80 år som bor alene."),
    )
    target_count = whole_number(
        _l("Hvor mange gjelder det?"),
        hint=_l("Et omtrentlig tall er godt nok."),
        least=1,
        most=MOST_PEOPLE,
    )
    language = one_of(_l("Språket du skriver på"), list(Language))


class WishForm(StepForm):
    read_by = sights.TEXTS

    heading = _l("Hva har dere prøvd, og hva vil dere oppnå?")
    introduction = _l(
        "Fortell hva dere har lært så langt, og hvordan dere vil merke at det er blitt bedre."
    )

    tried = text_area(
        _l("Hva har dere prøvd?"),
        hint=_l(
            "Skriv også hva som ikke virket. For eksempel: Besøksvenner fra frivilligsentralen,"
            " men ventetiden var et halvt år. Har dere ikke prøvd noe, så skriv det."
        ),
    )
    wanted_effect = text_area(
        _l("Hva vil dere oppnå?"),
        hint=_l(
            "Beskriv hva som er annerledes for folk etterpå, ikke hvordan det skal skje. For"
            " eksempel: De treffer andre mennesker minst én gang i uka."
        ),
    )
    effect_measure = text_area(
        _l("Hvordan vil dere måle det?"),
        hint=_l("For eksempel: Tre spørsmål om ensomhet før oppstart og etter fire måneder."),
    )


class ContributionForm(StepForm):
    read_by = sights.TEXTS

    heading = _l("Enhetens bidrag")
    introduction = _l(
        "En utprøving tar tid også for dere. Si ærlig hva dere kan bidra med, så vet den som"
        " svarer, hva de kan regne med."
    )

    contribution = text_area(
        _l("Hva bidrar enheten med?"),
        hint=_l("For eksempel: Vi spør brukerne, blir med første gang og låner ut møterommet."),
    )
    contribution_hours = whole_number(
        _l("Hvor mange timer har dere?"),
        hint=_l("Alle timer for alle ansatte, samlet."),
        most=MOST_HOURS,
    )
    contact_id = person_choice(
        _l("Kontaktperson i enheten"), hint=_l("Den som svarer når noen lurer på noe.")
    )


class MoneyForm(StepForm):
    heading = _l("Penger og kjøp")
    introduction = _l(
        "Den som svarer, må vite hva som skjer hvis utprøvingen lykkes. Vet dere det ikke ennå,"
        " kan dere si det."
    )

    budget_status = choice(
        _l("Hvordan står det til med pengene?"),
        BudgetStatus,
        hint=_l("Også behov uten penger kan publiseres. Da står det åpent på siden."),
        radio=True,
    )
    estimated_value = whole_number(
        _l("Hva kan det koste, i kroner?"),
        hint=_l("Et anslag for utprøving og kjøp til sammen, uten merverdiavgift. Bare tallet."),
        most=MOST_KRONER,
    )
    service_category = choice(
        _l("Hva slags tjeneste er det?"),
        ServiceCategory,
        hint=_l("Reglene for kjøp er ulike. Er du usikker, så spør en innkjøpsrådgiver."),
    )
    intended_route = choice(_l("Hva vil dere gjøre hvis utprøvingen lykkes?"), ProcurementRoute)
    decision_maker_id = person_choice(
        _l("Hvem bestemmer etter utprøvingen?"),
        hint=_l(
            "Én person i kommunen som kan si ja eller nei til å kjøpe. Navnet vises til"
            " entreprenøren når en kobling er godkjent, og står i avtalen."
        ),
    )


class DatesForm(StepForm):
    heading = _l("Frister og hvem som meldte behovet")
    introduction = _l(
        "Fristene sier hvor lenge andre kan spørre og melde seg. Til slutt må enhetens leder"
        " godkjenne behovet."
    )

    questions_close_on = date_line(
        _l("Frist for å stille spørsmål"), hint=_l("Skriv datoen slik: 31.12.2026.")
    )
    interests_close_on = date_line(
        _l("Frist for å melde interesse"), hint=_l("Denne fristen kommer etter den for spørsmål.")
    )
    raised_by = choice(_l("Hvem meldte behovet først?"), RaisedBy, radio=True)

    def validate_questions_close_on(self, field: Field) -> None:
        _expect_near(field)

    def validate_interests_close_on(self, field: Field) -> None:
        _expect_near(field)


def _expect_near(field: Field) -> None:
    last = last_deadline()
    if field.data is not None and field.data > last:
        day = norwegian_date(last)
        raise ValidationError(_("Fristen er for langt fram. Siste dag er %(last)s.", last=day))


STEPS: tuple[type[StepForm], ...] = (
    ProblemForm,
    WishForm,
    ContributionForm,
    MoneyForm,
    DatesForm,
)


def open_step(session: Session, need: Need, step: int) -> StepForm:
    """The form of step `step` (from 1), filled from the need or from what was sent."""
    form = STEPS[step - 1](obj=need)
    if isinstance(form, ContributionForm):
        _offer(form.contact_id, queries.list_contacts(session, need.unit), need.contact)
    if isinstance(form, MoneyForm):
        makers = queries.list_decision_makers(session, need.unit)
        _offer(form.decision_maker_id, makers, need.decision_maker)
    return form


def _offer(field: SelectField, people: Sequence[Person], chosen: Person | None) -> None:
    """The people to choose from, and the one who is chosen even if they have moved on."""
    names = {person.id: person.name for person in people}
    if chosen is not None:
        names.setdefault(chosen.id, chosen.name)
    field.choices = [("", _("Velg")), *((str(row_id), name) for row_id, name in names.items())]
