"""Messages in the application: the list, and the buttons that mark them as read."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.core.outbox import OutboxMessage
from marketplace.notifications import queries
from marketplace.notifications.routes.blueprint import blueprint
from marketplace.notifications.services import inbox
from marketplace.ui.access import SIGNED_IN, access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.fields import LARGEST_NUMBER
from marketplace.ui.filtering import page_number
from marketplace.ui.marks import may_repeat
from marketplace.ui.messages import Worded, put_in_words


@blueprint.get("/notifications")
@access(SIGNED_IN)
def index() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    page = queries.list_messages(session, actor, page_number())
    return render_template(
        "notifications/index.html",
        page=page,
        unread=queries.count_unread(session, actor),
        in_words=_in_words,
    )


@blueprint.post("/notifications/<int:message_id>/open")
@access(SIGNED_IN)
@may_repeat
def open_message(message_id: int) -> ResponseReturnValue:
    return redirect(_in_words(_mark_read(message_id)).path)


@blueprint.post("/notifications/<int:message_id>/read")
@access(SIGNED_IN)
@may_repeat
def mark_read(message_id: int) -> ResponseReturnValue:
    _mark_read(message_id)
    return redirect(_list_url())


@blueprint.post("/notifications/read")
@access(SIGNED_IN)
@may_repeat
def mark_all_read() -> ResponseReturnValue:
    newest_id = request.form.get("newest_id", 0, type=int)
    shown = max(0, min(newest_id, LARGEST_NUMBER))
    inbox.mark_all_read(db_session(), current_actor(), newest_id=shown)
    return redirect(_list_url())


def _mark_read(message_id: int) -> OutboxMessage:
    session, actor = db_session(), current_actor()
    message = queries.get_message(session, actor, message_id)
    inbox.mark_read(session, actor, message=message)
    return message


def _list_url() -> str:
    return url_for("notifications.index", page=request.form.get("page", type=int))


def _in_words(message: OutboxMessage) -> Worded:
    return put_in_words(message.topic, message.payload, message.subject_id)
