"""The messages about accounts."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from marketplace.accounts.states import AccountTopic
from marketplace.accounts.told import LinkTold, OrganisationTold
from marketplace.core.told import Told
from marketplace.core.topics import AT_ONCE, TopicGroup
from marketplace.ui.filters import norwegian_moment
from marketplace.ui.labels import label
from marketplace.ui.messages import Message, Messages


def _role(told: LinkTold) -> str:
    """Which role, and where."""
    role = ", ".join(filter(None, (label(told.role), told.place)))
    return _("Rollen din: %(role)s.", role=role) if told.role else ""


def _expiry(told: LinkTold) -> str:
    """When the link ends."""
    moment = norwegian_moment(told.expires_at)
    return _("Den går ut %(moment)s.", moment=moment) if moment else ""


MESSAGES: Messages = (
    Message(
        AccountTopic.INVITED,
        AT_ONCE,
        LinkTold,
        "/",
        heading=_l("Du er invitert til Behovstorget"),
        text=_l(
            "En administrator har invitert deg til Behovstorget, der kommuner og sosiale"
            " entreprenører finner sammen. %(role)s"
        ),
        what_to_do=_l(
            "Åpne lenken og velg et passord. Lenken virker bare én gang, og i sju dager."
            " %(expires)s"
        ),
        sentences={"role": _role, "expires": _expiry},
    ),
    Message(
        AccountTopic.REOPENED,
        AT_ONCE,
        LinkTold,
        "/",
        heading=_l("Kontoen din på Behovstorget er åpnet igjen"),
        text=_l("En administrator har åpnet kontoen din på Behovstorget igjen."),
        what_to_do=_l(
            "Åpne lenken og velg et nytt passord. Det gamle virker ikke mer, og det gjør heller"
            " ikke kalenderadressen du hadde. En ny lager du under «Varsler». Lenken virker bare"
            " én gang, og i sju dager. %(expires)s"
        ),
        sentences={"expires": _expiry},
    ),
    Message(
        AccountTopic.REGISTERED,
        AT_ONCE,
        LinkTold,
        "/",
        heading=_l("Bekreft registreringen på Behovstorget"),
        text=_l("Noen har registrert en organisasjon på Behovstorget med e-postadressen din."),
        what_to_do=_l(
            "Var det deg, åpne lenken og velg et passord. Da får en administrator registreringen"
            " til godkjenning. Var det ikke deg, trenger du ikke gjøre noe. Lenken virker bare én"
            " gang, og i sju dager. %(expires)s"
        ),
        sentences={"expires": _expiry},
    ),
    Message(
        AccountTopic.ROLE_OFFERED,
        AT_ONCE,
        LinkTold,
        "/",
        heading=_l("Du har fått en ny rolle på Behovstorget"),
        text=_l("En administrator har gitt deg en ny rolle. %(role)s"),
        what_to_do=_l(
            "Åpne lenken og velg et nytt passord, så gjelder rollen. Lenken virker bare én gang,"
            " og i sju dager. %(expires)s"
        ),
        sentences={"role": _role, "expires": _expiry},
    ),
    Message(
        AccountTopic.ADDRESS,
        AT_ONCE,
        LinkTold,
        "/",
        heading=_l("Bekreft den nye e-postadressen din"),
        text=_l("Noen som er logget inn på Behovstorget, vil bruke denne e-postadressen."),
        what_to_do=_l(
            "Var det deg, åpne lenken mens du er logget inn, og bekreft. Var det ikke deg, trenger"
            " du ikke gjøre noe. Lenken virker bare én gang, og i én time. %(expires)s"
        ),
        sentences={"expires": _expiry},
    ),
    Message(
        AccountTopic.ADDRESS_ASKED,
        AT_ONCE,
        Told,
        "/profile",
        heading=_l("Du har bedt om å bytte e-postadresse"),
        text=_l("Noen som er logget inn med kontoen din, har bedt om å bytte e-postadresse."),
        what_to_do=_l(
            "Var det deg, åpner du lenken vi har sendt til den nye adressen. Var det ikke deg, bytt"
            " passord med en gang, og avslutt innloggingene du ikke kjenner."
        ),
    ),
    Message(
        AccountTopic.ADDRESS_KNOWN,
        AT_ONCE,
        Told,
        "/sign-in",
        heading=_l("Du har allerede en konto på Behovstorget"),
        text=_l(
            "Noen har skrevet e-postadressen din på Behovstorget, for å registrere en organisasjon"
            " eller for å bytte adresse på en konto. Adressen har en konto fra før, så ingenting er"
            " endret."
        ),
        what_to_do=_l(
            "Var det deg, logg inn med kontoen du har, eller velg nytt passord på"
            " innloggingssiden. Vil du registrere enda en organisasjon, kan en administrator gjøre"
            " det. Var det ikke deg, trenger du ikke gjøre noe."
        ),
    ),
    Message(
        AccountTopic.RESET,
        AT_ONCE,
        LinkTold,
        "/",
        heading=_l("Velg nytt passord på Behovstorget"),
        text=_l("Noen har bedt om å få lage nytt passord til brukeren din."),
        what_to_do=_l(
            "Var det deg, åpne lenken og velg et nytt. Var det ikke deg, trenger du ikke gjøre noe."
            " Lenken virker bare én gang, og i én time. %(expires)s"
        ),
        sentences={"expires": _expiry},
    ),
    Message(
        AccountTopic.ORGANISATION_WAITING,
        TopicGroup.WAITING,
        OrganisationTold,
        "/administration/organisations/{subject_id}",
        heading=_l("En ny organisasjon venter på godkjenning"),
        text=_l("«%(title)s» har registrert seg og kan ikke publisere noe før du har svart."),
        what_to_do=_l("Sjekk opplysningene. Godkjenn, eller avslå med en begrunnelse."),
    ),
    Message(
        AccountTopic.ORGANISATION_APPROVED,
        TopicGroup.OUTCOMES,
        OrganisationTold,
        "/organisations/{subject_id}",
        heading=_l("Organisasjonen din er godkjent"),
        text=_l("«%(title)s» er godkjent på Behovstorget."),
        what_to_do=_l("Nå kan dere publisere konsepter og melde interesse for behov."),
    ),
    Message(
        AccountTopic.ORGANISATION_REJECTED,
        TopicGroup.OUTCOMES,
        OrganisationTold,
        "/organisations/{subject_id}",
        heading=_l("Organisasjonen din er ikke godkjent"),
        text=_l("«%(title)s» er ikke godkjent på Behovstorget."),
        what_to_do=_l("Les begrunnelsen. Ta kontakt med oss hvis noe er misforstått."),
    ),
)
