"""The forms of a procurement."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectField
from wtforms.validators import ValidationError

from marketplace.accounts.models import Person, Unit
from marketplace.core.clock import today
from marketplace.needs.states import ProcurementRoute, ServiceCategory
from marketplace.procurements import sights
from marketplace.procurements.models import Procurement, StepTemplate
from marketplace.procurements.queries import Supplier
from marketplace.procurements.shipped import ShippedThreshold
from marketplace.procurements.states import (
    ROUTES,
    DialogueChannel,
    PurchaseKind,
    ThresholdKey,
)
from marketplace.procurements.thresholds import ThresholdRow
from marketplace.ui.fields import (
    LARGEST_NUMBER,
    choice,
    date_line,
    text_area,
    text_line,
    whole_number,
)
from marketplace.ui.filtering import row_number
from marketplace.ui.forms import BaseForm, VersionedForm

DATE_HINT = _l("For eksempel 31.12.2026.")


STORED_ROUTE = ("version", "service_category", "starts_on", "route", "route_reason")


def pick_list(wording: Any, hint: Any = "") -> SelectField:
    return SelectField(wording, description=hint, validate_choice=False)


class RouteForm(VersionedForm):
    fields_read_by: ClassVar = {"route_reason": sights.ROUTE}

    estimated_value = whole_number(
        _l("Anslått verdi i alt"),
        hint=_l(
            "I kroner uten mva. Ta med opsjoner og det utprøvingen koster: den og kjøpet regnes"
            " sammen. Ikke del opp kjøpet for å komme under en grense (§ 5-4)."
        ),
        required=_l("Skriv hva kjøpet kan koste i alt, i kroner uten mva."),
        least=1,
    )
    service_category = choice(
        _l("Type tjeneste"), ServiceCategory, required=_l("Velg type tjeneste."), radio=True
    )
    starts_on = date_line(
        _l("Dagen anskaffelsen begynner"),
        hint=_l("Beløpene som gjelder denne dagen, gjelder for hele anskaffelsen."),
        required=_l("Skriv dagen anskaffelsen begynner."),
    )
    route = choice(_l("Framgangsmåte"), ProcurementRoute, only=ROUTES, radio=True)
    route_reason = text_area(
        _l("Hvorfor denne framgangsmåten?"),
        hint=_l("Må fylles ut når du velger en annen enn dem tabellen anbefaler."),
    )

    @classmethod
    def of(cls, procurement: Procurement) -> "RouteForm":
        """A procurement begins without a value; no value is typed as nothing."""
        stored = {name: getattr(procurement, name) for name in STORED_ROUTE}
        return cls(data=stored | {"estimated_value": procurement.estimated_value or None})


class PaidTestForm(VersionedForm):
    fields_read_by: ClassVar = {"reason": sights.TEST}

    route = choice(
        _l("Framgangsmåte"),
        ProcurementRoute,
        only=ROUTES,
        radio=True,
        required=_l("Velg hvordan utprøvingen kjøpes."),
    )
    reason = text_area(
        _l("Hvorfor er denne framgangsmåten riktig?"),
        hint=_l("Skriv hva dere har gjort for konkurranse, eller hvilket unntak som gjelder."),
        required=_l("Skriv hvorfor framgangsmåten er riktig."),
    )


class NewStepForm(BaseForm):
    title = text_line(_l("Hva skal gjøres?"), required=_l("Skriv hva som skal gjøres."))
    owner_id = pick_list(_l("Hvem har ansvaret?"))
    due_on = date_line(_l("Frist"), hint=DATE_HINT, required=_l("Skriv en frist."))

    @classmethod
    def for_owners(cls, people: Sequence[Person], **values: Any) -> Self:
        form, adviser = cls(data=values), ("", str(_l("Innkjøpsrådgiveren")))
        form.owner_id.choices = [adviser, *((str(p.id), p.name) for p in people)]
        return form

    @property
    def chosen_owner(self) -> int | None:
        """0 for what is nobody's number, which the service refuses."""
        typed = self.owner_id.data
        return (row_number(typed) or 0) if typed else None


class StepForm(NewStepForm, VersionedForm):
    pass


class DialogueForm(BaseForm):
    fields_read_by: ClassVar = {"summary": sights.DIALOGUE, "shared": sights.SHARED}

    held_on = date_line(_l("Dato"), hint=DATE_HINT, required=_l("Skriv datoen for samtalen."))
    supplier = text_line(
        _l("Leverandør"), required=_l("Skriv hvilken leverandør dere snakket med.")
    )
    channel = choice(_l("Hvordan?"), DialogueChannel, required=_l("Velg hvordan dere snakket."))
    summary = text_area(
        _l("Hva ble sagt?"),
        required=_l("Skriv kort hva som ble sagt."),
    )
    shared = text_area(
        _l("Hva fikk leverandøren vite?"),
        hint=_l(
            "Alle leverandører skal få vite det samme. Entreprenøren i saken ser dette, så ta ikke"
            " med navn eller forretningshemmeligheter."
        ),
    )


class PackageForm(VersionedForm):
    read_by = sights.PACKAGE

    text = text_area(
        _l("Dette lærte utprøvingen oss"),
        hint=_l(
            "Ta ut navn på folk, og priser og annet som er forretningshemmeligheter. En kort linje"
            " rett over et avsnitt blir en overskrift."
        ),
        required=_l("Skriv hva utprøvingen lærte dere."),
        length=20_000,
        rows=24,
    )


class ProtocolForm(VersionedForm):
    read_by = sights.PROTOCOL
    fields_read_by: ClassVar = {"exempt_paragraph": sights.OPEN}

    object = text_area(_l("Hva skal kjøpes?"))
    invited = text_area(
        _l("Hvem ble invitert eller deltok, og hvorfor?"),
        hint=_l("Ta også med hvem som ble avvist, og grunnen."),
    )
    impartiality = text_area(
        _l("Habilitet"),
        hint=_l(
            "Var noen inhabile, eller kunne utprøvingen gi noen en fordel? Skriv hva dere gjorde"
            " med det (§§ 8-2 og 12-2)."
        ),
    )
    subcontractors = text_area(
        _l("Underleverandører"), hint=_l("Er det ingen, skriv «Ingen som vi kjenner til».")
    )
    reserved_reason = text_area(
        _l("Hvorfor er konkurransen reservert?"),
        hint=_l(
            "Bare hvis den er det: for ideelle organisasjoner (§ 30-2 a: de må bruke overskuddet på"
            " formålet), etter § 30-2, eller for virksomheter der minst 30 prosent av de ansatte er"
            " i arbeidsinkludering (§ 8-8 eller § 30-3)."
        ),
    )
    exempt_paragraph = text_line(
        _l("Unntatt fra innsyn etter"),
        hint=_l("Paragrafen, for eksempel offentleglova § 23 (3). La stå tomt hvis alt er åpent."),
        length=100,
    )
    exempt_until = date_line(
        _l("Unntaket gjelder til"),
        hint=_l("La stå tomt hvis det ikke er en fast dato. § 23 (3) faller bort med kontrakten."),
    )


class AnnounceForm(VersionedForm):
    reference = text_line(
        _l("Nummeret på kunngjøringen"),
        hint=_l("Står på Doffin når kunngjøringen er sendt, for eksempel 2026-123456."),
        required=_l("Skriv nummeret som kunngjøringen fikk på Doffin."),
        length=100,
    )


class Winner(StrEnum):
    ENTREPRENEUR = "entrepreneur"
    OTHER = "other"


class ContractForm(VersionedForm):
    fields_read_by: ClassVar = {"reason": sights.PROTOCOL}

    winner = SelectField(_l("Hvem får kontrakten?"))
    other_supplier = text_line(
        _l("Navnet på den andre leverandøren"),
        hint=_l("Bare når kontrakten går til noen andre enn entreprenøren i saken."),
    )
    value = whole_number(
        _l("Kontraktens verdi i alt"),
        hint=_l("I kroner uten mva., opsjoner medregnet."),
        required=_l("Skriv hva kontrakten er verd i alt."),
        least=1,
    )
    reason = text_area(
        _l("Hvorfor denne leverandøren?"),
        required=_l("Skriv hvorfor denne leverandøren fikk kontrakten."),
    )

    @classmethod
    def of(cls, procurement: Procurement) -> "ContractForm":
        entrepreneur = procurement.pairing.concept.organisation.name
        form = cls(data={"version": procurement.version, "winner": Winner.ENTREPRENEUR.value})
        form.winner.choices = [
            (Winner.ENTREPRENEUR.value, entrepreneur),
            (Winner.OTHER.value, str(_l("En annen leverandør"))),
        ]
        return form

    @property
    def other(self) -> str | None:
        """The other supplier's name; None where it is the entrepreneur of the case."""
        return (self.other_supplier.data or "") if self.winner.data == Winner.OTHER else None


class CancelForm(VersionedForm):
    read_by = sights.OPEN

    reason = text_area(
        _l("Hvorfor avlyses anskaffelsen?"),
        hint=_l("Det du skriver, står i protokollen."),
        required=_l("Skriv hvorfor anskaffelsen avlyses."),
    )


class PurchaseForm(BaseForm):
    fields_read_by: ClassVar = {"note": sights.PURCHASE}

    unit_id = pick_list(
        _l("Enhet"), _l("En enhet som ikke er med lenger, kan bare velges for å rette et beløp.")
    )
    supplier = pick_list(_l("Leverandør"))
    kind = choice(_l("Hva slags kjøp?"), PurchaseKind, required=_l("Velg hva slags kjøp det er."))
    amount = whole_number(
        _l("Beløp"),
        hint=_l(
            "I kroner uten mva. Skriv et beløp med minus foran for å rette noe som ble ført feil."
        ),
        required=_l("Skriv beløpet i kroner uten mva."),
        least=-LARGEST_NUMBER,
    )
    bought_on = date_line(_l("Dato"), hint=DATE_HINT, required=_l("Skriv datoen for kjøpet."))
    note = text_area(_l("Merknad"), hint=_l("Må fylles ut når du retter et beløp."), length=1000)

    @classmethod
    def about(
        cls, units: Sequence[Unit], suppliers: Sequence[Supplier], **values: Any
    ) -> "PurchaseForm":
        form = cls(data=values)
        form.unit_id.choices = [(str(unit.id), unit.name) for unit in units]
        form.suppliers = suppliers
        form.supplier.choices = [(str(i), each.name) for i, each in enumerate(suppliers)]
        return form

    suppliers: Sequence[Supplier] = ()

    @property
    def chosen_supplier(self) -> Supplier:
        """The entrepreneur where nobody is chosen; nobody for what is on no list."""
        typed = self.supplier.data or "0"
        known = {str(number): each for number, each in enumerate(self.suppliers)}
        return known.get(typed, Supplier(None, ""))

    @property
    def chosen_unit(self) -> int:
        return row_number(self.unit_id.data) or 0


class ThresholdForm(BaseForm):
    key = choice(
        _l("Hvilken grense?"), ThresholdKey, required=_l("Velg hvilken grense det gjelder.")
    )
    amount = whole_number(
        _l("Beløp"), hint=_l("I kroner uten mva."), required=_l("Skriv beløpet."), least=1
    )
    valid_from = date_line(
        _l("Gjelder fra"),
        hint=_l("Er beløpet sjekket og uendret, skriv dagens dato og det samme beløpet."),
        required=_l("Skriv dagen beløpet gjelder fra."),
    )
    paragraph = text_line(
        _l("Paragraf"), required=_l("Skriv paragrafen, så andre kan slå den opp.")
    )
    source = text_line(
        _l("Kilde"),
        hint=_l("Hvor du leste det, for eksempel Lovdata."),
        required=_l("Skriv hvor du leste det."),
        length=300,
    )
    checked_on = date_line(_l("Dagen du sjekket"), required=_l("Skriv dagen du sjekket kilden."))
    jump_confirmed = BooleanField(_l("Beløpet er riktig, selv om det er et stort sprang"))

    @classmethod
    def begun_from(
        cls, rows: Mapping[ThresholdKey, ThresholdRow], key: ThresholdKey | None
    ) -> "ThresholdForm":
        begun = rows.get(key) if key is not None else None
        return cls(
            data={
                "key": key,
                "amount": begun.amount if begun else None,
                "paragraph": begun.paragraph if begun else "",
                "source": begun.source if begun else "",
                "checked_on": today(),
            }
        )

    @property
    def row(self) -> ShippedThreshold:
        """What would be added."""
        return ShippedThreshold(
            key=self.key.data,
            amount=self.amount.data or 0,
            valid_from=self.valid_from.data or date.max,
            paragraph=self.paragraph.data or "",
            source=self.source.data or "",
            checked_on=self.checked_on.data or date.min,
        )


class WithdrawThresholdForm(BaseForm):
    read_by = sights.THRESHOLD

    reason = text_area(
        _l("Hvorfor trekkes beløpet?"), required=_l("Skriv hvorfor beløpet trekkes."), length=1000
    )


class StepsForm(VersionedForm):
    steps = text_area(
        _l("Trinn"),
        hint=_l(
            "Ett trinn på hver linje, med semikolon og antall dager til slutt, for eksempel"
            " «Be om tilbud; 7». Dager er kalenderdager."
        ),
        required=_l("Skriv minst ett trinn."),
        rows=12,
    )

    @classmethod
    def of(cls, rows: Sequence[StepTemplate]) -> "StepsForm":
        steps = "\n".join(f"{row.title}; {row.days}" for row in rows)
        return cls(data={"steps": steps, "version": rows[0].version})

    def validate_steps(self, field: Field) -> None:
        for number, line in enumerate(_lines(field.data), start=1):
            title, _sign, days = line.rpartition(";")
            if not title.strip() or not days.strip().isdecimal() or len(days.strip()) > 4:
                raise ValidationError(
                    _(
                        "Linje %(number)d: Skriv trinnet, et semikolon og antall dager, for"
                        " eksempel «Be om tilbud; 7».",
                        number=number,
                    )
                )

    @property
    def parsed(self) -> list[tuple[str, int]]:
        parts = (line.rpartition(";") for line in _lines(self.steps.data))
        return [(title.strip(), int(days)) for title, _sign, days in parts]


def _lines(typed: str | None) -> list[str]:
    return [line.strip() for line in (typed or "").splitlines() if line.strip()]
