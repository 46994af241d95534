"""What a form promises about who reads a text: made from the same `Sight` as the check is."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from marketplace.core.sight import EVERYONE, Reader, Readers, Sight, Stage
from marketplace.ui.labels import label, register_labels


def promise(sight: Sight) -> str:
    """Who reads it while it is on its way, and then for good."""
    early: dict[Readers, list[str]] = {}
    for stage, readers in sight.earlier.items():
        if readers:
            early.setdefault(readers, []).append(label(stage))
    sentences = [_while(_(" eller ").join(stages), who) for who, stages in early.items()]
    return " ".join([*sentences, _for_good(sight.readers, late=bool(early))])


def _while(stages: str, readers: Readers) -> str:
    return _("Mens %(stages)s, kan bare %(who)s lese det.", stages=stages, who=_listed(readers))


def _for_good(readers: Readers, *, late: bool) -> str:
    if readers == EVERYONE:
        return _("Ellers kan alle lese det.") if late else _("Alle kan lese det du skriver.")
    who = _listed(readers)
    if late:
        return _("Ellers kan bare %(who)s lese det.", who=who)
    return _("Bare %(who)s kan lese det du skriver.", who=who)


def _listed(readers: Iterable[Reader]) -> str:
    *others, last = [label(reader) for reader in readers]
    return _(" og ").join([*([", ".join(others)] if others else []), last])


register_labels(
    (
        {
            Reader.EVERYONE: _l("alle"),
            Reader.APPROVED: _l("alle i kommuner og godkjente organisasjoner"),
            Reader.SELF: _l("personen selv"),
            Reader.MUNICIPALITIES: _l("alle som arbeider i en kommune"),
            Reader.UNIT: _l("enheten"),
            Reader.JOINED_UNITS: _l("enheter som er med i behovet"),
            Reader.ALL_UNITS: _l("alle enhetene i kommunen"),
            Reader.COORDINATORS: _l("koordinatorene"),
            Reader.ADVISERS: _l("innkjøpsrådgiverne"),
            Reader.LEADERSHIP: _l("ledelsen i kommunen"),
            Reader.ROLE_HOLDERS: _l("andre med en rolle i saken"),
            Reader.CASE_ADVISER: _l("innkjøpsrådgiveren i saken"),
            Reader.ORGANISATION: _l("entreprenøren selv"),
            Reader.ASKER: _l("den som spurte"),
            Reader.FOLLOWERS: _l("de som følger behovet"),
            Reader.PARTNER: _l("partneren"),
            Reader.ADMINISTRATORS: _l("administratorene"),
        },
        {
            Stage.PENDING: _l("organisasjonen venter på godkjenning"),
            Stage.REJECTED: _l("organisasjonen er avslått"),
            Stage.DRAFT: _l("det er et utkast"),
            Stage.IN_REVIEW: _l("det er til vurdering"),
            Stage.NEEDS_CHANGES: _l("det må endres"),
            Stage.ARCHIVED: _l("det er arkivert"),
            Stage.ASKED: _l("lederen ikke har godkjent det"),
            Stage.WITHDRAWN: _l("det er trukket"),
            Stage.WAITING: _l("spørsmålet venter på svar"),
            Stage.TURNED_DOWN: _l("spørsmålet er avvist"),
            Stage.UNPUBLISHED: _l("saken er åpen"),
            Stage.UNSHARED: _l("det ikke er delt"),
            Stage.EXEMPT: _l("protokollen ikke er åpen"),
        },
    )
)
