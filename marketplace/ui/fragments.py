"""Parts of pages that everybody reads alike, kept until what they show has another revision.

Nothing goes in here that depends on who reads it.
"""

from collections.abc import Callable, Hashable
from typing import cast

from flask import g
from markupsafe import Markup

from marketplace.core.clock import now
from marketplace.core.engine import Database
from marketplace.ui.languages import choose_language

FRAGMENTS_KEPT = 500
SECONDS_KEPT = 600
"""A name in it may have changed without a new revision: it is shown after so long."""


def same_for_all(key: Hashable, render: Callable[[], str]) -> Markup:
    """What `render` gives; `key` names the part and the revisions of what it shows."""
    database: Database = g.database
    fragments = cast(dict[Hashable, str], database.local.setdefault("fragments", {}))
    whole = (key, choose_language(), int(now().timestamp()) // SECONDS_KEPT)
    kept = fragments.get(whole)
    if kept is None:
        if len(fragments) >= FRAGMENTS_KEPT:
            fragments.clear()
        kept = fragments[whole] = render()
    return Markup(kept)  # noqa: S704  what templates have rendered, which escape
