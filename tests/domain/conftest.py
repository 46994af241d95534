"""Fixtures that several of the domain tests share."""

from tests.domain.committed import committed
from tests.domain.mail_stage import mail_server, real, settings

__all__ = ["committed", "mail_server", "real", "settings"]
