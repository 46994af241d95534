"""The sentences of messages about needs."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.needs.states import NeedTopic, ParticipationTopic
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
    NeedTopic.TOOK_OVER: Sentences(
        _l("Du har tatt over for en annen i et behov"),
        _l("Du er kontakt eller beslutter for «%(title)s» i stedet for en som slutter."),
        _l("Les behovet, så du vet hva du har ansvar for."),
    ),
    NeedTopic.CLOSED: Sentences(
        _l("Et behov du følger, er avsluttet"),
        _l("«%(title)s» er avsluttet og tar ikke imot flere interesser."),
        _l("Du kan fortsatt lese behovet og se hvordan det gikk."),
    ),
    ParticipationTopic.ENDORSEMENT_ASKED: Sentences(
        _l("Enheten din er meldt på et behov"),
        _l("%(unit)s er meldt på «%(title)s», et behov fra en annen enhet."),
        _l("Les hva enheten skal bidra med, og godkjenn det hvis dere vil være med."),
    ),
    ParticipationTopic.JOINED: Sentences(
        _l("En enhet til er med i behovet"),
        _l("%(unit)s er blitt med i «%(title)s»."),
        _l("Se stedene og timene som enhetene bidrar med til sammen."),
    ),
    ParticipationTopic.WITHDRAWN: Sentences(
        _l("En enhet har trukket seg fra behovet"),
        _l("%(unit)s er ikke lenger med i «%(title)s»."),
        _l("Les begrunnelsen. De andre enhetene er fortsatt med."),
    ),
}
