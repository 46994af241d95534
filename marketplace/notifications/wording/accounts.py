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
