"""What stands on several pages about a need: the way back to it, and its story."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.needs.labels import CHANGES
from marketplace.needs.models import Need
from marketplace.needs.queries import list_events
from marketplace.needs.states import NeedEvent
from marketplace.ui.form_page import Way
from marketplace.ui.timeline import TimelineRow, told_changes


def back_to_need(need: Need) -> Way:
    page = url_for("needs.show", need_id=need.id)
    return Way(page, need.title or _("Uten tittel"), need.language)


def story_of(session: Session, actor: Actor, need: Need) -> list[TimelineRow]:
    events = list_events(session, actor, need)
    return told_changes(events, NeedEvent, NeedEvent.CHANGED, CHANGES)
