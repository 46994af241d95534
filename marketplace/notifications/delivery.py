"""How a mail leaves: by SMTP, or as a file where no server is named."""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from marketplace.config import Settings
from marketplace.private import private_file, private_folder

Deliver = Callable[[EmailMessage], None]

SECONDS_TO_WAIT = 15
SUBMISSION_PORT = 25
TLS_PORT = 465
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def delivery_for(settings: Settings) -> Deliver:
    if settings.smtp_url is None:
        return partial(write_file, settings.mail_dir)
    return partial(send_by_smtp, urlsplit(settings.smtp_url))


def write_file(folder: Path, mail: EmailMessage) -> None:
    """Write `outbox-<id>.eml`; the same message again replaces its own file."""
    private_folder(folder)
    name = str(mail["Message-ID"]).strip("<>").partition("@")[0]
    unfinished = folder / f".{name}.part"
    private_file(unfinished).write_bytes(bytes(mail))
    unfinished.replace(folder / f"{name}.eml")


def send_by_smtp(server: SplitResult, mail: EmailMessage) -> None:
    with _connect(server) as connection:
        if server.username:
            _refuse_open_password(server, connection)
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(mail)


def _connect(server: SplitResult) -> smtplib.SMTP:
    host, context = server.hostname or "", ssl.create_default_context()
    if server.scheme == "smtps":
        port = server.port or TLS_PORT
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS_TO_WAIT, context=context)
    connection = smtplib.SMTP(host, server.port or SUBMISSION_PORT, timeout=SECONDS_TO_WAIT)
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
