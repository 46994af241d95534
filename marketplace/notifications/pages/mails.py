"""A message as a mail: plain text, with a Message-ID that is the same each time it is sent."""

from collections.abc import Sequence
from datetime import date
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from urllib.parse import urlsplit

from flask import Flask
from flask_babel import Babel, force_locale, ngettext
from flask_babel import gettext as _

from marketplace.accounts.tokens import link_path, link_token
from marketplace.config import Settings
from marketplace.core.cleaning import clean_line, clean_text
from marketplace.core.clock import now
from marketplace.core.topics import MOST_IN_A_DIGEST, group_of
from marketplace.notifications.pages.masking import mask, mask_numbers
from marketplace.notifications.services.claims import LINK_SECRET, Claim, Part
from marketplace.ui.messages import Worded, put_in_words

PREFERENCES = "/preferences"
ALL = "/notifications"
MOST_PARTS = 50
"""A digest is to be read: what is more than this is read in the application."""

Sent = tuple[Part, Worded]


def compose(settings: Settings, claim: Claim) -> EmailMessage:
    mail = EmailMessage()
    with _translations().app_context(), force_locale(claim.language):
        message = _in_words(claim.told)
        mail["Subject"] = message.heading
        body = _body(settings, claim, message)
    mail["From"] = settings.mail_sender
    mail["To"] = claim.email
    mail["Date"] = format_datetime(claim.created_at)
    mail["Message-ID"] = _message_id(settings, claim)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(body, cte="quoted-printable")
    return mail


def compose_anchors(settings: Settings, address: str, day: date, lines: str) -> EmailMessage:
    """The ends of the audit trail's chains, for somebody who keeps them elsewhere."""
    mail = EmailMessage()
    with _translations().app_context(), force_locale("nb"):
        mail["Subject"] = _("Hendelsesloggen på Behovstorget %(day)s", day=day.isoformat())
        said = _("Ta vare på denne e-posten. Den viser hvor hendelsesloggen sluttet denne dagen.")
    mail["From"] = settings.mail_sender
    mail["To"] = address
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = f"<anchors-{day}@{urlsplit(settings.public_url).hostname}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(f"{said}\n\n{lines}", cte="quoted-printable")
    return mail


def _message_id(settings: Settings, claim: Claim) -> str:
    """Of this row alone: a database that was restored gives numbers anew, to other messages."""
    made = f"{claim.created_at:%Y%m%d%H%M%S}"
    return f"<outbox-{claim.id}.{made}@{urlsplit(settings.public_url).hostname}>"


def _body(settings: Settings, claim: Claim, message: Worded) -> str:
    parts = (
        _("Hei!"),
        *_told(message, claim.names),
        *_listed(settings, claim),
        message.what_to_do,
        settings.public_url + _path(settings, claim.told, message),
        _("Hilsen Behovstorget"),
        _how_to_change(settings, claim),
        _("Du kan ikke svare på denne e-posten."),
    )
    return clean_text("\n\n".join(part for part in parts if part)) + "\n"


def _told(message: Worded, names: frozenset[str]) -> list[str]:
    """What happened, and why: without what points to a person, which stands behind the link."""
    written = mask(message.written_reason, names)
    reason = ". ".join(filter(None, (message.fixed_reason, written)))
    return [
        mask_numbers(message.text),
        f"{message.written}\n{reason}" if reason else "",
        _("Personopplysninger er tatt ut. Hele begrunnelsen kan du lese når du er logget inn.")
        if written != clean_text(message.written_reason)
        else "",
    ]


def _listed(settings: Settings, claim: Claim) -> list[str]:
    """Each message of a digest, under the case it is about."""
    cases: dict[str, list[str]] = {}
    worded = [(part, _in_words(part)) for part in claim.parts]
    best, left_out = _best(worded)
    for part, message in best[:MOST_PARTS]:
        address = settings.public_url + _path(settings, part, message)
        lines = (message.heading, *_told(message, claim.names), message.what_to_do, address)
        told = "\n".join(line for line in lines if line)
        case = clean_line(mask_numbers(message.about or _("Annet")))
        cases.setdefault(case, []).append(told)
    listed = [f"{case}\n{'-' * len(case)}\n\n" + "\n\n".join(told) for case, told in cases.items()]
    return [*listed, _what_more(settings, len(best) - MOST_PARTS, left_out)]


def _best(worded: Sequence[Sent]) -> tuple[list[Sent], int]:
    """All but, of groups that a digest tells the best of, the rest; and how many these are."""
    spare: set[int] = set()
    for group, most in MOST_IN_A_DIGEST.items():
        own = [place for place, (part, _) in enumerate(worded) if group_of(part.topic) is group]
        own.sort(key=lambda place: -worded[place][1].worth)
        spare.update(own[most:])
    return [sent for place, sent in enumerate(worded) if place not in spare], len(spare)


def _what_more(settings: Settings, unread: int, left_out: int) -> str:
    more = left_out + max(unread, 0)
    if not more:
        return ""
    said = ngettext("Og %(num)d til.", "Og %(num)d til.", more)
    where = _("Alt står under «Varsler»: %(address)s", address=settings.public_url + ALL)
    return f"{said} {where}"


def _how_to_change(settings: Settings, claim: Claim) -> str:
    """Not under what everybody gets at once: there is nothing to choose."""
    if group_of(claim.told.topic) is None and not claim.parts:
        return ""
    address = settings.public_url + PREFERENCES
    return _("Her velger du hva du får på e-post, og hvor ofte: %(address)s", address=address)


def _in_words(part: Part) -> Worded:
    return put_in_words(part.topic, part.payload, part.subject_id)


def _path(settings: Settings, part: Part, message: Worded) -> str:
    """A mail with a one-time link leads to it; what is signed here is stored nowhere."""
    secret = part.payload.get(LINK_SECRET)
    if isinstance(secret, str):
        return link_path(link_token(settings.secret_key, secret))
    return message.path


@cache
def _translations() -> Flask:
    """An application that only knows the words: the worker answers no requests."""
    app = Flask("marketplace")
    Babel(app, default_locale="nb")
    return app
