"""The messages about procurements."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from marketplace.core.topics import TopicGroup
from marketplace.pairings.told import CaseTold
from marketplace.procurements.states import ProcurementTopic
from marketplace.procurements.told import OtherSuppliersTold, StepTold, ThresholdTold
from marketplace.ui.filters import kroner, norwegian_date
from marketplace.ui.labels import label
from marketplace.ui.messages import Message, Messages


def _limit(told: ThresholdTold) -> str:
    return _(
        "«%(limit)s» %(amount)s fra %(day)s",
        limit=label(told.key) if told.key else "",
        amount=kroner(told.amount),
        day=norwegian_date(told.valid_from),
    )


MESSAGES: Messages = (
    Message(
        ProcurementTopic.OPENED,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{pairing_id}/procurement",
        heading=_l("En anskaffelse er åpnet"),
        text=_l("Kommunen vil kjøpe etter utprøvingen av «%(concept)s» for «%(need)s»."),
        what_to_do=_l("Du er innkjøpsrådgiver i saken. Åpne den, og velg framgangsmåte."),
    ),
    Message(
        ProcurementTopic.ANNOUNCED,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{pairing_id}/procurement",
        heading=_l("Anskaffelsen er kunngjort"),
        text=_l("Anskaffelsen etter utprøvingen av «%(concept)s» for «%(need)s» er kunngjort."),
        what_to_do=_l("Åpne saken for å se nummeret på kunngjøringen. Frister og krav står i den."),
    ),
    Message(
        ProcurementTopic.CONTRACTED,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{pairing_id}/procurement",
        heading=_l("Kontrakten er inngått"),
        text=_l("Kommunen har inngått kontrakt etter utprøvingen av «%(concept)s» for «%(need)s»."),
        what_to_do=_l("Åpne saken for å se hvem kontrakten er inngått med."),
    ),
    Message(
        ProcurementTopic.CANCELLED,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{pairing_id}/procurement",
        heading=_l("Anskaffelsen er avlyst"),
        text=_l("Anskaffelsen etter utprøvingen av «%(concept)s» for «%(need)s» er avlyst."),
        what_to_do=_l("Les begrunnelsen. Spør innkjøpsrådgiveren hvis noe er uklart."),
    ),
    Message(
        ProcurementTopic.ANNOUNCED_TO_OTHERS,
        TopicGroup.OUTCOMES,
        OtherSuppliersTold,
        "/needs/{need_id}",
        heading=_l("Et kjøp for et behov du følger, er kunngjort"),
        text=_l(
            "Kommunen har kunngjort et kjøp for behovet «%(need)s», som dere har meldt interesse"
            " for."
        ),
        what_to_do=_l("Finn kunngjøringen på Doffin. Frister og krav står i den."),
    ),
    Message(
        ProcurementTopic.CONTRACTED_TO_OTHERS,
        TopicGroup.OUTCOMES,
        OtherSuppliersTold,
        "/needs/{need_id}",
        heading=_l("Kontrakten for et behov du følger, er inngått"),
        text=_l(
            "Kommunen har inngått kontrakt for behovet «%(need)s», som dere har meldt interesse"
            " for."
        ),
        what_to_do=_l(
            "Åpne behovet. Spør kontaktpersonen der hvis du vil vite hvorfor det ble slik."
        ),
    ),
    Message(
        ProcurementTopic.CANCELLED_TO_OTHERS,
        TopicGroup.OUTCOMES,
        OtherSuppliersTold,
        "/needs/{need_id}",
        heading=_l("Et kjøp for et behov du følger, er avlyst"),
        text=_l(
            "Kommunen har avlyst kjøpet for behovet «%(need)s», som dere har meldt interesse for."
        ),
        what_to_do=_l(
            "Åpne behovet. Spør kontaktpersonen der hvis du vil vite hvorfor det ble slik."
        ),
    ),
    Message(
        ProcurementTopic.STEP_DUE,
        TopicGroup.WAITING,
        StepTold,
        "/pairings/{pairing_id}/procurement",
        heading=_l("Et trinn i en anskaffelse har frist"),
        text=_l("Trinnet «%(title)s» i anskaffelsen for «%(need)s» har frist nå."),
        what_to_do=_l("Gjør trinnet ferdig, eller be innkjøpsrådgiveren om å sette en ny frist."),
    ),
    Message(
        ProcurementTopic.PACKAGE_SHARED,
        TopicGroup.FOLLOWED,
        CaseTold,
        "/pilots-taught/{pairing_id}",
        heading=_l("Det en utprøving lærte oss, er delt"),
        text=_l("Kommunen har delt det utprøvingen for behovet «%(need)s» lærte oss."),
        what_to_do=_l("Les det. Alle leverandører får de samme opplysningene før et kjøp."),
    ),
    Message(
        ProcurementTopic.TEST_ROUTE_ASKED,
        TopicGroup.WAITING,
        CaseTold,
        "/pairings/{pairing_id}/agreement",
        heading=_l("En betalt utprøving venter på deg"),
        text=_l(
            "Avtalen om utprøvingen av «%(concept)s» for «%(need)s» betaler mer enn kommunen kan"
            " kjøpe direkte for."
        ),
        what_to_do=_l("Les avtalen, og bekreft framgangsmåten. Før det kan ingen skrive under."),
    ),
    Message(
        ProcurementTopic.TEST_ROUTE_CONFIRMED,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{pairing_id}/agreement",
        heading=_l("Framgangsmåten for en betalt utprøving er bekreftet"),
        text=_l(
            "Innkjøpsrådgiveren har bekreftet hvordan utprøvingen av «%(concept)s» for «%(need)s»"
            " kjøpes."
        ),
        what_to_do=_l("Nå kan avtalen skrives under."),
    ),
    Message(
        ProcurementTopic.THRESHOLD_ADDED,
        TopicGroup.OUTCOMES,
        ThresholdTold,
        "/administration/thresholds",
        heading=_l("En terskelverdi er endret"),
        text=_l("%(limit)s er lagt til i tabellen over terskelverdier."),
        what_to_do=_l("Se om rådet i sakene dine er et annet nå. Det står på sidene deres."),
        sentences={"limit": _limit},
    ),
    Message(
        ProcurementTopic.THRESHOLD_WITHDRAWN,
        TopicGroup.OUTCOMES,
        ThresholdTold,
        "/administration/thresholds",
        heading=_l("En terskelverdi er trukket"),
        text=_l("%(limit)s er trukket, og brukes ikke mer."),
        what_to_do=_l("Se om rådet i sakene dine er et annet nå. Det står på sidene deres."),
        sentences={"limit": _limit},
    ),
)
