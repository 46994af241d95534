"""The messages about pilots."""

from flask_babel import lazy_gettext as _l

from marketplace.core.topics import TopicGroup
from marketplace.pairings.told import CaseTold
from marketplace.pilots.states import PilotTopic
from marketplace.pilots.told import CheckpointTold, StoppedTold
from marketplace.ui.messages import Message, Messages

MESSAGES: Messages = (
    Message(
        PilotTopic.STARTED,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{pairing_id}/pilot",
        heading=_l("Utprøvingen er i gang"),
        text=_l("Enheten har startet utprøvingen av «%(concept)s» for behovet «%(need)s»."),
        what_to_do=_l("Åpne utprøvingen for å se sjekkpunktene og hva dere skal måle."),
    ),
    Message(
        PilotTopic.REPORTED,
        TopicGroup.OUTCOMES,
        CheckpointTold,
        "/pairings/{pairing_id}/pilot",
        heading=_l("Det er rapportert ved et sjekkpunkt"),
        text=_l(
            "En av sidene har rapportert ved sjekkpunktet %(day)s i utprøvingen av «%(concept)s»"
            " for «%(need)s», og bekreftet at avtalen fortsatt gjelder."
        ),
        what_to_do=_l("Les rapporten. Har ikke din side rapportert, er det deres tur."),
    ),
    Message(
        PilotTopic.RENEGOTIATION_ASKED,
        TopicGroup.WAITING,
        CheckpointTold,
        "/pairings/{pairing_id}/pilot",
        heading=_l("En av sidene vil forhandle om avtalen på nytt"),
        text=_l(
            "På sjekkpunktet %(day)s ba en av sidene om å endre avtalen for utprøvingen av"
            " «%(concept)s» for «%(need)s». En ny versjon av avtalen er åpen."
        ),
        what_to_do=_l("Les begrunnelsen, og skriv i den nye versjonen hva som skal endres."),
    ),
    Message(
        PilotTopic.COMPLETED,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{pairing_id}/pilot",
        heading=_l("Utprøvingen er fullført"),
        text=_l("Utprøvingen av «%(concept)s» for behovet «%(need)s» er fullført og målt."),
        what_to_do=_l(
            "Se resultatene. Nå skal beslutteren i kommunen ta stilling til hva som skjer videre."
        ),
    ),
    Message(
        PilotTopic.STOPPED,
        TopicGroup.OUTCOMES,
        StoppedTold,
        "/pairings/{pairing_id}/pilot",
        heading=_l("Utprøvingen er stoppet"),
        text=_l("Utprøvingen av «%(concept)s» for behovet «%(need)s» er stoppet."),
        what_to_do=_l("Les grunnen. Den andre siden blir bedt om å gi sin."),
    ),
    Message(
        PilotTopic.STOP_REASON_ASKED,
        TopicGroup.WAITING,
        StoppedTold,
        "/pairings/{pairing_id}/pilot",
        heading=_l("Utprøvingen er stoppet, og vi trenger grunnen fra dere"),
        text=_l("Den andre siden har stoppet utprøvingen av «%(concept)s» for behovet «%(need)s»."),
        what_to_do=_l("Les grunnen deres, og gi din sides grunn."),
    ),
    Message(
        PilotTopic.STOP_REASON_GIVEN,
        TopicGroup.OUTCOMES,
        StoppedTold,
        "/pairings/{pairing_id}/pilot",
        heading=_l("Begge sider har sagt hvorfor utprøvingen ble stoppet"),
        text=_l(
            "Den andre siden har gitt sin grunn til at «%(concept)s» for «%(need)s» ble stoppet."
        ),
        what_to_do=_l("Les begge grunnene. Deretter skriver begge sider læringspunkter."),
    ),
    Message(
        PilotTopic.RESUMED,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{pairing_id}/pilot",
        heading=_l("Utprøvingen fortsetter"),
        text=_l(
            "Begge sider har signert forlengelsen, og utprøvingen av «%(concept)s» for «%(need)s»"
            " er i gang igjen."
        ),
        what_to_do=_l("Åpne utprøvingen for å se de nye sjekkpunktene."),
    ),
    Message(
        PilotTopic.CHECKPOINT_NEAR,
        TopicGroup.WAITING,
        CheckpointTold,
        "/pairings/{pairing_id}/pilot",
        heading=_l("Et sjekkpunkt nærmer seg"),
        text=_l("Utprøvingen av «%(concept)s» for «%(need)s» har sjekkpunkt %(day)s."),
        what_to_do=_l("Rapporter hvordan det går, og si om avtalen fortsatt gjelder."),
    ),
    Message(
        PilotTopic.CHECKPOINT_OVERDUE,
        TopicGroup.WAITING,
        CheckpointTold,
        "/pairings/{pairing_id}/pilot",
        heading=_l("Rapporten fra dere mangler"),
        text=_l(
            "Din side har ikke rapportert ved sjekkpunktet %(day)s i utprøvingen av «%(concept)s»"
            " for «%(need)s»."
        ),
        what_to_do=_l("Rapporter nå, så den andre siden vet hvor dere står."),
    ),
    Message(
        PilotTopic.CHECKPOINT_LONG_OVERDUE,
        TopicGroup.WAITING,
        CheckpointTold,
        "/pairings/{pairing_id}/pilot",
        heading=_l("En utprøving mangler rapport fra et sjekkpunkt"),
        text=_l(
            "Sjekkpunktet %(day)s i utprøvingen av «%(concept)s» for «%(need)s» er ikke rapportert"
            " av begge sider, selv om de er minnet om det."
        ),
        what_to_do=_l("Ta kontakt med den siden som mangler, og hør hva som skal til."),
    ),
    Message(
        PilotTopic.OVER_COST_CAP,
        TopicGroup.WAITING,
        CaseTold,
        "/pairings/{pairing_id}/pilot",
        heading=_l("Utprøvingen er over kostnadstaket"),
        text=_l(
            "Det er brukt mer penger enn kostnadstaket i avtalen på utprøvingen av «%(concept)s»"
            " for «%(need)s»."
        ),
        what_to_do=_l(
            "Se tallene. Avtal et nytt tak i en ny versjon av avtalen, eller stopp utprøvingen."
        ),
    ),
)
