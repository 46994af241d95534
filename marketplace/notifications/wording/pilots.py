"""The sentences of messages about pilots."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.notifications.wording.sentences import Sentences
from marketplace.pilots.states import PilotTopic

SENTENCES: dict[StrEnum, Sentences] = {
    PilotTopic.STARTED: Sentences(
        _l("Utprøvingen er i gang"),
        _l("Enheten har startet utprøvingen av «%(concept)s» for behovet «%(need)s»."),
        _l("Åpne utprøvingen for å se sjekkpunktene og hva dere skal måle."),
    ),
    PilotTopic.REPORTED: Sentences(
        _l("Det er rapportert ved et sjekkpunkt"),
        _l(
            "En av sidene har rapportert ved sjekkpunktet %(day)s i utprøvingen av «%(concept)s»"
            " for «%(need)s», og bekreftet at avtalen fortsatt gjelder."
        ),
        _l("Les rapporten. Har ikke din side rapportert, er det deres tur."),
    ),
    PilotTopic.RENEGOTIATION_ASKED: Sentences(
        _l("En av sidene vil forhandle om avtalen på nytt"),
        _l(
            "På sjekkpunktet %(day)s ba en av sidene om å endre avtalen for utprøvingen av"
            " «%(concept)s» for «%(need)s». En ny versjon av avtalen er åpen."
        ),
        _l("Les begrunnelsen, og skriv i den nye versjonen hva som skal endres."),
    ),
    PilotTopic.COMPLETED: Sentences(
        _l("Utprøvingen er fullført"),
        _l("Utprøvingen av «%(concept)s» for behovet «%(need)s» er fullført og målt."),
        _l("Se resultatene. Nå skal beslutteren i kommunen ta stilling til hva som skjer videre."),
    ),
    PilotTopic.STOPPED: Sentences(
        _l("Utprøvingen er stoppet"),
        _l("Utprøvingen av «%(concept)s» for behovet «%(need)s» er stoppet."),
        _l("Les grunnen. Den andre siden blir bedt om å gi sin."),
    ),
    PilotTopic.STOP_REASON_ASKED: Sentences(
        _l("Utprøvingen er stoppet, og vi trenger grunnen fra dere"),
        _l("Den andre siden har stoppet utprøvingen av «%(concept)s» for behovet «%(need)s»."),
        _l("Les grunnen deres, og gi din sides grunn."),
    ),
    PilotTopic.STOP_REASON_GIVEN: Sentences(
        _l("Begge sider har sagt hvorfor utprøvingen ble stoppet"),
        _l("Den andre siden har gitt sin grunn til at «%(concept)s» for «%(need)s» ble stoppet."),
        _l("Les begge grunnene. Deretter skriver begge sider læringspunkter."),
    ),
    PilotTopic.RESUMED: Sentences(
        _l("Utprøvingen fortsetter"),
        _l(
            "Begge sider har signert forlengelsen, og utprøvingen av «%(concept)s» for «%(need)s»"
            " er i gang igjen."
        ),
        _l("Åpne utprøvingen for å se de nye sjekkpunktene."),
    ),
    PilotTopic.CHECKPOINT_NEAR: Sentences(
        _l("Et sjekkpunkt nærmer seg"),
        _l("Utprøvingen av «%(concept)s» for «%(need)s» har sjekkpunkt %(day)s."),
        _l("Rapporter hvordan det går, og si om avtalen fortsatt gjelder."),
    ),
    PilotTopic.CHECKPOINT_OVERDUE: Sentences(
        _l("Rapporten fra dere mangler"),
        _l(
            "Din side har ikke rapportert ved sjekkpunktet %(day)s i utprøvingen av «%(concept)s»"
            " for «%(need)s»."
        ),
        _l("Rapporter nå, så den andre siden vet hvor dere står."),
    ),
    PilotTopic.CHECKPOINT_LONG_OVERDUE: Sentences(
        _l("En utprøving mangler rapport fra et sjekkpunkt"),
        _l(
            "Sjekkpunktet %(day)s i utprøvingen av «%(concept)s» for «%(need)s» er ikke rapportert"
            " av begge sider, selv om de er minnet om det."
        ),
        _l("Ta kontakt med den siden som mangler, og hør hva som skal til."),
    ),
    PilotTopic.OVER_COST_CAP: Sentences(
        _l("Utprøvingen er over kostnadstaket"),
        _l(
            "Det er brukt mer penger enn kostnadstaket i avtalen på utprøvingen av «%(concept)s»"
            " for «%(need)s»."
        ),
        _l("Se tallene. Avtal et nytt tak i en ny versjon av avtalen, eller stopp utprøvingen."),
    ),
}
