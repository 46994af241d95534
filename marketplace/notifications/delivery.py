"""How a mail leaves: by SMTP, or as a file where no server is named."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from marketplace.config import Settings
from marketplace.private import private_file, private_folder

HandOver = Callable[[], None]
Deliver = Callable[[EmailMessage, HandOver], None]
"""Hands the mail over after having called what notes that it may arrive from now on."""

SECONDS_TO_WAIT = 15
SECONDS_FOR_THE_ANSWER = 600
"""A server may look at a mail for long before it takes it: RFC 5321 (4.5.3.2.6) gives it this."""

GO_AHEAD = 354
SUBMISSION_PORT = 25
TLS_PORT = 465
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def delivery_for(settings: Settings) -> Deliver:
    if settings.smtp_url is None:
        return partial(write_file, settings.mail_dir)
    return partial(send_by_smtp, urlsplit(settings.smtp_url))


class Unanswered(Exception):
    """The mail was handed over, and then the line broke: nobody knows whether it was taken."""


def write_file(folder: Path, mail: EmailMessage, _hand_over: HandOver) -> None:
    """Write `outbox-<id>.eml`; the same message again replaces its own file."""
    private_folder(folder)
    name = str(mail["Message-ID"]).strip("<>").partition("@")[0].partition(".")[0]
    unfinished = folder / f".{name}.part"
    private_file(unfinished).write_bytes(bytes(mail))
    unfinished.replace(folder / f"{name}.eml")


def send_by_smtp(server: SplitResult, mail: EmailMessage, hand_over: HandOver) -> None:
    connection = _connect(server)
    try:
        if server.username:
            _refuse_open_password(server, connection)
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.before_the_text = hand_over
        connection.send_message(mail)
    except OSError as error:  # all that smtplib raises, too
        answered = isinstance(error, smtplib.SMTPResponseException) and error.smtp_code > 0
        if connection.handed_over and not answered:
            raise Unanswered from error
        raise
    else:
        # It is taken: a line that breaks on the way out changes nothing.
        with suppress(OSError):
            connection.quit()
    finally:
        connection.close()


class _Noting(smtplib.SMTP):
    """Says when the server is ready for the text, which is all it needs to take the mail."""

    before_the_text: HandOver | None = None
    handed_over = False

    def getreply(self) -> tuple[int, bytes]:
        code, text = super().getreply()
        if code == GO_AHEAD and self.before_the_text is not None and self.sock is not None:
            self.before_the_text()
            self.handed_over = True
            self.sock.settimeout(SECONDS_FOR_THE_ANSWER)
        return code, text


class _NotingTls(_Noting, smtplib.SMTP_SSL):
    pass


def _connect(server: SplitResult) -> _Noting:
    host, context = server.hostname or "", ssl.create_default_context()
    if server.scheme == "smtps":
        port = server.port or TLS_PORT
        return _NotingTls(host, port, timeout=SECONDS_TO_WAIT, context=context)
    connection = _Noting(host, server.port or SUBMISSION_PORT, timeout=SECONDS_TO_WAIT)
    try:
        connection.ehlo_or_helo_if_needed()
        if connection.has_extn("starttls"):
            connection.starttls(context=context)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_open_password(server: SplitResult, connection: smtplib.SMTP) -> None:
    """A password goes over an encrypted line, or to this very machine, or not at all."""
    if not isinstance(connection.sock, ssl.SSLSocket) and server.hostname not in LOOPBACK:
        raise smtplib.SMTPNotSupportedError("the server offers no encryption for the password")


def is_permanent(error: Exception) -> bool:
    """Whether the server has said that this receiver will never be accepted."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _text in error.recipients.values())


def describe(error: Exception) -> str:
    """The kind of error, and the server's code: never its text, which may hold the address."""
    codes: list[int] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _text in error.recipients.values()})
    elif isinstance(error, smtplib.SMTPResponseException):
        codes = [error.smtp_code]
    return " ".join([type(error).__name__, *map(str, codes)])
