"""The form about a concept. Nothing is required while it is a draft."""

from collections.abc import Mapping, Sequence
from typing import Self

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.widgets import CheckboxInput

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import Language
from marketplace.concepts import sights
from marketplace.concepts.services import ConceptContent
from marketplace.concepts.states import EvidenceLevel
from marketplace.ui.fields import SeveralField, choice, text_area, text_line, whole_number
from marketplace.ui.forms import BaseForm, VersionedForm
from marketplace.ui.target_group import TargetGroupForm

LEGAL_FORM_LENGTH = 60
MOST_PILOTS = 100


class ConceptFields(BaseForm):
    read_by = sights.TEXTS

    title = text_line(_l("Tittel"), hint=_l("Kort og konkret: hva får kommunen?"))
    description = text_area(
        _l("Hva gjør dere?"),
        hint=_l("Fortell hva som skjer, steg for steg, og hvilket problem det løser."),
    )
    target_group = text_area(
        _l("Hvem er det for?"), hint=_l("Alder, livssituasjon og hvem som ikke passer.")
    )
    evidence_level = choice(_l("Hvor langt har konseptet kommet?"), EvidenceLevel, radio=True)
    evidence = text_area(
        _l("Hva vet dere om effekten?"),
        hint=_l("Tall, evalueringer eller erfaringer. Er det en idé: hva bygger dere den på?"),
    )
    used_where = text_area(
        _l("Hvor er konseptet brukt?"),
        hint=_l("Kommuner, enheter og når. En idé kan stå uten."),
    )
    price_indication = text_area(
        _l("Hva koster det, omtrent?"),
        hint=_l("For eksempel per deltaker, per måned eller for en utprøving."),
    )
    capacity = whole_number(
        _l("Hvor mange utprøvinger kan dere ha samtidig?"), least=1, most=MOST_PILOTS
    )
    needs_from_municipality = text_area(
        _l("Hva trenger dere fra kommunen?"),
        hint=_l("For eksempel lokale, timer fra ansatte, data eller en kontaktperson."),
    )
    legal_form = text_line(
        _l("Selskapsform"),
        hint=_l("For eksempel AS, stiftelse eller samvirkeforetak."),
        length=LEGAL_FORM_LENGTH,
    )
    language = choice(
        _l("Hvilket språk er teksten skrevet på?"), Language, required=_l("Velg et språk.")
    )

    @property
    def content(self) -> ConceptContent:
        return ConceptContent(
            title=self.title.data or "",
            description=self.description.data or "",
            target_group=self.target_group.data or "",
            evidence_level=self.evidence_level.data,
            evidence=self.evidence.data or "",
            used_where=self.used_where.data or "",
            price_indication=self.price_indication.data or "",
            capacity=self.capacity.data,
            needs_from_municipality=self.needs_from_municipality.data or "",
            legal_form=self.legal_form.data or "",
            language=self.language.data,
        )


class ConceptTargetForm(TargetGroupForm):
    places = SeveralField(
        _l("Hvor kan kommunene få det?"),
        description=_l("La alle stå tomme hvis dere kan levere hvor som helst."),
        choices=[],
        coerce=int,
        option_widget=CheckboxInput(),
    )

    def offer_places(self, municipalities: Mapping[int, str]) -> None:
        self.places.choices = sorted(municipalities.items(), key=lambda place: place[1])

    @property
    def chosen_places(self) -> frozenset[int]:
        return frozenset(self.places.data or ())


class NewConceptForm(ConceptFields):
    organisation_id = SelectField(_l("Hvilken organisasjon eier konseptet?"), coerce=int)

    @classmethod
    def for_organisations(cls, organisations: Sequence[Organisation]) -> Self:
        """Most have one, whose form of company is that of its concepts."""
        first = organisations[0]
        form = cls(
            data={
                "organisation_id": first.id,
                "legal_form": first.legal_form,
                "language": Language.BOKMAL,
            }
        )
        form.organisation_id.choices = [(row.id, row.name) for row in organisations]
        return form


class ConceptForm(ConceptFields, VersionedForm):
    pass
