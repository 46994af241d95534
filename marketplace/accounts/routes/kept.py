"""A form that was sent when nobody was signed in any more: kept until its writer is back.

What was typed goes to the sign-in form as a signed, hidden field, and after signing in to a page
that shows it and sends it on. Nothing is stored here, and only this site can have made the field.
"""

import re
from dataclasses import dataclass

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from marketplace.ui.marks import MARK_FIELD
from marketplace.ui.safe_paths import path_of_request, safe_path, split

LIFETIME_SECONDS = 60 * 60
LARGEST = 400_000
CODE_WORD = re.compile(r"[a-z0-9_.:-]*")


@dataclass(frozen=True, slots=True)
class KeptForm:
    path: str
    fields: tuple[tuple[str, str], ...]
    writer_id: int | None = None
    """Who was signed in on the browser; None where it does not know any more."""

    def is_for(self, person_id: int) -> bool:
        return self.writer_id in {None, person_id}

    @property
    def texts(self) -> list[str]:
        """What a person wrote, without the code words that a form also sends."""
        written = (value for name, value in self.fields if name != MARK_FIELD)
        return [value for value in written if not CODE_WORD.fullmatch(value.strip())]


def has_password() -> bool:
    return any("password" in name for name in request.form)


def keep_request(writer_id: int | None) -> str | None:
    """This request's form as one signed text; None where there is nothing that may be kept."""
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != "csrf_token" and "password" not in name
    ]
    path = safe_path(path_of_request())
    size = sum(len(name) + len(value) for name, value in fields)
    if path is None or size > LARGEST or not _sent_from_this_site():
        return None
    return str(_signer().dumps({"path": path, "fields": fields, "writer": writer_id}))


def read_kept(signed: str | None) -> KeptForm | None:
    try:
        kept = _signer().loads(signed or "", max_age=LIFETIME_SECONDS)
    except BadData:
        return None
    fields = tuple((name, value) for name, value in kept["fields"])
    return KeptForm(kept["path"], fields, kept.get("writer"))


def _sent_from_this_site() -> bool:
    """Another site may not lay words in somebody's mouth; the browser tells where it came from."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    parts = split(origin)
    return parts is not None and parts.netloc == request.host


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="kept-form")
