"""Paths that may be sent to after signing in: on this site only."""

from urllib.parse import SplitResult, urlsplit

from flask import request

LONGEST = 2000


def safe_path(target: str | None) -> str | None:
    """The path where it leads to this site; None for anything else."""
    if not target or len(target) > LONGEST or not target.isprintable():
        return None
    parts = split(target)
    if parts is None:
        return None
    leaves_site = parts.scheme or parts.netloc or target.startswith("//") or "\\" in target
    return None if leaves_site or not target.startswith("/") else target


def split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:  # brackets that hold no address
        return None


def path_of_request() -> str:
    """The path and query of this request, as a link back to it."""
    return request.full_path.removesuffix("?")
