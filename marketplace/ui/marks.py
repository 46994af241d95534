"""Marks of forms: random, so that a GET need not write one down, and nobody can guess one."""

import re
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

MARK_FIELD = "form_mark"
MARK = re.compile(r"[A-Za-z0-9_-]{22}")
View = TypeVar("View", bound=Callable[..., Any])


def new_mark() -> str:
    return secrets.token_urlsafe(16)


def may_repeat(view: View) -> View:
    """Declare that doing it twice is as doing it once. Put it under `@access`."""
    view.may_repeat = True  # type: ignore[attr-defined]  # read back by repeats
    return view


def repeats(view: object) -> bool:
    return getattr(view, "may_repeat", False) is True
