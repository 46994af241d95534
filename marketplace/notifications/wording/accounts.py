"""The sentences of messages about accounts."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.accounts.states import AccountTopic
from marketplace.notifications.wording.sentences import Sentences

SENTENCES: dict[StrEnum, Sentences] = {
    AccountTopic.INVITED: Sentences(
        _l("Du er invitert til Behovstorget"),
        _l(
            "En administrator har invitert deg til Behovstorget, der kommuner og sosiale"
            " entreprenører finner sammen. %(role)s"
        ),
        _l(
            "Åpne lenken og velg et passord. Lenken virker bare én gang, og i sju dager."
            " %(expires)s"
        ),
    ),
    AccountTopic.REOPENED: Sentences(
        _l("Kontoen din på Behovstorget er åpnet igjen"),
        _l("En administrator har åpnet kontoen din på Behovstorget igjen."),
        _l(
            "Åpne lenken og velg et nytt passord. Det gamle virker ikke mer, og det gjør heller"
            " ikke kalenderadressen du hadde. En ny lager du under «Varsler». Lenken virker bare"
            " én gang, og i sju dager. %(expires)s"
        ),
    ),
    AccountTopic.REGISTERED: Sentences(
        _l("Bekreft registreringen på Behovstorget"),
        _l("Noen har registrert en organisasjon på Behovstorget med e-postadressen din."),
        _l(
            "Var det deg, åpne lenken og velg et passord. Da får en administrator registreringen"
            " til godkjenning. Var det ikke deg, trenger du ikke gjøre noe. Lenken virker bare én"
            " gang, og i sju dager. %(expires)s"
        ),
    ),
    AccountTopic.ROLE_OFFERED: Sentences(
        _l("Du har fått en ny rolle på Behovstorget"),
        _l("En administrator har gitt deg en ny rolle. %(role)s"),
        _l(
            "Åpne lenken og velg et nytt passord, så gjelder rollen. Lenken virker bare én gang,"
            " og i sju dager. %(expires)s"
        ),
    ),
    AccountTopic.ADDRESS: Sentences(
        _l("Bekreft den nye e-postadressen din"),
        _l("Noen som er logget inn på Behovstorget, vil bruke denne e-postadressen."),
        _l(
            "Var det deg, åpne lenken mens du er logget inn, og bekreft. Var det ikke deg, trenger"
            " du ikke gjøre noe. Lenken virker bare én gang, og i én time. %(expires)s"
        ),
    ),
    AccountTopic.ADDRESS_ASKED: Sentences(
        _l("Du har bedt om å bytte e-postadresse"),
        _l("Noen som er logget inn med kontoen din, har bedt om å bytte e-postadresse."),
        _l(
            "Var det deg, åpner du lenken vi har sendt til den nye adressen. Var det ikke deg, bytt"
            " passord med en gang, og avslutt innloggingene du ikke kjenner."
        ),
    ),
    AccountTopic.ADDRESS_KNOWN: Sentences(
        _l("Du har allerede en konto på Behovstorget"),
        _l(
            "Noen har skrevet e-postadressen din på Behovstorget, for å registrere en organisasjon"
            " eller for å bytte adresse på en konto. Adressen har en konto fra før, så ingenting er"
            " endret."
        ),
        _l(
            "Var det deg, logg inn med kontoen du har, eller velg nytt passord på"
            " innloggingssiden. Vil du registrere enda en organisasjon, kan en administrator gjøre"
            " det. Var det ikke deg, trenger du ikke gjøre noe."
        ),
    ),
    AccountTopic.RESET: Sentences(
        _l("Velg nytt passord på Behovstorget"),
        _l("Noen har bedt om å få lage nytt passord til brukeren din."),
        _l(
            "Var det deg, åpne lenken og velg et nytt. Var det ikke deg, trenger du ikke gjøre noe."
            " Lenken virker bare én gang, og i én time. %(expires)s"
        ),
    ),
    AccountTopic.ORGANISATION_WAITING: Sentences(
        _l("En ny organisasjon venter på godkjenning"),
        _l("«%(title)s» har registrert seg og kan ikke publisere noe før du har svart."),
        _l("Sjekk opplysningene. Godkjenn, eller avslå med en begrunnelse."),
    ),
    AccountTopic.ORGANISATION_APPROVED: Sentences(
        _l("Organisasjonen din er godkjent"),
        _l("«%(title)s» er godkjent på Behovstorget."),
        _l("Nå kan dere publisere konsepter og melde interesse for behov."),
    ),
    AccountTopic.ORGANISATION_REJECTED: Sentences(
        _l("Organisasjonen din er ikke godkjent"),
        _l("«%(title)s» er ikke godkjent på Behovstorget."),
        _l("Les begrunnelsen. Ta kontakt med oss hvis noe er misforstått."),
    ),
}
