"""One spelling for the same sound, so that related words of Norwegian and English look alike.

`communication` and `kommunikasjon` share few letter sequences until both are spelled the
Norwegian way. Only the likeness of words uses this spelling; a reader never sees it.
"""

from __future__ import annotations

import re

_SOFT_C = re.compile("c(?=[eiyæø])")
_REPLACED = (
    ("tion", "sjon"),
    ("sion", "sjon"),
    ("ph", "f"),
    ("qu", "kv"),
    ("x", "ks"),
    ("w", "v"),
    ("z", "s"),
)
_HARD_C = (("sch", "sj"), ("ch", "k"), ("ck", "k"), ("c", "k"))


def spelled_alike(stem: str) -> str:
    """Return `stem` in the spelling that both languages are compared in."""
    for part, other in _REPLACED:
        stem = stem.replace(part, other)
    if "c" not in stem:
        return stem
    stem = _SOFT_C.sub("s", stem)
    for part, other in _HARD_C:
        stem = stem.replace(part, other)
    return stem
