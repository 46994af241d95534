"""The form where a person chooses what comes by mail."""

from typing import Any

from flask_babel import lazy_gettext as _l

from marketplace.core.topics import TopicGroup
from marketplace.notifications.labels import GROUPS, HINTS
from marketplace.notifications.preferences import Rhythms
from marketplace.notifications.states import Rhythm
from marketplace.ui.fields import choice
from marketplace.ui.forms import BaseForm

MISSING = _l("Velg når du vil ha disse varslene på e-post.")


def _rhythm(group: TopicGroup) -> Any:
    return choice(GROUPS[group], Rhythm, required=MISSING, hint=HINTS[group], radio=True)


class PreferencesForm(BaseForm):
    """One field a group, named by it."""

    waiting = _rhythm(TopicGroup.WAITING)
    outcomes = _rhythm(TopicGroup.OUTCOMES)
    new_matches = _rhythm(TopicGroup.MATCHES)
    followed = _rhythm(TopicGroup.FOLLOWED)
    administration = _rhythm(TopicGroup.ADMINISTRATION)

    @property
    def rhythms(self) -> dict[TopicGroup, Rhythm | None]:
        return {group: self[group.value].data for group in TopicGroup}


def filled_with(rhythms: Rhythms) -> PreferencesForm:
    return PreferencesForm(data={group.value: rhythm for group, rhythm in rhythms.items()})
