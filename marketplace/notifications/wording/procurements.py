"""The sentences of messages about procurements."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.notifications.wording.sentences import Sentences
from marketplace.procurements.states import ProcurementTopic

SENTENCES: dict[StrEnum, Sentences] = {
    ProcurementTopic.OPENED: Sentences(
        _l("En anskaffelse er åpnet"),
        _l("Kommunen vil kjøpe etter utprøvingen av «%(concept)s» for «%(need)s»."),
        _l("Du er innkjøpsrådgiver i saken. Åpne den, og velg framgangsmåte."),
    ),
    ProcurementTopic.ANNOUNCED: Sentences(
        _l("Anskaffelsen er kunngjort"),
        _l("Anskaffelsen etter utprøvingen av «%(concept)s» for «%(need)s» er kunngjort."),
        _l("Åpne saken for å se nummeret på kunngjøringen. Frister og krav står i den."),
    ),
    ProcurementTopic.CONTRACTED: Sentences(
        _l("Kontrakten er inngått"),
        _l("Kommunen har inngått kontrakt etter utprøvingen av «%(concept)s» for «%(need)s»."),
        _l("Åpne saken for å se hvem kontrakten er inngått med."),
    ),
    ProcurementTopic.CANCELLED: Sentences(
        _l("Anskaffelsen er avlyst"),
        _l("Anskaffelsen etter utprøvingen av «%(concept)s» for «%(need)s» er avlyst."),
        _l("Les begrunnelsen. Spør innkjøpsrådgiveren hvis noe er uklart."),
    ),
    ProcurementTopic.ANNOUNCED_TO_OTHERS: Sentences(
        _l("Et kjøp for et behov du følger, er kunngjort"),
        _l(
            "Kommunen har kunngjort et kjøp for behovet «%(need)s», som dere har meldt interesse"
            " for."
        ),
        _l("Finn kunngjøringen på Doffin. Frister og krav står i den."),
    ),
    ProcurementTopic.CONTRACTED_TO_OTHERS: Sentences(
        _l("Kontrakten for et behov du følger, er inngått"),
        _l(
            "Kommunen har inngått kontrakt for behovet «%(need)s», som dere har meldt interesse"
            " for."
        ),
        _l("Åpne behovet. Spør kontaktpersonen der hvis du vil vite hvorfor det ble slik."),
    ),
    ProcurementTopic.CANCELLED_TO_OTHERS: Sentences(
        _l("Et kjøp for et behov du følger, er avlyst"),
        _l("Kommunen har avlyst kjøpet for behovet «%(need)s», som dere har meldt interesse for."),
        _l("Åpne behovet. Spør kontaktpersonen der hvis du vil vite hvorfor det ble slik."),
    ),
    ProcurementTopic.STEP_DUE: Sentences(
        _l("Et trinn i en anskaffelse har frist"),
        _l("Trinnet «%(title)s» i anskaffelsen for «%(need)s» har frist nå."),
        _l("Gjør trinnet ferdig, eller be innkjøpsrådgiveren om å sette en ny frist."),
    ),
    ProcurementTopic.PACKAGE_SHARED: Sentences(
        _l("Det en utprøving lærte oss, er delt"),
        _l("Kommunen har delt det utprøvingen for behovet «%(need)s» lærte oss."),
        _l("Les det. Alle leverandører får de samme opplysningene før et kjøp."),
    ),
}
