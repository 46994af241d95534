"""What every message consists of."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from marketplace.ui.labels import Wording


@dataclass(frozen=True, slots=True)
class Sentences:
    """A heading, what happened, and what the receiver can do now.

    A sentence names what it is about by its title: `%(title)s`, `%(need)s`, `%(concept)s`. The
    heading never does, because it is also the subject of a mail.
    """

    heading: Wording
    text: Wording
    what_to_do: Wording


NEWS = Sentences(
    _l("Det har skjedd noe i en sak"),
    _l("Det er noe nytt i en sak du er med i."),
    _l("Åpne saken for å se hva det er."),
)
UNTITLED = _l("Uten tittel")
