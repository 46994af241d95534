"""Fixtures that several of the domain tests share."""

from tests.domain.casts import case, cast, people, town
from tests.domain.committed import committed
from tests.domain.made_up_rows import rows
from tests.domain.mail_stage import installed, mail_server, real, settings
from tests.domain.reading_stage import begin

__all__ = [
    "begin",
    "case",
    "cast",
    "committed",
    "installed",
    "mail_server",
    "people",
    "real",
    "rows",
    "settings",
    "town",
]
