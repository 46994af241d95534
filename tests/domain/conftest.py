"""Fixtures that several of the domain tests share."""

from tests.domain.committed import committed
from tests.domain.mail_stage import installed, mail_server, real, settings

__all__ = ["committed", "installed", "mail_server", "real", "settings"]
