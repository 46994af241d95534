"""The messages about needs."""

from flask_babel import lazy_gettext as _l

from marketplace.core.topics import TopicGroup
from marketplace.needs.states import NeedTopic, ParticipationTopic
from marketplace.needs.told import ClosedTold, JoiningTold, NeedTold
from marketplace.ui.messages import Message, Messages

MESSAGES: Messages = (
    Message(
        NeedTopic.SUBMITTED,
        TopicGroup.WAITING,
        NeedTold,
        "/needs/{subject_id}/review",
        heading=_l("Et behov venter på vurdering"),
        text=_l("«%(title)s» er sendt til vurdering."),
        what_to_do=_l(
            "Les behovet. Du kan publisere det når enhetslederen har godkjent det, eller be om"
            " endringer."
        ),
    ),
    Message(
        NeedTopic.ENDORSEMENT_ASKED,
        TopicGroup.WAITING,
        NeedTold,
        "/needs/{subject_id}",
        heading=_l("Et behov venter på godkjenning fra deg"),
        text=_l("«%(title)s» kan ikke publiseres før en enhetsleder har godkjent det."),
        what_to_do=_l("Les behovet, og godkjenn det hvis enheten vil bruke tid på det."),
    ),
    Message(
        NeedTopic.ENDORSED,
        TopicGroup.OUTCOMES,
        NeedTold,
        "/needs/{subject_id}",
        heading=_l("Enhetsleder har godkjent behovet"),
        text=_l("Enhetslederen har godkjent «%(title)s»."),
        what_to_do=_l("Behovet kan publiseres når en koordinator har vurdert det."),
    ),
    Message(
        NeedTopic.CHANGES_ASKED,
        TopicGroup.WAITING,
        NeedTold,
        "/needs/{subject_id}",
        heading=_l("Behovet må endres før det kan publiseres"),
        text=_l("Koordinatoren ber dere endre «%(title)s» før det kan publiseres."),
        what_to_do=_l("Rett det som mangler, og send behovet til vurdering på nytt."),
    ),
    Message(
        NeedTopic.REFUSED,
        TopicGroup.OUTCOMES,
        NeedTold,
        "/needs/{subject_id}",
        heading=_l("En enhetsleder har sagt nei til behovet"),
        text=_l("Enhetslederen står ikke bak «%(title)s» slik det er nå."),
        what_to_do=_l("Enheten kan endre behovet og sende det på nytt, eller slette det."),
    ),
    Message(
        NeedTopic.TAKEN_BACK,
        TopicGroup.OUTCOMES,
        NeedTold,
        "/needs/{subject_id}",
        heading=_l("Et behov er tatt tilbake fra vurdering"),
        text=_l("Enheten har tatt «%(title)s» tilbake for å skrive mer."),
        what_to_do=_l("Behovet kommer til vurdering igjen når enheten sender det på nytt."),
    ),
    Message(
        NeedTopic.PUBLISHED,
        TopicGroup.OUTCOMES,
        NeedTold,
        "/needs/{subject_id}",
        heading=_l("Behovet er publisert"),
        text=_l("«%(title)s» er publisert. Nå kan entreprenører melde interesse."),
        what_to_do=_l("Se hvilke konsepter som treffer behovet."),
    ),
    Message(
        NeedTopic.ADDENDUM_ADDED,
        TopicGroup.FOLLOWED,
        NeedTold,
        "/needs/{subject_id}",
        heading=_l("Et behov du følger, har fått nye opplysninger"),
        text=_l("Enheten har lagt til opplysninger i «%(title)s»."),
        what_to_do=_l("Les hva som er nytt. Det kan ha noe å si for det du har svart."),
    ),
    Message(
        NeedTopic.TOOK_OVER,
        TopicGroup.WAITING,
        NeedTold,
        "/needs/{subject_id}",
        heading=_l("Du har tatt over for en annen i et behov"),
        text=_l("Du er kontakt eller beslutter for «%(title)s» i stedet for en som slutter."),
        what_to_do=_l("Les behovet, så du vet hva du har ansvar for."),
    ),
    Message(
        NeedTopic.CLOSED,
        TopicGroup.OUTCOMES,
        ClosedTold,
        "/needs/{subject_id}",
        heading=_l("Et behov du følger, er avsluttet"),
        text=_l("«%(title)s» er avsluttet og tar ikke imot flere interesser."),
        what_to_do=_l("Du kan fortsatt lese behovet og se hvordan det gikk."),
    ),
    Message(
        ParticipationTopic.ENDORSEMENT_ASKED,
        TopicGroup.WAITING,
        JoiningTold,
        "/needs/{need_id}",
        heading=_l("Enheten din er meldt på et behov"),
        text=_l("%(unit)s er meldt på «%(title)s», et behov fra en annen enhet."),
        what_to_do=_l("Les hva enheten skal bidra med, og godkjenn det hvis dere vil være med."),
    ),
    Message(
        ParticipationTopic.JOINED,
        TopicGroup.OUTCOMES,
        JoiningTold,
        "/needs/{need_id}",
        heading=_l("En enhet til er med i behovet"),
        text=_l("%(unit)s er blitt med i «%(title)s»."),
        what_to_do=_l("Se stedene og timene som enhetene bidrar med til sammen."),
    ),
    Message(
        ParticipationTopic.WITHDRAWN,
        TopicGroup.OUTCOMES,
        JoiningTold,
        "/needs/{need_id}",
        heading=_l("En enhet har trukket seg fra behovet"),
        text=_l("%(unit)s er ikke lenger med i «%(title)s»."),
        what_to_do=_l("Les begrunnelsen. De andre enhetene er fortsatt med."),
    ),
)
