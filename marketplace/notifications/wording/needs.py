"""The sentences of messages about needs."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.needs.states import NeedTopic
from marketplace.notifications.wording.sentences import Sentences

SENTENCES: dict[StrEnum, Sentences] = {
    NeedTopic.SUBMITTED: Sentences(
        _l("Et behov venter på vurdering"),
        _l("«%(title)s» er sendt til vurdering."),
        _l(
            "Les behovet. Du kan publisere det når enhetslederen har godkjent det, eller be om"
            " endringer."
        ),
    ),
    NeedTopic.ENDORSEMENT_ASKED: Sentences(
        _l("Et behov venter på godkjenning fra deg"),
        _l("«%(title)s» kan ikke publiseres før en enhetsleder har godkjent det."),
        _l("Les behovet, og godkjenn det hvis enheten vil bruke tid på det."),
    ),
    NeedTopic.ENDORSED: Sentences(
        _l("Enhetsleder har godkjent behovet"),
        _l("Enhetslederen har godkjent «%(title)s»."),
        _l("Behovet kan publiseres når en koordinator har vurdert det."),
    ),
    NeedTopic.CHANGES_ASKED: Sentences(
        _l("Behovet må endres før det kan publiseres"),
        _l("Koordinatoren ber dere endre «%(title)s» før det kan publiseres."),
        _l("Rett det som mangler, og send behovet til vurdering på nytt."),
    ),
    NeedTopic.PUBLISHED: Sentences(
        _l("Behovet er publisert"),
        _l("«%(title)s» er publisert. Nå kan entreprenører melde interesse."),
        _l("Se hvilke konsepter som treffer behovet."),
    ),
    NeedTopic.ADDENDUM_ADDED: Sentences(
        _l("Et behov du følger, har fått nye opplysninger"),
        _l("Enheten har lagt til opplysninger i «%(title)s»."),
        _l("Les hva som er nytt. Det kan ha noe å si for det du har svart."),
    ),
    NeedTopic.CLOSED: Sentences(
        _l("Et behov du følger, er avsluttet"),
        _l("«%(title)s» er avsluttet og tar ikke imot flere interesser."),
        _l("Du kan fortsatt lese behovet og se hvordan det gikk."),
    ),
}
