"""The sentences of every message: what happened, and what the receiver can do now.

A sentence names what it is about by its title. The heading never does, because it is also the
subject of a mail.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.accounts.states import AccountTopic
from marketplace.interests.states import InterestTopic
from marketplace.needs.states import NeedTopic
from marketplace.pairings.states import PairingTopic
from marketplace.ui.labels import Wording


@dataclass(frozen=True, slots=True)
class Sentences:
    heading: Wording
    text: Wording
    what_to_do: Wording


ACCOUNTS: dict[StrEnum, Sentences] = {
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

NEEDS: dict[StrEnum, Sentences] = {
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

INTERESTS: dict[StrEnum, Sentences] = {
    InterestTopic.REGISTERED: Sentences(
        _l("Noen har meldt interesse for behovet deres"),
        _l("En entreprenør har svart på «%(title)s»."),
        _l("Les hvordan konseptet møter behovet. Foreslå en kobling hvis det passer."),
    ),
    InterestTopic.WITHDRAWN: Sentences(
        _l("En interesse for behovet deres er trukket"),
        _l("En entreprenør har trukket interessen sin for «%(title)s»."),
        _l("Se om det er andre som passer til behovet."),
    ),
}

PAIRINGS: dict[StrEnum, Sentences] = {
    PairingTopic.PROPOSED: Sentences(
        _l("En kobling er foreslått"),
        _l("Det er foreslått å prøve ut «%(concept)s» for behovet «%(need)s»."),
        _l("Les forslaget. Si ja for din side, eller be om endringer."),
    ),
    PairingTopic.PROPOSED_ALREADY_YES: Sentences(
        _l("Dere har foreslått en kobling"),
        _l("Dere har foreslått å prøve ut «%(concept)s» for behovet «%(need)s»."),
        _l("Dere har sagt ja med forslaget. Nå er det den andre parten som svarer."),
    ),
    PairingTopic.ACCEPTED: Sentences(
        _l("Begge parter har sagt ja til koblingen"),
        _l(
            "Både enheten og entreprenøren har sagt ja til å prøve ut «%(concept)s» for «%(need)s»."
        ),
        _l("Nå er det en koordinator i kommunen som avgjør saken."),
    ),
    PairingTopic.CHANGES_ASKED: Sentences(
        _l("Forslaget om kobling må endres"),
        _l("Forslaget om å prøve ut «%(concept)s» for «%(need)s» må endres."),
        _l("Den som foreslo koblingen, retter forslaget og sender det på nytt."),
    ),
    PairingTopic.PROPOSED_AGAIN: Sentences(
        _l("Forslaget om kobling er endret"),
        _l("Forslaget om å prøve ut «%(concept)s» for «%(need)s» er endret."),
        _l("Les hva som er endret. Si ja for din side, eller be om nye endringer."),
    ),
    PairingTopic.PROPOSED_AGAIN_ALREADY_YES: Sentences(
        _l("Dere har endret forslaget om kobling"),
        _l("Dere har endret forslaget om å prøve ut «%(concept)s» for «%(need)s»."),
        _l("Dere har sagt ja med det nye forslaget. Nå er det den andre parten som svarer."),
    ),
    PairingTopic.ROLE_ASSIGNED: Sentences(
        _l("Du har fått en rolle i en kobling"),
        _l("Du er med i saken om å prøve ut «%(concept)s» for «%(need)s»."),
        _l("Åpne saken og se hvilken rolle du har."),
    ),
    PairingTopic.APPROVED: Sentences(
        _l("Koblingen er godkjent"),
        _l("«%(concept)s» skal prøves ut for behovet «%(need)s»."),
        _l("Enheten og entreprenøren kan ta kontakt med hverandre og planlegge utprøvingen."),
    ),
    PairingTopic.DECLINED: Sentences(
        _l("Koblingen er avslått"),
        _l("«%(concept)s» blir ikke prøvd ut for behovet «%(need)s»."),
        _l("Les begrunnelsen. Behovet kan fortsatt kobles med andre konsepter."),
    ),
    PairingTopic.WITHDRAWN: Sentences(
        _l("Koblingen er trukket"),
        _l("Forslaget om å prøve ut «%(concept)s» for «%(need)s» er trukket."),
        _l("Les begrunnelsen. Du trenger ikke gjøre noe."),
    ),
}

_ALL: dict[StrEnum, Sentences] = {**ACCOUNTS, **NEEDS, **INTERESTS, **PAIRINGS}
SENTENCES: Mapping[str, Sentences] = {str(topic): said for topic, said in _ALL.items()}

NEWS = Sentences(
    _l("Det har skjedd noe i en sak"),
    _l("Det er noe nytt i en sak du er med i."),
    _l("Åpne saken for å se hva det er."),
)
UNTITLED = _l("Uten tittel")
