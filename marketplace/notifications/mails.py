"""A message as a mail: plain text, with a Message-ID that is the same each time it is sent."""

from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from urllib.parse import urlsplit

from flask import Flask
from flask_babel import Babel, force_locale
from flask_babel import gettext as _

from marketplace.accounts.tokens import link_path, link_token
from marketplace.config import Settings
from marketplace.needs.labels import LABELS as NEED_LABELS
from marketplace.notifications.claims import Claim
from marketplace.notifications.messages import Message, render
from marketplace.pairings.labels import LABELS as PAIRING_LABELS
from marketplace.ui.labels import register_labels


def compose(settings: Settings, claim: Claim) -> EmailMessage:
    mail = EmailMessage()
    with _translations().app_context(), force_locale(claim.language):
        message = render(claim.topic, claim.payload, claim.subject_type, claim.subject_id)
        mail["Subject"] = message.heading
        body = _body(message, settings.public_url + _path(settings, claim, message))
    mail["From"] = settings.mail_sender
    mail["To"] = claim.email
    mail["Date"] = format_datetime(claim.created_at)
    mail["Message-ID"] = f"<outbox-{claim.id}@{urlsplit(settings.public_url).hostname}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body, cte="quoted-printable")
    return mail


def _body(message: Message, address: str) -> str:
    reason = _("Begrunnelse:") + f"\n{message.reason}" if message.reason else ""
    parts = (
        _("Hei!"),
        message.text,
        reason,
        message.what_to_do,
        address,
        _("Hilsen Behovstorget"),
        _("Du kan ikke svare på denne e-posten."),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _path(settings: Settings, claim: Claim, message: Message) -> str:
    """Invitations and new passwords lead to their one-time link, made here and stored nowhere."""
    link_id = claim.payload.get("link_id")
    if isinstance(link_id, int):
        return link_path(link_token(settings.secret_key, link_id))
    return message.path


@cache
def _translations() -> Flask:
    """An application that only knows the words: the worker answers no requests."""
    register_labels((*NEED_LABELS, *PAIRING_LABELS))
    app = Flask("marketplace")
    Babel(app, default_locale="nb")
    return app
