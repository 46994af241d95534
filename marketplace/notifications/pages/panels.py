"""What notifications show on every page, on the profile, and beside a day to come."""

from datetime import date
from typing import Any

from flask import render_template

from marketplace.core.calendar import get_dates_of
from marketplace.core.clock import today
from marketplace.notifications import queries
from marketplace.ui.context import current_actor, db_session


def unread_link() -> str:
    actor = current_actor()
    if not actor.signed_in:
        return ""
    count = queries.count_unread(db_session(), actor)
    return render_template("notifications/_link.html", count=count)


def link_on_profile() -> str:
    return render_template("notifications/_on_profile.html")


def calendar_link(kind: str, row_id: int, day: date, **_values: Any) -> str:
    """For whoever is signed in; the page has said that they may see it."""
    if day < today() or not current_actor().signed_in:
        return ""
    known = get_dates_of(kind).kind
    return render_template("notifications/_calendar_link.html", kind=known, row_id=row_id)
