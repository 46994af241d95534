"""What a form of ours was sent with."""

import json
from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from marketplace.ui.context import current_actor
from marketplace.ui.filtering import row_number
from marketplace.ui.marks import MARK_FIELD

OF_THIS_SHOWING = frozenset({"csrf_token", MARK_FIELD})
"""Fields that are others when the same form is shown again."""


def sent_fields() -> list[tuple[str, str]]:
    items = request.form.items(multi=True)
    return [(name, value) for name, value in items if name not in OF_THIS_SHOWING]


def sent_version() -> int:
    """The row version that a button was sent with; 0, which no row has, where there is none."""
    return row_number(request.form.get("version")) or 0


def fingerprint() -> bytes:
    """All that makes two requests with one form the same: who, where and what."""
    written = ((name, value.replace("\r\n", "\n")) for name, value in sent_fields())
    sent = [current_actor().person_id, request.full_path, *written, *_sent_files()]
    return json.dumps(sent).encode()


def _sent_files() -> Iterator[tuple[str, str, str]]:
    for name, file in request.files.items(multi=True):
        yield name, file.filename or "", sha256(file.stream.read()).hexdigest()
        file.stream.seek(0)


def fields_to_send_again() -> list[tuple[str, str]]:
    """The fields of a form that can be sent as a new one; none for what is about one version."""
    fields = sent_fields()
    only_once = any(name == "version" or "password" in name for name, _value in fields)
    return [] if only_once or request.files else fields


def came_from() -> str | None:
    """The page of ours that a form was sent from, where a GET shows it."""
    site, page = request.host_url.removesuffix("/"), request.referrer or ""
    if request.method != "POST" or not page.startswith(f"{site}/"):
        return None
    path = page.removeprefix(site)
    adapter = current_app.create_url_adapter(request)
    known = adapter is not None and adapter.test(unquote(urlsplit(path).path), "GET")
    return path if known else None


def written_texts() -> list[str]:
    """What was written in a form of ours that was not taken: several words, and no secret."""
    if request.method != "POST" or not (request.referrer or "").startswith(request.host_url):
        return []
    try:
        fields = sent_fields()
    except HTTPException:  # too large, or no form at all
        return []
    texts = (value.strip() for name, value in fields if "password" not in name)
    return [text for text in texts if len(text.split()) > 1]
